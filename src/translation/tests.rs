//! Pages as examples: what is cut out of them, and how they stand to each other.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]

use super::align::{Pairing, best, lcs};
use super::block::{At, Block, Kind, PageText, blocks};
use super::record::{Entry, Exemption, Record, Review};
use super::status::{State, Status, Wordings};
use super::update::{Terms, accept, review};
use super::{Change, Hash, diff, read, write};
use crate::date::Day;
use crate::ids::PageId;
use crate::markdown::parse;
use crate::markdown::parse_inlines;
use crate::markdown::tree::{BlockKind, CalloutKind};
use crate::span::{Files, Origin};
use crate::workspace::front_matter::{self, Method};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The passages of a page whose headings have ids.
fn cut(text: &str) -> Vec<Block> {
    let file = Files::default().add("page.md", text);
    let mut problems = Vec::new();
    let split = front_matter::split(file, text).unwrap();
    let front = front_matter::read(split.head, &mut problems).unwrap();
    let body = parse(split.body, Origin::Verbatim { file, offset: split.body_offset });
    problems.extend(body.diagnostics);
    assert!(problems.is_empty(), "{problems:?}");
    let body = body.value;
    let line = |node: &crate::workspace::node::Node| parse_inlines(node.as_text().unwrap(), node.origin()).value.0;
    let summary = front.summary.as_ref().map(line);
    let facts: Vec<_> = front.key_facts.iter().map(line).collect();
    let facts: Vec<_> = facts.iter().map(Vec::as_slice).collect();
    let ids: Vec<String> = body
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Heading { id, .. } => Some(id.clone().unwrap_or_default()),
            _ => None,
        })
        .collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    blocks(PageText { file, text, front: &front, summary: summary.as_deref(), body: &body }, &facts, &ids, &[])
}

const PAGE: &str = "---
title: \"A page\"
summary: \"What it says [@a].\"
key-facts:
  - \"One [=n].\"
  - \"Two [@b, p. 3].\"
---
Before the first
heading, on two lines [@a]. <!-- uncited: an example -->

## First {#first}
- one [@a]
- two,
  wrapped [@b]
  - inner

> [!position] The one
> They say
> so [@a].

> [!unknown]
> Nothing is known.

| Name | Number |
|---|---|
| a | 41,234 [@a] |
| b | [=n] |

> A quotation \\
> of two lines

## Second {#second}
Words[^note].

![A chart](chart:deaths)

```text
code
  more
```

[^note]: A footnote [@b].
";

/// Each passage by its place, its wording and what must be the same in every language.
#[test]
fn a_page_is_cut_into_passages() {
    let lines: Vec<String> =
        cut(PAGE).iter().map(|block| format!("{} = {:?} {:?}", block.at, block.text, block.marks.anchors())).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    title = "A page" []
    summary = "What it says [@a]." ["@a"]
    key-fact-1 = "One [=n]." ["=n"]
    key-fact-2 = "Two [@b, p. 3]." ["@b"]
    /paragraph-1 = "Before the first heading, on two lines [@a]. <!-- uncited: an example -->" ["@a"]
    first/heading = "First" []
    first/item-1 = "one [@a]" ["@a"]
    first/item-2 = "two, wrapped [@b]" ["@b"]
    first/item-3 = "inner" []
    first/position-head-1 = "The one" []
    first/position-1 = "They say so [@a]." ["@a"]
    first/unknown-head-1 = "" []
    first/unknown-1 = "Nothing is known." []
    first/table-head-1 = "| Name | Number |" []
    first/row-1 = "| a | 41,234 [@a] |" ["@a"]
    first/row-2 = "| b | [=n] |" ["=n"]
    first/quotation-1 = "A quotation \\\nof two lines" []
    second/heading = "Second" []
    second/paragraph-1 = "Words[^note]." ["^note"]
    second/drawing-1 = "![A chart](chart:deaths)" []
    second/code-1 = "```text\ncode\n  more\n```" []
    /footnote-1 = "A footnote [@b]." ["@b"]
    "#);
}

#[test]
fn what_is_replaced_is_what_is_read() {
    let of = |at: &str| {
        let block = cut(PAGE).into_iter().find(|block| block.at.to_string() == at).unwrap();
        PAGE[block.span.range()].to_owned()
    };
    assert_eq!(of("title"), "\"A page\"");
    assert_eq!(of("key-fact-2"), "\"Two [@b, p. 3].\"");
    assert_eq!(of("/paragraph-1"), "Before the first\nheading, on two lines [@a]. <!-- uncited: an example -->");
    assert_eq!(of("first/heading"), "First");
    assert_eq!(of("first/item-2"), "two,\n  wrapped [@b]");
    assert_eq!(of("first/position-head-1"), "The one");
    assert_eq!(of("first/unknown-head-1"), "");
    assert_eq!(of("first/table-head-1"), "| Name | Number |");
    assert_eq!(of("first/row-1"), "| a | 41,234 [@a] |");
}

