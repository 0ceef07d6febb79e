//! A review as Markdown, for a pull request or a merge request. Titles come from whoever wrote them: nothing in them acts as Markdown, as HTML or
//! as the name of a person who would be called. Uses its parent and the rooms of the values.

use super::{Coverage, PageChange, Review, SourceChange, SourceKind, Stale};
use crate::changes::{Change, Side};
use crate::ids::Lang;
use crate::ledger::Tally;
use crate::workspace::Localized;
use std::fmt::Write;

/// More lines than this of one kind are counted and not listed.
const LIMIT: usize = 100;

/// What stands above and below the lists.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// What is compared with, in words: `main (0a1b2c3d4e)`.
    pub with: &'a str,
    /// What the check found.
    pub found: &'a str,
    /// The language in which things are named, where they have a name in it.
    pub lang: Option<&'a Lang>,
}

/// Writes a review.
pub fn render(review: &Review, frame: Frame<'_>) -> String {
    let mut out = String::from("### What changes for readers\n\n");
    // Writing into a text cannot fail, here and below.
    let _ = writeln!(out, "Compared with {}: {}. Check: {}.", code(frame.with), counted(review), text(frame.found));
    coverage(&review.coverage, &mut out);
    pages(&review.pages, &mut out);
    figures(&review.figures, frame.lang, &mut out);
    sources(&review.sources, &mut out);
    stale(&review.stale, &mut out);
    out
}

/// "2 pages, 1 figure", or that there is nothing.
fn counted(review: &Review) -> String {
    if review.is_empty() {
        return "nothing changes for readers".to_owned();
    }
    let parts = [
        (review.pages.len(), "page", "pages"),
        (review.figures.len(), "change of a figure", "changes of figures"),
        (review.sources.len(), "source", "sources"),
        (review.stale.len(), "translation falls behind", "translations fall behind"),
    ];
    let parts = parts.iter().filter(|(count, ..)| *count > 0);
    let parts: Vec<String> =
        parts.map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many })).collect();
    parts.join(", ")
}

fn coverage(all: &[Coverage], out: &mut String) {
    heading("Statements that show a source", &["language", "before", "after"], out);
    for one in all {
        let _ = writeln!(out, "| {} | {} | {} |", one.lang, share(one.before), share(one.after));
    }
}

fn pages(all: &[PageChange], out: &mut String) {
    if all.is_empty() {
        return;
    }
    heading("Pages", &["page", "language", "what", "statements with a source before", "after"], out);
    listed(all, out, |page| {
        let what = match (page.before, page.after) {
            (None, _) => "new",
            (_, None) => "gone",
            _ => "changed",
        };
        let name = format!("{} {}", text(&page.title), code(page.id.name()));
        format!("{name} | {} | {what} | {} | {}", page.lang, share(page.before), share(page.after))
    });
}

fn figures(all: &[Change], lang: Option<&Lang>, out: &mut String) {
    if all.is_empty() {
        return;
    }
    heading("Figures", &["figure", "what", "before", "after"], out);
    listed(all, out, |change| {
        let what = match &change.correction {
            Some(why) => format!("{}, corrected: {}", change.kind.name(), text(named(why, lang))),
            None if change.is_unexplained() => format!("{}, **nothing says why**", change.kind.name()),
            None => change.kind.name().to_owned(),
        };
        let label = text(named(&change.subject.label, lang));
        let (from, to) = (side(change.from.as_ref()), side(change.to.as_ref()));
        format!("{label} {} | {what} | {from} | {to}", code(change.id.as_str()))
    });
}

fn sources(all: &[SourceChange], out: &mut String) {
    if all.is_empty() {
        return;
    }
    heading("Sources", &["source", "what", "cited on"], out);
    listed(all, out, |source| {
        let what = match source.kind {
            SourceKind::New => "new",
            SourceKind::Changed => "changed",
            SourceKind::Removed => "gone",
        };
        let cited = if source.cited == 1 { "1 page".to_owned() } else { format!("{} pages", source.cited) };
        format!("{} {} | {what} | {cited}", text(&source.title), code(source.id.as_str()))
    });
}

