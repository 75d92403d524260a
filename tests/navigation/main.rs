//! What an editor asks about places in pages: where they lead, who leads to them, what to show of them.

mod everywhere;
mod leads;
mod outline;
mod shown;
mod size;
mod trees;
