//! Pages as they are written, and what the ledger says of them: `+` covered, `-` uncovered, `?` asked for, `~` exempt.

use super::*;
use crate::markdown::{Origin, parse, parse_inlines};
use crate::span::Files;
use proptest::prelude::*;

fn sign(claim: &Claim) -> char {
    match claim.coverage {
        Coverage::Covered => '+',
        Coverage::Exempt { .. } => '~',
        Coverage::Needed => '?',
        Coverage::Uncovered => '-',
    }
}

/// One line for each statement: its sign, its words, and after an arrow the marks that cover it.
fn ledger(markdown: &str) -> String {
    let mut files = Files::default();
    let file = files.add("page.md", markdown);
    let document = parse(markdown, Origin::Verbatim { file, offset: 0 }).value;
    let line = |claim: &Claim| {
        let marks: String = claim.marks.iter().map(|mark| [" → ", files.slice(*mark)].concat()).collect();
        format!("{} {}{marks}", sign(claim), claim.text())
    };
    claims(&document).iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What stands in the file at each statement's place.
fn places(markdown: &str) -> Vec<String> {
    let mut files = Files::default();
    let file = files.add("page.md", markdown);
    let document = parse(markdown, Origin::Verbatim { file, offset: 0 }).value;
    claims(&document).iter().map(|claim| files.slice(claim.span).to_owned()).collect()
}

#[test]
fn a_mark_covers_what_stands_before_it() {
    insta::assert_snapshot!(ledger("One. Two [@a]. Three. Four.[@b] Five."), @r"
    + One. → [@a]
    + Two. → [@a]
    + Three. → [@b]
    + Four. → [@b]
    - Five.
    ");
    insta::assert_snapshot!(ledger("One. [@a] Two. [@b; @c]\n\nThree."), @r"
    + One. → [@a]
    + Two. → [@b; @c]
    - Three.
    ");
    insta::assert_snapshot!(ledger("[@a] One. Two."), @r"
    + One. → [@a]
    - Two.
    ");
    insta::assert_snapshot!(ledger("One.\nTwo [@a]\n. Three *four* **five [@b]**."), @r"
    + One. → [@a]
    + Two . → [@a]
    + Three four five. → [@b]
    ");
}

#[test]
fn authors_and_figures_are_words_and_marks() {
    insta::assert_snapshot!(ledger("One. @morris [p. 3] argues so. Two."), @r"
    + One. → @morris [p. 3]
    + @morris argues so. → @morris [p. 3]
    - Two.
    ");
    insta::assert_snapshot!(ledger("One. [=killed:short] died. Two. It was [=share]."), @r"
    + One. → [=killed:short]
    + [=killed] died. → [=killed:short]
    + Two. → [=share]
    + It was [=share]. → [=share]
    ");
}

#[test]
fn what_is_asked_for_is_not_covered_by_what_follows() {
    insta::assert_snapshot!(ledger("One [@? who counted?]. Two [@a]. Three [@? why] [@b]. Four."), @r"
    ? One.
    + Two. → [@a]
    + Three. → [@b]
    - Four.
    ");
}

#[test]
fn items_rows_callouts_and_quotations() {
    insta::assert_snapshot!(ledger("- One [@a].\n- Two.\n  - Three [@b]\n\n> Four. Five [@c].\n\n> [!note] Title. Of it.\n> Six."), @r"
    + One. → [@a]
    - Two.
    + Three → [@b]
    + Four. → [@c]
    + Five. → [@c]
    - Six.
    ");
    insta::assert_snapshot!(ledger("| Year | Dead |\n|---|---|\n| 2023 | [=dead] |\n| 2024 | 5 |\n| — | |\n| a [@x] | b |"), @r"
    + 2023 · [=dead] → [=dead]
    - 2024 · 5
    + a · b → [@x]
    ");
}

#[test]
fn what_is_no_statement() {
    insta::assert_snapshot!(ledger("## A heading.\n\n```\ncode.\n```\n\n---\n\n…\n\n![Words.](picture.png)\n\n![Caption.](chart:deaths)"), @"");
}

#[test]
fn a_lead_in_shows_what_it_leads_in() {
    insta::assert_snapshot!(ledger("Two things:\n\n- One [@a].\n- Two [@b]."), @r"
    + Two things: → [@a] → [@b]
    + One. → [@a]
    + Two. → [@b]
    ");
    insta::assert_snapshot!(ledger("Before. Two things:\n- One [@a].\n- Two."), @r"
    - Before.
    - Two things:
    + One. → [@a]
    - Two.
    ");
    insta::assert_snapshot!(ledger("They differ:\n\n> [!position] Israel\n> One [@a].\n\n> [!position] Hamas\n> Two [@b].\n\nAfter."), @r"
    + They differ: → [@a] → [@b]
    + One. → [@a]
    + Two. → [@b]
    - After.
    ");
    insta::assert_snapshot!(ledger("They differ:\n\n> [!position] Israel\n> One [@a].\n\n> [!position] Hamas\n> Two."), @r"
    - They differ:
    + One. → [@a]
    - Two.
    ");
    insta::assert_snapshot!(ledger("It said:\n\n> One [@a]."), @r"
    + It said: → [@a]
    + One. → [@a]
    ");
    insta::assert_snapshot!(ledger("As drawn:\n\n![Caption](chart:deaths)"), @r"+ As drawn: → ![Caption](chart:deaths)");
    insta::assert_snapshot!(ledger("Nothing follows:\n\nOne [@a]."), @r"
    - Nothing follows:
    + One. → [@a]
    ");
    insta::assert_snapshot!(ledger("Sides:\n\n- Israel:\n  - One [@a].\n- Hamas:\n  - Two [@b]."), @r"
    + Sides: → [@a] → [@b]
    + Israel: → [@a]
    + One. → [@a]
    + Hamas: → [@b]
    + Two. → [@b]
    ");
    insta::assert_snapshot!(ledger("Contents:\n\n- One.\n\n<!-- uncited: a list of pages -->"), @r"
    ~ Contents:
    ~ One.
    ");
}

#[test]
fn an_uncited_block_is_exempt() {
    insta::assert_snapshot!(ledger("This page has two parts. Both are short. <!-- uncited: about the page -->\n\nOne."), @r"
    ~ This page has two parts.
    ~ Both are short.
    - One.
    ");
    insta::assert_snapshot!(ledger("Cited [@a]. Not cited. <!-- uncited: about the page -->"), @r"
    + Cited. → [@a]
    ~ Not cited.
    ");
}

#[test]
fn a_footnote_that_cites_is_a_mark() {
    insta::assert_snapshot!(ledger("One.[^a] Two.[^b]\n\n[^a]: See this [@x].\n[^b]: Just words."), @r"
    + One. → [^a]
    - Two.
    + See this. → [@x]
    - Just words.
    ");
}

#[test]
fn hebrew_arabic_and_french() {
    insta::assert_snapshot!(ledger("צה\"ל נסוג. הממשלה אישרה [@a]. האם כך? כן."), @r#"
    + צה"ל נסוג. → [@a]
    + הממשלה אישרה. → [@a]
    - האם כך?
    - כן.
    "#);
    insta::assert_snapshot!(ledger("هل حدث ذلك؟ نعم، بحسب المصدر [@a]، انتهى. ثم نزح السكان."), @r"
    + هل حدث ذلك؟ → [@a]
    + نعم، بحسب المصدر، انتهى. → [@a]
    - ثم نزح السكان.
    ");
    insta::assert_snapshot!(ledger("Il a dit\u{A0}: «\u{A0}Nous partons. Adieu.\u{A0}» [@a] Pourquoi\u{202F}? On l’ignore."), @r"
    + Il a dit : « Nous partons. Adieu. » → [@a]
    - Pourquoi ?
    - On l’ignore.
    ");
}

#[test]
fn places_are_those_of_the_words() {
    assert_eq!(
        places("  One *two*. [@a] Three\nfour [@b], five [@c].\n\n- Six `seven. eight`.\n- [=n] nine."),
        ["One *two*.", "Three\nfour [@b], five [@c].", "Six `seven. eight`.", "[=n] nine."]
    );
    assert_eq!(places("| a | b |\n|---|---|\n| one | two [@x] |"), ["one | two"]);
}

#[test]
fn lines_count_as_paragraphs() {
    let text = "One [@a]. Two. <!-- uncited: why -->";
    let origin = Origin::Verbatim { file: Files::default().add("page.md", text), offset: 0 };
    let (content, uncited) = parse_inlines(text, origin).value;
    let found = claims_of_line(&content, uncited.as_ref());
    assert_eq!(found.iter().map(sign).collect::<String>(), "+~");
}

#[test]
fn tallies() {
    let mut files = Files::default();
    let text = "One [@a]. Two.\n\nThree. <!-- uncited: why -->\n\nFour [@? who].";
    let origin = Origin::Verbatim { file: files.add("page.md", text), offset: 0 };
    let tally: Tally = claims(&parse(text, origin).value).iter().collect();
    assert_eq!(tally, Tally { total: 4, covered: 1, exempt: 1, uncovered: 2 });
    assert!((tally.share() - 1.0 / 3.0).abs() < 1e-9);
    assert!((Tally::default().share() - 1.0).abs() < 1e-9);
    assert_eq!([tally, tally].into_iter().sum::<Tally>().total, 8);
}

/// Pieces of pages. No escapes and no comments between words: the parser joins the words around them, and their places are lost.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "One",
        "two. ",
        "Three! ",
        "ארבע. ",
        "خمسة؟ ",
        "«\u{A0}Six.\u{A0}» ",
        " [@a]",
        ".[@b; @c] ",
        "@d [p. 3] ",
        "[=f]",
        "[@? why]",
        "[^n]",
        "*em. Ph* ",
        "**St. Rong**",
        "`co. De`",
        "\n",
        "\n\n",
        "\n- ",
        "\n> ",
        "\n> [!position] X\n> ",
        ": ",
        "\n\n| a | b |\n|---|---|\n| ",
        " | ",
        "\n\n[^n]: Note [@e].\n\n",
        "(",
        ")",
        "“",
        "”",
        "[words. More](x.md) ",
        "Dr. ",
        "No. 5",
        "\n\n<!-- uncited: why -->\n\n",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn statements_are_in_order_and_apart(pieces in prop::collection::vec(piece(), 0..40)) {
        let text = pieces.concat();
        let mut files = Files::default();
        let origin = Origin::Verbatim { file: files.add("page.md", text.as_str()), offset: 0 };
        let document = parse(&text, origin).value;
        let found = claims(&document);
        let mut end = 0;
        for claim in &found {
            prop_assert!(claim.span.start >= end, "{:?} overlaps in {:?}", claim, text);
            prop_assert!(claim.span.end > claim.span.start && claim.span.end as usize <= text.len());
            prop_assert!(!files.slice(claim.span).is_empty());
            prop_assert_eq!(claim.coverage == Coverage::Covered, !claim.marks.is_empty());
            let within = |block: &Block| block.span.start <= claim.span.start && claim.span.end <= block.span.end;
            let footnotes = document.footnotes.iter().flat_map(|footnote| &footnote.blocks);
            prop_assert!(document.blocks.iter().chain(footnotes).any(within), "{:?} is outside in {:?}", claim, text);
            end = claim.span.end;
        }
    }
}
