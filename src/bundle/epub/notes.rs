//! Which parts of a chapter are notes, and what refers to them: by `epub:type` reading programs know a mark that opens a note from a link that
//! leads away.
//!
//! A note is an entry with an id in one of the lists that stand after the text. What refers to one from anywhere else refers to a note: marks of
//! sources, figures, terms, footnotes. A mark of several sources leads into the list, and stays a link: a window would show the first alone.

use super::super::pages::{Element, Node};
use std::collections::BTreeSet;

/// The lists whose entries are notes, by their class, and whether they are told to those who read aloud as notes.
const LISTS: [(&str, bool); 4] = [("sources", true), ("footnotes", true), ("figures", false), ("page-terms", false)];

/// Marks notes and what refers to them.
pub(super) fn mark(main: &mut Element) {
    let mut notes = BTreeSet::new();
    main.change(&mut |element| {
        let Some((_, aloud)) = LISTS.iter().find(|(class, _)| element.is("section") && element.has_class(class)) else {
            return;
        };
        if mark_entries(element, &mut notes) {
            element.set("epub:type", "endnotes");
            if *aloud {
                element.set("role", "doc-endnotes");
            }
        }
    });
    refer(main, &notes, false);
}

/// Whether there was an entry.
fn mark_entries(list: &mut Element, notes: &mut BTreeSet<String>) -> bool {
    let before = notes.len();
    list.change(&mut |entry| {
        if let Some(id) = entry.get("id").filter(|_| entry.is("li")).map(str::to_owned) {
            entry.set("epub:type", "endnote");
            notes.insert(id);
        }
    });
    notes.len() > before
}

fn refer(element: &mut Element, notes: &BTreeSet<String>, within: bool) {
    // A list of contents leads to places, and an entry to other entries.
    let within = within || element.is("nav") || element.get("epub:type") == Some("endnotes");
    if element.is("a") {
        if element.get("role") == Some("doc-backlink") || element.has_class("back") {
            element.set("epub:type", "backlink");
        } else if !within && let Some(note) = note_of(element, notes) {
            element.set("href", &format!("#{note}"));
            element.set("epub:type", "noteref");
        }
    }
    for child in &mut element.children {
        if let Node::Element(inner) = child {
            refer(inner, notes, within);
        }
    }
}

/// The note that a link opens: one of this chapter, or the entry of a term that the page has as well as the glossary.
fn note_of<'a>(link: &Element, notes: &'a BTreeSet<String>) -> Option<&'a String> {
    let (path, fragment) = link.get("href")?.split_once('#')?;
    notes.get(fragment).filter(|_| path.is_empty() || link.has_class("term"))
}
