//! What the engine printed → an [`Entry`].
//!
//! First the engine's tree is laid out in a line of [`Token`]s, marks turned back into values; then [`polish`] looks at neighbours, which a
//! tree hides; then the line becomes the tree of an entry.

mod capitals;
mod cites;
mod dates;
mod polish;

use super::project::{LOCATOR_MARK, Projection, is_mark};
use super::terms::Terms;
use crate::citation::entry::{Entry, Look, Piece, Role, Run, Value};
use crate::locale::Locale;
pub(super) use cites::{Adjust, citation};
use hayagriva::citationberg::taxonomy::NameVariable;
use hayagriva::citationberg::{Display, FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign};
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta, Formatted, Formatting};

/// For whom a tree is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) locale: &'a Locale,
    pub(super) terms: &'a Terms,
}

/// What a tree is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A line of a list in the built-in style: dates are written as the site writes them.
    OwnEntry,
    /// A line of a list in the site's style.
    Entry,
    /// A citation in the text.
    Cite,
    /// A citation in a note.
    Note,
}

/// A part of an entry before its neighbours were looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Words(Run),
    Value(Value),
    Open(Role),
    Close,
    Link(String),
    CloseLink,
    Break,
    /// A citation of a bracket, by its place in it.
    Cite(usize),
    CloseCite,
}

/// The entry that the engine printed.
pub(super) fn entry(tree: &ElemChildren, projection: &Projection, reader: Reader<'_>, purpose: Purpose) -> Entry {
    let mut walker = Walker { projection, reader, purpose, locator: None, tokens: Vec::new() };
    walker.children(tree);
    let tokens = polish::polish(walker.tokens, projection, reader.locale, purpose);
    Entry { pieces: pieces(&mut tokens.into_iter()) }
}

/// The tokens up to the end, or to the one that closes what was opened before.
fn pieces(tokens: &mut impl Iterator<Item = Token>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    while let Some(token) = tokens.next() {
        pieces.push(match token {
            Token::Words(run) => Piece::Words(run),
            Token::Value(value) => Piece::Value(value),
            Token::Break => Piece::Break,
            Token::Open(role) => Piece::Group(role, self::pieces(&mut *tokens)),
            Token::Link(href) => Piece::Link { href, pieces: self::pieces(&mut *tokens) },
            Token::Close | Token::CloseLink | Token::CloseCite => break,
            // Citations do not stand within each other.
            Token::Cite(_) => continue,
        });
    }
    pieces
}

struct Walker<'a> {
    projection: &'a Projection,
    reader: Reader<'a>,
    purpose: Purpose,
    /// The place within the source, where a citation has one.
    locator: Option<String>,
    tokens: Vec<Token>,
}

impl Walker<'_> {
    fn children(&mut self, children: &ElemChildren) {
        for child in &children.0 {
            self.child(child);
        }
    }

    fn child(&mut self, child: &ElemChild) {
        match child {
            ElemChild::Text(text) => self.text(&text.text, &looks(text.formatting)),
            ElemChild::Elem(elem) => self.elem(elem),
            ElemChild::Markup(text) => self.words(text, &[]),
            ElemChild::Link { text, url } => self.link(text, url),
            // Only asked for by callers that cite; nobody asks here.
            ElemChild::Transparent { .. } => {}
        }
    }

    fn elem(&mut self, elem: &Elem) {
        let apart = matches!(elem.display, Some(Display::Block | Display::Indent));
        match elem.display {
            Some(Display::RightInline) => self.words(" ", &[]),
            Some(_) if apart => self.tokens.push(Token::Break),
            _ => {}
        }
        match &elem.meta {
            // In a citation whatever stands for the author may be moved.
            Some(ElemMeta::Names(variables))
                if matches!(self.purpose, Purpose::Cite | Purpose::Note)
                    || elem.children.find_elem_by(&is_name).is_some() =>
            {
                let of_authors = variables.iter().any(|(_, variable)| *variable == NameVariable::Author);
                if of_authors {
                    self.tokens.push(Token::Open(Role::Author));
                }
                self.children(&elem.children);
                if of_authors {
                    self.tokens.push(Token::Close);
                }
            }
            Some(ElemMeta::Name(_, index)) => {
                let lang = self.projection.name_lang(*index).cloned();
                let runs = runs(&elem.children);
                self.value(Value { role: Role::Name, lang, runs });
            }
            Some(ElemMeta::Date) => self.date(elem),
            Some(ElemMeta::Number | ElemMeta::Text) if !holds_more(&elem.children) => self.number(elem),
            // The page counts its sources itself.
            Some(ElemMeta::CitationNumber | ElemMeta::CitationLabel) => {}
            _ => self.children(&elem.children),
        }
        if apart {
            self.tokens.push(Token::Break);
        }
    }

    fn date(&mut self, elem: &Elem) {
        let runs = runs(&elem.children);
        let printed: String = runs.iter().map(|run| run.text.as_str()).collect();
        let looks = runs.into_iter().next().map(|run| run.looks).unwrap_or_default();
        let (before, date, after) = dates::write(&printed, self.projection, self.reader.locale, self.purpose);
        self.words(before, &looks);
        self.value(Value { role: Role::Date, lang: None, runs: vec![Run { text: date, looks: looks.clone() }] });
        self.words(after, &looks);
    }

    /// A number, which bears no mark. What is no letter or digit at its ends is the style's.
    fn number(&mut self, elem: &Elem) {
        let runs = runs(&elem.children);
        let printed: String = runs.iter().map(|run| run.text.as_str()).collect();
        let looks = runs.into_iter().next().map(|run| run.looks).unwrap_or_default();
        let (before, number, after) = core(&printed);
        // A year's letter: "2024a".
        if before.is_empty()
            && !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_lowercase())
            && let Some(Token::Value(Value { role: Role::Date, runs, .. })) = self.tokens.last_mut()
        {
            runs.push(Run { text: number.to_owned(), looks: looks.clone() });
        } else {
            self.words(before, &looks);
            self.value(Value {
                role: Role::Number,
                lang: None,
                runs: vec![Run { text: number.to_owned(), looks: looks.clone() }],
            });
        }
        self.words(after, &looks);
    }

    fn link(&mut self, text: &Formatted, url: &str) {
        let shown: String = text.text.chars().filter(|c| !is_mark(*c)).collect();
        let run = Run { text: shown, looks: looks(text.formatting) };
        let value = Value { role: Role::Address, lang: None, runs: vec![run] };
        let href: String = url.chars().filter(|c| !is_mark(*c)).collect();
        if crate::citation::read::is_web_address(&href) {
            self.tokens.push(Token::Link(href));
            self.value(value);
            self.tokens.push(Token::CloseLink);
        } else {
            self.value(value);
        }
    }

    /// Words of the style, and within them values with their marks.
    fn text(&mut self, text: &str, looks: &[Look]) {
        let mut rest = text;
        while let Some((before, mark, after)) = split_at_mark(rest) {
            rest = after;
            let (role, recorded, lang) = match (self.projection.slot(mark), &self.locator) {
                (_, Some(locator)) if mark == LOCATOR_MARK => (Role::Number, locator.as_str(), None),
                (Some(slot), _) => (slot.role, slot.text.as_str(), slot.lang.clone()),
                (None, _) => continue,
            };
            let at = start_of(recorded, before);
            let (words, value) = before.split_at_checked(at).unwrap_or(("", before));
            let run = Run { text: capitals::restored(recorded, value), looks: looks.to_vec() };
            let words = words.to_owned();
            self.words(&words, looks);
            self.value(Value { role, lang, runs: vec![run] });
            // A text where the engine expects a number bears its mark twice.
            if let Some((gap, again, after)) = split_at_mark(rest)
                && again == mark
                && gap.trim().is_empty()
            {
                rest = after;
            }
        }
        self.words(rest, looks);
    }

    fn words(&mut self, text: &str, looks: &[Look]) {
        if !text.is_empty() {
            self.tokens.push(Token::Words(Run { text: self.reader.terms.quoted(text), looks: looks.to_vec() }));
        }
    }

    fn value(&mut self, value: Value) {
        if value.runs.iter().any(|run| !run.text.is_empty()) {
            self.tokens.push(Token::Value(value));
        }
    }
}

