//! What stands around the articles: the head, the bar that stays in view, the title, the table of contents, the scripts.

use crate::bundle::bound::{Article, copy, write_contents, write_cover};
use crate::bundle::pages::escape;
use crate::site::volume::Volume;
use std::fmt::{self, Write};

/// Writes the head of the document.
pub(super) fn write_head(volume: &Volume, policy: &str, style: &str, out: &mut String) {
    let (lang, dir, title) = (volume.lang.as_str(), volume.dir, escape(&volume.title));
    let _ = writeln!(out, "<html lang=\"{lang}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">");
    let _ = writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", escape(policy));
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    let _ = writeln!(out, "<title>{title}</title>");
    if let Some(description) = &volume.description {
        let _ = writeln!(out, "<meta name=\"description\" content=\"{}\">", escape(description));
    }
    out.push_str(
        "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n",
    );
    let _ = writeln!(out, "<meta name=\"generator\" content=\"Sourcebook {}\">", env!("CARGO_PKG_VERSION"));
    let _ = writeln!(out, "<style>{style}</style>\n</head>\n<body>");
}

/// Writes what stands before the articles, and opens the element that they stand in.
pub(super) fn write_opening(volume: &Volume, articles: &[Article], out: &mut String) {
    let word = |key: &str| escape(volume.words.get(key).map_or(key, String::as_str));
    let title = escape(&volume.title);
    let _ = writeln!(out, "<a class=\"skip\" href=\"#contents\">{}</a>", word("skip_to_content"));
    let _ = writeln!(
        out,
        "<header class=\"bar\"><div class=\"frame\"><a class=\"book-name\" href=\"#top\">{title}</a> <a href=\"#contents\">{}</a> \
         <button type=\"button\" id=\"find\" aria-haspopup=\"dialog\" hidden>{}</button></div></header>",
        word("table_of_contents"),
        word("search"),
    );
    out.push_str("<main id=\"top\" class=\"book\">\n");
    if articles.len() > 1 {
        write_cover(volume, out);
        write_contents(volume, articles, out);
    } else {
        let _ = writeln!(
            out,
            "<div id=\"contents\" class=\"cover frame\"><p class=\"book-title\">{title}</p>{}</div>",
            copy(volume)
        );
    }
}

/// Writes the scripts, each with the words that it says.
pub(super) fn write_scripts(volume: &Volume, theme: &str, find: &str, out: &mut String) -> fmt::Result {
    let word = |key: &str| escape(volume.words.get(key).map_or("", String::as_str));
    let [close, source, figure, term] = ["close", "source", "figure_aria", "term"].map(word);
    writeln!(
        out,
        "<script data-close=\"{close}\" data-source=\"{source}\" data-figure=\"{figure}\" data-term=\"{term}\">{theme}</script>"
    )?;
    let [search, hint, none] = ["search", "search_intro", "search_none"].map(word);
    let (found, zero) = (escape(&volume.search_found), volume.zero);
    writeln!(
        out,
        "<script data-close=\"{close}\" data-search=\"{search}\" data-hint=\"{hint}\" data-found=\"{found}\" data-zero=\"{zero}\" data-none=\"{none}\">{find}</script>"
    )
}
