//! Search as readers meet it: the page with the form and the index of everything.
//!
//! Without JavaScript the index is the way to every page; with it, it stands below the hits.

pub(super) mod page;
