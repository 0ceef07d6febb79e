//! The rooms of `src/` stand on floors: a room uses only what [`MAY_USE`] allows it, and all of that lies below it.
//!
//! The source is read as text: comments, literals and test modules are taken out, and every path that begins at the crate's root
//! (`crate::x`, `crate::{x, y}`, `sourcebook::x` in `main.rs`, `super::x` out of a room) is held against the table.

use crate::support::repository;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room, from the ground up, with the rooms, or the parts of rooms, that it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("ids", &[]),
    ("number", &[]),
    ("numeral", &["number"]),
    ("date", &[]),
    ("xml", &[]),
    ("base64", &[]),
    ("signature", &["base64"]),
    ("media", &[]),
    ("unseen", &[]),
    ("exact", &[]),
    ("fault", &[]),
    ("diagnostic", &["span"]),
    ("web", &["unseen", "diagnostic"]),
    ("markdown", &["span", "ids", "date", "unseen", "exact", "diagnostic", "web"]),
    ("workspace", &["span", "ids", "date", "signature", "diagnostic", "web"]),
    ("links", &["span", "date", "diagnostic", "workspace"]),
    ("translation", &["span", "ids", "date", "diagnostic", "markdown", "workspace"]),
    // The formats of languages know how a place within a source is printed, and nothing of records.
    ("locale", &["span", "ids", "number", "date", "diagnostic", "markdown::locator", "workspace"]),
    ("social", &["locale"]),
    ("webfont", &[]),
    ("letters", &[]),
    ("wording", &["letters"]),
    ("search", &["wording", "letters"]),
    ("ledger", &["span", "ids", "exact", "letters", "markdown"]),
    ("citation", &["span", "ids", "date", "diagnostic", "web", "letters", "markdown::locator", "workspace", "locale"]),
    (
        "figure",
        &[
            "span",
            "ids",
            "number",
            "date",
            "diagnostic",
            "markdown::locator",
            "markdown::tree",
            "workspace",
            "locale",
            "citation",
        ],
    ),
    ("changes", &["span", "ids", "number", "date", "diagnostic", "workspace", "figure::record"]),
    ("timeline", &["span", "ids", "date", "diagnostic", "markdown::locator", "workspace", "citation"]),
    ("chart", &["span", "ids", "date", "xml", "diagnostic", "workspace", "citation"]),
    ("actor", &["span", "ids", "date", "diagnostic", "workspace", "citation"]),
    ("glossary", &["span", "ids", "diagnostic", "workspace", "citation", "wording"]),
    ("editorial", &["span", "ids", "diagnostic", "workspace", "wording"]),
    ("map", &["span", "ids", "diagnostic", "workspace", "citation::read", "chart::svg"]),
    // What readers of records ask for, told to editors.
    (
        "schema",
        &[
            "ids",
            "workspace",
            "locale",
            "citation",
            "figure",
            "timeline",
            "chart",
            "actor",
            "glossary",
            "editorial",
            "map",
        ],
    ),
    // What it makes of a file is held against what the readers above make of it, by the parsers alone.
    ("tidy", &["span", "diagnostic", "markdown", "workspace", "schema"]),
    (
        "manuscript",
        &[
            "span",
            "ids",
            "exact",
            "diagnostic",
            "markdown",
            "workspace",
            "ledger",
            "links",
            "translation",
            "locale",
            "social",
            "citation",
            "figure",
            "changes",
            "timeline",
            "chart",
            "actor",
            "glossary",
            "editorial",
            "map",
        ],
    ),
    (
        "book",
        &[
            "span",
            "ids",
            "number",
            "date",
            "diagnostic",
            "markdown",
            "workspace",
            "translation",
            "locale",
            "social",
            "ledger",
            "links",
            "citation",
            "figure",
            "changes",
            "timeline",
            "chart",
            "actor",
            "glossary",
            "editorial",
            "wording",
            "map",
            "manuscript",
        ],
    ),
    (
        "audit",
        &[
            "span",
            "ids",
            "date",
            "markdown",
            "workspace",
            "ledger",
            "citation",
            "figure",
            "timeline",
            "chart",
            "actor",
            "glossary",
            "editorial",
            "book",
        ],
    ),
    (
        "exchange",
        &[
            "span",
            "ids",
            "date",
            "unseen",
            "diagnostic",
            "markdown",
            "workspace",
            "translation",
            "locale",
            "citation",
            "figure",
            "glossary",
            "manuscript",
            "book",
        ],
    ),
    ("moving", &["span", "ids", "diagnostic", "markdown", "workspace", "translation", "manuscript", "changes", "book"]),
    ("scaffold", &["span", "ids", "number", "date", "workspace", "locale"]),
    // Rules and pages ask the book, never each other.
    (
        "check",
        &[
            "span",
            "ids",
            "number",
            "numeral",
            "date",
            "unseen",
            "diagnostic",
            "markdown",
            "workspace",
            "translation",
            "locale",
            "social",
            "ledger",
            "links",
            "citation",
            "figure",
            "changes",
            "timeline",
            "chart",
            "actor",
            "glossary",
            "editorial",
            "wording",
            "map",
            "book",
        ],
    ),
    (
        "site",
        &[
            "base64",
            "xml",
            "span",
            "ids",
            "number",
            "date",
            "diagnostic",
            "markdown",
            "workspace",
            "translation",
            "locale",
            "social",
            "ledger",
            "citation",
            "figure",
            "changes",
            "timeline",
            "chart",
            "actor",
            "glossary",
            "editorial",
            "wording",
            "map",
            "manuscript",
            "book",
            "exchange",
            "audit",
            "search",
            "webfont",
            "letters",
        ],
    ),
    ("manifest", &["date", "site::edition"]),
    (
        "evidence",
        &[
            "ids",
            "workspace",
            "translation",
            "citation",
            "book",
            "exchange",
            "audit",
            "site::edition",
            "site::GENERATOR",
        ],
    ),
    ("desk", &["span", "ids", "ledger", "workspace", "translation", "citation", "figure", "book", "site::address"]),
    // What is packed knows nothing of how it was made.
    (
        "bundle",
        &[
            "date",
            "ids",
            "xml",
            "base64",
            "media",
            "locale::Direction",
            "social",
            "manifest",
            "site::address",
            "site::edition",
            "site::volume",
        ],
    ),
    ("verify", &["bundle::archive", "manifest"]),
    ("review", &["ids", "date", "workspace", "translation", "citation", "changes", "ledger", "book", "exchange"]),
    ("revision", &[]),
    // It starts a program, and knows of what it prints no more than that it is HTML.
    ("press", &["bundle::CREATOR", "bundle::Printer"]),
    (
        "compile",
        &[
            "span",
            "ids",
            "date",
            "signature",
            "diagnostic",
            "workspace",
            "manuscript",
            "ledger",
            "changes",
            "book",
            "check",
            "site",
            "manifest",
            "bundle",
            "evidence",
            "desk",
        ],
    ),
    // What is finished is written and shown by rooms that know nothing of how it was made.
    ("publish", &["fault", "diagnostic", "manifest", "site::edition"]),
    // The network is beside the way of the data: what it learns goes into a file that the next run reads.
    (
        "external",
        &["date", "diagnostic", "workspace", "links", "manuscript", "book", "publish::PublishError", "publish::file"],
    ),
    // Answers editors from the same book; proposes edits and writes nothing.
    (
        "lsp",
        &[
            "span",
            "ids",
            "number",
            "numeral",
            "diagnostic",
            "markdown",
            "workspace",
            "translation",
            "locale",
            "citation",
            "figure",
            "timeline",
            "manuscript",
            "book",
            "moving",
            "scaffold",
            "compile",
        ],
    ),
    ("serve", &["media", "span", "diagnostic", "workspace::byproduct", "site::edition", "site::hosting", "site::html"]),
    (
        "cli",
        &[
            "span",
            "ids",
            "date",
            "diagnostic",
            "workspace",
            "translation",
            "citation",
            "changes",
            "book",
            "exchange",
            "audit",
            "site",
            "moving",
            "scaffold",
            "schema",
            "tidy",
            "signature",
            "manifest",
            "bundle",
            "compile",
            "external",
            "press",
            "publish",
            "serve",
            "verify",
            "review",
            "revision",
            "lsp",
            "desk",
        ],
    ),
    ("lib", &[]),
    ("main", &["cli"]),
];

