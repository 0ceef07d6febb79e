//! Blocks, callouts, drawings, links, comments and footnotes.

use super::print::{codes, read, show, show_line};
use crate::markdown::tree::BlockKind;

fn agree(cases: &[(&str, &str)]) {
    for (text, shown) in cases {
        assert_eq!(&show(text), shown, "{text}");
    }
}

#[test]
fn an_ordinary_page() {
    let text = "\
The movement was founded in *Gaza* [@crs-hamas-2024, p. 3].

## Leaders {#leaders}

1. one
2. two

- loose

- list
  - inner

| A | B |
|:--|--:|
| x | **y** |

```toml extra
[a]
```

***

Line one\\
line ~~two~~, see [Hamas](../actors/hamas.md#founding).
";
    let expected = [
        "p(The movement was founded in em(Gaza) ⟨[@crs-hamas-2024, p. 3]⟩.)",
        "h2#leaders(Leaders)",
        "ol1(li(p(one)) li(p(two)))",
        "ul-loose(li(p(loose)) li(p(list) ul(li(p(inner)))))",
        "table2(A|B / x|strong(y))",
        "code:toml([a])",
        "rule",
        "p(Line one⏎⏎line del(two), see a(Hamas → page ../actors/hamas.md founding).)",
    ];
    assert_eq!(show(text), expected.join(" "));
}

#[test]
fn callouts() {
    agree(&[
        (
            "> [!position] Government of *Israel*\n> It says [@a].\n>\n> More.",
            "position[Government of em(Israel)](p(It says ⟨[@a]⟩.) p(More.))",
        ),
        ("> [!note]\n> Words", "note[](p(Words))"),
        ("> [!Warning] Title", "warning[Title]()"),
        ("> [!unknown]\n>\n> Words", "unknown[](p(Words))"),
        ("> [!correction] On [=a:asof] [@b]\n> - item", "correction[On ⟨=a:AsOf⟩ ⟨[@b]⟩](ul(li(p(item))))"),
        ("> [!position] ממשלת ישראל\n> הטענה [@a].", "position[ממשלת ישראל](p(הטענה ⟨[@a]⟩.))"),
        ("> [!position] حماس\n> النفي [@a].", "position[حماس](p(النفي ⟨[@a]⟩.))"),
        ("- > [!note] x\n  > y", "ul(li(note[x](p(y))))"),
        ("> [!note] a\n\n> [!note] b", "note[a]() note[b]()"),
        // Not at the start of a quotation: words.
        ("[!note] x", "p([!note] x)"),
        ("> x [!note]", "quote(p(x [!note]))"),
        ("> x\n>\n> [!note] y", "quote(p(x) p([!note] y))"),
        ("> `code` [!note]", "quote(p(`code` [!note]))"),
        ("> - [!note]", "quote(ul(li(p([!note]))))"),
        (
            "> [!positon] Israel\n> words",
            "quote(p([!positon] Israel⏎words))\nSB512 ‹[!positon]› `positon` is no kind of callout | did you mean `[!position]`?",
        ),
        (
            "> [!הערה] כותרת",
            "quote(p([!הערה] כותרת))\nSB512 ‹[!הערה]› `הערה` is no kind of callout | the kinds are `position`, `note`, `warning`, `unknown`, `correction`",
        ),
    ]);
}

#[test]
fn drawings_and_images() {
    agree(&[
        ("![Deaths](chart:gaza-deaths)", "chart:gaza-deaths(Deaths)"),
        ("![The *war*](timeline:war)", "timeline:war(The em(war))"),
        ("![Gaza](map:gaza)<!-- uncited: drawn from the series -->", "map:gaza(Gaza)!uncited(drawn from the series)"),
        ("- ![c](map:y)", "ul(li(map:y(c)))"),
        ("![what it shows](pictures/a.png)", "p(img(what it shows → pictures/a.png))"),
        ("x ![*what* it `shows`](a.png \"title\")", "p(x img(what it shows → a.png))"),
        (
            "![](a.png)",
            "p(img( → a.png))\nSB511 ‹![](a.png)› this image has no description | say in the brackets what it shows, as in `![what it shows](file)`",
        ),
        (
            "![ ](chart:a)",
            "chart:a()\nSB511 ‹![ ](chart:a)› this chart has no caption | say in the brackets what it shows, as in `![what it shows](chart:id)`",
        ),
        (
            "![c](chart:a%20b)",
            "chart:?(c)\nSB504 ‹![c](chart:a%20b)› `chart:a%20b` names no chart | write the id of its record, as in `![caption](chart:id)`",
        ),
        (
            "text ![c](chart:a)",
            "p(text c)\nSB504 ‹chart:a› `chart:a` is drawn as a block of its own and cannot stand within a line | put it into a paragraph of its own, with blank lines around it",
        ),
        (
            "![c](chart:a) text",
            "p(c text)\nSB504 ‹chart:a› `chart:a` is drawn as a block of its own and cannot stand within a line | put it into a paragraph of its own, with blank lines around it",
        ),
        (
            "![x](https://x.org/a.png)",
            "p(x)\nSB504 ‹https://x.org/a.png› `https://x.org/a.png` is not a file of this site | put the file beside the page or into static/ and write its path",
        ),
        ("[![x](a.png)](b.md)", "p(a(img(x → a.png) → page b.md -))"),
    ]);
}

#[test]
fn links() {
    agree(&[
        (
            "[a](https://x.org) <https://x.org> <a@b.org>",
            "p(a(a → https://x.org) a(https://x.org → https://x.org) a(a@b.org → mailto:a@b.org))",
        ),
        ("[a](../b.md) [c](../b.md#d) [e](#f)", "p(a(a → page ../b.md -) a(c → page ../b.md d) a(e → here f))"),
        ("[a](term:nakba) [b](event:oslo-1993)", "p(a(a → term nakba) a(b → event oslo-1993))"),
        ("[a][r] [r][] [r]\n\n[r]: x.md", "p(a(a → page x.md -) a(r → page x.md -) a(r → page x.md -))"),
        (
            "[a](javascript:alert)",
            "p(a(a → refused javascript:alert))\nSB504 ‹javascript:alert› `javascript:` is no kind of address that a page may link to | only https, http and mailto lead outside; a path with a colon begins with `./`",
        ),
        (
            "[a]()",
            "p(a(a → refused ))\nSB501 ‹[a]()› this link has no address | write the address between the parentheses, as in `[words](page.md#place)`",
        ),
    ]);
    assert_eq!(
        codes("[a](java&#115;cript:x) <javascript:x> [b][r] [c][r]\n\n[r]: data:x"),
        ["SB504", "SB504", "SB504"]
    );
    assert_eq!(codes("[a](//host) [b](/root) [c](a\u{202e}b.md)"), ["SB504", "SB504", "SB504"]);
}

#[test]
fn comments_about_sources() {
    agree(&[
        ("Words. <!-- uncited: summary -->", "p(Words.)!uncited(summary)"),
        ("Words.\n<!-- uncited: summary -->", "p(Words.)!uncited(summary)"),
        ("Words.\n\n<!-- uncited: summary -->\n\nMore.", "p(Words.)!uncited(summary) p(More.)"),
        ("Words.\n<!-- uncited: over\n  two lines -->\nMore.", "p(Words.)!uncited(over two lines) p(More.)"),
        ("> Words. <!-- uncited: x -->", "quote(p(Words.)!uncited(x))"),
        ("> Words.\n<!-- uncited: x -->", "quote(p(Words.))!uncited(x)"),
        ("> [!note] T\n> Words.\n> <!-- uncited: x -->", "note[T](p(Words.)!uncited(x))"),
        ("> [!note] T <!-- uncited: x -->", "note[T]()!uncited(x)"),
        ("> [!note] T\n> <!-- uncited: x -->", "note[T]()!uncited(x)"),
        ("- a\n- b <!-- uncited: x -->", "ul(li(p(a)) li(p(b)!uncited(x)))"),
        ("- a\n- b\n  <!-- uncited: x -->", "ul(li(p(a)) li(p(b)!uncited(x)))"),
        ("- a\n- b\n\n<!-- uncited: x -->", "ul(li(p(a)) li(p(b)))!uncited(x)"),
        ("| a |\n|---|\n| b <!-- uncited: x --> |", "table1(a / b)!uncited(x)"),
        ("| a |\n|---|\n| b |\n\n<!-- uncited: x -->", "table1(a / b)!uncited(x)"),
        ("*Words. <!-- uncited: x -->*", "p(em(Words. ))!uncited(x)"),
        ("x[^1]\n\n[^1]: note <!-- uncited: x -->", "p(x⟨^1⟩) ^1(p(note)!uncited(x))"),
        ("מילים. <!-- uncited: סיכום -->", "p(מילים.)!uncited(סיכום)"),
        ("كلمات. <!-- uncited: ملخص -->", "p(كلمات.)!uncited(ملخص)"),
        // Other comments are nobody's business.
        ("a <!-- todo --> b\n\n<!--\nlong\n\n[@x]\n-->\n\nc", "p(a  b) p(c)"),
        (
            "Words. <!-- uncited: -->",
            "p(Words.)\nSB503 ‹<!-- uncited: -->› this comment does not say why no source is needed | write the reason after a colon, as in `<!-- uncited: summary of the section -->`",
        ),
        (
            "## H\n<!-- uncited: x -->\n\nWords.",
            "h2(H) p(Words.)\nSB503 ‹<!-- uncited: x -->› no paragraph stands before this comment that it could speak for | put it at the end of the paragraph that needs no source",
        ),
        (
            "Words. <!-- uncited: x -->\n<!-- uncited: y -->",
            "p(Words.)!uncited(x)\nSB503 ‹<!-- uncited: y -->› the paragraph before has already said why it needs no source | take one of the two comments out",
        ),
    ]);
    assert_eq!(codes("<!-- uncited: x -->"), ["SB503"]);
    assert_eq!(show_line("Words. <!-- uncited: x -->"), "Words. uncited(x)");
}

#[test]
fn raw_html() {
    agree(&[
        ("x <b>y</b> z", "p(x html(<b>)yhtml(</b>) z)\nSB503 ‹<b>› the HTML tag `<b>` is not read | write `**words**`"),
        (
            "<div>\nwords\n</div>",
            "html(<div>\nwords\n</div>)\nSB503 ‹<div>› the HTML tag `<div>` is not read | use a callout, as in `> [!note] Title`",
        ),
        (
            "<!-- a --> <hr>",
            "html(<hr>)\nSB503 ‹<hr>› the HTML tag `<hr>` is not read | write `---` between blank lines",
        ),
        (
            "<!-- a --> words",
            "html(words)\nSB503 ‹words› words on the line of a comment are HTML to Markdown | put the comment on a line of its own, or at the paragraph's end",
        ),
        (
            "<!-- a\n\nwords",
            "\nSB503 ‹<!--› this comment is never closed and hides all that follows | end it with `-->`",
        ),
        ("1 < 2 and \\<b>", "p(1 < 2 and <b>)"),
    ]);
    assert_eq!(codes("<i>a</i> <br> </u>"), ["SB503", "SB503", "SB503"]);
}

#[test]
fn headings() {
    agree(&[
        ("## A\n\n### B\n\n## C", "h2(A) h3(B) h2(C)"),
        ("A\n---", "h2(A)"),
        ("## A [@a] {#x .y z=1}", "h2#x(A ⟨[@a]⟩)"),
        (
            "# A\n\n## B",
            "h1(A) h2(B)\nSB508 ‹# A› a heading of the first level stands in the text | the page's title is the first level; begin with `##`",
        ),
        (
            "### A",
            "h3(A)\nSB508 ‹### A› a heading of level 3 stands under one of level 1 | write `##` instead of `###`",
        ),
        (
            "## A\n\n#### B",
            "h2(A) h4(B)\nSB508 ‹#### B› a heading of level 4 stands under one of level 2 | write `###` instead of `####`",
        ),
        (
            "## A {#x}\n\n## B {#x}",
            "h2#x(A) h2#x(B)\nSB507 ‹## B {#x}› the id `x` is given to two headings | give each heading an id of its own",
        ),
    ]);
}

#[test]
fn footnotes() {
    agree(&[
        ("x[^1] y[^B]\n\n[^1]: one\n[^b]: two", "p(x⟨^1⟩ y⟨^b⟩) ^1(p(one)) ^b(p(two))"),
        ("x\n\n[^1]: never used", "p(x) ^1(p(never used))"),
        (
            "x[^1]",
            "p(x[^1])\nSB509 ‹[^1]› the footnote `1` is not defined | define it in a paragraph of its own, as in `[^1]: words`",
        ),
        (
            "x[^nots] y[^notes]\n\n[^notes]: z",
            "p(x[^nots] y⟨^notes⟩) ^notes(p(z))\nSB509 ‹[^nots]› the footnote `nots` is not defined | did you mean `[^notes]`?",
        ),
        (
            "x[^1]\n\n[^1]: one\n\n[^1]: two",
            "p(x⟨^1⟩) ^1(p(one))\nSB509 ‹[^1]:› the footnote `1` is defined twice | give one of the two another name",
        ),
        ("x \\[^1] `[^1]`", "p(x [^1] `[^1]`)"),
    ]);
}

#[test]
fn spans_of_blocks() {
    let text = "One\ntwo.\n\n- a\n- b\n\n> q\n\n```\ncode\n```\n\n![c](chart:x)\n";
    let parsed = read(text);
    let shown: Vec<_> = parsed.value.blocks.iter().map(|block| &text[block.span.range()]).collect();
    assert_eq!(shown, ["One\ntwo.", "- a\n- b", "> q", "```\ncode\n```", "![c](chart:x)"]);
    let BlockKind::List { items, .. } = &parsed.value.blocks[1].kind else { panic!("no list") };
    assert_eq!(&text[items[1].span.range()], "- b");
    assert_eq!(&text[items[1].blocks[0].span.range()], "b");
}
