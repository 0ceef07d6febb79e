use super::*;
use proptest::prelude::*;
use serde_yaml::Value;
use std::fmt::Write as _;

fn sort(path: &str) -> &'static Sort {
    Sort::of(path, "content").unwrap()
}

fn tidied(path: &str, text: &str) -> String {
    let tidied = tidy(sort(path), nowhere(), text).unwrap_or_else(|refusal| panic!("{refusal:?}:\n{text}"));
    let again = tidy(sort(path), nowhere(), &tidied).unwrap();
    assert_eq!(again, tidied, "not at rest, from:\n{text}");
    tidied
}

fn sources(text: &str) -> String {
    tidied("content/sources/a.yaml", text)
}

fn body(text: &str) -> String {
    let page = tidied("content/en/a.md", &format!("---\ntitle: A\n---\n{text}"));
    page.strip_prefix("---\ntitle: A\n---\n").unwrap().to_owned()
}

#[test]
fn fields_stand_in_the_order_of_the_documentation() {
    let text = "\
# Sources.
b:
  checked: known
  title: {he: ב, en: B}
  type: report # of a ministry
  lang: en
  quotes:
    - exact: words
      id: q1
    - {locator: p. 3, exact: more, id: q2}
";
    let expected = "\
# Sources.
b:
  type: report # of a ministry
  lang: en
  title: {he: ב, en: B}
  quotes:
    - id: q1
      exact: words
    - {id: q2, exact: more, locator: p. 3}
  checked: known
";
    assert_eq!(sources(text), expected);
}

#[test]
fn what_has_comments_between_its_fields_or_fields_that_nobody_knows_keeps_its_order() {
    for text in [
        "b:\n  lang: en\n  # why this form\n  type: report\n",
        "b:\n  lang: en\n\n  type: report\n",
        "b:\n  lang: en\n  type: report\n  # to do\n",
        "b:\n  lang: en\n  typ: report\n  title: B\n",
        "b:\n  lang: en\n  title: &t B\n  type: *t\n",
        "b: {lang: en,\n  type: report}\n",
    ] {
        assert_eq!(sources(text), text);
    }
}

