//! Interface sentences as HTML, and names in other languages, isolated.

use super::bidi;
use super::html::Html;
use super::marks::source_anchor;
use crate::book::{Book, Language, View};
use crate::citation::Source;
use crate::citation::csl::Class;
use crate::citation::entry::{may_be, short_name};
use crate::figure::phrase::phrase;
use crate::ids::Lang;
use crate::locale::{Arg, Direction, Key, Locale, Piece, Vocabulary};
use crate::markdown::citation::Cite;
use crate::markdown::locator::Locator;
use crate::markdown::tree::{CalloutKind, DrawingKind, Inline, InlineKind};
use crate::number::Number;
use crate::workspace::Localized;

/// The language and direction of a piece of text that is not the page's own.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct WithLang<'a> {
    pub(super) lang: Option<&'a str>,
    pub(super) dir: Option<&'static str>,
}

impl<'a> WithLang<'a> {
    /// Of a language tag; the direction of a language that the site does not have is its script's own.
    pub(super) fn of(lang: Option<&'a Lang>, book: &Book) -> Self {
        let Some(lang) = lang else { return Self::default() };
        let direction = book
            .language(lang)
            .map_or_else(|| crate::locale::direction_of_language(lang), |language| language.locale.direction());
        Self { lang: Some(lang.as_str()), dir: Some(direction.name()) }
    }

    /// The direction of the text, on a page in the locale's language.
    pub(super) fn direction(self, locale: &Locale) -> Direction {
        self.dir.and_then(Direction::parse).unwrap_or(locale.direction())
    }
}

/// The bytes of `<bdi>` and its end.
const BDI: usize = 11;

/// A text that neighbours of another direction cannot disturb.
pub(super) fn isolated(text: &str, with: WithLang<'_>) -> Html {
    let mut html = Html::with_capacity(text.len() + BDI);
    html.open("bdi", &attributes(with)).text(text).close("bdi");
    html
}

/// Who says so, in short: the name, the date and the place in the source.
pub(super) fn short_reference(book: &Book, locale: &Locale, source: &Source, locator: Option<&Locator>) -> Html {
    let (name, lang) = short_name(source, locale);
    let mut html = isolated_sentence(&name, WithLang::of(lang.as_ref(), book), locale);
    if let Some(date) = &source.date {
        add_part(&mut html, locale, &locale.date(date));
    }
    with_place(html, locale, locator)
}

/// A source in short, with the place in it.
pub(super) fn with_place(mut reference: Html, locale: &Locale, locator: Option<&Locator>) -> Html {
    if let Some(locator) = locator {
        add_part(&mut reference, locale, &place(locale, locator));
    }
    reference
}

fn add_part(reference: &mut Html, locale: &Locale, part: &str) {
    reference.text(locale.text(Key::Comma)).html(&isolated_sentence(part, WithLang::default(), locale));
}

/// A text of a record in the reader's language, or labelled with the one it is in.
pub(super) fn localized(book: &Book, locale: &Locale, text: &Localized) -> Html {
    let fallback: Vec<&Lang> = book.source_language().map(|language| &language.lang).into_iter().collect();
    let (words, lang) = text.pick(locale.lang(), &fallback);
    isolated_sentence(words, WithLang::of(lang.filter(|lang| *lang != locale.lang()), book), locale)
}

/// What the site says of itself, in the reader's language or labelled with the one it is in: where no language is named, it is the site's first.
pub(super) fn own_words(book: &Book, locale: &Locale, text: &Localized) -> Html {
    let own = book.source_language().map(|language| &language.lang);
    match text {
        Localized::Plain(text) => {
            let foreign = own.filter(|lang| *lang != locale.lang());
            isolated_sentence(text, WithLang::of(foreign, book), locale)
        }
        Localized::ByLang(_) => localized(book, locale, text),
    }
}

/// Words that an editor wrote for editors, on a page in `lang`. Where their letters cannot be that language's, they are the source language's.
pub(super) fn editors_words(book: &Book, locale: &Locale, lang: &Lang, text: &str) -> Html {
    let source = book.source_language().map_or(lang, |language| &language.lang);
    let lang = if may_be(text, lang) { lang } else { source };
    isolated_sentence(text, WithLang::of(Some(lang).filter(|lang| *lang != locale.lang()), book), locale)
}

/// A text of a record, isolated, and within it whatever runs the other way.
pub(super) fn isolated_sentence(text: &str, with: WithLang<'_>, locale: &Locale) -> Html {
    let mut html = Html::with_capacity(text.len() + BDI);
    html.open("bdi", &attributes(with));
    bidi::write(&mut html, text, with.direction(locale));
    html.close("bdi");
    html
}

