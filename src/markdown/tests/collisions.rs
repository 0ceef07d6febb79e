//! Where Markdown and our brackets want the same text: the rulings of `reference/citations.md` §5.

use super::print::{codes, show};

/// Texts, their trees, and their one diagnostic up to its help.
fn rule(cases: &[(&str, &str, &str)]) {
    for (text, tree, complaint) in cases {
        let shown = show(text);
        let mut lines = shown.lines();
        assert_eq!(lines.next(), Some(*tree), "{text}");
        assert_eq!(lines.next(), Some(*complaint), "{text}");
        assert_eq!(lines.next(), None, "{text}");
    }
}

#[test]
fn adjacent_brackets() {
    let message = "Markdown reads brackets without a space between them as one link";
    let cases = [
        ("[@a][@b]", "[@a][@b]", "[@a; @b]"),
        ("[@a][@b][@c]", "[@a][@b][@c]", "[@a; @b; @c]"),
        ("[@a][@b][@c][@d]", "[@a][@b][@c][@d]", "[@a; @b; @c; @d]"),
        ("[see @a, p. 3][@b]", "[see @a, p. 3][@b]", "[see @a, p. 3; @b]"),
        ("[@a][p. 3]", "[@a][p. 3]", "[@a, p. 3]"),
        ("[@a][עמ׳ 3]", "[@a][עמ׳ 3]", "[@a, עמ׳ 3]"),
        ("[x][@k]", "[x][@k]", "[x] [@k]"),
        ("[@k][x]", "[@k][x]", "[@k] [x]"),
        ("[=a][@b]", "[=a][@b]", "[=a] [@b]"),
        ("[@? who][@b]", "[@? who][@b]", "[@? who] [@b]"),
        ("[ראו @a][@b]", "[ראו @a][@b]", "[ראו @a; @b]"),
        ("[انظر @a][@b]", "[انظر @a][@b]", "[انظر @a; @b]"),
    ];
    for (text, place, help) in cases {
        let shown = show(&format!("x {text} y"));
        assert_eq!(shown, format!("p(x {text} y)\nSB204 ‹{place}› {message} | write `{help}`"));
    }
    assert_eq!(show("[@a] [@b]"), "p(⟨[@a]⟩ ⟨[@b]⟩)");
    assert_eq!(
        show("[@a][]"),
        "p(⟨[@a]⟩)\nSB204 ‹[@a][]› an empty bracket stands right after this one | write `[@a]` alone"
    );
    // Brackets that are not ours are not our business.
    assert_eq!(show("[x][y]"), "p([x][y])");
}

#[test]
fn brackets_inside_links() {
    let after = "put it after the link, with a space between";
    rule(&[
        (
            "[text [@k] more](x.md) [@b]",
            "p(a(text [@k] more → page x.md -) ⟨[@b]⟩)",
            &format!("SB205 ‹[@k]› a citation cannot stand in the words of a link | {after}"),
        ),
        (
            "[text [=k:full]](x.md)",
            "p(a(text [=k:full] → page x.md -))",
            &format!("SB205 ‹[=k:full]› a figure cannot stand in the words of a link | {after}"),
        ),
        (
            "[קישור [@k]](x.md)",
            "p(a(קישור [@k] → page x.md -))",
            &format!("SB205 ‹[@k]› a citation cannot stand in the words of a link | {after}"),
        ),
        (
            "[text *[@k]*][ref]\n\n[ref]: x.md",
            "p(a(text em([@k]) → page x.md -))",
            &format!("SB205 ‹[@k]› a citation cannot stand in the words of a link | {after}"),
        ),
        (
            "![alt [@k]](a.png)",
            "p(img(alt [@k] → a.png))",
            "SB205 ‹[@k]› a citation cannot stand in the description of an image | put it into the text",
        ),
        (
            "[as @k says](x.md)",
            "p(a(as @k says → page x.md -))",
            "SB205 ‹@k› a citation cannot stand inside a link or an image | put it after the link, or write `\\@` where nothing is cited",
        ),
    ]);
    assert_eq!(show("[mail a@b.org](x.md)"), "p(a(mail a@b.org → page x.md -))");
    assert_eq!(show(r"[the handle \@k](https://x.org)"), "p(a(the handle @k → https://x.org))");
    // The caption of a drawing is text on the page.
    assert_eq!(show("![Deaths [@k], [=a]](chart:x)"), "chart:x(Deaths ⟨[@k]⟩, ⟨=a:Value⟩)");
}

