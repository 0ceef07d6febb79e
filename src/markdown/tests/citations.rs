//! The grammar of citations within pages: `reference/citations.md` §5 row by row, in English, Hebrew and Arabic.

use super::print::{file, read, show, show_line};
use crate::markdown::tree::InlineKind;
use crate::markdown::{Block, BlockKind, Origin, parse};
use crate::span::Span;

/// Texts that hold no error, and their trees.
fn agree(cases: &[(&str, &str)]) {
    for (text, tree) in cases {
        assert_eq!(&show(text), tree, "{text}");
    }
}

#[test]
fn groups() {
    agree(&[
        ("x [@a].", "p(x ⟨[@a]⟩.)"),
        ("x [@a; @b;@c]", "p(x ⟨[@a; @b; @c]⟩)"),
        ("x [see @a, p. 3; @b]", "p(x ⟨[see @a, p. 3; @b]⟩)"),
        ("x [-@a]", "p(x ⟨[-@a]⟩)"),
        ("x [see -@a, p. 3]", "p(x ⟨[see -@a, p. 3]⟩)"),
        ("x [@a, and after]", "p(x ⟨[@a, and after]⟩)"),
        ("x [@a p. 3 and after]", "p(x ⟨[@a, p. 3, and after]⟩)"),
        ("x [see e.g. @a, pp. 33, 35–37, and nowhere else]", "p(x ⟨[see e.g. @a, pp. 33, 35–37, and nowhere else]⟩)"),
        ("x [@a, 99 years later]", "p(x ⟨[@a, p. 99, years later]⟩)"),
        ("x [@a{}, 99 years later]", "p(x ⟨[@a{}, 99 years later]⟩)"),
        ("x [@{a}{p. 3}, and after]", "p(x ⟨[@a, p. 3, and after]⟩)"),
        ("x [@a, {ii, A, D-Z}, and after]", "p(x ⟨[@a, {pp. ii, A, D-Z}, and after]⟩)"),
        ("x [@a{p. 3; 5}]", "p(x ⟨[@a, {p. 3; 5}]⟩)"),
        ("x [@hrw-2024#q2]", "p(x ⟨[@hrw-2024#q2]⟩)"),
        ("x [@disputes:party-b, at 00:12:30]", "p(x ⟨[@disputes:party-b, at 00:12:30]⟩)"),
        ("x [@{uses_data_from:a--b#q1}]", "p(x ⟨[@{uses_data_from:a--b#q1}]⟩)"),
        ("x [(see @a)]", "p(x ⟨[(see @a, )]⟩)"),
        (r"x [see \@home \[sic\] @a]", r"p(x ⟨[see \@home \[sic\] @a]⟩)"),
        (r"x [@a, one\; two]", r"p(x ⟨[@a, one\; two]⟩)"),
        ("x [*see* @a, **p. 3** &amp; `after`; @b]", "p(x ⟨[see @a{}, p. 3 & after; @b]⟩)"),
        ("x [@a, paras. 21–25, A/HRC/56/CRP.3]", "p(x ⟨[@a, paras. 21–25, A/HRC/56/CRP.3]⟩)"),
        ("[mail a@b.org]", "p([mail a@b.org])"),
        ("[sic] […] [p. 3] [ ]", "p([sic] […] [p. 3] [ ])"),
    ]);
}