#[test]
fn places_are_read_as_they_are_written() {
    for block in cut(PAGE) {
        assert_eq!(At::parse(&block.at.to_string()), Some(block.at));
    }
    for wrong in ["", "x", "title-2", "first/row", "first/row-0", "first/row-01", "row", "first/nothing-1", "key-fact"]
    {
        assert_eq!(At::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_hash_is_of_the_words_and_the_kind() {
    let of = |text| Hash::of(Kind::Paragraph, text);
    assert_eq!(of("one  two\nthree"), of("one two three"));
    assert_eq!(of("e\u{301}"), of("é"));
    assert_ne!(of("one"), of("One"));
    assert_ne!(of("one"), Hash::of(Kind::Item, "one"));
    assert_eq!(Hash::parse(&of("one").to_string()), Some(of("one")));
    assert_eq!(Hash::parse("26cdc4303b9"), None);
    assert_eq!(Hash::parse("26CDC4303B92"), None);
}

#[test]
fn kinds_of_change() {
    let nowhere = cut(PAGE)[0].span;
    let cases = [
        ("See [this](a.md).", "See [this](b.md).", Change::Link),
        ("One, two.", "One two.", Change::Cosmetic),
        ("One two.", "*One* two.", Change::Cosmetic),
        ("One [two](a.md).", "One, [two](b.md).", Change::Cosmetic),
        ("One two.", "One three.", Change::Text),
        ("One [@a].", "One [@b].", Change::Citation),
        ("One [@a, p. 3].", "One [@a, p. 4].", Change::Citation),
        ("One [@a].", "One [@a#q1].", Change::Citation),
        ("One.", "One[^n].", Change::Citation),
        ("One [=n].", "One [=m].", Change::Figure),
        ("In 2023.", "In 2024.", Change::Figure),
        ("About 1,200 people [@a].", "About 1,100 people [@b].", Change::Figure),
    ];
    for (old, new, expected) in cases {
        assert_eq!(Change::between(Kind::Paragraph, old, new, nowhere), expected, "{old} → {new}");
    }
}

#[test]
fn a_change_is_shown_word_by_word() {
    assert_eq!(
        diff::marked("It has 12 judges [@a].", "It has 15 judges, [@a]."),
        "It has [-12-]{+15+} judges{+,+} [@a]."
    );
    assert_eq!(diff::marked("", "new"), "{+new+}");
    assert_eq!(diff::marked("same", "same"), "same");
}

fn day() -> Day {
    Day::new(2026, 11, 25).unwrap()
}

fn terms() -> Terms {
    Terms { method: None, fallback: Method::Human, on: day() }
}

fn page(body: &str) -> Vec<Block> {
    cut(&format!("---\ntitle: T\n---\n{body}"))
}

/// What is recorded when both say this, and the wordings that are kept.
fn recorded(source: &[Block], translation: &[Block]) -> (Record, Wordings) {
    let status = Status::derive(None, source, translation, &Wordings::new());
    let wordings = source.iter().map(|block| (block.hash, block.text.clone())).collect();
    (accept(&status, source, translation, terms(), |_, _| true), wordings)
}

/// How each passage stands, after the source or the translation was edited.
fn after(before: (&str, &str), now: (&str, &str)) -> Vec<String> {
    let (record, wordings) = recorded(&page(before.0), &page(before.1));
    let (source, translation) = (page(now.0), page(now.1));
    let status = Status::derive(Some(&record), &source, &translation, &wordings);
    let mut told: Vec<String> = status
        .passages
        .iter()
        .filter(|passage| passage.state != State::Current || passage.is_edited)
        .map(|passage| {
            let change = match passage.state {
                State::Stale(change) => format!(" {}", change.name()),
                _ => String::new(),
            };
            let edited = if passage.is_edited { " edited" } else { "" };
            let own = passage.translation.map(|at| format!(" = {}", translation[at].text)).unwrap_or_default();
            format!("{} {}{change}{edited}{own}", source[passage.source].at, passage.state.name())
        })
        .collect();
    told.extend(status.orphans.iter().map(|at| format!("left over: {}", translation[*at].text)));
    told
}

const EN: &str = "One [@a].\n\nTwo [@b].\n\n## S {#s}\nThree [@c].\n\nFour.\n";
const HE: &str = "אחת [@a].\n\nשתיים [@b].\n\n## ש {#s}\nשלוש [@c].\n\nארבע.\n";

#[test]
fn a_status_is_derived() {
    let edit = |from: &str, to: &str| after((EN, HE), (&EN.replace(from, to), HE));
    assert_eq!(edit("", ""), [""; 0]);
    assert_eq!(edit("Two", "Another"), ["/paragraph-2 stale text = שתיים [@b]."]);
    assert_eq!(edit("@c", "@d"), ["s/paragraph-1 stale citation = שלוש [@c]."]);
    assert_eq!(edit("Four.", "Four!"), ["s/paragraph-2 stale cosmetic = ארבע."]);
    // A new passage does not push the others out of their places.
    assert_eq!(edit("Two", "New.\n\nTwo"), ["/paragraph-2 missing"]);
    assert_eq!(edit("Two [@b].\n\n", ""), ["left over: שתיים [@b]."]);
    // One that was moved says what it said.
    assert_eq!(edit("One [@a].\n\nTwo [@b].", "Two [@b].\n\nOne [@a]."), [""; 0]);
    // The title of a section that was renamed.
    assert_eq!(edit("## S {#s}", "## Title {#other}"), ["other/heading stale text = ש"]);
}

#[test]
fn an_edited_translation_stays_what_it_was_made_from() {
    let now = HE.replace("שתיים", "שנייה");
    assert_eq!(after((EN, HE), (EN, &now)), ["/paragraph-2 current edited = שנייה [@b]."]);
    let both = (EN.replace("Two", "Another"), now);
    assert_eq!(after((EN, HE), (&both.0, &both.1)), ["/paragraph-2 stale text edited = שנייה [@b]."]);
    // New in both: whose it is can be seen, but nobody has said so.
    let both = (EN.replace("Two", "New.\n\nTwo"), HE.replace("שתיים", "חדש.\n\nשתיים"));
    assert_eq!(after((EN, HE), (&both.0, &both.1)), ["/paragraph-2 unaligned = חדש."]);
    // Of two that were put in, which is which is not guessed.
    let both = (EN.replace("Two", "New.\n\nNewer.\n\nTwo"), HE.replace("שתיים", "חדש.\n\nשתיים"));
    assert_eq!(
        after((EN, HE), (&both.0, &both.1)),
        ["/paragraph-2 unaligned", "/paragraph-3 unaligned", "left over: חדש."]
    );
    assert_eq!(after((EN, HE), (EN, &HE.replace("שתיים [@b].\n\n", ""))), ["/paragraph-2 missing"]);
}

#[test]
fn a_paragraph_that_became_two_in_both_is_accepted_at_once() {
    let now = (
        EN.replace("Two [@b].", "Two, said at length [@b].\n\nAnd what followed."),
        HE.replace("שתיים [@b].", "שתיים, באריכות [@b].\n\nומה שבא אחר כך."),
    );
    assert_eq!(
        after((EN, HE), (&now.0, &now.1)),
        ["/paragraph-2 stale text edited = שתיים, באריכות [@b].", "/paragraph-3 unaligned = ומה שבא אחר כך."]
    );
    let (record, wordings) = recorded(&page(EN), &page(HE));
    let (source, translation) = (page(&now.0), page(&now.1));
    let status = Status::derive(Some(&record), &source, &translation, &wordings);
    let record = accept(&status, &source, &translation, terms(), |_, _| true);
    assert!(Status::derive(Some(&record), &source, &translation, &wordings).tally(&source).is_current());
}

#[test]
fn a_review_is_of_one_wording() {
    let (source, translation) = (page(EN), page(HE));
    let (record, wordings) = recorded(&source, &translation);
    let derive = |record: &Record, source: &[Block], translation: &[Block]| {
        Status::derive(Some(record), source, translation, &wordings)
    };
    let status = derive(&record, &source, &translation);
    assert_eq!(status.reviewed(&translation), None);
    let record = review(&status, &source, &translation, ("N. N.", day()), |_| true);
    assert_eq!(derive(&record, &source, &translation).reviewed(&translation), Some((day(), "N. N.")));
    let edited = page(&HE.replace("שתיים", "שנייה"));
    let status = derive(&record, &source, &edited);
    assert_eq!(status.reviewed(&edited), None);
    // Accepting the edit does not make it read.
    let record = accept(&status, &source, &edited, terms(), |_, _| true);
    assert_eq!(derive(&record, &source, &edited).reviewed(&edited), None);
}

#[test]
fn a_record_is_read_as_it_is_written() {
    let entry = |text: &str| Entry {
        at: At::parse(text).unwrap(),
        source: Hash::of(Kind::Paragraph, text),
        translation: Hash::of(Kind::Paragraph, "x"),
        method: Method::MachineEdited,
        on: day(),
        review: None,
        exempt: BTreeMap::new(),
    };
    let full = Entry {
        review: Some(Review { by: "A \"B\" \\ ג".to_owned(), on: day(), of: Hash::of(Kind::Item, "y") }),
        exempt: BTreeMap::from([(Exemption::Number, "in words: שתיים".to_owned())]),
        ..entry("s: [x]/within-1".replace("within", "note").as_str())
    };
    let record = Record { entries: vec![entry("title"), entry("key-fact-2"), full] };
    let id = PageId::home();
    let text = write::write(&id, &record);
    let file = Files::default().add("x.yaml", text.as_str());
    let mut problems = Vec::new();
    assert_eq!(read::read(&id, file, &text, &mut problems), Some(record), "{problems:?}");
    assert_eq!(text.lines().filter(|line| line.starts_with("  - ")).count(), 3, "one line a passage");
}

#[test]
fn callouts_of_two_kinds_are_two_kinds() {
    assert_eq!(Kind::parse("correction"), Some(Kind::Within(CalloutKind::Correction)));
    assert!(Kind::parse("correction-head").unwrap().is_correction());
    assert_eq!(Kind::parse("heading-2"), None);
}

/// A page of random blocks, each with few words, so that many are alike.
fn any_page() -> impl Strategy<Value = String> {
    let block = prop_oneof![
        "[ab]{1,2} \\[@[abc]\\]\\.",
        "- [ab]{1,2}\n- [ab]{1,2}",
        "> [ab]{1,2}",
        "> \\[!note\\]\n> [ab]{1,2}",
        "\\| [ab] \\|\n\\|---\\|\n\\| [ab] \\|",
    ];
    proptest::collection::vec((block, any::<bool>()), 0..12).prop_map(|blocks| {
        let mut text = String::new();
        for (index, (block, heading)) in blocks.iter().enumerate() {
            if *heading {
                text.extend(["## h {#s", &index.to_string(), "}\n\n"]);
            }
            text.push_str(block);
            text.push_str("\n\n");
        }
        text
    })
}

proptest! {
    #[test]
    fn passages_of_two_kinds_are_never_paired(before in any_page(), other in any_page(), now in any_page(), own in any_page()) {
        let (record, wordings) = recorded(&page(&before), &page(&other));
        let (source, translation) = (page(&now), page(&own));
        for record in [None, Some(&record)] {
            let status = Status::derive(record, &source, &translation, &wordings);
            let mut taken = std::collections::BTreeSet::new();
            prop_assert_eq!(status.passages.len(), source.len());
            for passage in &status.passages {
                if let Some(at) = passage.translation {
                    prop_assert_eq!(source[passage.source].kind(), translation[at].kind());
                    prop_assert!(taken.insert(at), "one passage translates two");
                }
                if let Some(entry) = status.entry(passage) {
                    prop_assert_eq!(source[passage.source].kind(), entry.at.kind);
                }
            }
            taken.extend(status.orphans.iter().copied());
            prop_assert_eq!(taken.len(), translation.len(), "a passage is lost");
        }
    }

    #[test]
    fn what_was_just_accepted_is_current(source in any_page(), translation in any_page()) {
        let (source, translation) = (page(&source), page(&translation));
        let (record, wordings) = recorded(&source, &translation);
        let status = Status::derive(Some(&record), &source, &translation, &wordings);
        for passage in &status.passages {
            if passage.entry.is_some() {
                prop_assert_eq!(passage.state, State::Current);
                prop_assert!(!passage.is_edited);
            }
        }
    }

    #[test]
    fn pairs_of_equals_rise(left in proptest::collection::vec(0..4_u8, 0..20), right in proptest::collection::vec(0..4_u8, 0..20)) {
        let pairs = lcs(&left, &right);
        prop_assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
        prop_assert!(pairs.iter().all(|(a, b)| left[*a] == right[*b]));
        let longest = best(left.len(), right.len(), |a, b| u32::from(left[a] == right[b]));
        prop_assert_eq!(pairs.len(), longest.len());
        let mut pairing = Pairing::new(left.len(), right.len());
        pairing.join_equal(&left, &right);
        let gaps = pairing.gaps();
        let lonely: usize = gaps.iter().map(|(lefts, rights)| lefts.len() + rights.len()).sum();
        prop_assert_eq!(lonely, pairing.lonely_left().count() + pairing.lonely_right().count());
    }

    #[test]
    fn a_diff_holds_both_wordings(old in "[a-c ,.]{0,20}", new in "[a-c ,.]{0,20}") {
        let pieces = diff::words(&old, &new);
        let side = |left: bool| -> String {
            pieces.iter().map(|piece| match piece {
                diff::Piece::Same(text) => text.as_str(),
                diff::Piece::Old(text) if left => text,
                diff::Piece::New(text) if !left => text,
                _ => "",
            }).collect()
        };
        prop_assert_eq!(side(true), old);
        prop_assert_eq!(side(false), new);
    }
}