fn stale(all: &[Stale], out: &mut String) {
    if all.is_empty() {
        return;
    }
    heading("Translations that fall behind", &["page", "language", "passages behind before", "after", "urgent"], out);
    listed(all, out, |one| {
        format!(
            "{} | {} | {} | {} | {}",
            code(one.id.name()),
            one.lang,
            one.before,
            one.after.waiting(),
            one.after.urgent
        )
    });
    out.push_str("\nUrgent: readers are shown another number or another source than the original has.\n");
}

fn heading(title: &str, columns: &[&str], out: &mut String) {
    let _ = writeln!(out, "\n**{title}**\n\n| {} |\n|{}", columns.join(" | "), "---|".repeat(columns.len()));
}

fn listed<T>(all: &[T], out: &mut String, row: impl Fn(&T) -> String) {
    for one in all.iter().take(LIMIT) {
        let _ = writeln!(out, "| {} |", row(one));
    }
    if all.len() > LIMIT {
        let _ = writeln!(out, "\n… and {} more.", all.len() - LIMIT);
    }
}

/// "7 of 8"; a dash where there is nothing.
fn share(tally: Option<Tally>) -> String {
    tally.map_or_else(|| "–".to_owned(), |tally| format!("{} of {}", tally.covered, tally.covered + tally.uncovered))
}

fn side(side: Option<&Side>) -> String {
    side.map_or_else(|| "–".to_owned(), |side| text(&crate::changes::written(&side.reading)))
}

fn named<'t>(words: &'t Localized, lang: Option<&Lang>) -> &'t str {
    match lang {
        Some(lang) => words.pick(lang, &[]).0,
        None => "",
    }
}

/// Words that stand for themselves, in a direction of their own.
fn text(words: &str) -> String {
    let mut out = String::from("\u{2068}");
    for c in words.chars() {
        match c {
            // Whoever is called by a title of a page did not ask for it.
            '@' => out.push_str("@<!-- -->"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '\u{2068}' | '\u{2069}' => {}
            c if c.is_ascii_punctuation()
                && !matches!(c, ',' | '-' | '.' | ':' | ';' | '\'' | '"' | '(' | ')' | '%' | '/') =>
            {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('\u{2069}');
    // An address would become a link of itself.
    out.replace("://", ":<!-- -->//").replace("www.", "www<!-- -->.")
}

/// A key, an id, a name of a revision.
fn code(name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_control() && *c != '`' && *c != '|').collect();
    format!("`{name}`")
}

#[cfg(test)]
mod tests {
    use super::{code, text};
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    /// What a code host shows of it: words alone, or the test fails.
    fn shown(markdown: &str) -> String {
        let mut words = String::new();
        for event in Parser::new_ext(markdown, Options::all()) {
            match event {
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                Event::Text(text) => words.push_str(&text),
                Event::InlineHtml(html) if &*html == "<!-- -->" => {}
                other => panic!("{markdown}: {other:?}"),
            }
        }
        words
    }

    #[test]
    fn what_a_stranger_writes_stands_for_itself() {
        for hostile in [
            "![x](https://example.org/track.png)",
            "<img src=x onerror=alert(1)>",
            "[here](javascript:alert(1))",
            "a | b",
            "**bold** _it_ `code` ~~gone~~ 1. - + $x$ ^^",
            "&lt;script&gt; \\*",
            "https://example.org www.example.org",
            "# heading",
        ] {
            assert_eq!(shown(&text(hostile)), format!("\u{2068}{hostile}\u{2069}"));
        }
        assert_eq!(shown(&text("two\nlines")), "\u{2068}two lines\u{2069}");
        assert_eq!(text("@someone"), "\u{2068}@<!-- -->someone\u{2069}");
        assert_eq!(code("a`b|c\n"), "`abc`");
    }
}
