//! Styles: the built-in one, and the site's own: any independent style of CSL 1.0.2.

mod survey;

use super::memo::{self, Content};
use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Span};
use hayagriva::citationberg::taxonomy::{NumberVariable, StandardVariable, Variable};
use hayagriva::citationberg::{self, CitationFormat, IndependentStyle, StyleCategory, StyleClass, XmlDeError};
use std::panic::catch_unwind;
use std::sync::{Arc, LazyLock};

/// The built-in style. A test reads it.
static OWN: LazyLock<Option<Arc<IndependentStyle>>> =
    LazyLock::new(|| IndependentStyle::from_xml(OWN_TEXT).ok().map(Arc::new));
const OWN_TEXT: &str = include_str!("sourcebook.csl");

/// How a style cites in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// By a number or a label: a small number stands in the text, and the list is in the order of numbers.
    Numbers,
    /// By author and date: `(Cohen 2020a, 110)`; the list is in the style's order.
    AuthorDate,
    /// In notes: a small number leads to a note; the list is in the style's order.
    Notes,
}

/// How sources are cited and listed.
#[derive(Debug, Clone)]
pub struct Style {
    /// The style of entries.
    entries: Option<Arc<IndependentStyle>>,
    /// The style of citations, and the same for brackets whose citations must stay as they are written.
    citations: Option<(Arc<IndependentStyle>, Arc<IndependentStyle>)>,
    is_own: bool,
    class: Class,
    content: Content,
}

impl Default for Style {
    /// The built-in style.
    fn default() -> Self {
        Self {
            entries: OWN.clone(),
            citations: None,
            is_own: true,
            class: Class::Numbers,
            content: memo::content(&OWN_TEXT),
        }
    }
}

impl Style {
    /// Reads a style.
    pub fn read(file: FileId, text: &str) -> Result<Self, Box<Diagnostic>> {
        let survey = survey::survey(file, text)?;
        let style = match catch_unwind(|| citationberg::Style::from_xml(text)) {
            Ok(Ok(citationberg::Style::Independent(style))) => style,
            Ok(Ok(citationberg::Style::Dependent(_))) => return Err(Box::new(dependent(file, survey.parent))),
            Ok(Err(error)) => return Err(Box::new(unreadable(file, text, &error))),
            Err(_) => return Err(Box::new(survey::unusable(Span::start_of(file), "it cannot be read"))),
        };
        survey.check()?;
        let class = class(&style);
        let style = by_itself(style);
        let citations = (class != Class::Numbers).then(|| {
            let kept = as_written(&style);
            let in_order = if class == Class::Notes { kept.clone() } else { style.clone() };
            (Arc::new(in_order), Arc::new(kept))
        });
        // A style without a bibliography leaves the list to ours.
        let (entries, is_own) = match style.bibliography {
            Some(_) => (Some(Arc::new(style)), false),
            None => (OWN.clone(), true),
        };
        Ok(Self { entries, citations, is_own, class, content: memo::content(&text) })
    }

    /// How it cites.
    pub fn class(&self) -> Class {
        self.class
    }

    /// The style that formats entries.
    pub(super) fn of_entries(&self) -> Option<&IndependentStyle> {
        self.entries.as_deref()
    }

    /// The style of citations, and the same for brackets whose citations must stay as they are written; none where they are numbers.
    pub(super) fn of_citations(&self) -> Option<(&IndependentStyle, &IndependentStyle)> {
        self.citations.as_ref().map(|(in_order, as_written)| (in_order.as_ref(), as_written.as_ref()))
    }

    /// Whether citations are notes.
    pub(super) fn cites_in_notes(&self) -> bool {
        self.class == Class::Notes
    }

    /// Whether entries are in the built-in style.
    pub(super) fn is_own(&self) -> bool {
        self.is_own
    }

    /// What the style says, hashed.
    pub(super) fn content(&self) -> Content {
        self.content
    }
}

/// The style without the line that takes the place of an author who was named in the entry before: an entry is read by itself, too.
fn by_itself(mut style: IndependentStyle) -> IndependentStyle {
    if let Some(bibliography) = &mut style.bibliography {
        bibliography.subsequent_author_substitute = None;
    }
    style
}

/// The style without sorting citations and drawing them together.
fn as_written(style: &IndependentStyle) -> IndependentStyle {
    let mut style = style.clone();
    style.citation.sort = None;
    style.citation.collapse = None;
    style.citation.cite_group_delimiter = None;
    style
}

/// The class that a style says it has, or else the one that it looks like.
fn class(style: &IndependentStyle) -> Class {
    if style.settings.class == StyleClass::Note {
        return Class::Notes;
    }
    let said = style.info.category.iter().find_map(|category| match category {
        StyleCategory::CitationFormat { format } => Some(*format),
        StyleCategory::Field { .. } => None,
    });
    match said {
        Some(CitationFormat::Numeric | CitationFormat::Label) => Class::Numbers,
        Some(CitationFormat::AuthorDate | CitationFormat::Author) => Class::AuthorDate,
        Some(CitationFormat::Note) => Class::Notes,
        None => {
            let prints = |variable| style.citation.layout.find_variable_element(variable, &style.macros).is_some();
            let by_number = prints(Variable::Number(NumberVariable::CitationNumber))
                || prints(Variable::Standard(StandardVariable::CitationLabel));
            if by_number { Class::Numbers } else { Class::AuthorDate }
        }
    }
}

fn dependent(file: FileId, parent: Option<(String, Span)>) -> Diagnostic {
    let (help, span) = match parent {
        Some((href, span)) => (format!("use the file of the style that it names: {href}"), span),
        None => ("use the file of the style that it stands for".to_owned(), Span::start_of(file)),
    };
    survey::unusable(span, "it is only another name for a style").help(help)
}