/// `lang` and `dir` for an element.
pub(super) fn attributes(with: WithLang<'_>) -> Vec<(&'static str, &str)> {
    let lang = with.lang.map(|lang| ("lang", lang));
    let dir = with.dir.map(|dir| ("dir", dir));
    lang.into_iter().chain(dir).collect()
}

/// `<strong>` around what was rendered.
pub(super) fn strong(inner: &Html) -> Html {
    let mut html = Html::new();
    html.markup("<strong>").html(inner).markup("</strong>");
    html
}

/// HTML that stands apart from the words around it. What holds isolates itself is a phrase, not a name: a browser finds no letter of its own to
/// take its direction from, so it has that of the language it was written in.
pub(super) fn isolated_phrase(inner: &Html, direction: Direction) -> Html {
    let mut html = Html::new();
    if inner.as_str().contains("<bdi") {
        html.open("bdi", &[("dir", direction.name())]).html(inner).close("bdi");
    } else {
        html.markup("<bdi>").html(inner).markup("</bdi>");
    }
    html
}

/// An interface sentence whose arguments are HTML, each isolated.
pub(super) fn sentence(locale: &Locale, key: Key, arguments: &[(&str, Html)]) -> Html {
    // The pieces say which argument goes where; the HTML itself never passes through them.
    let names: Vec<(&str, Arg<'_>)> = arguments.iter().map(|(name, _)| (*name, Arg::Text(name))).collect();
    let mut html = Html::new();
    for piece in locale.fill_pieces(key, &names) {
        match piece {
            Piece::Text(text) => {
                html.text(text);
            }
            Piece::Arg { name, .. } => {
                let argument = arguments.iter().find(|(other, _)| *other == name).map(|(_, argument)| argument);
                html.html(&isolated_phrase(argument.unwrap_or(&Html::new()), locale.direction()));
            }
        }
    }
    html
}

/// A filled sentence, each argument isolated.
pub(super) fn pieces(pieces: &[Piece<'_>]) -> Html {
    let mut html = Html::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => html.text(text),
            Piece::Arg { value, .. } => html.element("bdi", &[], value),
        };
    }
    html
}

/// An interface sentence whose arguments are plain text.
pub(super) fn plain_sentence(locale: &Locale, key: Key, arguments: &[(&str, &str)]) -> Html {
    let arguments: Vec<(&str, Html)> = arguments.iter().map(|(name, text)| (*name, Html::escaped(text))).collect();
    sentence(locale, key, &arguments)
}

/// What a screen reader says at a citation's number.
pub(super) fn cite_label(locale: &Locale, number: usize, cite: &Cite) -> String {
    let mut label = citation_label(locale, number);
    for detail in cite_details(locale, cite, cite.locator.as_ref()) {
        label.push_str(locale.text(Key::Comma));
        label.push_str(&detail);
    }
    label
}

/// What a citation says besides its source: the relation, the words before, the place, the words after.
pub(super) fn cite_details(locale: &Locale, cite: &Cite, locator: Option<&Locator>) -> Vec<String> {
    let relation = cite.relation.and_then(|relation| locale.term(Vocabulary::Relation, relation.name()));
    let place = locator.map(|locator| place(locale, locator));
    let details = [relation.map(str::to_owned), cite.prefix.clone(), place, cite.suffix.clone()];
    details.into_iter().flatten().collect()
}

/// `[12]`, leading to the source's entry on the page; an arrow where citations are no numbers. Nothing where the page does not list it.
pub(super) fn source_number(book: &Book, view: View<'_>, source: &Source, locale: &Locale) -> Option<Html> {
    let number = view.version.number_of(&source.id)?;
    let is_number = book.citation_class() == Class::Numbers;
    let label = if is_number { citation_label(locale, number) } else { short_name(source, locale).0 };
    let href = format!("#{}", source_anchor(&source.id));
    let mut html = Html::new();
    html.open("a", &[("class", "source-number"), ("href", &href), ("aria-label", &label)]);
    if is_number {
        html.text("[").number(number).text("]");
    } else {
        html.text("↓");
    }
    html.close("a");
    Some(html)
}

/// The marks of sources that a drawing names: numbers as after a sentence, or ways to the list where citations are no numbers.
pub(super) fn source_marks(book: &Book, view: View<'_>, sources: &[&Source]) -> Html {
    let locale = &view.text_language.locale;
    let mut html = Html::new();
    if book.citation_class() != Class::Numbers {
        for link in sources.iter().filter_map(|source| source_number(book, view, source, locale)) {
            html.text(" ").html(&link);
        }
        return html;
    }
    let mut numbered: Vec<(usize, &Source)> =
        sources.iter().filter_map(|source| Some((view.version.number_of(&source.id)?, *source))).collect();
    numbered.sort_by_key(|(number, _)| *number);
    if numbered.is_empty() {
        return html;
    }
    html.open("sup", &[("class", "cite"), ("dir", locale.direction().name())]);
    for (index, (number, source)) in numbered.into_iter().enumerate() {
        if index > 0 {
            html.element("span", &[("class", "sep")], locale.text(Key::Comma).trim());
        }
        let (href, label) = (format!("#{}", source_anchor(&source.id)), citation_label(locale, number));
        html.open("a", &[("href", &href), ("role", "doc-noteref"), ("aria-label", &label)]).number(number).close("a");
    }
    html.close("sup");
    html
}