#[test]
fn groups_in_hebrew_and_arabic() {
    agree(&[
        ("נהרגו [ראו @a, עמ׳ 3; @b].", "p(נהרגו ⟨[ראו @a, p. 3; @b]⟩.)"),
        ("נהרגו [@a, עמ' 3, ואילך]", "p(נהרגו ⟨[@a, p. 3, ואילך]⟩)"),
        ("נקבע [@icj, ס״ק 3(א)]", "p(נקבע ⟨[@icj, sec. 3(א)]⟩)"),
        ("נקבע [@{icj}{פסקה 54}]", "p(נקבע ⟨[@icj, para. 54]⟩)"),
        ("לדבריו [-@a, ע׳ 7]", "p(לדבריו ⟨[-@a, p. 7]⟩)"),
        ("קביעה [@disputes:b#q1]", "p(קביעה ⟨[@disputes:b#q1]⟩)"),
        ("קביעה [@a, \u{200f}עמ׳ \u{200e}3]", "p(קביעה ⟨[@a, p. 3]⟩)"),
        ("قُتل [انظر @a، ص ٣، وما بعدها؛ @b].", "p(قُتل ⟨[انظر @a, p. ٣, وما بعدها; @b]⟩.)"),
        ("قُتل [@a، الفقرات ٥٤–٥٦]", "p(قُتل ⟨[@a, paras. ٥٤–٥٦]⟩)"),
        ("قُتل [@a، المادة 49]", "p(قُتل ⟨[@a, art. 49]⟩)"),
        ("قُتل [@a{ص ٣}، وما بعدها]", "p(قُتل ⟨[@a, p. ٣, وما بعدها]⟩)"),
        ("قُتل [@a، وما بعدها]", "p(قُتل ⟨[@a, وما بعدها]⟩)"),
    ]);
}

#[test]
fn citations_in_the_sentence() {
    agree(&[
        ("@a argues", "p(⟨@a⟩ argues)"),
        ("As @a argues.", "p(As ⟨@a⟩ argues.)"),
        ("as @a's book", "p(as ⟨@a⟩'s book)"),
        ("-@a argues", "p(⟨-@a⟩ argues)"),
        ("@a [p. 3] argues", "p(⟨@a [p. 3]⟩ argues)"),
        ("@a [3] argues", "p(⟨@a [p. 3]⟩ argues)"),
        ("@a [p. 3, and after] argues", "p(⟨@a [p. 3, and after]⟩ argues)"),
        ("@a[p. 3] argues", "p(⟨@a [p. 3]⟩ argues)"),
        ("@a\n[p. 3] argues", "p(⟨@a [p. 3]⟩ argues)"),
        ("> @a\n> [p. 3] argues", "quote(p(⟨@a [p. 3]⟩ argues))"),
        ("@{a--b} [p. 3]", "p(⟨@{a--b} [p. 3]⟩)"),
        ("@a [sic] argues", "p(⟨@a⟩ [sic] argues)"),
        ("@a, [p. 3]", "p(⟨@a⟩, [p. 3])"),
        ("@a  and [p. 3]", "p(⟨@a⟩  and [p. 3])"),
        ("*@a* [p. 3]", "p(em(⟨@a⟩) [p. 3])"),
        ("`@a` [p. 3]", "p(`@a` [p. 3])"),
        ("@a [p. 3] [p. 4]", "p(⟨@a [p. 3]⟩ [p. 4])"),
        ("(@a)", "p((⟨@a⟩))"),
        ("@a_b_c and *@d*", "p(⟨@a_b_c⟩ and em(⟨@d⟩))"),
        ("mail a@b.org or https://x.org/@u/1", "p(mail a@b.org or https://x.org/@u/1)"),
        (r"the handle \@a and \[@a]", "p(the handle @a and [@a])"),
        ("&#64;a and `@a` and <https://x.org/@a>", "p(@a and `@a` and a(https://x.org/@a → https://x.org/@a))"),
        ("כותב @a [עמ׳ 3] כי", "p(כותב ⟨@a [p. 3]⟩ כי)"),
        ("יכתוב @a, ואז @b.", "p(יכתוב ⟨@a⟩, ואז ⟨@b⟩.)"),
        ("يقول @a [ص ٣، وما بعدها] إن", "p(يقول ⟨@a [p. ٣, وما بعدها]⟩ إن)"),
        ("يقول @a، ثم", "p(يقول ⟨@a⟩، ثم)"),
    ]);
}

