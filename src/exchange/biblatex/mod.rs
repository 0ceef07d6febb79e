//! BibLaTeX (and BibTeX, when it is read).
//!
//! [`write`] makes an entry of a source. [`syntax`] reads a file by the crate `biblatex`, with [`tex`] before it and [`bounds`] around it; [`fields`] says what was read means
//! for a record, [`names`] are people and bodies. Here what both directions share: which type, which field.

mod bounds;
mod fields;
mod names;
mod syntax;
mod tex;
mod write;

pub(super) use syntax::{is_like, read};
pub(super) use write::entry;

use super::draft::Draft;
use crate::citation::Source;

/// What a record's form is called: form, entry type, `entrysubtype`. The types are those that pandoc and biber know.
const TYPES: &[(&str, &str, &str)] = &[
    ("article", "misc", "article"),
    ("article-journal", "article", ""),
    ("article-magazine", "article", "magazine"),
    ("article-newspaper", "article", "newspaper"),
    ("bill", "legislation", "bill"),
    ("book", "book", ""),
    ("broadcast", "misc", "broadcast"),
    ("chapter", "incollection", ""),
    ("dataset", "dataset", ""),
    ("document", "misc", ""),
    ("entry-encyclopedia", "inreference", ""),
    ("hearing", "misc", "hearing"),
    ("interview", "misc", "interview"),
    ("legal_case", "jurisdiction", ""),
    ("legislation", "legislation", ""),
    ("map", "misc", "map"),
    ("motion_picture", "movie", ""),
    ("pamphlet", "booklet", ""),
    ("paper-conference", "inproceedings", ""),
    ("personal_communication", "letter", ""),
    ("post", "online", "post"),
    ("post-weblog", "online", "post-weblog"),
    ("regulation", "legislation", "regulation"),
    ("report", "report", ""),
    ("review", "review", ""),
    ("speech", "unpublished", "speech"),
    ("standard", "standard", ""),
    ("thesis", "thesis", ""),
    ("treaty", "legal", ""),
    ("webpage", "online", ""),
];

/// Entry types that are read and never written.
const OTHER_TYPES: &[(&str, &str)] = &[
    ("bookinbook", "chapter"),
    ("collection", "book"),
    ("conference", "paper-conference"),
    ("electronic", "webpage"),
    ("inbook", "chapter"),
    ("manual", "book"),
    ("mastersthesis", "thesis"),
    ("mvbook", "book"),
    ("mvcollection", "book"),
    ("mvproceedings", "book"),
    ("mvreference", "book"),
    ("phdthesis", "thesis"),
    ("proceedings", "book"),
    ("reference", "book"),
    ("suppbook", "chapter"),
    ("suppcollection", "chapter"),
    ("suppperiodical", "article-journal"),
    ("techreport", "report"),
    ("video", "motion_picture"),
    ("www", "webpage"),
];

/// Fields that hold addresses, numbers and names of the machine, which TeX has no part in.
const VERBATIM: &[&str] = &["url", "doi", "archiveurl", "archivedate", "date", "urldate", "ids", "langid", "isbn"];

fn type_of(form: &str) -> (&'static str, &'static str) {
    TYPES.iter().find(|(name, ..)| *name == form).map_or(("misc", ""), |(_, kind, subtype)| (*kind, *subtype))
}

/// Whether `number` is the issue of a journal.
fn is_article(kind: &str) -> bool {
    matches!(kind, "article" | "review" | "suppperiodical")
}

/// Whether `number` is a symbol or docket, and a body decided.
fn is_legal(kind: &str) -> bool {
    matches!(kind, "jurisdiction" | "legislation" | "legal")
}

/// The field for the body that decided.
fn authority_field(kind: &str) -> &'static str {
    if kind == "jurisdiction" { "institution" } else { "organization" }
}

/// The field for whoever published.
fn publisher_field(kind: &str) -> &'static str {
    match kind {
        "report" | "thesis" => "institution",
        "misc" | "online" => "organization",
        "unpublished" => "howpublished",
        _ => "publisher",
    }
}

/// The field for the work that it stands in.
fn container_field(kind: &str) -> &'static str {
    match kind {
        "incollection" | "inproceedings" | "inreference" => "booktitle",
        _ => "journaltitle",
    }
}

/// What of a source comes through the format's own fields.
pub(super) fn native(source: &Source) -> Option<Draft> {
    let written = entry(source, &Vec::new(), None);
    read(source.span.file, &written, &mut Vec::new()).into_iter().next()
}
