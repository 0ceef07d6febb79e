//! What can be filled in of pages, sources, figures and terms: the fields that people without a terminal need. The files may have more, and keep it.

use super::field::Field;
use crate::citation::read::{CHECKED, FORMS, KINDS};
use crate::figure::record::{Qualifier, Status};
use crate::locale::units;
use crate::workspace::front_matter::Method;

/// The languages of a site: tag and name.
pub(super) type Languages = [(String, String)];

/// A page.
pub(super) fn page() -> Vec<Field> {
    let fields = [
        Field::original(),
        Field::line("title", "Title").required(),
        Field::text("summary", "Summary")
            .hint("One or two sentences. What they say needs a source, as in the text: [@id]."),
        Field::texts("key-facts", "Key facts", "Fact")
            .hint("At most five, one sentence each, with its source or figure."),
        Field::line("weight", "Order").with_pattern("^-?[0-9]+$", "a whole number").hint("Lower numbers come first."),
        Field::date("data-to", "Data up to").hint("The day up to which the page tells."),
        Field::switch("draft", "Draft").hint("Not published."),
        Field::choice("translation", "Translated by", names(Method::ALL)).hint("For translations only."),
        Field::text("body", "Text").hint(
            "Markdown. Sources: [@id, p. 3]. Figures: [=id]. What needs no source says why in a comment that begins with “uncited:”.",
        ),
    ];
    fields.map(Field::in_each_language).into()
}

/// A source.
pub(super) fn source(languages: &Languages) -> Vec<Field> {
    let words = |name, label| Field::words(name, label, languages);
    let author = vec![words("family", "Family name"), words("given", "Other names"), words("org", "Or a body")];
    let copy = vec![
        Field::line("url", "Address"),
        Field::date("at", "Of"),
        Field::choice("by", "Archive", ["wayback", "perma", "ghostarchive", "self"]),
    ];
    let quote = vec![
        Field::line("id", "Id").hint("Such as q1."),
        words("exact", "Words").hint("Word for word, and translations of it."),
        Field::line("locator", "Place").hint("Such as p. 3 or para. 54."),
        Field::choice("translated-by", "Translated by", ["person", "machine", "official"]),
    ];
    let fact = vec![
        Field::text("text", "What the source says, in our words"),
        Field::line("locator", "Place"),
        Field::choice("checked", "Checked", names(CHECKED)),
    ];
    vec![
        Field::original(),
        Field::id("How pages cite it: [@id]. It stays for good."),
        Field::choice("type", "Type", FORMS.iter().copied()).required(),
        Field::line("lang", "Language of the document").required().hint("A tag such as en or ar."),
        words("title", "Title").required(),
        Field::records("author", "Authors", author),
        words("container", "Newspaper or journal"),
        words("publisher", "Publisher"),
        words("place", "Place of publication"),
        Field::date("date", "Date"),
        Field::line("doc-symbol", "Symbol").hint("UN symbol, docket, reference of a court."),
        Field::line("url", "Address"),
        Field::line("doi", "DOI"),
        Field::date("accessed", "Seen on"),
        Field::records("archive", "Copies in archives", copy),
        Field::choice("kind", "Kind of witness", KINDS.iter().copied()),
        words("note", "Note to readers"),
        Field::records("quotes", "Quotations", quote),
        Field::choice("checked", "Checked", names(CHECKED)).required().hint(
            "stored-page: an excerpt of the document was read. corroborated: two independent pages agree. known: general knowledge only, not published.",
        ),
        Field::records("facts", "What it was read to support", fact),
    ]
}

/// A figure.
pub(super) fn figure(languages: &Languages) -> Vec<Field> {
    let words = |name, label| Field::words(name, label, languages);
    vec![
        Field::original(),
        Field::id("How pages show it: [=id]. It stays for good."),
        words("label", "What is counted").required(),
        Field::line("value", "Number").with_pattern("^-?[0-9]+(\\.[0-9]+)?$", "digits only: 73419, 29.7").required(),
        Field::choice("qualifier", "Exact?", names(Qualifier::ALL)),
        Field::choice("unit", "Unit", units().iter().map(String::as_str)).required(),
        Field::date("as-of", "On").required().hint("The day or period that the number describes."),
        words("reporter", "Who counted").required(),
        words("population", "Who or what is counted, and who is not").required(),
        Field::line("source", "Source").required().hint("The id of the source in which it stands."),
        Field::line("locator", "Place in it"),
        Field::choice("status", "How it stands", names(Status::ALL)),
        words("method", "How it was counted"),
        words("caveat", "What to keep in mind"),
        Field::choice("checked", "Checked", names(CHECKED)),
    ]
}

/// What terms mean.
pub(super) fn terms(languages: &Languages) -> Vec<Field> {
    let term = vec![
        Field::id("It stays for good."),
        Field::words("definition", "Meaning", languages).required(),
        Field::texts("sources", "Sources", "Id of a source"),
        Field::words("uncited", "Why it needs no source", languages),
        Field::line("page", "Page about it").hint("Its path without language, such as actors/hamas."),
        Field::texts("see", "See also", "Id of a term"),
        Field::line("transliteration", "In Latin letters"),
    ];
    vec![Field::original(), Field::records("records", "Terms", term)]
}

/// How a language calls them.
pub(super) fn names_of_terms() -> Vec<Field> {
    let avoided = vec![
        Field::line("term", "Name that is not used"),
        Field::line("use", "What is written in its stead"),
        Field::line("why", "Why"),
        Field::choice("level", "Severity", ["warning", "error"]),
    ];
    let name = vec![
        Field::id("That of the term."),
        Field::line("term", "Name"),
        Field::texts("forms", "Other forms", "Form"),
        Field::records("avoid", "Names that are not used", avoided),
    ];
    vec![Field::original(), Field::records("records", "Names", name)]
}

/// The words of a table.
fn names<T>(table: &'static [(&'static str, T)]) -> impl Iterator<Item = &'static str> {
    table.iter().map(|(name, _)| *name)
}
