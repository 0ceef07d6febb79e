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