#[test]
fn citations_that_markdown_takes_for_something_else() {
    rule(&[
        (
            "x [@k].\n\n[@k]: https://x.org",
            "p(x a(@k → https://x.org).)",
            "SB206 ‹[@k]: https://x.org› Markdown reads `[@k]:` as the definition of a link | put something other than a colon after the bracket",
        ),
        (
            "[=a]: b\n\nx",
            "p(x)",
            "SB206 ‹[=a]: b› Markdown reads `[=a]:` as the definition of a link | put something other than a colon after the bracket",
        ),
        ("x[^@k]", "p(x[^⟨@k⟩])", "SB206 ‹[^@k]› Markdown reads `[^@k]` as a footnote | write `[@k]`"),
        (
            "[@k](https://x.org)",
            "p(a(@k → https://x.org))",
            "SB206 ‹[@k](https://x.org)› Markdown reads `[@k]` with what follows it as a link | write `[@k]` with a space after it, or `[\\@k](…)` for a link that cites nothing",
        ),
        (
            "[=k](2023)",
            "p(a(=k → page 2023 -))",
            "SB206 ‹[=k](2023)› Markdown reads `[=k]` with what follows it as a link | write `[=k]` with a space after it",
        ),
        ("[[@k]]", "p([⟨[@k]⟩])", "SB206 ‹[[@k]]› Markdown may read `[[@k]]` as a link | write `[@k]`"),
        ("[[=k]]", "p([⟨=k:Value⟩])", "SB206 ‹[[=k]]› Markdown may read `[[=k]]` as a link | write `[=k]`"),
    ]);
    assert_eq!(codes("x[^@k]\n\n[^@k]: note"), ["SB206", "SB206"]);
    assert_eq!(codes("<div>\ntext [@k]\n</div>"), ["SB503", "SB206"]);
    assert_eq!(codes("<div>\n\ntext [@k]\n\n</div>"), ["SB503", "SB503"]);
    // A definition that is none: the line goes on.
    assert_eq!(show("[@k]: as he said"), "p(⟨[@k]⟩: as he said)");
}

#[test]
fn what_markdown_never_offers() {
    assert_eq!(show("`[@k]` \\[@k\\] <a@b.org> $[@k]$"), "p(`[@k]` [@k] a(a@b.org → mailto:a@b.org) $⟨[@k]⟩$)");
    assert_eq!(show("<!-- [@k] @k -->\n\nx <!-- [@k] --> y"), "p(x  y)");
    assert_eq!(show("---\n[@k]\n---"), "rule h2(⟨[@k]⟩)");
}
#[test]
fn every_collision_of_the_grammar_has_its_own_words() {
    let no_semicolon = "two sources stand here without a semicolon between them";
    let no_address = "an address is not the id of a source | cite the source by its id in content/sources/, such as `[@hrw-2024]`; where it would be ambiguous, write `@{the-id}`";
    let attributes = "as attributes, and the citation as another | take it out: a citation or a figure has no class, id or language of its own";
    let nested = "a bracket within a bracket keeps this one from being read | put all sources into one bracket, as in `[@a; @b]`, and write `\\[` and `\\]` for brackets that are only marks";
    rule(&[
        ("[@a @b]", "p([@a @b])", &format!("SB203 ‹@b› {no_semicolon} | write `[@a; @b]`")),
        ("[see @a, p. 3 and @b]", "p([see @a, p. 3 and @b])", &format!("SB203 ‹@b› {no_semicolon} | write `[@a; @b]`")),
        (
            "[see; @a]",
            "p([see; @a])",
            "SB203 ‹see› `see` stands between semicolons and names no source | write the source's id right after `@`, as in `[see @key, p. 3; @other]`",
        ),
        ("x @https://example.org/a y", "p(x @https://example.org/a y)", &format!("SB203 ‹https› {no_address}")),
        ("[@https://example.org/a]", "p([@https://example.org/a])", &format!("SB203 ‹https› {no_address}")),
        ("[@k]{.c}", "p(⟨[@k]⟩{.c})", &format!("SB206 ‹{{.c}}› other Markdown programs read `{{.c}}` {attributes}")),
        (
            "x [=k]{lang=he} y",
            "p(x ⟨=k:Value⟩{lang=he} y)",
            &format!("SB206 ‹{{lang=he}}› other Markdown programs read `{{lang=he}}` {attributes}"),
        ),
        ("@k{#id}", "p(⟨@k⟩{#id})", &format!("SB206 ‹{{#id}}› other Markdown programs read `{{#id}}` {attributes}")),
        ("[see [@a] and @b]", "p([see ⟨[@a]⟩ and ⟨@b⟩])", &format!("SB203 ‹[see [@a] and @b]› {nested}")),
        ("[@a, see [x]]", "p([⟨@a⟩, see [x]])", &format!("SB203 ‹[@a, see [x]]› {nested}")),
        (
            "| a | b |\n|---|---|\n| x [@k | y] |",
            "table2(a|b / x [⟨@k⟩|y])",
            "SB203 ‹[@k› this bracket is never closed | close it with `]`, in the same cell; a bar that ends no cell is written `\\|`",
        ),
        (
            "x [@k, p. 3",
            "p(x [⟨@k⟩, p. 3)",
            "SB203 ‹[@k› this bracket is never closed | close it with `]`, in the same paragraph",
        ),
    ]);
}

#[test]
fn where_nothing_collides() {
    // In headings, tables, quotations and footnotes citations are citations.
    assert_eq!(show("## Head [@k] {#h}"), "h2#h(Head ⟨[@k]⟩)");
    assert_eq!(show("## Head [@k]{#h}"), "h2#h(Head ⟨[@k]⟩)");
    assert_eq!(show("| a |\n|---|\n| x [@k, p. 3 \\| 4] |"), "table1(a / x ⟨[@k, p. 3, | 4]⟩)");
    // A place in braces and words in braces are no attributes.
    assert_eq!(show("[@k{p. 3}] and [@k] {sic}"), "p(⟨[@k, p. 3]⟩ and ⟨[@k]⟩ {sic})");
    assert_eq!(show("[@k]{sic}"), "p(⟨[@k]⟩{sic})");
}
