//! What a template names, and where: its tags in order, each with its words.
//!
//! Tera keeps its tree to itself and tells of names that do not exist without a place. This reads as much of the grammar as names need, and judges nothing.

use std::ops::Range;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordKind {
    Name,
    /// What stands between quotation marks.
    Text,
    Number,
    Sign,
}

/// A word of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'t> {
    pub(super) kind: WordKind,
    pub(super) text: &'t str,
    pub(super) at: Range<usize>,
}

impl Word<'_> {
    pub(super) fn is_name(&self, name: &str) -> bool {
        self.kind == WordKind::Name && self.text == name
    }

    pub(super) fn is_sign(&self, sign: &str) -> bool {
        self.kind == WordKind::Sign && self.text == sign
    }
}

/// `{{ … }}` or `{% … %}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// Whether it writes a value.
    pub(super) is_output: bool,
    pub(super) words: Vec<Word<'t>>,
    /// With its braces.
    pub(super) at: Range<usize>,
}

impl<'t> Tag<'t> {
    /// The name that a statement begins with.
    pub(super) fn head(&self) -> Option<&'t str> {
        let first = self.words.first().filter(|_| !self.is_output)?;
        Some(first.text).filter(|_| first.kind == WordKind::Name)
    }

    /// Whether it ends where it should: one without an end swallows the tags after it.
    pub(super) fn is_whole(&self, source: &str) -> bool {
        let within = source.get(self.at.clone()).and_then(|tag| tag.get(2..)).unwrap_or_default();
        let end = if self.is_output { "}}" } else { "%}" };
        within.ends_with(end) && !["{{", "{%", "{#"].iter().any(|open| within.contains(open))
    }

    /// The word after that.
    pub(super) fn subject(&self) -> Option<&Word<'t>> {
        self.words.get(1)
    }
}

/// The tags of a template; comments and what is `raw` have none.
pub(super) fn tags(source: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = next_open(source, at) {
        let rest = source.get(open..).unwrap_or_default();
        if rest.starts_with("{#") {
            at = rest.find("#}").map_or(source.len(), |end| open + end + 2);
            continue;
        }
        let is_output = rest.starts_with("{{");
        let from = open + if rest.get(2..).is_some_and(|rest| rest.starts_with('-')) { 3 } else { 2 };
        let (words, end) = words(source, from, if is_output { "}}" } else { "%}" });
        let tag = Tag { is_output, words, at: open..end };
        at = end;
        if tag.head() == Some("raw") {
            at = source.get(at..).and_then(|rest| rest.find("endraw")).map_or(source.len(), |end| at + end);
            at = source.get(at..).and_then(|rest| rest.find("%}")).map_or(source.len(), |end| at + end + 2);
            continue;
        }
        tags.push(tag);
    }
    tags
}

fn next_open(source: &str, from: usize) -> Option<usize> {
    // One brace after the other: what is not in the text would be looked for up to its end each time.
    let rest = source.get(from..)?;
    let mut braces = rest.match_indices('{').map(|(at, _)| from + at);
    braces.find(|at| source.get(at + 1..).is_some_and(|rest| rest.starts_with(['{', '%', '#'])))
}

/// The words from a place to the end of the tag, and where the tag ends.
fn words<'t>(source: &'t str, from: usize, close: &str) -> (Vec<Word<'t>>, usize) {
    let mut words = Vec::new();
    let mut at = from;
    let mut braces = 0_usize;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        let trimmed = rest.strip_prefix('-').unwrap_or(rest);
        if braces == 0 && trimmed.starts_with(close) {
            return (words, at + (rest.len() - trimmed.len()) + close.len());
        }
        let (kind, length) = word(rest);
        let place = at..at + length;
        at += length;
        let Some(kind) = kind else { continue };
        let within = if kind == WordKind::Text { place.start + 1..place.end - 1 } else { place.clone() };
        let word = Word { kind, text: source.get(within).unwrap_or_default(), at: place };
        if word.is_sign("{") {
            braces += 1;
        } else if word.is_sign("}") {
            braces = braces.saturating_sub(1);
        }
        words.push(word);
    }
    (words, source.len())
}