fn is_name(elem: &Elem) -> bool {
    matches!(elem.meta, Some(ElemMeta::Name(..)))
}

/// Whether there are marks or links in it, so that it is no number.
fn holds_more(children: &ElemChildren) -> bool {
    children.0.iter().any(|child| match child {
        ElemChild::Text(text) => text.text.contains(is_mark),
        ElemChild::Elem(elem) => holds_more(&elem.children),
        ElemChild::Markup(_) | ElemChild::Link { .. } | ElemChild::Transparent { .. } => true,
    })
}

/// The letters below an element, without marks.
fn runs(children: &ElemChildren) -> Vec<Run> {
    let mut runs = Vec::new();
    for child in &children.0 {
        match child {
            ElemChild::Text(text) => {
                let letters: String = text.text.chars().filter(|c| !is_mark(*c)).collect();
                runs.push(Run { text: letters, looks: looks(text.formatting) });
            }
            ElemChild::Elem(elem) => runs.extend(self::runs(&elem.children)),
            ElemChild::Markup(text) => runs.push(Run::plain(text.as_str())),
            ElemChild::Link { .. } | ElemChild::Transparent { .. } => {}
        }
    }
    runs.retain(|run| !run.text.is_empty());
    runs
}

fn looks(formatting: Formatting) -> Vec<Look> {
    let Formatting { font_style, font_variant, font_weight, text_decoration, vertical_align } = formatting;
    let mut looks = Vec::new();
    if font_style == FontStyle::Italic {
        looks.push(Look::Italic);
    }
    if font_weight == FontWeight::Bold {
        looks.push(Look::Bold);
    }
    if font_variant == FontVariant::SmallCaps {
        looks.push(Look::SmallCapitals);
    }
    if text_decoration == TextDecoration::Underline {
        looks.push(Look::Underlined);
    }
    match vertical_align {
        VerticalAlign::Sup => looks.push(Look::Raised),
        VerticalAlign::Sub => looks.push(Look::Lowered),
        VerticalAlign::Baseline | VerticalAlign::None => {}
    }
    looks
}

/// A text at its first mark.
fn split_at_mark(text: &str) -> Option<(&str, char, &str)> {
    let (at, mark) = text.char_indices().find(|(_, c)| is_mark(*c))?;
    let (before, rest) = text.split_at_checked(at)?;
    Some((before, mark, rest.get(mark.len_utf8()..)?))
}

/// Where a value begins in the text before its mark. The style may have changed its case, and put words of its own before it.
fn start_of(recorded: &str, before: &str) -> usize {
    if let Some(words) = before.strip_suffix(recorded) {
        return words.len();
    }
    let wanted = recorded.to_lowercase();
    let is_it = |at: usize| before.get(at..).is_some_and(|text| text.to_lowercase() == wanted);
    before.char_indices().map(|(at, _)| at).find(|at| is_it(*at)).unwrap_or(0)
}

/// A text without what is no letter or digit at its ends.
fn core(text: &str) -> (&str, &str, &str) {
    let start = text.find(char::is_alphanumeric).unwrap_or(text.len());
    let end = text
        .rfind(char::is_alphanumeric)
        .map_or(start, |at| at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    (part(0, start), part(start, end), part(end, text.len()))
}
