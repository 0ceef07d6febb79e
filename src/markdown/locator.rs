//! Places within a source: `p. 3`, `para. 54`, `עמ׳ 12`, `المادة 49`. Labels of every language are known on every page.

/// A place within a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Locator {
    /// What is counted.
    pub label: Label,
    /// The number or numbers as written: `3`, `120–122`, `iv`.
    pub value: String,
}

/// What a locator counts: CSL's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are CSL's own")]
pub enum Label {
    Act,
    Appendix,
    Article,
    Book,
    Chapter,
    Column,
    Elocation,
    Equation,
    Figure,
    Folio,
    Issue,
    Line,
    Note,
    Opus,
    Page,
    Paragraph,
    Part,
    Rule,
    Scene,
    Section,
    SubVerbo,
    Supplement,
    Table,
    Timestamp,
    Title,
    Verse,
    Version,
    Volume,
}
