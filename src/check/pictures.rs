//! SB721: what stands in the pictures that are shown where pages are shared can be drawn.

use crate::book::navigation::GLOSSARY;
use crate::book::{Book, Language, Version};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;

/// Whether the site has such pictures.
fn has_pictures(book: &Book) -> bool {
    book.config.social_images && book.config.base_url.is_some()
}

/// The title of a page, where the site's name in its language can be drawn.
pub(super) fn page(book: &Book, version: &Version, diagnostics: &mut Vec<Diagnostic>) {
    let language = book.languages.iter().find(|language| language.lang == version.page.lang);
    let is_named = |language: &Language| book.typefaces.missing(&language.site_title).is_empty();
    if !has_pictures(book) || version.page.id.as_str() == GLOSSARY || !language.is_some_and(is_named) {
        return;
    }
    let title = &version.page.front.title;
    let missing = book.typefaces.missing(&title.value);
    if !missing.is_empty() {
        diagnostics.push(reported(
            title.span,
            &missing,
            "the title in the page's picture",
            "until then the picture shows the site's name",
        ));
    }
}

/// The site's name in each language.
pub(super) fn names(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    for language in book.languages.iter().filter(|_| has_pictures(book)) {
        let missing = book.typefaces.missing(&language.site_title);
        if missing.is_empty() {
            continue;
        }
        let own = book.config.languages.iter().find(|own| own.lang == language.lang);
        let span = own.map_or(Span::start_of(book.config.file), |own| own.span);
        let what = format!("the site's name in the pictures of `{}`", language.lang);
        diagnostics.push(reported(span, &missing, &what, "until then its pages have no picture"));
    }
}

fn reported(span: Span, missing: &[char], what: &str, until: &str) -> Diagnostic {
    let letters: String = missing.iter().take(12).collect();
    let more = if missing.len() > 12 { " and more" } else { "" };
    Diagnostic::new(Code::SB721, span, format!("no font has `{letters}`{more} for {what}"))
        .help(format!("name a font that has all letters of it in `[build] social-fonts`; {until}"))
}