/// A path from the crate's root: its first two names and its line.
#[derive(Debug, PartialEq, Eq)]
struct Reference {
    line: usize,
    room: String,
    part: String,
}

/// The text with comments, strings, characters and test modules blanked out, line breaks kept.
fn bare(text: &str) -> String {
    blank_tests(&blank_literals(text))
}

fn blank_literals(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let starts = |at: usize, mark: &str| mark.chars().enumerate().all(|(index, c)| chars.get(at + index) == Some(&c));
    while at < chars.len() {
        let end = if starts(at, "//") {
            chars[at..].iter().position(|c| *c == '\n').map_or(chars.len(), |length| at + length)
        } else if starts(at, "/*") {
            (at + 2..chars.len()).find(|end| starts(*end, "*/")).map_or(chars.len(), |end| end + 2)
        } else if chars[at] == 'r'
            && !out.ends_with(|c: char| c.is_alphanumeric() || c == '_')
            && raw_string(&chars, at).is_some()
        {
            raw_string(&chars, at).unwrap()
        } else if chars[at] == '"' {
            let mut end = at + 1;
            while end < chars.len() && chars[end] != '"' {
                end += if chars[end] == '\\' { 2 } else { 1 };
            }
            end + 1
        } else if chars[at] == '\'' && chars.get(at + 1) == Some(&'\\') {
            let close = chars[at + 3..].iter().position(|c| *c == '\'').expect("a character without an end");
            at + 3 + close + 1
        } else if chars[at] == '\'' && chars.get(at + 2) == Some(&'\'') {
            at + 3
        } else {
            out.push(chars[at]);
            at += 1;
            continue;
        };
        out.extend(chars[at..end.min(chars.len())].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
        at = end;
    }
    out
}

fn raw_string(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    let open = at + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return None;
    }
    let close = |end: &usize| chars[*end] == '"' && (1..=hashes).all(|hash| chars.get(end + hash) == Some(&'#'));
    (open + 1..chars.len()).find(close).map(|end| end + 1 + hashes)
}