#[test]
fn levels_are_two_spaces_apart_and_comments_move_with_their_lines() {
    let text = "\
b:
    # what it is
    type:   report
    author:
    -   org:   A
    # the second
    -   family: B
        given: |
            C
              D
    title: >-
        one
        two
    facts: [ { text : \"a: b\" , checked: known } ,{text: c, checked: known}]
";
    let expected = "\
b:
  # what it is
  type: report
  author:
    - org: A
    # the second
    - family: B
      given: |
          C
            D
  title: >-
      one
      two
  facts: [{text: \"a: b\", checked: known}, {text: c, checked: known}]
";
    assert_eq!(sources(text), expected);
}

#[test]
fn blank_lines_are_alike_and_ends_are_clean() {
    let text = "\n\na:\n  lang: en   \n\n\n# second\nb:\n  lang: he\nc:\n  lang: ar\n\nd:\n  lang: fr\n\n";
    assert_eq!(sources(text), "a:\n  lang: en\n\n# second\nb:\n  lang: he\n\nc:\n  lang: ar\n\nd:\n  lang: fr\n");
    // Where records stand close, they stay so.
    let close = "a:\n  lang: en\nb:\n  lang: he\nc:\n  lang: ar\n";
    assert_eq!(sources(close), close);
    for text in ["", "# nothing yet\n", "a:\n  note: |\n    one  \n\n\n    two\n"] {
        assert_eq!(sources(text), text);
    }
    assert_eq!(sources("a:\n  lang: en"), "a:\n  lang: en\n");
}

#[test]
fn quotation_marks_are_those_of_which_the_text_has_none() {
    let text = "a:\n  title: 'the Court''s order'\n  note: \"the \\\"safe\\\" zone\"\n";
    assert_eq!(sources(text), "a:\n  title: \"the Court's order\"\n  note: 'the \"safe\" zone'\n");
    for text in [
        "a:\n  title: 'plain enough'\n",
        "a:\n  title: \"plain enough\"\n",
        "a:\n  title: 'both '' and \"'\n",
        "a:\n  title: \"a tab\\t and \\\"\"\n",
        "a:\n  title: 'a ''\\'' back'\n",
    ] {
        assert_eq!(sources(text), text);
    }
}

#[test]
fn pages_are_tidied_in_both_parts() {
    let page = "---  \nkey-facts:\n- one\n- two\nsummary: S\ntitle:  T\n---\n\nText.\n## A {#a}\n\n\nMore. \n- item\n";
    let expected =
        "---  \ntitle: T\nsummary: S\nkey-facts:\n  - one\n  - two\n---\nText.\n\n## A {#a}\n\nMore.\n\n- item\n";
    assert_eq!(tidied("content/en/a.md", page), expected);
    assert_eq!(tidied("content/en/a.md", "---\ntitle: T\n---\n"), "---\ntitle: T\n---\n");
    assert_eq!(tidied("content/en/a.md", "---\r\ntitle:  T\r\n---\r\nA \r\n"), "---\r\ntitle: T\r\n---\r\nA\r\n");
}

#[test]
fn lines_of_markdown_stay_where_they_are() {
    assert_eq!(body("one\ntwo \nthree\n\n\n\nfour"), "one\ntwo\nthree\n\nfour\n");
    assert_eq!(body("a  \nb  \n\nc\t\n"), "a  \nb\n\nc\n");
    assert_eq!(body("## A {#a}\n- b\n- c\n## D {#d}\nE\n"), "## A {#a}\n- b\n- c\n\n## D {#d}\nE\n");
    assert_eq!(body("Before:\n| a |\n|---|\n| b |\n> quoted\n"), "Before:\n\n| a |\n|---|\n| b |\n\n> quoted\n");
}

#[test]
fn what_would_say_something_else_is_not_done() {
    for text in [
        "```\na  \n\n\n\nb \n```\n",
        "- a\n\n  ```\n  b \n\n\n  c\n  ```\n",
        "`a \nb`\n",
        "- a\n- b\n  - c\n",
        "1. a\n\n   b\n",
    ] {
        assert_eq!(body(text), text);
    }
}

#[test]
fn a_file_that_cannot_be_read_stays_as_it_is() {
    let refused = |path: &str, text: &str| tidy(sort(path), nowhere(), text).unwrap_err();
    assert!(matches!(refused("content/sources/a.yaml", "a: b: c\n"), Refusal::Unreadable(_)));
    assert!(matches!(refused("content/en/a.md", "no head\n"), Refusal::Unreadable(_)));
}

/// A text as YAML may write it.
fn scalar() -> impl Strategy<Value = String> {
    let words = "[a-zא-ת' ]{0,6}[a-zא-ת]";
    prop_oneof![
        "[a-zא-ת]{1,6}( [a-z]{1,4})?",
        words.prop_map(|text| format!("'{}'", text.replace('\'', "''"))),
        words.prop_map(|text| format!("\"{text}\\\"\"")),
        "[0-9]{1,4}",
        Just("2024-02-16".to_owned()),
        Just("{ en:  one, he: \"שני ם\" }".to_owned()),
        Just("[ a,b ]".to_owned()),
    ]
}

/// A field of a source, with the comments and the blanks around it, indented by the first number.
fn field(name: &'static str) -> impl Strategy<Value = (usize, String)> {
    let plain = (scalar(), 1..4_usize, prop_oneof![Just(""), Just("  # why"), Just("  ")])
        .prop_map(move |(value, blanks, end)| format!("{name}:{}{value}{end}", " ".repeat(blanks)));
    let list = (0..4_usize, prop::collection::vec(scalar(), 1..3), any::<bool>()).prop_map(
        move |(step, items, is_literal)| {
            let pad = " ".repeat(step);
            let mut text = format!("{name}:");
            for item in items {
                write!(text, "\n{pad}-  suffix: {item}\n{pad}   exact: x").unwrap();
            }
            if is_literal {
                write!(text, "\n{pad}   prefix: |\n{pad}      one\n\n{pad}        two  ").unwrap();
            }
            text
        },
    );
    let before = prop_oneof![6 => Just(""), 1 => Just("# said\n"), 1 => Just("\n"), 1 => Just("\n\n")];
    (before, prop_oneof![3 => plain, 1 => list]).prop_map(|(before, text)| (before.len(), format!("{before}{text}")))
}

fn record(names: &'static [&'static str]) -> impl Strategy<Value = String> {
    let fields = prop::sample::subsequence(names, 1..names.len()).prop_shuffle();
    let fields = fields.prop_flat_map(|names| names.into_iter().map(field).collect::<Vec<_>>());
    (fields, 1..5_usize).prop_map(|(fields, step)| {
        let pad = " ".repeat(step);
        let lines: Vec<String> = fields
            .iter()
            .flat_map(|(_, text)| text.lines())
            .map(|line| if line.is_empty() { String::new() } else { format!("{pad}{line}") })
            .collect();
        lines.join("\n")
    })
}

const NAMES: &[&str] = &["type", "lang", "title", "author", "date", "url", "note", "quotes", "checked", "other"];

fn comments(text: &str) -> usize {
    text.matches("# ").count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn records_keep_what_they_say(records in prop::collection::vec((record(NAMES), 0..3_usize), 1..4)) {
        let mut text = "# Sources.\n".to_owned();
        for (index, (record, blanks)) in records.iter().enumerate() {
            writeln!(text, "{}r{index}:\n{record}", "\n".repeat(*blanks)).unwrap();
        }
        prop_assume!(serde_yaml::from_str::<Value>(&text).is_ok());
        let tidy = sources(&text);
        prop_assert_eq!(serde_yaml::from_str::<Value>(&text).unwrap(), serde_yaml::from_str::<Value>(&tidy).unwrap());
        prop_assert_eq!(comments(&text), comments(&tidy));
    }

    #[test]
    fn any_yaml_keeps_what_it_says(text in "([a-c]:|[ ]{1,3}|- |\\{|\\}|\\[|\\]|, |'|\"|#|\\||>|x|\n){0,24}") {
        let Ok(value) = serde_yaml::from_str::<Value>(&text) else { return Ok(()) };
        if let Ok(tidy) = tidy(sort("content/sources/a.yaml"), nowhere(), &text) {
            prop_assert_eq!(value, serde_yaml::from_str::<Value>(&tidy).unwrap(), "{:?} {:?}", text, tidy);
            sources(&text);
        }
    }

    #[test]
    fn pages_keep_what_they_say(lines in prop::collection::vec(prop::sample::select(LINES), 0..14)) {
        let text = lines.join("\n");
        let tidy = body(&text);
        prop_assert!(meaning::is_same_markdown(&text, &tidy), "{:?} {:?}", text, tidy);
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(words(&text), words(&tidy));
        let filled = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).count();
        prop_assert_eq!(filled(&text), filled(&tidy), "no line is broken anew");
    }
}

const LINES: &[&str] = &[
    "",
    "",
    "   ",
    "words",
    "words ",
    "a break  ",
    "שלום ",
    "## A {#a}",
    "## B {#b} ",
    "- item",
    "- item  ",
    "  more",
    "    code ",
    "1. one",
    "> quoted",
    "> [!note] Title",
    "```",
    "| a | b |",
    "|---|---|",
    "<!-- uncited: why -->",
    "`code ",
    "end`",
    "[^1]: note",
    "a note[^1]",
    "***",
    "\ttab",
    "[@source, p. 3]. ",
];
