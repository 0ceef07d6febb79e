//! What a page says to those who stand on the site, and nobody else: left out of every format that is one file.
//!
//! Its data in other forms, the ways to the page before and after it and to other languages, lists that are made anew for every filter, and what needs a script to do
//! anything. Nothing that is said of the subject, and no source.

use super::links;
use super::tree::{Element, Node};
use crate::site::edition::OutPath;

/// Classes whose elements are left out.
const LEFT_OUT: [&str; 6] = ["Z3988", "pager", "parts", "downloads", "share", "other-languages"];

/// Leaves out what is of no use in a file.
pub(super) fn page(main: &mut Element, path: &OutPath) {
    main.retain(&mut |element| !is_of_the_site(element));
    main.change(&mut |element| {
        if element.has_class("filters") {
            element.retain(&mut |inner| !inner.is("li") || leads_within(inner));
        }
    });
    prune(main, &|element| element.is("a") && (element.get("download").is_some() || is_data(element, path)));
    prune(main, &|element| element.has_class("filter") && !holds(element, "a"));
}

fn is_of_the_site(element: &Element) -> bool {
    let is_form = ["button", "form", "input", "select", "textarea"].iter().any(|name| element.is(name));
    let is_data = element.has_class("part") && element.has_class("data");
    // How a page is cited says in three forms what the page itself says, with its address on the site.
    let is_citing = element.is("details") && element.has_class("cite");
    let is_anchor = element.is("a") && element.has_class("anchor");
    is_form || is_data || is_citing || is_anchor || LEFT_OUT.iter().any(|class| element.has_class(class))
}

/// Whether the first link in it stays on its page.
fn leads_within(element: &Element) -> bool {
    let mut href = None;
    element.each(&mut |inner| href = href.or_else(|| inner.get("href")));
    href.is_some_and(|href| href.starts_with('#'))
}

fn is_data(element: &Element, from: &OutPath) -> bool {
    let path = element.get("href").and_then(|href| links::resolve(from, href));
    path.is_some_and(|path| path.as_str().starts_with("data/"))
}

fn holds(element: &Element, name: &str) -> bool {
    let mut found = false;
    element.each(&mut |inner| found |= inner.is(name));
    found
}

/// Leaves elements out, and around them whatever then says nothing more: a list without entries, a line of dots.
fn prune(element: &mut Element, unwanted: &impl Fn(&Element) -> bool) -> bool {
    let before = element.children.len();
    let mut changed = false;
    element.children.retain_mut(|child| {
        let Node::Element(inner) = child else { return true };
        if unwanted(inner) {
            return false;
        }
        let emptied = prune(inner, unwanted);
        changed |= emptied;
        !(emptied && says_nothing(inner))
    });
    changed || element.children.len() != before
}

/// Whether there is nothing in it to be read or seen.
fn says_nothing(element: &Element) -> bool {
    let is_said = |c: char| !c.is_whitespace() && c != '·';
    // The heading of a list of filters is nothing without the list.
    let says = element.children.iter().any(|child| match child {
        Node::Text(text) => text.chars().any(is_said),
        Node::Element(inner) => !inner.is("summary") && !says_nothing(inner),
    });
    !says && !holds(element, "img") && !holds(element, "svg")
}

#[cfg(test)]
mod tests {
    use super::super::{Syntax, parse, write};
    use super::*;

    fn trimmed(html: &str) -> String {
        let mut main = parse::page(&format!("<main>{html}</main>")).unwrap().main;
        page(&mut main, &OutPath::parse("en/a/index.html").unwrap());
        let html = write(&main, Syntax::Html);
        html.trim_start_matches("<main>").trim_end_matches("</main>").to_owned()
    }

    #[test]
    fn what_is_of_no_use_in_a_file_is_left_out() {
        let cases = [
            ("<p>a</p><nav class=pager>b</nav><span class=Z3988 title=c></span>", "<p>a</p>"),
            ("<h2>a<a class=anchor href=#a>#</a></h2>", "<h2>a</h2>"),
            ("<ul><li>a</li><li><a href=../../data/events.json>JSON</a></li></ul>", "<ul><li>a</li></ul>"),
            ("b<p class=side><a href=../../data/x.csv>CSV</a> · <a href=x.json download>JSON</a></p>", "b"),
            ("<sup class=cite><a href=#s>1</a></sup>", "<sup class=\"cite\"><a href=\"#s\">1</a></sup>"),
            ("<details class=cite>Cite</details>a", "a"),
            (
                "<nav class=filters><details><summary>Filter</summary><div class=filter><p>Kind<ul><li><a href=kind/un/index.html>UN</a></ul></div></details></nav>a",
                "a",
            ),
        ];
        for (html, expected) in cases {
            assert_eq!(trimmed(html), expected, "{html}");
        }
    }

    #[test]
    fn filters_that_lead_within_the_page_stay() {
        let html = "<nav class=\"filters\"><div class=\"filter\"><p>Year</p><ul><li><a href=\"#y-1914\">1914</a></li></ul></div>";
        assert_eq!(
            trimmed(&format!(
                "{html}<div class=filter><p>Theme<ul><li><a href=war/index.html>War</a></ul></div></nav>"
            )),
            format!("{html}</nav>")
        );
    }

    #[test]
    fn what_was_empty_before_stays() {
        let html = "<table><tbody><tr><td></td><th>a</th></tr></tbody></table>";
        assert_eq!(trimmed(html), html);
    }
}