/// Blanks what `#[cfg(test)]` stands before, up to the end of its braces or its semicolon.
fn blank_tests(text: &str) -> String {
    let mut out = text.to_owned();
    while let Some(start) = out.find("#[cfg(test)]") {
        let mut depth = 0;
        let mut end = out.len();
        for (at, c) in out[start + 12..].char_indices() {
            depth += match c {
                '{' | '[' => 1,
                '}' | ']' => -1,
                _ => 0,
            };
            if depth == 0 && (c == ';' || c == '}') {
                end = start + 12 + at + 1;
                break;
            }
        }
        let blank: String = out[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        out.replace_range(start..end, &blank);
    }
    out
}

/// The references of a file; `depth` is how many modules it lies below the crate's root.
fn references(text: &str, depth: usize) -> Vec<Reference> {
    let text = bare(text);
    let mut found = Vec::new();
    let up = format!("{}::", vec!["super"; depth].join("::"));
    for root in ["crate::", "sourcebook::", &up] {
        for (at, _) in text.match_indices(root) {
            // `pub(crate)` has no path; `super::super::` begins at its first `super`.
            let before = text[..at].trim_end();
            let within = text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') || before.ends_with("::");
            let rest = &text[at + root.len()..];
            if within || (depth == 0 && root == up) || rest.starts_with("super") {
                continue;
            }
            let line = text[..at].matches('\n').count() + 1;
            for (skip, path) in paths(rest) {
                let (room, part) = path.split_once("::").unwrap_or((&path, ""));
                let line = line + rest[..skip].matches('\n').count();
                let part = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                found.push(Reference { line, room: room.to_owned(), part });
            }
        }
    }
    found
}

/// The paths of a `use` tree, each with its place: `{a::b, c}` gives `a::b` and `c`.
fn paths(rest: &str) -> Vec<(usize, String)> {
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let Some(inner) = rest.strip_prefix('{') else {
        return vec![(0, rest.chars().take_while(|c| is_path(*c)).collect())];
    };
    let mut found = Vec::new();
    let mut depth = 0;
    let mut fresh = true;
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && is_path(c) => {
                fresh = false;
                found.push((at + 1, inner[at..].chars().take_while(|c| is_path(*c)).collect()));
            }
            _ => {}
        }
    }
    found
}

/// The room of a file, and how many modules it lies below the crate's root.
fn room_of(path: &Path) -> (String, usize) {
    let parts: Vec<String> = path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let depth = parts.len() - usize::from(parts.last().is_some_and(|name| name == "mod"));
    let depth = if parts.len() == 1 && (parts[0] == "lib" || parts[0] == "main") { 0 } else { depth };
    (parts[0].clone(), depth)
}