#[test]
fn figures_and_demands() {
    agree(&[
        ("[=a] killed", "p(⟨=a:Value⟩ killed)"),
        ("[=a:full] and [=s@2023-12-17:short]", "p(⟨=a:Full⟩ and ⟨=s@2023-12-17:Short⟩)"),
        ("[=s:latest] [=s:latest:asof]", "p(⟨=s@latest:Value⟩ ⟨=s@latest:AsOf⟩)"),
        ("נהרגו [=a:short] [@b]", "p(נהרגו ⟨=a:Short⟩ ⟨[@b]⟩)"),
        ("قُتل [=a:by]", "p(قُتل ⟨=a:By⟩)"),
    ]);
    assert_eq!(
        show("x [@?] and [@? מי ספר?]"),
        "p(x ⟨?⟩ and ⟨?מי ספר?⟩)\n\
         SB207 ‹[@?]› citation needed | find a source and write its id here, as in `[@key]`\n\
         SB207 ‹[@? מי ספר?]› citation needed: מי ספר? | find a source and write its id here, as in `[@key]`"
    );
    assert_eq!(show("[=a:ful]"), "p([=a:ful])\nSB304 ‹ful› a figure has no form `ful` | did you mean `full`?");
}

#[test]
fn malformed_citations() {
    let cases = [
        ("[@]", "‹@› `@` names no source"),
        ("[@ a]", "‹@ a› `@ a` names no source"),
        ("[@…]", "‹@…› `@…` names no source"),
        ("[see; @a]", "‹see› `see` stands between semicolons and names no source"),
        ("[@a;]", "‹@a;› a semicolon in this citation has no source on one side"),
        ("[@a @b]", "‹@b› two sources stand here without a semicolon between them"),
        ("[@a, see @b]", "‹@b› two sources stand here without a semicolon between them"),
        ("[@https://x.org/a]", "‹https› an address is not the id of a source"),
        ("[@{https://x.org/a}]", "‹https://x.org/a› an address is not the id of a source"),
        ("[@{a b}]", "‹a b› `a b` is not the id of a source"),
        ("[@{}]", "‹@{}› no source is named between the braces"),
        ("[@מקור]", "‹מקור› `מקור` is not the id of a source"),
        ("[@dispute:a]", "‹dispute:a› `dispute` is no relation to a source"),
        ("[@a#]", "‹#› no quotation is named after `#`"),
        ("[@a{p. 3]", "‹{› this brace has no partner"),
        ("[@a, p. 3}]", "‹}› this brace has no partner"),
        ("[@a{findings}]", "‹findings› `findings` is no place that can be counted"),
        ("[see @a, [b] c]", "‹[see @a, [b] c]› a bracket within a bracket keeps this one from being read"),
        ("[see @a, [@b]]", "‹[see @a, [@b]]› a bracket within a bracket keeps this one from being read"),
        ("[ראו @a, [כך] ג]", "‹[ראו @a, [כך] ג]› a bracket within a bracket keeps this one from being read"),
        ("x [@a, p. 3", "‹[@a› this bracket is never closed"),
        ("x [see @a, p. 3\n\nnext]", "‹[see @a› this bracket is never closed"),
        ("x @{a", "‹@{› the brace after `@` is never closed"),
        ("x @a/b says", "‹a/b› `a/b` is not the id of a source"),
        ("x @https://x.org", "‹https› an address is not the id of a source"),
    ];
    for (text, expected) in cases {
        let shown = show(text);
        let complaints: Vec<_> = shown.lines().skip(1).collect();
        assert_eq!(complaints.len(), 1, "{shown}");
        let complaint = complaints[0].strip_prefix("SB203 ").unwrap();
        assert!(complaint.starts_with(expected) && complaint.contains(" | "), "{text}: {complaint}");
    }
    for word in ["word ", "מילה "] {
        let long = format!("[@a, {}]", word.repeat(300));
        assert!(show(&long).contains("SB203 ‹[@a, word") || show(&long).contains("SB203 ‹[@a, מילה"));
        assert!(show(&long).contains("this bracket is too long for Markdown to read"));
        assert_eq!(read(&long).diagnostics.len(), 1);
    }
    assert_eq!(read("[@a @b]").diagnostics[0].help.as_deref(), Some("write `[@a; @b]`"));
    // An interval is no citation, whatever follows it.
    assert_eq!(show("in [3, 5) as everyone agrees, also @a"), "p(in [3, 5) as everyone agrees, also ⟨@a⟩)");
}

