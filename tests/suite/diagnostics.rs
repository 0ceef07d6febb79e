//! Runs `docs/diagnostics`: every code has a page, every page says what the code says, and every example on it does what the page says.
//!
//! An example is a run of fenced blocks, each a file laid over `tests/fixtures/base`; words between two blocks begin another example.
//! A file `import.…` is not part of the site: it is brought into its library. The info string of a block names the file: ```` ```markdown content/en/index.md ````; ```` ```text bytes content/en/x.md ```` holds bytes in
//! hexadecimal. Under `## Fails` an example ends with `Reported at:` and the places at which the code is reported, all of them and in order:
//! the text that is marked, or `line N` where that is empty or runs over several lines. `<!-- also: SB210 -->` names the other errors there are.
//! ```` ```text says ```` holds what is printed; `UPDATE_DOCS=1` writes it anew.

use crate::render::{intrusions, is_a};
use crate::support::{Site, fixtures, repository, told};
use rayon::prelude::*;
use sourcebook::compile::{self, Compilation, Options};
use sourcebook::diagnostic::{Code, Diagnostic, Level, Severity, human};
use sourcebook::site::edition::Edition;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::ops::Range;
use std::path::PathBuf;

#[derive(Debug, Default)]
struct Page {
    heading: String,
    title: String,
    level: String,
    fails: Vec<Example>,
    passes: Vec<Example>,
    mend: String,
    also: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct Example {
    files: Vec<(String, Vec<u8>)>,
    reported: Vec<String>,
    says: Option<Says>,
}

#[derive(Debug)]
struct Says {
    /// The lines between the fences.
    lines: Range<usize>,
    text: String,
}

fn folder() -> PathBuf {
    repository().join("docs/diagnostics")
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Deny => "deny",
        Level::Warn => "warn",
        Level::Allow => "allow",
    }
}

impl Page {
    fn read(text: &str) -> Self {
        let mut page = Self::default();
        let mut section = "";
        let mut fresh = true;
        let lines: Vec<&str> = text.lines().collect();
        let mut at = 0;
        while let Some(&line) = lines.get(at) {
            at += 1;
            if let Some(info) = line.strip_prefix("```") {
                let end = at + lines[at..].iter().position(|line| *line == "```").expect("a fence without an end");
                let body: String = lines[at..end].iter().flat_map(|line| [line, "\n"]).collect();
                let examples = if section == "Fails" { &mut page.fails } else { &mut page.passes };
                if info == "text says" {
                    let last = examples.last_mut().expect("`says` without an example");
                    last.says = Some(Says { lines: at..end, text: body });
                } else if section == "Fails" || section == "Passes" {
                    if fresh {
                        examples.push(Example::default());
                        fresh = false;
                    }
                    examples.last_mut().unwrap().files.push(file(info, &body));
                }
                at = end + 1;
            } else if let Some(heading) = line.strip_prefix("## ") {
                section = heading;
                fresh = true;
            } else if let Some(heading) = line.strip_prefix("# ") {
                heading.clone_into(&mut page.heading);
            } else if let Some(places) = line.strip_prefix("Reported at: ") {
                page.fails.last_mut().expect("`Reported at:` without an example").reported = read_places(places);
                fresh = true;
            } else if let Some(level) = line.strip_prefix("Level: ") {
                level.trim_end_matches('.').clone_into(&mut page.level);
            } else if let Some(codes) = line.strip_prefix("<!-- also: ").and_then(|rest| rest.strip_suffix(" -->")) {
                page.also.extend(codes.split(", ").map(str::to_owned));
            } else if let Some((title, _)) = line.strip_prefix("**").and_then(|rest| rest.split_once(".**"))
                && section.is_empty()
            {
                title.clone_into(&mut page.title);
            } else if !line.trim().is_empty() {
                fresh = true;
                if section == "Mend" {
                    page.mend.push_str(line);
                }
            }
        }
        page
    }
}

/// The files of an example, by path.
pub type Laid = Vec<(String, Vec<u8>)>;

/// The examples of a code's page: those that fail, and those that pass.
pub fn examples(code: &str) -> [Vec<Laid>; 2] {
    let page = Page::read(&fs::read_to_string(folder().join(format!("{code}.md"))).unwrap());
    [page.fails, page.passes].map(|examples| examples.into_iter().map(|example| example.files).collect())
}

