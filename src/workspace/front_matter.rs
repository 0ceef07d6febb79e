//! The head of a page: YAML between two lines of `---`.

use super::fields::{Codes, Fields};
use super::localized::Localized;
use super::node::{Node, Placed};
use super::shape::{Kind, Shape};
use super::yaml::{self, Excerpt};
use crate::date::{Date, Day};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{ActorId, PageId};
use crate::span::{FileId, Span};

const CODES: Codes = Codes { unknown: Code::SB103, invalid: Code::SB104 };

/// At most so many key facts: more is a page of its own.
const MAX_KEY_FACTS: usize = 5;

/// What the head of a page says.
#[derive(Debug, Clone)]
pub struct FrontMatter {
    /// The page's title.
    pub title: Placed<String>,
    /// The sentences under it, in Markdown.
    pub summary: Option<Node>,
    /// One sentence each, in Markdown.
    pub key_facts: Vec<Node>,
    /// Order within the section.
    pub weight: i64,
    /// Whether the page is about the site itself and not about its subject.
    pub about_site: bool,
    /// Up to when the page's data go.
    pub data_to: Option<Date>,
    /// On which day the page was first before readers, in this language.
    pub published: Option<Day>,
    /// When a person read the page against its sources, and who.
    pub reviewed: Option<(Date, String)>,
    /// Whether the page is built only on request.
    pub draft: bool,
    /// Older addresses.
    pub aliases: Vec<Placed<PageId>>,
    /// How a translation was made.
    pub translation: Option<Placed<Method>>,
    /// The actor that the page is about.
    pub actor: Option<Placed<ActorId>>,
    /// What the page said and was wrong, in the order of the file.
    pub corrections: Vec<Correction>,
}

/// A word to readers that the page said something wrong, and what is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Where it is written.
    pub span: Span,
    /// Since when the page is right.
    pub at: Day,
    /// What was wrong and what is right.
    pub note: Localized,
    /// The section, or the passage in it, that it concerns.
    pub passage: Option<Placed<String>>,
}

/// How a translation was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// By a person.
    Human,
    /// By a machine.
    Machine,
    /// By a machine, then edited by a person.
    MachineEdited,
}

impl Method {
    /// Every method with its word.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("human", Self::Human), ("machine", Self::Machine), ("machine-edited", Self::MachineEdited)];
}

/// A page split into its head and its body.
#[derive(Debug, Clone)]
pub struct Split<'a> {
    /// The YAML between the fences.
    pub head: Excerpt<'a>,
    /// The Markdown.
    pub body: &'a str,
    /// Where the body begins.
    pub body_offset: usize,
}

/// Finds the head of a page.
pub fn split(file: FileId, text: &str) -> Result<Split<'_>, Diagnostic> {
    let example = "begin the file with `---`, `title: …` and `---`, each on a line of its own";
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let start = text.get(bom..).unwrap_or("");
    let mut lines = start.split_inclusive('\n');
    let fence_len = match lines.next() {
        Some(first) if first.trim_end() == "---" => first.len(),
        _ => {
            return Err(
                Diagnostic::new(Code::SB104, Span::start_of(file), "the page has no front matter").help(example)
            );
        }
    };
    let head_offset = bom + fence_len;
    let mut at = head_offset;
    for line in lines {
        if line.trim_end() == "---" {
            return Ok(Split {
                head: Excerpt { file, text: text.get(head_offset..at).unwrap_or(""), offset: head_offset },
                body: text.get(at + line.len()..).unwrap_or(""),
                body_offset: at + line.len(),
            });
        }
        at += line.len();
    }
    Err(Diagnostic::new(Code::SB104, Span::new(file, bom, bom + 3), "the front matter has no end")
        .help("close it with a line of `---`"))
}

/// Reads the head of a page. `None` where nothing in it can be used.
pub fn read(head: Excerpt<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<FrontMatter> {
    let node = match yaml::read(head, Code::SB104) {
        Ok(node) => node,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return None;
        }
    };
    let place = Span::new(head.file, 0, 3);
    let mut fields = Fields::open(&node, place, "the front matter", CODES, diagnostics)?;
    let head = read_fields(&mut fields);
    fields.finish();
    head
}