/// What the reader of styles says, at the word it means where that can be found.
fn unreadable(file: FileId, text: &str, error: &XmlDeError) -> Diagnostic {
    let problem = error.source.to_string();
    let word = problem.split('`').nth(1).filter(|word| !word.is_empty());
    let at = word.and_then(|word| {
        let written = [format!("\"{word}\""), format!("<{word}")];
        written.iter().find_map(|written| text.find(written.as_str())).map(|at| (at + 1, at + 1 + word.len()))
    });
    let span = at.map_or_else(|| Span::start_of(file), |(start, end)| Span::new(file, start, end));
    survey::unusable(span, problem).help("the style must follow CSL 1.0.2; other versions are not read")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Files;
    use proptest::prelude::*;

    #[test]
    fn the_built_in_style_can_be_read() {
        IndependentStyle::from_xml(OWN_TEXT).unwrap();
    }

    const INFO: &str = "<info><title>T</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>";

    fn read(text: &str) -> Result<Style, String> {
        let mut files = Files::default();
        let file = files.add("house.csl", text);
        Style::read(file, text).map_err(|problem| {
            let place = problem.span.map(|span| text.get(span.range()).unwrap_or_default()).unwrap_or_default();
            format!("{place} | {}", problem.message)
        })
    }

    fn in_text(body: &str) -> String {
        format!("<style class=\"in-text\" version=\"1.0\">{INFO}{body}</style>")
    }

    #[test]
    fn what_is_no_style_is_refused_with_its_place() {
        let deep = format!("{}<text value=\"x\"/>{}", "<group>".repeat(100), "</group>".repeat(100));
        let laughs = (1..40)
            .map(|n| format!("<macro name=\"m{n}\"><text macro=\"m{0}\"/><text macro=\"m{0}\"/></macro>", n - 1))
            .collect::<Vec<_>>()
            .concat();
        let cases = [
            (String::new(), "it is no CSL style, for there is no element in it"),
            ("no XML".to_owned(), "there is no element in it"),
            ("<style".to_owned(), "no well-formed XML"),
            ("<style><info></style>".to_owned(), "no well-formed XML"),
            (
                "<style><info>".to_owned(),
                "<info> | the citation style cannot be used: it is no well-formed XML: `<info>` is never closed",
            ),
            ("<locale/>".to_owned(), "it is no CSL style, for it begins with `<locale>`"),
            ("<!DOCTYPE x [<!ENTITY a \"aaa\">]><style>&a;</style>".to_owned(), ""),
            (
                format!("\u{feff}{}", in_text("<citation><layout><text variable=\"titel\"/></layout></citation>")),
                "titel | the citation style cannot be used: there is no variable `titel`",
            ),
            (
                in_text("<citation><layout><text variable=\"titel\"/></layout></citation>"),
                "titel | the citation style cannot be used: there is no variable `titel`",
            ),
            (in_text(&format!("<citation><layout>{deep}</layout></citation>")), "nested more than 64 deep"),
            (
                in_text(&format!(
                    "<macro name=\"m0\"><text value=\"x\"/></macro>{laughs}<citation><layout><text macro=\"m39\"/></layout></citation>"
                )),
                "stands for more than",
            ),
            (
                in_text("<citation><layout><text macro=\"x\"/></layout></citation>"),
                "x | the citation style cannot be used: there is no macro `x`",
            ),
            (format!("<style version=\"1.0\">{INFO}<citation><layout/></citation></style>"), ""),
        ];
        for (text, expected) in cases {
            let said = read(&text).map(|_| ()).unwrap_err();
            assert!(said.contains(expected), "{text}: {said}");
        }
    }

    proptest! {
        #[test]
        fn what_is_said_of_a_damaged_style_lies_in_its_text(
            at in any::<prop::sample::Index>(),
            cut in 0..9_usize,
            put in prop::sample::select(vec!["", "é", "ص", "<!", "<?é", "é>", "&é", "=é", "<é", "\"", "]]>", "--é"]),
        ) {
            let whole: Vec<char> = in_text("<!-- é --><citation><layout><text value=\"é\"/></layout></citation>").chars().collect();
            let at = at.index(whole.len());
            let text: String =
                whole.iter().take(at).copied().chain(put.chars()).chain(whole.iter().skip(at + cut).copied()).collect();
            let mut files = Files::default();
            let file = files.add("house.csl", &*text);
            if let Err(problem) = Style::read(file, &text) {
                let span = problem.span.unwrap();
                prop_assert!(text.get(span.range()).is_some(), "{span:?} in {text}");
            }
        }
    }

    #[test]
    fn the_class_is_said_or_seen() {
        let class = |attributes: &str, category: &str, variable: &str| {
            let info = INFO.replace("<updated>", &format!("{category}<updated>"));
            let text = format!(
                "<style class=\"{attributes}\" version=\"1.0\">{info}<citation><layout><text variable=\"{variable}\"/></layout></citation></style>"
            );
            read(&text).unwrap().class()
        };
        let said = |format: &str| format!("<category citation-format=\"{format}\"/>");
        assert_eq!(class("note", "", "title"), Class::Notes);
        assert_eq!(class("in-text", &said("numeric"), "title"), Class::Numbers);
        assert_eq!(class("in-text", &said("label"), "title"), Class::Numbers);
        assert_eq!(class("in-text", &said("author-date"), "citation-number"), Class::AuthorDate);
        assert_eq!(class("in-text", "", "citation-number"), Class::Numbers);
        assert_eq!(class("in-text", "", "title"), Class::AuthorDate);
    }
}
