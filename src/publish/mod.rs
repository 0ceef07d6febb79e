//! Edition → folder.