/// What a file uses and may not.
fn violations(path: &Path, text: &str) -> Vec<String> {
    let (room, depth) = room_of(path);
    let file = path.display();
    let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == room) else {
        return vec![format!("src/{file}: the room `{room}` has no floor; give it one in tests/suite/floors.rs")];
    };
    let known = |name: &str| MAY_USE.iter().any(|(room, _)| *room == name);
    references(text, depth)
        .into_iter()
        .filter(|used| used.room != room && known(&used.room))
        .filter(|used| {
            !allowed.contains(&used.room.as_str())
                && !allowed.contains(&format!("{}::{}", used.room, used.part).as_str())
        })
        .map(|used| {
            let Reference { line, room: other, part } = used;
            let part = if part.is_empty() { String::new() } else { format!("::{part}") };
            format!("src/{file}:{line}: the room `{room}` may not use `{other}{part}`")
        })
        .collect()
}

/// The Rust files of a folder, those of test modules left out.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "tests" {
                sources(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") && name != "tests" {
            found.push(path);
        }
    }
}

#[test]
fn no_room_uses_what_is_not_below_it() {
    let src = repository().join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    assert!(files.len() > 40, "only {} files were found", files.len());
    let mut wrong = Vec::new();
    let mut seen = 0;
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let path = path.strip_prefix(&src).unwrap();
        let (room, depth) = room_of(path);
        seen += references(&text, depth).iter().filter(|used| used.room != room).count();
        wrong.extend(violations(path, &text));
    }
    assert!(seen > 100, "only {seen} references between rooms were found");
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn the_floors_have_no_way_up() {
    let mut below: BTreeSet<&str> = BTreeSet::new();
    for (room, allowed) in MAY_USE {
        for used in *allowed {
            let used = used.split("::").next().unwrap();
            assert!(below.contains(used), "`{room}` may use `{used}`, which does not lie below it");
        }
        assert!(below.insert(room), "`{room}` has two floors");
    }
    assert!(!may_meet("check", "site") && !may_meet("publish", "serve"));
}

fn may_meet(one: &str, other: &str) -> bool {
    let allowed = |room: &str, used: &str| {
        MAY_USE
            .iter()
            .any(|(name, allowed)| *name == room && allowed.iter().any(|path| path.split("::").next() == Some(used)))
    };
    allowed(one, other) || allowed(other, one)
}

#[test]
fn a_way_up_is_found() {
    let one = |path: &str, text: &str| violations(Path::new(path), text);
    let cases = [
        ("check/a.rs", "use crate::site::html::Html;", "src/check/a.rs:1: the room `check` may not use `site::html`"),
        ("span.rs", "\n// text\nfn f() { crate::ids::x() }", "src/span.rs:3: the room `span` may not use `ids::x`"),
        (
            "publish/a.rs",
            "use crate::{\n    diagnostic::Code,\n    site::{theme, edition::Edition},\n};",
            "src/publish/a.rs:3: the room `publish` may not use `site`",
        ),
        ("serve/mod.rs", "use super::publish;", "src/serve/mod.rs:1: the room `serve` may not use `publish`"),
        ("site/page.rs", "use super::super::check;", "src/site/page.rs:1: the room `site` may not use `check`"),
        (
            "main.rs",
            "fn main() { sourcebook::compile::check() }",
            "src/main.rs:1: the room `main` may not use `compile::check`",
        ),
        ("attic/mod.rs", "", "src/attic/mod.rs: the room `attic` has no floor; give it one in tests/suite/floors.rs"),
    ];
    for (path, text, expected) in cases {
        assert_eq!(one(path, text), [expected], "{text}");
    }
    let allowed = [
        ("publish/a.rs", "use crate::site::edition::Edition; use crate::publish::b; use super::c;"),
        (
            "span.rs",
            "/// [`crate::site`]\nconst A: &str = \"crate::site\"; const B: &str = r#\"\"crate::site\"#; const C: char = '\"';",
        ),
        ("span.rs", "fn f<'a>(x: &'a str) {}\n#[cfg(test)]\nmod tests { fn a() { crate::site::x() } }\n"),
        ("span.rs", "#[cfg(test)]\nmod tests;\n/* crate::site */ pub(crate) fn f() {}"),
        ("site/page.rs", "use super::address; use super::words::{self, WithLang};"),
        ("check/figures.rs", "crate::date::Date::parse(text)"),
    ];
    for (path, text) in allowed {
        assert_eq!(one(path, text), Vec::<String>::new(), "{text}");
    }
    let text = "const A: char = '\\'';\nuse crate::site::x;";
    assert_eq!(one("span.rs", text), ["src/span.rs:2: the room `span` may not use `site::x`"]);
}