/// "Note 3", for a screen reader.
pub(super) fn note_label(locale: &Locale, number: usize) -> String {
    let number = Number::from(number);
    joined(&locale.fill_pieces(Key::NoteAria, &[("n", Arg::Number(&number))]))
}

/// "Source 12", for a screen reader.
pub(super) fn citation_label(locale: &Locale, number: usize) -> String {
    let number = Number::from(number);
    joined(&locale.fill_pieces(Key::CitationAria, &[("n", Arg::Number(&number))]))
}

/// "3 sources: 3–5", for a screen reader: it may pass over the dash, but the number of sources tells that it is there.
pub(super) fn citation_run_label(locale: &Locale, first: usize, last: usize) -> String {
    let count = joined(&locale.count(Key::SourceCount, &Number::from(last - first + 1), &[]));
    let range = format!("{first}–{last}");
    locale.fill_plain(Key::LabelValue, &[("label", Arg::Text(&count)), ("value", Arg::Text(&range))])
}

/// A place in a source in the reader's language: `p. 3`.
pub(super) fn place(locale: &Locale, locator: &Locator) -> String {
    locale.place(locator)
}

pub(super) fn joined(pieces: &[Piece<'_>]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => *text,
            Piece::Arg { value, .. } => value.as_str(),
        })
        .collect()
}

/// The title of a callout that has none of its own.
pub(super) fn callout_title(locale: &Locale, kind: CalloutKind) -> &str {
    locale.term(Vocabulary::Callout, kind.name()).unwrap_or_default()
}

/// "(in English)", for a reader of another language.
pub(super) fn untranslated(reader: &Locale, other: &Language) -> String {
    joined(&reader.fill_pieces(Key::UntranslatedSuffix, &[("language", Arg::Text(&language_name(reader, other)))]))
}

/// The name of a language in the reader's own, or its own name for itself.
pub(super) fn language_name(reader: &Locale, other: &Language) -> String {
    let name = reader.language_name(&other.lang);
    if name == other.lang.as_str() { other.locale.name().to_owned() } else { name.to_owned() }
}

/// Inlines in words alone, for a description: figures written out, marks left out.
pub(super) fn told(content: &[Inline], view: View<'_>, book: &Book) -> String {
    let mut all = String::new();
    tell(content, view, book, &mut all);
    let mut words = String::with_capacity(all.len());
    for word in all.split_whitespace() {
        // A mark before the full stop leaves a space behind.
        if !words.is_empty() && !word.starts_with(['.', ',', ';']) {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

fn tell(content: &[Inline], view: View<'_>, book: &Book, words: &mut String) {
    let locale = &view.text_language.locale;
    for inline in content {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => words.push_str(text),
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strikethrough(inner)
            | InlineKind::Link { content: inner, .. } => tell(inner, view, book, words),
            InlineKind::SoftBreak | InlineKind::HardBreak => words.push(' '),
            InlineKind::Figure(reference) => {
                if let (Ok(figure), Some(source)) = (book.library.figure(reference), book.source_language())
                    && let Some(text) = phrase(&figure, reference.form, locale, &source.lang)
                {
                    words.push_str(&text);
                }
            }
            InlineKind::Cite(group) => {
                if let Some(cite) = group.named()
                    && let Some(source) = book.library.source(&cite.source)
                {
                    words.push_str(&short_name(source, locale).0);
                }
            }
            InlineKind::Image { .. }
            | InlineKind::CitationNeeded { .. }
            | InlineKind::FootnoteRef(_)
            | InlineKind::Html(_) => {}
        }
    }
}

/// What a drawing is called.
pub(super) fn drawing_name(kind: DrawingKind, locale: &Locale) -> &str {
    locale.text(match kind {
        DrawingKind::Chart => Key::Chart,
        DrawingKind::Timeline => Key::Timeline,
        DrawingKind::Map => Key::Map,
        DrawingKind::Facts => Key::Facts,
        DrawingKind::Leaders => Key::Leaders,
        DrawingKind::Designations => Key::DesignationsTitle,
        DrawingKind::Actors => Key::Comparison,
        DrawingKind::Who => Key::People,
    })
}
