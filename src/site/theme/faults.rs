//! What is wrong with a template before anything is rendered: tags that are not closed, and names of filters, tests, functions, blocks and other templates that do not exist.
//!
//! Tera stops at the first fault of all templates, and tells of most such names without a place.

use super::asked::Templates;
use super::reading::{Tag, Word, WordKind};
use crate::diagnostic::did_you_mean;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use tera::ErrorKind;

/// Something wrong at a place of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// Filters of Tera, and ours.
pub(super) const FILTERS: &[&str] = &[
    "abs",
    "bidi",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// Tests of Tera.
pub(super) const TESTS: &[&str] = &[
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// Functions of Tera.
pub(super) const FUNCTIONS: &[&str] = &["range", "super", "throw"];

/// The first fault of a template's grammar, looked at alone.
pub(super) fn of_grammar(name: &str, text: &str, tags: &[Tag<'_>]) -> Option<Fault> {
    let is_readable = tags.iter().all(|tag| tag.is_whole(text));
    unclosed(tags).filter(|_| is_readable).or_else(|| {
        let error = tera::Tera::default().add_raw_template(name, text).err()?;
        // Whatever else is wrong with a template alone may be right among the others.
        let ErrorKind::SyntaxError(report) = error.kind() else { return None };
        let range = report.span().range.clone();
        let at = range.start.min(text.len())..range.end.min(text.len());
        let help = report.message().starts_with(IGNORED).then(|| "write it into one of the blocks".to_owned());
        Some(Fault { at, message: of_tera(report.message()), help })
    })
}

/// So Tera begins to tell of what stands outside every block.
const IGNORED: &str = "This content would be ignored";

/// What Tera says, in words for whoever writes the template.
pub(super) fn of_tera(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let found = message.strip_prefix("Found ").and_then(|rest| rest.split_once(" but expected "));
    match found {
        Some((found, expected)) => {
            let expected = expected.trim_matches('`');
            let is_sign = expected.chars().all(|c| c.is_ascii_punctuation());
            let expected = if is_sign {
                format!("`{expected}`")
            } else {
                format!("{} {expected}", if expected.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" })
            };
            format!("{found} stands where {expected} is expected")
        }
        None if message.starts_with(IGNORED) => {
            "this stands outside every block of a template that extends another, so it would be shown nowhere"
                .to_owned()
        }
        None if message == "Unexpected end of input" => "the template ends in the middle of a tag".to_owned(),
        None => message.to_owned(),
    }
}

/// A tag that nothing closes, or one that closes what is not open.
fn unclosed(tags: &[Tag<'_>]) -> Option<Fault> {
    let mut open: Vec<(&str, &Range<usize>)> = Vec::new();
    for tag in tags {
        let Some(head) = tag.head() else { continue };
        let is_assigned = || tag.words.iter().any(|word| word.is_sign("="));
        match head {
            "if" | "for" | "block" | "filter" | "component" => open.push((head, &tag.at)),
            "set" | "set_global" if !is_assigned() => open.push((head, &tag.at)),
            _ => {
                let Some(closed) = head.strip_prefix("end") else { continue };
                let Some((last, at)) = open.pop() else {
                    let message = format!("`{head}` closes nothing");
                    let help = format!("take it away, or write the `{{% {closed} … %}}` that it belongs to");
                    return Some(Fault { at: tag.at.clone(), message, help: Some(help) });
                };
                if last.trim_end_matches("_global") != closed.trim_end_matches("_global") {
                    let message = format!("this `{last}` is not closed before `{head}`");
                    return Some(Fault {
                        at: at.clone(),
                        message,
                        help: Some(format!("write `{{% end{last} %}}` where it ends")),
                    });
                }
            }
        }
    }
    let (last, at) = open.pop()?;
    let message = format!("this `{last}` is not closed");
    Some(Fault { at: at.clone(), message, help: Some(format!("write `{{% end{last} %}}` where it ends")) })
}

/// Names in a template that do not exist.
pub(super) fn of_names(name: &str, templates: &Templates<'_>) -> Vec<Fault> {
    let Some(tags) = templates.get(name) else { return Vec::new() };
    let mut faults: Vec<Fault> = tags.iter().flat_map(|tag| of_words(tag, templates)).collect();
    faults.extend(of_blocks(tags, templates));
    faults.extend(of_children(name, templates));
    faults
}

fn of_words(tag: &Tag<'_>, templates: &Templates<'_>) -> Vec<Fault> {
    let words = tag.words.as_slice();
    let is_component = tag.head() == Some("component") || words.first().is_some_and(|word| word.is_sign("<"));
    if is_component {
        return Vec::new();
    }
    let mut faults = Vec::new();
    match (tag.head(), tag.subject()) {
        (Some("include" | "extends"), Some(word)) if !templates.contains_key(word.text) => {
            let near = did_you_mean(word.text, templates.keys().copied());
            faults.push(unknown(
                "template",
                word,
                near,
                "`sourcebook init --theme` lists the templates that there are",
            ));
        }
        (Some("filter"), Some(word)) => faults.extend(known("filter", word, FILTERS)),
        _ => {}
    }
    for (index, word) in words.iter().enumerate().filter(|(_, word)| word.kind == WordKind::Name) {
        let before = |back: usize| index.checked_sub(back).and_then(|index| words.get(index));
        let is_negated = before(1).is_some_and(|word| word.is_name("not"));
        let leading = if is_negated { before(2) } else { before(1) };
        if before(1).is_some_and(|word| word.is_sign("|")) {
            faults.extend(known("filter", word, FILTERS));
        } else if leading.is_some_and(|word| word.is_name("is")) && !word.is_name("not") {
            faults.extend(known("test", word, TESTS));
        } else if words.get(index + 1).is_some_and(|next| next.is_sign("(") && next.at.start == word.at.end)
            && !before(1).is_some_and(|word| word.is_sign("."))
        {
            faults.extend(known("function", word, FUNCTIONS));
        }
    }
    faults
}

fn known(what: &str, word: &Word<'_>, names: &[&str]) -> Option<Fault> {
    let is_known = names.contains(&word.text);
    (!is_known).then(|| {
        unknown(
            what,
            word,
            did_you_mean(word.text, names.iter().copied()),
            &format!("there is {}", listed(names.iter().copied())),
        )
    })
}

fn unknown(what: &str, word: &Word<'_>, near: Option<&str>, otherwise: &str) -> Fault {
    let help = near.map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{near}`?"));
    Fault { at: word.at.clone(), message: format!("there is no {what} `{}`", word.text), help: Some(help) }
}

/// The template that one extends.
fn parent<'t>(tags: &[Tag<'t>]) -> Option<&'t str> {
    let tag = tags.iter().find(|tag| tag.head() == Some("extends"))?;
    Some(tag.subject()?.text)
}

/// The blocks of a template and of those that it extends; `None` where one of them is missing, of which has been told.
fn blocks<'t>(name: &'t str, templates: &Templates<'t>) -> Option<BTreeSet<&'t str>> {
    let mut blocks = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut next = Some(name);
    while let Some(name) = next.filter(|name| seen.insert(*name)) {
        let tags = templates.get(name)?;
        let names = tags.iter().filter(|tag| tag.head() == Some("block")).filter_map(Tag::subject);
        blocks.extend(names.map(|word| word.text));
        next = parent(tags);
    }
    Some(blocks)
}

/// The blocks that a template fills: those that stand in no other.
fn filled<'a, 't>(tags: &'a [Tag<'t>]) -> Vec<&'a Word<'t>> {
    let mut filled = Vec::new();
    let mut depth = 0_usize;
    for tag in tags {
        match tag.head() {
            Some("block") => {
                filled.extend(tag.subject().filter(|_| depth == 0));
                depth += 1;
            }
            Some("endblock") => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    filled
}

/// What stands in a template that extends another, and is shown nowhere.
fn of_blocks(tags: &[Tag<'_>], templates: &Templates<'_>) -> Vec<Fault> {
    let Some(parent) = parent(tags) else { return Vec::new() };
    let Some(blocks) = blocks(parent, templates) else { return Vec::new() };
    let listed = listed(blocks.iter().copied());
    let unknown = filled(tags).into_iter().filter(|word| !blocks.contains(word.text)).map(|word| {
        let near = did_you_mean(word.text, blocks.iter().copied());
        let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
        Fault {
            at: word.at.clone(),
            message: format!("`{parent}` has no block `{}`, so what is in it is shown nowhere", word.text),
            help: Some(format!("{near}there is {listed}")),
        }
    });
    unknown.collect()
}

/// Blocks that others fill and a template that they extend no longer has.
fn of_children(name: &str, templates: &Templates<'_>) -> Vec<Fault> {
    let found = templates.get_key_value(name).and_then(|(name, _)| blocks(name, templates));
    let Some(blocks) = found else { return Vec::new() };
    let mut missing: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (child, tags) in templates.iter().filter(|(_, tags)| parent(tags) == Some(name)) {
        for word in filled(tags).into_iter().filter(|word| !blocks.contains(word.text)) {
            missing.entry(word.text).or_default().push(child);
        }
    }
    let told = missing.into_iter().map(|(block, children)| Fault {
        at: 0..0,
        message: format!("there is no block `{block}` here, which is filled by {}", listed(children.into_iter())),
        help: Some(format!("write `{{% block {block} %}}{{% endblock %}}` where it is to stand")),
    });
    told.collect()
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{FILTERS, FUNCTIONS, TESTS, of_tera};
    use tera::Tera;

    /// Whether Tera knows everything that a template names.
    fn is_known(template: &str) -> bool {
        let mut tera = Tera::default();
        tera.register_filter("bidi", |text: &str, _: tera::Kwargs, _: &tera::State<'_>| text.to_owned());
        tera.add_raw_template("one", template).is_ok()
    }

    #[test]
    fn the_lists_are_those_of_tera() {
        for name in FILTERS {
            assert!(is_known(&format!("{{{{ x | {name} }}}}")), "filter {name}");
        }
        for name in TESTS {
            assert!(is_known(&format!("{{% if x is {name} %}}{{% endif %}}")), "test {name}");
        }
        for name in FUNCTIONS.iter().filter(|name| **name != "super") {
            assert!(is_known(&format!("{{{{ {name}() }}}}")), "function {name}");
        }
        assert!(!is_known("{{ x | no_such_filter }}"));
    }

    #[test]
    fn what_tera_says_is_said_plainly() {
        assert_eq!(of_tera("Found `}` but expected }}."), "`}` stands where `}}` is expected");
        assert_eq!(of_tera("Found `%}` but expected identifier."), "`%}` stands where an identifier is expected");
        assert_eq!(of_tera("Unexpected end of input"), "the template ends in the middle of a tag");
    }
}