fn file(info: &str, body: &str) -> (String, Vec<u8>) {
    let (_, rest) = info.split_once(' ').unwrap_or_else(|| panic!("```{info} names no file"));
    match rest.strip_prefix("bytes ") {
        None => (rest.to_owned(), body.as_bytes().to_vec()),
        Some(path) => {
            let digits: Vec<char> = body.chars().filter(|c| !c.is_whitespace()).collect();
            let bytes = digits
                .chunks(2)
                .map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).expect("not hexadecimal"))
                .collect();
            (path.to_owned(), bytes)
        }
    }
}

/// Reads `` `a`, `b, c`, line 3 ``; texts keep their backticks.
fn read_places(text: &str) -> Vec<String> {
    let mut places = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = match rest.strip_prefix('`') {
            Some(inner) => inner.find('`').expect("a backtick without a partner") + 2,
            None => rest.find(',').unwrap_or(rest.len()),
        };
        places.push(rest[..end].to_owned());
        rest = rest[end..].trim_start_matches([',', ' ']);
    }
    places
}

/// Where a diagnostic is, in the words of a page.
fn place(diagnostic: &Diagnostic, compilation: &Compilation) -> String {
    let Some(span) = diagnostic.span else { return "nowhere".to_owned() };
    let text = compilation.files.slice(span);
    if text.is_empty() || text.contains('\n') {
        format!("line {}", compilation.files.positions(span).unwrap().0.line)
    } else {
        format!("`{text}`")
    }
}

fn run(example: &Example) -> Compilation {
    let site = Site::base();
    let is_import = |path: &str| path.starts_with("import.");
    for (path, bytes) in example.files.iter().filter(|(path, _)| !is_import(path)) {
        site.put(path, bytes);
    }
    match example.files.iter().find(|(path, _)| is_import(path)) {
        Some((path, bytes)) => site.import(path, std::str::from_utf8(bytes).unwrap()),
        None => site.check(),
    }
}

/// What is wrong with a page about a code; `update` gets the ranges of lines that hold other words than are printed, and those words.
fn problems(code: Code, page: &Page, update: &mut Vec<(Range<usize>, String)>) -> Vec<String> {
    let mut problems = Vec::new();
    let mut expect = |what: &str, found: &str, expected: &str| {
        if found != expected {
            problems.push(format!("{code}: the {what} is {found:?}, not {expected:?}"));
        }
    };
    let title = code.title();
    let capital: String = title.chars().take(1).flat_map(char::to_uppercase).chain(title.chars().skip(1)).collect();
    expect("heading", &page.heading, &format!("{code} {}", code.name()));
    expect("title", &page.title, &capital);
    expect("level", &page.level, level_name(code.default_level()));
    for (name, missing) in
        [("## Fails", page.fails.is_empty()), ("## Passes", page.passes.is_empty()), ("## Mend", page.mend.is_empty())]
    {
        if missing {
            problems.push(format!("{code}: `{name}` is empty"));
        }
    }
    let mut also = BTreeSet::new();
    for (index, example) in page.fails.iter().enumerate() {
        let compilation = run(example);
        let (own, others): (Vec<Diagnostic>, Vec<Diagnostic>) =
            compilation.diagnostics.iter().cloned().partition(|diagnostic| diagnostic.code == code);
        let found: Vec<String> = own.iter().map(|diagnostic| place(diagnostic, &compilation)).collect();
        let errors = others.iter().filter(|other| other.severity == Severity::Error);
        also.extend(errors.map(|other| other.code.id().to_owned()));
        if found != example.reported || found.is_empty() {
            problems.push(format!(
                "{code}, failing example {}: reported at {found:?}, not {:?}:\n{}",
                index + 1,
                example.reported,
                told(&compilation)
            ));
        }
        let words = human::render(&own, &compilation.files, false);
        match &example.says {
            Some(says) if says.text.trim_end() == words.trim_end() => {}
            Some(says) => {
                update.push((says.lines.clone(), words.trim_end().to_owned()));
                problems.push(format!("{code}, failing example {}: it says\n{words}\nnot\n{}", index + 1, says.text));
            }
            None => problems.push(format!("{code}, failing example {}: there is no block `text says`", index + 1)),
        }
    }
    if also != page.also {
        problems.push(format!("{code}: the failing examples have other errors {also:?}, not {:?}", page.also));
    }
    for (index, example) in page.passes.iter().enumerate() {
        let compilation = run(example);
        let wrong = compilation.diagnostics.iter().any(|found| found.code == code || found.severity == Severity::Error);
        if wrong {
            problems.push(format!("{code}, passing example {}:\n{}", index + 1, told(&compilation)));
        }
    }
    problems
}