/// The kind and the length of the word at the beginning of a text; white space is no word.
fn word(rest: &str) -> (Option<WordKind>, usize) {
    const SIGNS: [&str; 9] = ["...", "?.", "==", "!=", "<=", ">=", "//", "**", "?["];
    let Some(first) = rest.chars().next() else { return (None, 1) };
    let while_it_is = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
    match first {
        c if c.is_whitespace() => (None, c.len_utf8()),
        '"' | '\'' | '`' => {
            let mut chars = rest.char_indices().skip(1);
            while let Some((at, c)) = chars.next() {
                match c {
                    '\\' => _ = chars.next(),
                    c if c == first => return (Some(WordKind::Text), at + 1),
                    _ => {}
                }
            }
            // Without an end it is no text: Tera says so.
            (Some(WordKind::Sign), rest.len())
        }
        c if c.is_alphabetic() || c == '_' => (Some(WordKind::Name), while_it_is(|c| c.is_alphanumeric() || c == '_')),
        c if c.is_ascii_digit() => (Some(WordKind::Number), while_it_is(|c| c.is_ascii_digit())),
        c => {
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
            (Some(WordKind::Sign), sign.map_or(c.len_utf8(), str::len))
        }
    }
}

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'t> {
    /// `.name`
    Field(&'t str),
    /// `[…]`
    Item,
}

/// A value by the way to it: `page.sources[0].entry_html`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path<'t> {
    pub(super) first: Word<'t>,
    pub(super) steps: Vec<(Step<'t>, Range<usize>)>,
    /// Whether it may be missing: `?.`, `| default(…)`, `is defined`.
    pub(super) is_forgiving: bool,
    /// How many words it takes.
    pub(super) words: usize,
}

impl Path<'_> {
    /// As it is written, without what stands in brackets.
    pub(super) fn written(&self) -> String {
        let steps = self.steps.iter().map(|(step, _)| match step {
            Step::Field(name) => format!(".{name}"),
            Step::Item => "[…]".to_owned(),
        });
        std::iter::once(self.first.text.to_owned()).chain(steps).collect()
    }

    /// Where it is written.
    pub(super) fn at(&self) -> Range<usize> {
        let end = self.steps.last().map_or(self.first.at.end, |(_, at)| at.end);
        self.first.at.start..end
    }
}

/// The paths in some words of a tag.
pub(super) fn paths<'t>(words: &[Word<'t>]) -> Vec<Path<'t>> {
    (0..words.len()).filter_map(|index| path(words, index)).collect()
}

/// Names that mean themselves.
const KEYWORDS: [&str; 14] =
    ["and", "or", "not", "in", "is", "if", "else", "for", "true", "false", "True", "False", "none", "None"];

