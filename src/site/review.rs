//! The sheet on which a translation is read: its pages as one HTML file that stands alone, each passage of the source beside its translation, to be
//! printed or filled in.
//!
//! Every text in its own language and direction; citations and figures as their keys, which must be the same on both sides. Where the source has
//! changed since it was translated, the change stands below it word by word.

use super::bidi;
use super::html::Html;
use super::paper::{self, Paper};
use super::rewording::{difference, kind_of};
use super::theme::Theme;
use super::translation::notices;
use super::words;
use crate::book::{Book, BookPage, Language, Version, View};
use crate::date::{Date, Moment};
use crate::diagnostic::Diagnostic;
use crate::figure::phrase::phrase;
use crate::ids::PageId;
use crate::locale::Key;
use crate::markdown::tree::{Inline, InlineKind};
use crate::markdown::{Origin, parse_inlines};
use crate::translation::{Block, Kind, Passage, State, Status};
use schemars::JsonSchema;
use serde::Serialize;

/// What `review.html` gets.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReviewSheet")]
pub(super) struct Sheet<'a> {
    #[serde(flatten)]
    paper: Paper<'a>,
    /// The site's name.
    site_title: &'a str,
    /// The language of the source.
    source: Side<'a>,
    /// The language of the translation.
    translation: Side<'a>,
    /// The pages.
    pages: Vec<Page<'a>>,
}

/// The language of a column.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReviewLanguage")]
struct Side<'a> {
    /// The language.
    lang: &'a str,
    /// Its direction.
    dir: &'static str,
    /// Its own name for itself.
    name: &'a str,
}

/// A page.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReviewPage")]
struct Page<'a> {
    /// Its place in the file.
    id: String,
    /// Title of the page.
    title: &'a str,
    /// Where the page stands, for whoever has only the paper.
    address: String,
    /// What must be said of the whole page.
    notices: Vec<Html>,
    /// The passages.
    rows: Vec<Row>,
}

/// A passage.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReviewPassage")]
struct Row {
    /// Its place in the file.
    id: String,
    /// Where it stands: the section and its place in it.
    at: String,
    /// What kind of passage it is, for classes.
    kind: &'static str,
    /// How it stands, for classes.
    state: &'static str,
    /// How it stands, where that must be said.
    status: Option<Html>,
    /// The source.
    source: Option<Html>,
    /// What changed in the source since it was translated.
    diff: Option<Html>,
    /// The translation.
    translation: Option<Html>,
    /// Who has read it.
    reviewed: Option<Html>,
}

/// Renders the sheet of the translation into the language at `slot`, of these pages or of all where none is named.
pub fn render(book: &Book, theme: &Theme, slot: usize, only: &[PageId]) -> Result<String, Diagnostic> {
    let (Some(source), Some(language)) = (book.source_language(), book.languages.get(slot)) else {
        return Ok(String::new());
    };
    let asked = |page: &&BookPage| !book.is_glossary(page) && (only.is_empty() || only.contains(&page.id));
    let pages: Vec<Page<'_>> =
        book.pages.iter().filter(asked).filter_map(|page| Writer::of(book, page, slot)?.page()).collect();
    let name = match pages.as_slice() {
        [page] => page.title,
        _ => language.site_title.as_str(),
    };
    let title = format!("{name} – {} / {}", source.locale.name(), language.locale.name());
    let sheet = Sheet {
        // It looks as the fact-checker's sheet does, and has columns of its own.
        paper: Paper::new(theme, &["sheet.css", "review.css"], Some(language), title)?,
        site_title: &language.site_title,
        source: side(source),
        translation: side(language),
        pages,
    };
    theme.render_text(&sheet)
}

/// Whether a file is one that [`render`] wrote.
pub fn is_ours(bytes: &[u8]) -> bool {
    paper::is_of_class(bytes, "sheet review")
}

fn side(language: &Language) -> Side<'_> {
    Side { lang: language.lang.as_str(), dir: language.locale.direction().name(), name: language.locale.name() }
}

/// A translated page and its source.
struct Writer<'a> {
    book: &'a Book,
    page: &'a BookPage,
    source: (&'a Version, &'a Language),
    own: (&'a Version, &'a Language),
    status: &'a Status,
}

impl<'a> Writer<'a> {
    /// None where the page is not translated.
    fn of(book: &'a Book, page: &'a BookPage, slot: usize) -> Option<Self> {
        let source = (page.versions.first()?.as_ref()?, book.source_language()?);
        let own = (page.versions.get(slot)?.as_ref()?, book.languages.get(slot)?);
        Some(Self { book, page, source, own, status: own.0.translation.as_ref()? })
    }

