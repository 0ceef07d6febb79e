//! What stands before the articles: the title and the table of contents.

use super::article::{Article, id_of};
use crate::bundle::pages::escape;
use crate::site::volume::{Leaf, Volume};
use std::fmt::Write;

/// Writes the title of the whole: what it is, how old, and where the site itself is.
pub(in crate::bundle) fn write_cover(volume: &Volume, out: &mut String) {
    let title = escape(&volume.title);
    let _ = writeln!(out, "<div class=\"cover frame\">\n<h1>{title}</h1>");
    if let Some(description) = &volume.description {
        let _ = writeln!(out, "<p class=\"summary\">{}</p>", escape(description));
    }
    let _ = writeln!(out, "{}\n</div>", copy(volume));
}

/// Which copy it is. The program wrote it as HTML.
pub(in crate::bundle) fn copy(volume: &Volume) -> String {
    volume.about_html.as_ref().map(|about| format!("<p class=\"copy\">{about}</p>")).unwrap_or_default()
}

/// The table of contents: a list in which the pages of a section stand below it.
pub(in crate::bundle) fn write_contents(volume: &Volume, articles: &[Article], out: &mut String) {
    let title = escape(volume.words.get("table_of_contents").map_or("", String::as_str));
    let _ = writeln!(
        out,
        "<nav id=\"contents\" class=\"book-contents frame\" aria-labelledby=\"contents-title\">\n<h2 id=\"contents-title\">{title}</h2>\n<ul>"
    );
    let entries = articles.iter().filter_map(|article| Some((article.index, volume.leaves.get(article.index)?)));
    let entries: Vec<(usize, &Leaf)> = entries.filter(|(_, leaf)| !leaf.continues).collect();
    let mut depth = 0;
    for (at, (index, leaf)) in entries.iter().enumerate() {
        // One level deeper at a time, whatever the pages say.
        let wanted = leaf.level.min(depth + 1);
        match at {
            0 => {}
            _ if wanted > depth => out.push_str("\n<ul>\n"),
            _ => out.push_str("</li>\n"),
        }
        out.push_str(&"</ul>\n</li>\n".repeat(depth.saturating_sub(wanted)));
        depth = if at == 0 { 0 } else { wanted };
        let _ = write!(out, "<li><a href=\"#{}\">{}</a>", id_of(*index), escape(&leaf.title));
    }
    if !entries.is_empty() {
        out.push_str("</li>\n");
    }
    out.push_str(&"</ul>\n</li>\n".repeat(depth));
    out.push_str("</ul>\n</nav>\n");
}