fn path<'t>(words: &[Word<'t>], index: usize) -> Option<Path<'t>> {
    let first = words.get(index).filter(|word| word.kind == WordKind::Name)?;
    let before = |back: usize| index.checked_sub(back).and_then(|index| words.get(index));
    let is_part = before(1).is_some_and(|word| [".", "?.", "|"].iter().any(|sign| word.is_sign(sign)));
    let is_test = before(1).is_some_and(|word| word.is_name("is"))
        || (before(1).is_some_and(|word| word.is_name("not")) && before(2).is_some_and(|word| word.is_name("is")));
    let is_call = words.get(index + 1).is_some_and(|word| word.is_sign("(") || word.is_sign("="));
    if is_part || is_test || is_call || KEYWORDS.contains(&first.text) {
        return None;
    }
    let mut path = Path { first: first.clone(), steps: Vec::new(), is_forgiving: false, words: 1 };
    let mut next = index + 1;
    while let Some(sign) = words.get(next) {
        if sign.is_sign(".") || sign.is_sign("?.") {
            let Some(name) = words.get(next + 1).filter(|word| word.kind == WordKind::Name) else { break };
            path.is_forgiving |= sign.is_sign("?.");
            path.steps.push((Step::Field(name.text), name.at.clone()));
            next += 2;
        } else if sign.is_sign("[") || sign.is_sign("?[") {
            let Some(end) = closing(words, next) else { break };
            path.is_forgiving |= sign.is_sign("?[");
            let at = sign.at.start..words.get(end).map_or(sign.at.end, |word| word.at.end);
            let key = words.get(next + 1).filter(|word| word.kind == WordKind::Text && next + 2 == end);
            path.steps.push((key.map_or(Step::Item, |key| Step::Field(key.text)), at));
            next = end + 1;
        } else {
            break;
        }
    }
    path.words = next - index;
    let after = |skip: usize| words.get(next + skip);
    path.is_forgiving |= after(0).is_some_and(|word| word.is_sign("|"))
        && after(1).is_some_and(|word| word.is_name("default"))
        || after(0).is_some_and(|word| word.is_name("is"))
            && after(1)
                .filter(|word| !word.is_name("not"))
                .or(after(2))
                .is_some_and(|word| word.is_name("defined") || word.is_name("undefined"));
    Some(path)
}

/// The bracket that closes the one at a place.
fn closing(words: &[Word<'_>], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, word) in words.iter().enumerate().skip(open) {
        if word.is_sign("[") || word.is_sign("?[") {
            depth += 1;
        } else if word.is_sign("]") {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(index);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{paths, tags};

    fn written(template: &str) -> Vec<String> {
        tags(template).iter().flat_map(|tag| paths(&tag.words)).map(|path| path.written()).collect()
    }

    #[test]
    fn paths_are_found_and_nothing_else() {
        let cases: &[(&str, &[&str])] = &[
            ("{{ page.title | bidi(dir=page.dir) }}", &["page.title", "page.dir"]),
            ("{{- page.sources[0].entry_html | safe -}}", &["page.sources[…].entry_html"]),
            ("{{ t[\"menu\"] }} {{ t['x.y'] }}", &["t.menu", "t.x.y"]),
            ("{{ page.sources[loop.index0].id }}", &["page.sources[…].id", "loop.index0"]),
            ("{% if not page.section and x is not defined %}", &["page.section", "x"]),
            ("{% for a, b in page.rows | sort(attribute=\"x\") %}", &["a", "b", "page.rows"]),
            ("{{ range(end=count) }} {{ \"page.x\" }} {# {{ page.y }} #}", &["count"]),
            ("{% raw %}{{ page.z }}{% endraw %}{{ {\"a\": page.w} }}", &["page.w"]),
            ("{{ page?.section?.title }} }} {{ 'it\\'s' ~ name", &["page.section.title", "name"]),
            ("{%- if a -%}{{- b - c -}}", &["a", "b", "c"]),
        ];
        for (template, expected) in cases {
            assert_eq!(written(template), *expected, "{template}");
        }
    }

    #[test]
    fn a_word_has_its_place() {
        let source = "<p>{{ page.שם }}</p>";
        let tags = tags(source);
        let path = paths(&tags[0].words).remove(0);
        assert_eq!(source.get(path.at()), Some("page.שם"));
        assert_eq!(source.get(tags[0].at.clone()), Some("{{ page.שם }}"));
    }

    #[test]
    fn a_statement_has_a_head_and_an_end() {
        let source = "{%- block main -%}{{ x }} {{ y } {% endblock %}";
        let tags = tags(source);
        assert_eq!(tags[0].head(), Some("block"));
        assert_eq!(tags[0].subject().map(|word| word.text), Some("main"));
        assert_eq!(tags.iter().map(|tag| tag.is_whole(source)).collect::<Vec<_>>(), [true, true, false]);
    }
}