#[test]
fn citations_stand_wherever_words_do() {
    agree(&[
        ("## Title [@a]", "h2(Title ⟨[@a]⟩)"),
        ("- @a [p. 3]", "ul(li(p(⟨@a [p. 3]⟩)))"),
        ("- one [@a]\n- two @b", "ul(li(p(one ⟨[@a]⟩)) li(p(two ⟨@b⟩)))"),
        ("> quoted [@a]", "quote(p(quoted ⟨[@a]⟩))"),
        ("**strong [@a]**", "p(strong(strong ⟨[@a]⟩))"),
        ("| a |\n|---|\n| [@a, x\\|y] |", "table1(a / ⟨[@a, x|y]⟩)"),
        ("x[^1]\n\n[^1]: note [@a]", "p(x⟨^1⟩) ^1(p(note ⟨[@a]⟩))"),
        ("killed![@a]", "p(killed!⟨[@a]⟩)"),
        ("`[@a]` and\n\n    [@a]\n\n```\n[@a]\n```", "p(`[@a]` and) code:([@a]) code:([@a])"),
        ("[a remark [@a]]", "p([a remark ⟨[@a]⟩])"),
    ]);
    assert_eq!(
        show_line("2023. A thing [@a] - [=b] <!-- uncited: x -->"),
        "2023. A thing ⟨[@a]⟩ - ⟨=b:Value⟩ uncited(x)"
    );
    assert_eq!(show_line("- a # b #"), "- a # b #");
    assert_eq!(show_line("one\ntwo [@a]\n"), "one two ⟨[@a]⟩");
    assert_eq!(show_line(""), "");
}

fn cites(blocks: &[Block]) -> Vec<crate::markdown::citation::Cite> {
    let mut cites = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(content) => {
                for inline in content {
                    if let InlineKind::Cite(group) = &inline.kind {
                        cites.extend(group.cites.iter().cloned());
                    }
                }
            }
            BlockKind::Quote(inner) => cites.extend(self::cites(inner)),
            BlockKind::Table { rows, .. } => {
                for cell in rows.iter().flat_map(|row| &row.cells) {
                    let block =
                        Block { span: cell.span, kind: BlockKind::Paragraph(cell.content.clone()), uncited: None };
                    cites.extend(self::cites(&[block]));
                }
            }
            _ => {}
        }
    }
    cites
}

#[test]
fn spans_of_citations() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("x [see @a, p. 3; -@b#q1 ]", &[("see @a, p. 3", "a"), ("-@b#q1", "b#q1")]),
        ("ראו [ראו @a, עמ׳ 3; @{b}]", &[("ראו @a, עמ׳ 3", "a"), ("@{b}", "b")]),
        ("x [see @a,\np. 3;\n  @b]", &[("see @a,\np. 3", "a"), ("@b", "b")]),
        ("> x [see @a,\n> p. 3; see\n> @b]", &[("see @a,\n> p. 3", "a"), ("see\n> @b", "b")]),
        ("| a |\n|---|\n| [@a, x\\|y; @b] |", &[("@a, x\\|y", "a"), ("@b", "b")]),
        ("x @a [p. 3] and -@b", &[("@a [p. 3]", "a"), ("-@b", "b")]),
        ("&amp; @a and\\* @b", &[("@a", "a"), ("@b", "b")]),
    ];
    for (text, expected) in cases {
        let found = cites(&read(text).value.blocks);
        let found: Vec<_> = found.iter().map(|cite| (&text[cite.span.range()], &text[cite.key_span.range()])).collect();
        assert_eq!(&found, expected, "{text}");
    }
}

#[test]
fn spans_follow_the_origin() {
    let whole = Span::new(file(), 7, 30);
    let parsed = parse("x [@a; @b/]", Origin::Whole(whole));
    assert_eq!(parsed.value.blocks[0].span, whole);
    let parsed = parse("x [@a]", Origin::Verbatim { file: file(), offset: 100 });
    assert_eq!(cites(&parsed.value.blocks)[0].key_span, Span::new(file(), 104, 105));
}
