//! How much of a book an edition has: all of it, or what readers of a copy use.

/// How much of a book an edition has. Every text, picture and number is in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// A site, to which readers, other programs and search engines come: a page for each source, and everything as files of its own.
    Site,
    /// A copy that is handed on, where every file and every byte counts: sources together on the pages of their list, nothing for machines,
    /// files of the whole library only.
    Copy,
}
