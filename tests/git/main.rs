//! What waypost sees of a git repository: the index, the working tree, what is staged.

#[cfg(unix)]
mod before;
mod clones;
mod environment;
mod fix;
mod index;
mod radius;
mod repository;
