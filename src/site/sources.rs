//! The list of sources at a page's end: each entry once, in the order of its number, with the ways back into the text.

use super::body::Body;
use super::context::{Backlink, OutLink, QuoteEntry, SourceEntry};
use super::entry::entry_html;
use super::figures::FigureBacklinks;
use super::html::Html;
use super::marks::{CiteMark, letters, source_anchor};
use super::words::{self, WithLang};
use crate::book::{Book, View};
use crate::citation::Source;
use crate::citation::entry;
use crate::locale::{Key, Locale, Vocabulary};
use crate::markdown::tree::DrawingKind;

/// The entries of a page's sources.
pub(super) fn entries(book: &Book, view: View<'_>, body: &Body<'_>, figures: &FigureBacklinks) -> Vec<SourceEntry> {
    let locale = &view.language.locale;
    view.version
        .sources
        .iter()
        .enumerate()
        .filter_map(|(index, id)| book.library.source(id).map(|source| (index + 1, source)))
        .map(|(number, source)| {
            let with = WithLang::of(Some(&source.lang), book);
            let marks = body.marks.of_source(&source.id);
            let mut backlinks: Vec<Backlink> =
                marks.iter().enumerate().map(|(index, mark)| backlink(index, mark, locale)).collect();
            backlinks.extend(figures.of(&source.id));
            backlinks.extend(body.marks.drawings_of(&source.id).iter().map(|(anchor, kind)| Backlink {
                href: format!("#{anchor}"),
                label: drawing_name(*kind, locale).to_owned(),
                detail_html: None,
            }));
            SourceEntry {
                id: source_anchor(&source.id),
                number,
                runs: body.marks.runs_of(&source.id).to_vec(),
                entry_html: entry_html(book, source, locale),
                lang: source.lang.as_str().to_owned(),
                dir: with.dir.unwrap_or("ltr"),
                note: source.note.as_ref().map(|note| words::localized(book, locale, note)),
                kind: source.kind.and_then(|kind| locale.term(Vocabulary::SourceKind, kind)).map(str::to_owned),
                speaks_for: source.affiliation.as_deref().map(|party| {
                    let name = locale.term(Vocabulary::Affiliation, party).unwrap_or(party);
                    words::plain_sentence(locale, Key::SpeaksFor, &[("name", name)])
                }),
                checked: locale.term(Vocabulary::Check, source.checked.level.name()).unwrap_or_default().to_owned(),
                quotes: quotes(book, source, body, locale),
                links: links(source, locale),
                backlinks,
            }
        })
        .collect()
}

fn drawing_name(kind: DrawingKind, locale: &Locale) -> &str {
    locale.text(match kind {
        DrawingKind::Chart => Key::Chart,
        DrawingKind::Timeline => Key::Timeline,
        DrawingKind::Map => Key::Map,
    })
}

/// The addresses of a source. Where its own no longer shows it, an archived copy comes first and the old address is not linked.
fn links(source: &Source, locale: &Locale) -> Vec<OutLink> {
    let mut links = Vec::new();
    let mut add = |href: String, text: &str| links.push(OutLink { href, text: text.to_owned(), lang: None });
    if let Some(url) = source.live_url() {
        add(url.to_owned(), locale.text(Key::OpenSource));
    }
    for copy in &source.archive {
        add(copy.url.clone(), locale.text(Key::ArchivedCopy));
    }
    if let Some(doi) = &source.doi {
        add(format!("https://doi.org/{}", doi.value), "DOI");
    }
    links
}

fn backlink(index: usize, mark: &CiteMark<'_>, locale: &Locale) -> Backlink {
    let cite = mark.cite;
    let locator = cite.locator.as_ref().map(|locator| words::place(locale, locator));
    let details: Vec<&str> =
        [cite.prefix.as_deref(), locator.as_deref(), cite.suffix.as_deref()].into_iter().flatten().collect();
    let detail_html = (!details.is_empty()).then(|| {
        let mut html = Html::new();
        for (index, detail) in details.iter().enumerate() {
            if index > 0 {
                html.text(locale.text(Key::Comma));
            }
            html.element("bdi", &[], detail);
        }
        html
    });
    Backlink { href: format!("#{}", mark.anchor), label: letters(index), detail_html }
}

/// The stored passages that the page cites, in the original and, where there is one, in the reader's language.
fn quotes(book: &Book, source: &Source, body: &Body<'_>, locale: &Locale) -> Vec<QuoteEntry> {
    body.marks
        .quotes_of(&source.id)
        .into_iter()
        .filter_map(|id| source.quote(id))
        .map(|quote| {
            let (original, lang) = entry::original(&quote.exact, &source.lang);
            let with = WithLang::of(Some(lang), book);
            let translation_html =
                quote.exact.exact(locale.lang()).filter(|_| lang != locale.lang()).map(|translated| {
                    let mut html = Html::new();
                    html.element("q", &[], translated);
                    if quote.translated_by != Some("official") {
                        html.text(" (").text(locale.text(Key::QuoteTranslationOurs)).text(")");
                    }
                    html
                });
            QuoteEntry {
                html: Html::escaped(original),
                lang: with.lang.map(str::to_owned),
                dir: with.dir,
                translation_html,
                locator: quote.locator.as_ref().map(|locator| words::place(locale, locator)),
            }
        })
        .collect()
}
