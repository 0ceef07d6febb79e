//! `_headers`: what the host says with each file, in the format that Netlify and Cloudflare Pages read.
//!
//! Both join the values where a header is set twice for one address, so none is. Pages have no `Cache-Control` of ours: both hosts let browsers
//! ask again each time, which is right for a text that is corrected. What lies in `static/` keeps its name when it changes, so it may not be kept
//! for long; ten minutes are a visit, and nobody sees a new page with an old style for longer. Fonts have a name of their content, so they may be kept.

use super::policy;
use crate::book::Book;
use crate::site::address::STATIC;
use crate::site::fonts;
use crate::site::offline::DOWNLOADS;

/// What no page of a site needs, and nothing that gets into one shall have.
const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), usb=(), xr-spatial-tracking=()";

/// How long what lies in `static/` may be kept.
const STATIC_CACHE: &str = "public, max-age=600";

/// What is taken away and not looked at: a copy in one file is a page, too, and the policy of the site's pages would keep it from showing itself.
const TAKEN: (&str, &str) = ("Content-Disposition", "attachment");

/// Whoever signs in to the editor does so in a window of the repository's host, which answers it.
const SIGNING_IN: (&str, &str) = ("Cross-Origin-Opener-Policy", "same-origin-allow-popups");

/// How long a font may be kept: its name says what it holds.
const FONT_CACHE: &str = "public, max-age=31536000, immutable";

/// The file.
pub(super) fn file(book: &Book) -> String {
    let policy = policy::header();
    let apart = [("Content-Security-Policy", policy.as_str()), ("Cross-Origin-Opener-Policy", "same-origin")];
    let common = [
        ("Permissions-Policy", PERMISSIONS),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    let cached = ("Cache-Control", STATIC_CACHE);
    let of_static = format!("/{STATIC}/*");
    let mut file = match &book.config.editor {
        None => {
            let all: Vec<_> = apart.into_iter().chain(common).collect();
            [rule("/*", &all), rule(&of_static, &[cached])].join("\n")
        }
        // A rule for every address would bind the editor, too.
        Some(editor) => {
            let languages = book.config.languages.iter().map(|language| format!("/{}/*", language.lang));
            let pages = ["/", "/index.html", "/404.html"].map(str::to_owned).into_iter().chain(languages);
            let of_pages: Vec<String> = pages.map(|address| rule(&address, &apart)).collect();
            let with_cache: Vec<_> = apart.into_iter().chain([cached]).collect();
            let of_editor = policy::header_of_editor(editor);
            let own = [("Content-Security-Policy", of_editor.as_str()), SIGNING_IN];
            let editor = rule(&format!("/{}/*", policy::EDITOR), &own);
            [rule("/*", &common), of_pages.join("\n"), rule(&of_static, &with_cache), editor].join("\n")
        }
    };
    if book.offers_copies() {
        file.push('\n');
        file.push_str(&rule(&format!("/{DOWNLOADS}/*"), &[TAKEN]));
    }
    if book.config.languages.iter().any(|language| !language.fonts.is_empty()) {
        file.push('\n');
        file.push_str(&rule(&format!("/{}/*", fonts::FOLDER), &[("Cache-Control", FONT_CACHE)]));
    }
    file
}

fn rule(address: &str, headers: &[(&str, &str)]) -> String {
    let lines: Vec<String> = headers.iter().map(|(name, value)| format!("  {name}: {value}\n")).collect();
    format!("{address}\n{}", lines.concat())
}