    fn page(&self) -> Option<Page<'a>> {
        let (version, language) = self.own;
        let id = self.page.id.name().replace('/', "-");
        let mut rows: Vec<Row> = self.status.passages.iter().filter_map(|passage| self.row(passage)).collect();
        let left_over = self.status.orphans.iter().filter_map(|at| version.blocks().get(*at));
        rows.extend(left_over.filter(|block| !block.is_bare()).map(|block| Row {
            id: String::new(),
            at: block.at.to_string(),
            kind: block.kind().name(),
            state: "left-over",
            status: Some(Html::escaped(language.locale.text(Key::StatusLeftOver))),
            source: None,
            diff: None,
            translation: Some(self.text(block, self.own)),
            reviewed: None,
        }));
        for (index, row) in rows.iter_mut().enumerate() {
            row.id = format!("{id}-{}", index + 1);
        }
        let view = View { page: self.page, version, language, text_language: language };
        (!rows.is_empty()).then(|| Page {
            title: &version.page.front.title.value,
            address: paper::address(self.book, self.page, language),
            notices: notices(self.book, view).into_iter().map(|notice| notice.html).collect(),
            id,
            rows,
        })
    }

    fn row(&self, passage: &Passage) -> Option<Row> {
        let block = self.source.0.blocks().get(passage.source).filter(|block| !block.is_bare())?;
        let own = passage.translation.and_then(|at| self.own.0.blocks().get(at));
        let entry = self.status.entry(passage);
        let old = entry.and_then(|entry| self.book.wordings.get(&entry.source));
        let old = old.filter(|_| matches!(passage.state, State::Stale(_)));
        let review = entry.zip(own).and_then(|(entry, own)| entry.review_of(own.hash));
        Some(Row {
            id: String::new(),
            at: block.at.to_string(),
            kind: block.kind().name(),
            state: passage.state.name(),
            status: self.told(passage),
            source: Some(self.text(block, self.source)),
            diff: old.map(|old| difference(old, &block.text)),
            translation: own.map(|own| self.text(own, self.own)),
            reviewed: review.map(|review| {
                let date = self.own.1.locale.date(&Date::At(Moment::Day(review.on)));
                let arguments = [("name", review.by.as_str()), ("date", date.as_str())];
                words::plain_sentence(&self.own.1.locale, Key::TranslationReviewed, &arguments)
            }),
        })
    }

    /// How a passage stands, in the reviewer's language, where it is not as it should be.
    fn told(&self, passage: &Passage) -> Option<Html> {
        let locale = &self.own.1.locale;
        let key = match passage.state {
            State::Current => return None,
            State::Missing => Key::StatusMissing,
            State::Unaligned => Key::StatusUnaligned,
            State::Stale(change) => {
                let (label, kind) = (locale.text(Key::StatusChanged), locale.text(kind_of(change)));
                let mut html = words::plain_sentence(locale, Key::LabelValue, &[("label", label), ("value", kind)]);
                if self.status.is_urgent(passage, self.source.0.blocks()) {
                    html.text(" · ").text(locale.text(Key::StatusUrgent));
                }
                return Some(html);
            }
        };
        Some(Html::escaped(locale.text(key)))
    }

    /// A passage to read.
    fn text(&self, block: &Block, (_, language): (&Version, &Language)) -> Html {
        let mut html = Html::new();
        if !block.kind().is_markdown() {
            plain(&mut html, &block.text, language);
            return html;
        }
        let text = if matches!(block.kind(), Kind::Row | Kind::TableHead) {
            block.text.trim_matches('|').replace(" | ", " · ")
        } else {
            block.text.clone()
        };
        let content = parse_inlines(text.trim(), Origin::Whole(block.span)).value.0;
        self.inlines(&mut html, &content, language);
        html
    }

    fn inlines(&self, html: &mut Html, content: &[Inline], language: &Language) {
        for inline in content {
            match &inline.kind {
                InlineKind::Text(text) => plain(html, text, language),
                InlineKind::Code(text) => key(html, text),
                InlineKind::SoftBreak => {
                    html.text(" ");
                }
                InlineKind::HardBreak => {
                    html.markup("<br>");
                }
                InlineKind::Emphasis(inner) => self.within(html, "em", inner, language),
                InlineKind::Strong(inner) => self.within(html, "strong", inner, language),
                InlineKind::Strikethrough(inner) => self.within(html, "s", inner, language),
                // Where it leads is the same on both sides, or a check says so.
                InlineKind::Link { content, .. } => self.within(html, "u", content, language),
                InlineKind::Image { description, .. } => plain(html, description, language),
                InlineKind::Cite(group) => key(html, &group.to_string()),
                InlineKind::CitationNeeded { .. } => key(html, "[@?]"),
                InlineKind::FootnoteRef(label) => key(html, &format!("[^{label}]")),
                InlineKind::Figure(reference) => {
                    let source = &self.source.1.lang;
                    let figure = self.book.library.figure(reference).ok();
                    let value = figure.and_then(|figure| phrase(&figure, reference.form, &language.locale, source));
                    if let Some(value) = value {
                        html.open("bdi", &[]);
                        plain(html, &value, language);
                        html.close("bdi").text(" ");
                    }
                    key(html, &format!("[={}]", reference.id));
                }
                InlineKind::Html(_) => {}
            }
        }
    }

    fn within(&self, html: &mut Html, tag: &'static str, content: &[Inline], language: &Language) {
        html.open(tag, &[]);
        self.inlines(html, content, language);
        html.close(tag);
    }
}

/// What is the same in every language.
fn key(html: &mut Html, text: &str) {
    html.element("code", &[("dir", "ltr")], text);
}

fn plain(html: &mut Html, text: &str, language: &Language) {
    bidi::write(html, text, language.locale.direction());
}
