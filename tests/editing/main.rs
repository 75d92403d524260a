//! What an editor offers, on the trees of `fixtures/`: each action makes its finding go and brings no other, and what
//! completion proposes is right once it is accepted.

mod actions;
mod completion;
mod trees;