/// What is wrong with the page of a code; with `UPDATE_DOCS` what is printed is written into it.
fn page_problems(code: Code) -> Vec<String> {
    let path = folder().join(format!("{code}.md"));
    let Ok(text) = fs::read_to_string(&path) else { return vec![format!("{code} has no page")] };
    let mut update = Vec::new();
    let found = problems(code, &Page::read(&text), &mut update);
    if std::env::var_os("UPDATE_DOCS").is_some() && !update.is_empty() {
        let mut lines: Vec<&str> = text.lines().collect();
        for (range, words) in update.iter().rev() {
            lines.splice(range.clone(), words.lines());
        }
        fs::write(&path, lines.join("\n") + "\n").unwrap();
    }
    found
}

/// All codes; `scripts/mutants` asks for single ones, which takes a moment each instead of seconds.
fn asked() -> Vec<Code> {
    let only = std::env::var("SOURCEBOOK_CODES").unwrap_or_default();
    let all = Code::ALL.iter().copied();
    all.filter(|code| only.is_empty() || only.split(',').any(|name| name == code.id())).collect()
}

#[test]
fn every_page_says_and_shows_what_the_code_does() {
    let wrong: Vec<String> = asked().into_par_iter().flat_map_iter(page_problems).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Whatever is silenced, no example stops the program or gets anything past it.
#[test]
fn silenced_errors_do_no_harm() {
    let mut book = fs::read_to_string(fixtures().join("base/book.toml")).unwrap();
    // Its last section is that of the checks.
    assert!(book.contains("[check]"));
    for code in Code::ALL {
        writeln!(book, "{code} = \"allow\"").unwrap();
    }
    Code::ALL.par_iter().for_each(|code| {
        let text = fs::read_to_string(folder().join(format!("{code}.md"))).unwrap();
        for example in &Page::read(&text).fails {
            let site = Site::base();
            site.put("book.toml", &book);
            for (path, bytes) in example.files.iter().filter(|(path, _)| path != "book.toml") {
                site.put(path, bytes);
            }
            let compilation = compile::build(&site.root(), &Options::default(), &|_, _| {});
            for (path, bytes) in compilation.edition.iter().flat_map(Edition::iter) {
                if let (true, Ok(html)) = (is_a(path.as_str(), "html"), std::str::from_utf8(bytes)) {
                    assert_eq!(intrusions(html), Vec::<String>::new(), "{code}: {path}");
                }
            }
        }
    });
}

#[test]
fn every_page_belongs_to_a_code() {
    let mut known: BTreeSet<String> = Code::ALL.iter().map(|code| format!("{code}.md")).collect();
    known.insert("README.md".to_owned());
    let found: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(found, known);
}

#[test]
fn the_index_lists_every_code() {
    let index = fs::read_to_string(folder().join("README.md")).unwrap();
    let rows: Vec<&str> = index.lines().filter(|line| line.starts_with("| [SB")).collect();
    let expected: Vec<String> = Code::ALL
        .iter()
        .map(|code| {
            format!(
                "| [{code}]({code}.md) | `{}` | {} | {} |",
                code.name(),
                level_name(code.default_level()),
                code.title()
            )
        })
        .collect();
    assert_eq!(rows, expected);
}

#[test]
fn the_base_has_nothing_wrong() {
    let compilation = Site::base().check();
    assert!(compilation.diagnostics.is_empty(), "{}", told(&compilation));
}

/// The test can fail: a page that lies is found out, in each way in which it can lie.
#[test]
fn a_page_that_lies_is_found_out() {
    let text = fs::read_to_string(folder().join("SB201.md")).unwrap();
    let lies = [
        ("SB201 source-unknown", "SB201 source-unknwon"),
        ("Level: deny", "Level: warn"),
        ("`udhr-1984`", "`udhr-1948`"),
        ("[@udhr-1984, art. 1]", "[@udhr-1948, art. 1]"),
        ("error[SB201]", "warning[SB201]"),
        ("## Passes", "## Passed"),
    ];
    assert_eq!(problems(Code::SB201, &Page::read(&text), &mut Vec::new()), Vec::<String>::new());
    for (truth, lie) in lies {
        assert!(text.contains(truth), "{truth}");
        let page = Page::read(&text.replacen(truth, lie, 1));
        assert!(!problems(Code::SB201, &page, &mut Vec::new()).is_empty(), "{lie}");
    }
}
