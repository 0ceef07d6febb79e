//! What is printed: one document in HTML with all that it needs.
//!
//! What the theme's style sheet hides on paper is left out, because a browser would lay it out for nothing, and what it folds is open.

use crate::bundle::bound::{self, Article, Book, copy, id_of, inline, policy, write_contents, write_cover};
use crate::bundle::pages::{self, Element, Syntax, escape};
use crate::site::edition::Edition;
use crate::site::volume::Volume;
use std::fmt::Write;

/// What only paper has.
const OWN: &str = include_str!("print.css");

/// Classes of what leads from one place of a screen to another, or says for wide screens what stands elsewhere.
const LEFT_OUT: [&str; 8] = ["margin", "contents", "backlinks", "back", "told", "source-page", "places", "tools"];

/// So many columns of sentences a sheet has room for.
const COLUMNS: usize = 4;

/// Attributes that are for the keyboard and for scripts.
const UNUSED: [&str; 6] = ["tabindex", "aria-expanded", "aria-haspopup", "aria-controls", "aria-current", "data-marks"];

/// Writes the document.
pub(super) fn write(edition: &Edition, volume: &Volume) -> String {
    let mut articles = Book::read(edition, volume).into_articles();
    for article in &mut articles {
        fit(&mut article.element);
    }
    let style = sheet(edition, volume, &articles);
    let mut out = "<!DOCTYPE html>\n".to_owned();
    write_head(volume, &articles, &style, &mut out);
    if articles.len() > 1 {
        write_cover(volume, &mut out);
        write_contents(volume, &articles, &mut out);
    } else {
        let title = escape(&volume.title);
        let _ = writeln!(out, "<div class=\"cover frame\"><h1 class=\"book-title\">{title}</h1>{}</div>", copy(volume));
    }
    for article in &articles {
        out.push_str(&pages::write(&article.element, Syntax::Html));
        out.push('\n');
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn write_head(volume: &Volume, articles: &[Article], style: &str, out: &mut String) {
    let (lang, dir) = (volume.lang.as_str(), volume.dir);
    let mut title = escape(&volume.title);
    if let [article] = articles {
        title = format!("{} · {title}", escape(title_of(volume, article.index)));
    }
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "<html lang=\"{lang}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main class=\"book\">",
        escape(&policy(style, &[]))
    );
}

fn fit(page: &mut Element) {
    // What is hidden waits for a script.
    page.retain(&mut |element| {
        element.get("hidden").is_none() && !LEFT_OUT.iter().any(|class| element.has_class(class))
    });
    page.change(&mut |element| {
        element.attributes.retain(|(name, _)| !UNUSED.contains(&name.as_str()));
        if element.is("details") {
            element.set("open", "");
        } else if element.has_class("comparison")
            && is_wide(element)
            && let Some(unfolded) = pages::unfold(element)
        {
            *element = unfolded;
        }
    });
}

/// Whether a table has more columns than paper has room for.
fn is_wide(table: &Element) -> bool {
    let mut widest = 0;
    table.each(&mut |row| {
        if row.is("tr") {
            widest = widest.max(row.elements().count());
        }
    });
    widest > COLUMNS
}

/// The rules: the theme's, those of paper, and a foot and a head for each page of the site.
fn sheet(edition: &Edition, volume: &Volume, articles: &[Article]) -> String {
    let mut sheet = bound::theme(edition);
    sheet.push('\n');
    sheet.push_str(OWN);
    let (start, end) = if volume.dir == "rtl" { ("right", "left") } else { ("left", "right") };
    let (title, numbers) = (quoted(&volume.title), counter_style(volume.zero));
    let foot = format!("@bottom-{start}{{content:{title}}}@bottom-{end}{{content:counter(page,{numbers})}}");
    // The theme numbers the outer corners, as for paper that is bound; here there is one place for all.
    let _ = writeln!(
        sheet,
        "@page :left{{{foot}}}\n@page :right{{{foot}}}\n\
         @page :first{{@bottom-{start}{{content:none}}@bottom-{end}{{content:none}}}}"
    );
    // A page that goes on with the one before it stands under the same head.
    let mut head = String::new();
    for Article { index, .. } in articles.iter().filter(|_| articles.len() > 1) {
        let own = id_of(*index);
        if volume.leaves.get(*index).is_none_or(|leaf| !leaf.continues) {
            head.clone_from(&own);
            let title = quoted(title_of(volume, *index));
            let _ = writeln!(sheet, "@page {own}{{@top-{start}{{content:{title}}}}}");
        }
        let _ = writeln!(sheet, "#{own}{{page:{head}}}");
    }
    inline(&sheet)
}

fn title_of(volume: &Volume, index: usize) -> &str {
    volume.leaves.get(index).map_or(&volume.title, |leaf| &leaf.title)
}

/// A text as a string of CSS.
fn quoted(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The counter style whose nought is this digit.
fn counter_style(zero: char) -> &'static str {
    match zero {
        '٠' => "arabic-indic",
        '۰' => "persian",
        '०' => "devanagari",
        '০' => "bengali",
        '๐' => "thai",
        _ => "decimal",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_of_many_stands_one_under_the_other() {
        let row =
            |cells: usize| (0..cells).fold(Element::new("tr"), |row, _| row.holding(Element::new("td").holding("a")));
        let printed = |columns: usize| {
            let table = Element::new("table").with("class", "comparison").holding(row(columns)).holding(row(columns));
            let mut page = Element::new("article").holding(table);
            fit(&mut page);
            page.elements().next().unwrap().name.clone()
        };
        assert_eq!([printed(COLUMNS), printed(COLUMNS + 1)], ["table", "div"]);
    }

    #[test]
    fn no_title_ends_its_string() {
        assert_eq!(quoted("a \"b\" \\ c\nd"), "\"a \\\"b\\\" \\\\ c d\"");
    }
}
