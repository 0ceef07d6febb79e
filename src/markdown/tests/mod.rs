//! Tests of the whole parser.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::format_push_string)]

mod print;
mod spans;

use print::{show, show_line};

#[test]
fn scratch() {
    let cases = [
        "The movement [@crs-hamas-2024, p. 3]. And [=killed] people\nin [=killed:asof] [@a; see @b, paras. 1–2].",
        "[see @a,\n p. 3; @b]",
        "> quote [see @a,\n> p. 3; @b/c]",
        "@smith-2020 [p. 3] says, and -@b too; mail a@b.org.",
        "@smith\n[p. 3, and after] says [p. 4].",
        "[text [@k] more](x.md)",
        "[@a][@b] and [x][@k] and [@k][p. 3] [@a][@b][@c][@d]",
        "[@k](url) [see @k](url) [@k][] ![alt [@k]](a.png)",
        "wow![@k]",
        "[[@k]]",
        "[^@k] [^x]",
        "[@k]: http://x.org\n\ntext [@k]",
        "[see @a, [b] c] and [@a",
        "[see; @a] [@a @b] [@https://x.org] [@{a] [@]",
        "> [!position] Government of *Israel*\n> It says [@a].\n>\n> More.",
        "> [!note]\n\n> [!tip] x\n\n[!note] y\n\n> [!note] title <!-- uncited: x -->",
        "![caption [@a]](chart:x)\n\n- ![c](map:y)\n\ntext ![c](chart:z) text",
        "para <!-- uncited: summary -->\n\npara2\n<!-- uncited: x y -->\n\n- item\n- two <!-- uncited: z -->\n\n# H\n<!-- uncited: q -->\n\np <!-- uncited -->",
        "<div>\nfoo [@k]\n</div>\n\n<!-- c --> text [@k]\n\nx <b>y</b> z<br>\n\n<!-- unclosed\n\nfoo",
        "## A {#a}\n\n#### B [@k] {#a}\n\n# C",
        "| a | b |\n|:-|-:|\n| [@a, x\\|y] | c <!-- uncited: t --> |",
        "[a](javascript:x) <https://x.org/@u> <a@b.org> [b](//h) [c](term:x) [d](event:y) [e](#z) [f](../a%20b.md#q)",
        "x[^1] y[^A]\n\n[^1]: one [@a]\n[^a]: two\n[^1]: three",
        "@disputes:party-b#q1 [@dispute:x] [@a#q1]",
        "1. a\n\n   b\n2. c\n\n```rust x\n[@k]\n```\n\n---\n\n`[@k]` \\[@k] \\@k",
        "[@? who counted?] [=a:ful] [=s@2023-12-17:short]",
        "כתב @smith-2020 [עמ׳ 3] כי [ראו @a, סעיף 49; @b].\n\nيقول [انظر @a، ص ٣، وما بعدها].",
        "[=a](2023) [=a][@b]",
    ];
    for case in cases {
        println!("=== {case}\n{}\n", show(case));
    }
    println!("{}", show_line("2023. A thing [@a] - b <!-- uncited: x -->"));
    println!("{}", show_line("- a # b #"));
}