/// What the head of a page may hold.
pub fn shape() -> Shape {
    Shape::of("the front matter", read_fields)
}

fn read_fields(fields: &mut Fields<'_, '_>) -> Option<FrontMatter> {
    let title = fields.text("title");
    let title = fields.required("title", title, "The title of the page");
    fields.holds("summary", || Kind::Text);
    let summary = fields.node("summary").cloned();
    fields.holds("key-facts", || Kind::Text.some());
    let key_facts: Vec<Node> = fields.list("key-facts").to_vec();
    if let Some(sixth) = key_facts.get(MAX_KEY_FACTS) {
        fields.wrong(
            sixth.span,
            format!("a page has at most {MAX_KEY_FACTS} key facts"),
            "move the others into the text",
        );
    }
    for node in summary.iter().chain(&key_facts) {
        if node.as_text().is_none_or(|text| text.trim().is_empty()) {
            let message = format!("a summary or key fact is a sentence, not {}", node.kind());
            fields.wrong(node.span, message, "put it in quotation marks: `\"… [@source].\"`");
        }
    }
    let weight = fields.integer("weight").unwrap_or(0);
    let about_site = fields.boolean("about-site").unwrap_or(false);
    let data_to = fields.parsed("data-to", parse_date, "a date such as `2026-08-22`").map(|date| date.value);
    let published =
        fields.parsed("published", parse_day, "the day on which readers first had the page, such as `2026-11-20`");
    let published = published.map(|day| day.value);
    let reviewed_on = fields.parsed("reviewed", parse_date, "a date such as `2026-08-22`");
    let reviewed_by = fields.text("reviewed-by");
    let reviewed = match (reviewed_on, reviewed_by) {
        (Some(on), Some(by)) => Some((on.value, by.value)),
        (None, None) => None,
        (Some(on), None) => {
            fields.wrong(on.span, "a review has a date and a person", "add `reviewed-by: Name`, or take the date out");
            None
        }
        (None, Some(by)) => {
            fields.wrong(
                by.span,
                "a review has a date and a person",
                "add `reviewed: 2026-08-22`, or take the name out",
            );
            None
        }
    };
    let draft = fields.choice("status", &[("published", false), ("draft", true)]).is_some_and(|status| status.value);
    let mut aliases = Vec::new();
    for alias in fields.texts("aliases") {
        match PageId::parse(alias.value.trim_matches('/')) {
            Some(id) => aliases.push(Placed { value: id, span: alias.span }),
            None => fields.wrong(
                alias.span,
                format!("`{}` cannot be an address", alias.value),
                "lower-case letters, digits and `-`, parts separated by `/`",
            ),
        }
    }
    let translation = fields.choice("translation", Method::ALL);
    let actor = fields.id::<ActorId>("actor", "the id of a record in content/actors");
    let corrections = fields.records("correction", "a correction", read_correction);
    Some(FrontMatter {
        title: title?,
        summary,
        key_facts,
        weight,
        about_site,
        data_to,
        published,
        reviewed,
        draft,
        aliases,
        translation,
        actor,
        corrections,
    })
}

/// `correction: {at: 2026-11-27, note: L, passage: leaders/row-3}`, or a list of such.
fn read_correction(fields: &mut Fields<'_, '_>) -> Option<Correction> {
    let at = fields.parsed("at", parse_day, "the day since which the page is right, such as `2026-11-27`");
    let at = fields.required("at", at, "2026-11-27");
    let note = fields.localized("note");
    let note = fields.required("note", note, "{en: what was wrong, and what is right}");
    let passage = fields.text("passage");
    Some(Correction { span: fields.place(), at: at?.value, note: note?, passage })
}

fn parse_day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| format!("`{text}` is no day"))
}

fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|error| error.to_string())
}
