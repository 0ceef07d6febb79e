//! Files as translators' programs leave them, and the way there and back.
#![allow(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing, reason = "tests")]

use super::{Returned, Unit, read, write};
use crate::diagnostic::Diagnostic;
use crate::ids::Lang;
use crate::span::Files;
use proptest::prelude::*;

fn back(text: &str) -> (Option<String>, Vec<Returned>, Vec<Diagnostic>) {
    let file = Files::default().add("he.po", text);
    let mut problems = Vec::new();
    let (language, units) = read(file, text, &mut problems);
    (language, units, problems)
}

/// What Poedit makes of a file: its own header, lines wrapped at words, `\r\n`, a plural of somebody else's, obsolete entries, notes.
const POEDIT: &str = "\u{feff}# A note.\r
msgid \"\"\r
msgstr \"\"\r
\"Project-Id-Version: Site\\n\"\r
\"PO-Revision-Date: 2026-11-25 12:00+0200\\n\"\r
\"Language: he_IL\\n\"\r
\"Content-Type: text/plain; charset=UTF-8\\n\"\r
\"X-Generator: Poedit 3.5\\n\"\r
\r
#. Under: Leaders\r
#: content/en/actors/hamas.md:12\r
#, md-text\r
msgctxt \"actors/hamas#leaders/row-3\"\r
msgid \"\"\r
\"| Name | a long \"\r
\"row |\"\r
msgstr \"\"\r
\"| שם | שורה \"\r
\"ארוכה |\"\r
\r
#, fuzzy, md-text\r
#| msgid \"old\"\r
msgctxt \"index#title\"\r
msgid \"new \\\"quoted\\\" \\\\ text\"\r
msgstr \"ישן\"\r
# A note right after, without a blank line.\r
msgctxt \"index#summary\"\r
msgid \"s\"\r
msgstr \"\"\r
\r
msgid \"one\"\r
msgid_plural \"many\"\r
msgstr[0] \"a\"\r
msgstr[1] \"b\"\r
\r
#~ msgctxt \"gone#title\"\r
#~ msgid \"gone\"\r
#~ msgstr \"נעלם\"\r
";

#[test]
fn a_file_that_a_program_rewrote_is_read() {
    let (language, units, problems) = back(POEDIT);
    assert_eq!(problems, []);
    assert_eq!(language.as_deref(), Some("he_IL"));
    let told: Vec<_> = units
        .iter()
        .map(|unit| (unit.context.as_str(), unit.source.as_str(), unit.text.as_str(), unit.is_fuzzy))
        .collect();
    assert_eq!(
        told,
        [
            ("actors/hamas#leaders/row-3", "| Name | a long row |", "| שם | שורה ארוכה |", false),
            ("index#title", "new \"quoted\" \\ text", "ישן", true),
            ("index#summary", "s", "", false),
        ]
    );
}

#[test]
fn what_cannot_be_read_is_shown_where_it_stands_and_the_rest_is_read() {
    let cases = [
        ("msgctxt \"a\"\nmsgid \"b\nmsgstr \"c\"\n", "without quotation marks", 1),
        ("msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"say \"c\"\"\n", "no `\\` before it", 2),
        ("msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"\\x\"\n", "after `\\` stands", 2),
        ("msgstring \"c\"\n", "`msgstring` is no word", 0),
        ("\"alone\"\n", "belongs to no entry", 0),
    ];
    for (text, message, line) in cases {
        let whole = format!("{text}\nmsgctxt \"x\"\nmsgid \"y\"\nmsgstr \"z\"\n");
        let (_, units, problems) = back(&whole);
        assert_eq!(units.len(), 1, "{text}");
        assert!(problems[0].message.contains(message), "{problems:?}");
        let at = problems[0].span.unwrap().start as usize;
        assert_eq!(whole[..at].matches('\n').count(), line, "{text}");
    }
    let (_, _, problems) = back("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=windows-1255\\n\"\n");
    assert!(problems[0].message.contains("windows-1255"));
}

#[test]
fn what_no_keyboard_has_is_read() {
    let (_, units, problems) = back("msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"\\a\\b\\v\\f\\t\"\n");
    assert_eq!((units[0].text.as_str(), problems), ("\u{7}\u{8}\u{b}\u{c}\t", vec![]));
}

fn any_unit() -> impl Strategy<Value = Unit> {
    let text = "[a-zא-ג0 \"\\\\\n\t|@\\[\\]#,]{0,30}";
    (
        "[a-z/#]{1,12}",
        text,
        text,
        proptest::option::of(text),
        any::<bool>(),
        proptest::collection::vec("[a-z\n#\"]{0,9}", 0..3),
    )
        .prop_map(|(context, source, text, previous, is_fuzzy, hints)| Unit {
            context,
            source,
            previous,
            text,
            is_fuzzy,
            hints,
            reference: "content/en/index.md:3".to_owned(),
            flags: vec!["md-text".to_owned()],
        })
}

/// The texts of a file broken after every so many characters, as programs break them, each in its own way.
fn rewrapped(po: &str, width: usize) -> String {
    let mut out = String::new();
    for line in po.lines() {
        let Some((lead, text)) = line.split_once('"').filter(|_| !line.starts_with('#')) else {
            out.push_str(line);
            out.push('\n');
            continue;
        };
        let text = text.strip_suffix('"').unwrap();
        out.push_str(lead);
        out.push('"');
        let mut length = 0;
        let mut is_escaped = false;
        for c in text.chars() {
            if length >= width && !is_escaped {
                out.push_str("\"\n\"");
                length = 0;
            }
            out.push(c);
            length += 1;
            is_escaped = c == '\\' && !is_escaped;
        }
        out.push_str("\"\n");
    }
    out
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        units in proptest::collection::vec(any_unit(), 0..6),
        windows in any::<bool>(),
        width in 1_usize..40,
    ) {
        let text = rewrapped(&write("A \"site\"", &Lang::parse("he").unwrap(), &units), width);
        let text = if windows { text.replace('\n', "\r\n") } else { text };
        let (language, read, problems) = back(&text);
        prop_assert_eq!(problems, []);
        prop_assert_eq!(language.as_deref(), Some("he"));
        let expected: Vec<_> = units.iter().map(|unit| (&unit.context, &unit.source, &unit.text, unit.is_fuzzy)).collect();
        let found: Vec<_> = read.iter().map(|unit| (&unit.context, &unit.source, &unit.text, unit.is_fuzzy)).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn nothing_that_is_read_stops_the_program(text in "[mswgidctxr\"\\\\#~,|\n \\[0\\]]{0,60}") {
        back(&text);
    }
}
