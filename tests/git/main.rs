//! What waypost sees of a git repository: the index, the working tree, what is staged.

#[cfg(unix)]
mod environment;
mod index;
mod radius;
mod repository;
