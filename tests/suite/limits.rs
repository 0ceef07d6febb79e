//! Texts that are too much: each is refused in words, and nothing of them is followed without end. A program that hangs or fills the memory hangs the test.

use crate::cli::{run, sourcebook, status, stderr};
use crate::support::{Site, told};
use sourcebook::compile::Compilation;
use sourcebook::diagnostic::Code;
use std::fmt::Write;
use std::fs;
use std::process::Command;

const PAGE: &str = "content/en/documents/page.md";

fn codes(found: &Compilation) -> Vec<Code> {
    found.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

fn page(body: &str) -> Compilation {
    let site = Site::base();
    site.put(PAGE, format!("---\ntitle: A page\n---\n{body}\n"));
    site.check()
}

/// A hundred megabytes take seven thousand, once they are parsed.
#[test]
#[cfg(unix)]
fn a_page_of_a_hundred_megabytes_is_refused_before_it_is_read() {
    let site = Site::base();
    let sentence = "Everyone has the right to life [@udhr-1948, art. 3].\n\n";
    site.put(PAGE, "---\ntitle: A page\n---\n".to_owned() + &sentence.repeat((100 << 20) / sentence.len()));
    let bytes = fs::metadata(site.root().join(PAGE)).unwrap().len();
    assert!(bytes > 99 << 20);
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -v 2000000; exec \"$0\" check", env!("CARGO_BIN_EXE_sourcebook")]);
    let output = limited.current_dir(site.root()).output().unwrap();
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    let said = stderr(&output);
    assert!(
        said.contains("error[SB108]: `content/en/documents/page.md` cannot be read: it is larger than 4 MB"),
        "{said}"
    );
    assert!(said.contains("divide it into several files"), "{said}");
}

/// It has no bytes on the disk, and would have some thousand million in the memory.
#[test]
#[cfg(unix)]
fn files_with_holes_are_refused_by_their_size() {
    let site = Site::base();
    for (path, limit) in
        [(PAGE, 4), ("content/sources/more.yaml", 16), ("links.lock.yaml", 64), ("templates/page.html", 64)]
    {
        site.put(path, "");
        fs::File::options().write(true).open(site.root().join(path)).unwrap().set_len(3 << 30).unwrap();
        let output = sourcebook(&site).arg("check").output().unwrap();
        let message = format!("`{path}` cannot be read: it is larger than {limit} MB");
        assert!(stderr(&output).contains(&message), "{}", stderr(&output));
        fs::remove_file(site.root().join(path)).unwrap();
    }
}

/// Both YAML parsers take the square of the depth, and days for what fits into a file.
#[test]
fn values_are_not_nested_without_end() {
    let deep = |open: &str, close: &str| format!("a: {}{}\n", open.repeat(100_000), close.repeat(100_000));
    let by_indent: String = (0..1000).fold(String::new(), |mut text, depth| {
        let _ = writeln!(text, "{}a:", " ".repeat(depth));
        text
    });
    for text in [deep("[", "]"), deep("{a: ", "}"), deep("[", ""), deep("- ", ""), by_indent] {
        let site = Site::base();
        site.put("content/sources/more.yaml", &text);
        site.put("content/figures/more.yaml", &text);
        site.put(PAGE, format!("---\n{text}---\nWords.\n"));
        site.put("links.lock.yaml", &text);
        let found = site.check();
        for (code, path) in
            [(Code::SB104, PAGE), (Code::SB106, "content/sources/more.yaml"), (Code::SB236, "links.lock.yaml")]
        {
            let of_file = found
                .diagnostics
                .iter()
                .find(|diagnostic| diagnostic.code == code && found.files.path(diagnostic.span.unwrap().file) == path);
            assert!(of_file.is_some(), "nothing is said of {path}: {}", told(&found));
        }
    }
    let site = Site::base();
    site.put("content/sources/more.yaml", deep("[", "]"));
    assert!(told(&site.check()).contains("these values are nested too deep"), "{}", told(&site.check()));
}

#[test]
fn aliases_do_not_multiply() {
    let mut laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (letter, next) in ('a'..'j').zip('b'..='j') {
        let _ = writeln!(laughs, "{next}: &{next} [{}]", format!("*{letter}, ").repeat(9));
    }
    let many = format!("a: &a x\nb: [{}]\n", "*a, ".repeat(101));
    for (text, message) in [(&laughs, "repetition limit exceeded"), (&many, "too many YAML aliases")] {
        let site = Site::base();
        site.put("content/sources/more.yaml", text);
        let said = told(&site.check());
        assert!(said.contains(message) && said.contains("write the values out"), "{said}");
    }
}

/// One line, and something wrong in each of its words: the line is not gone through for each of them.
#[test]
fn a_page_may_be_one_line() {
    for (piece, code) in
        [("@{", Code::SB203), ("[@a ", Code::SB203), ("[=a:full", Code::SB304), ("[@a]{ ", Code::SB201)]
    {
        let found = page(&piece.repeat(3_000));
        assert!(!found.diagnostics.is_empty(), "{piece} {code}");
        assert!(told(&found).len() > 100_000, "{}", found.diagnostics.len());
    }
}

#[test]
fn pages_are_not_nested_without_end() {
    for body in [">".repeat(50_000), "- ".repeat(50_000)] {
        let found = codes(&page(&format!("{body} x")));
        assert!(found.len() < 10 && found.contains(&Code::SB517), "{found:?}");
    }
    for body in ["*a **b ".repeat(20_000), "[".repeat(50_000), "![".repeat(50_000)] {
        let found = page(&format!("{body} x"));
        assert!(found.diagnostics.len() < 10, "{}", told(&found));
    }
}

/// Whoever walks a page goes into a footnote where it is referred to, and into those of it, and needs stack for each.
#[test]
fn footnotes_do_not_lead_into_each_other_without_end() {
    let chain = |count: usize, lead: &str| {
        let mut text = "Words[^0] [@udhr-1948].\n\n".to_owned();
        for number in 0..count {
            let _ = writeln!(text, "[^{number}]: {lead}Words[^{}] [@udhr-1948].\n", number + 1);
        }
        text + &format!("[^{count}]: Words [@udhr-1948].\n")
    };
    assert_eq!(codes(&page(&chain(16, ""))), []);
    assert_eq!(codes(&page(&chain(17, ""))), [Code::SB517]);
    assert!(codes(&page(&chain(20_000, ""))).contains(&Code::SB517));
    // The most that is read can be written, too.
    let site = Site::base();
    site.put(PAGE, format!("---\ntitle: A page\n---\n{}", chain(16, &"> ".repeat(48))));
    site.build();
}

#[test]
fn a_sentence_may_be_full_of_numbers() {
    assert_eq!(codes(&page(&format!("{}[@udhr-1948].", "123456 ".repeat(20_000)))), []);
}

#[test]
fn a_sentence_shows_no_more_than_anybody_reads() {
    let marks = |count: usize| format!("Words{}.", " [@udhr-1948]".repeat(count));
    assert_eq!(codes(&page(&marks(30))), []);
    assert_eq!(codes(&page(&marks(31))), [Code::SB224]);
    assert_eq!(codes(&page(&marks(20_000))), [Code::SB224]);
    // What a lead-in shows is what the list shows.
    let list = "- Words [@udhr-1948].\n".repeat(40);
    assert_eq!(codes(&page(&format!("These are the words:\n\n{list}"))), []);
}

/// What the crate that reads BibLaTeX would follow for ever.
#[test]
fn entries_do_not_inherit_from_themselves() {
    let mut chain = String::new();
    for number in 0..2000 {
        let _ = writeln!(chain, "@book{{a{number}, title = {{T}}, date = 2020, crossref = {{a{}}}}}", number + 1);
    }
    let mut doubled = "@string{a0 = \"xxxxxxxxxx\"}\n".to_owned();
    for number in 0..40 {
        let _ = writeln!(doubled, "@string{{a{} = a{number} # a{number}}}", number + 1);
    }
    let broad = format!("@string{{a = {{{}}}}}\n@misc{{x, title = a{}}}", "x".repeat(100_000), " # a".repeat(10_000));
    for (text, code, words) in [
        (
            "@book{a, title = {T}, crossref = {b}}\n@book{b, title = {T}, crossref = {a}}",
            Code::SB251,
            "it inherits from itself",
        ),
        ("@book{a, title = {T}, xdata = {a}}", Code::SB251, "it inherits from itself"),
        (&chain, Code::SB251, "it inherits from itself, or from more than 32 others"),
        ("@string{a = b}\n@string{b = a}\n@misc{x, title = a}", Code::SB250, "the string `a` names itself"),
        (
            &format!("{doubled}@misc{{x, title = a40}}"),
            Code::SB250,
            "with every string written out the string `a21` has",
        ),
        (&broad, Code::SB250, "with every string written out the file has"),
    ] {
        let found = Site::base().import("import.bib", text);
        let first = found.diagnostics.iter().find(|diagnostic| diagnostic.code == code);
        let message = &first.unwrap_or_else(|| panic!("{}", told(&found))).message;
        assert!(message.contains(words), "{message}");
    }
    // Another name of the entry itself is no way back to it, and what it inherits from others is still there.
    let site = Site::base();
    site.put("a.bib", "@book{a, ids = {b}, crossref = {b}, title = {T}, langid = {english}, date = 2020}\n@book{c, title = {Of c}, langid = {english}, publisher = {P}}\n@inbook{d, crossref = {c}, title = {Of d}, langid = {english}, date = 2021}");
    let output = run(&site, &["source", "import", "--dry-run", "a.bib"]);
    let said = std::str::from_utf8(&output.stdout).unwrap();
    assert!(
        said.contains("- b\n") && said.contains("container: Of c") && said.contains("publisher: P"),
        "{said}{}",
        stderr(&output)
    );
}

/// A small zip that says it holds eight thousand million bytes, and does.
#[test]
fn a_copy_is_measured_without_being_held() {
    use std::io::{Cursor, Write as _};
    use zip::write::{SimpleFileOptions, ZipWriter};
    let bytes = 300_u64 << 20;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("copy/bomb", SimpleFileOptions::default()).unwrap();
    let zeros = vec![0; 1 << 20];
    for _ in 0..bytes >> 20 {
        zip.write_all(&zeros).unwrap();
    }
    zip.start_file("copy/manifest.json", SimpleFileOptions::default()).unwrap();
    let list =
        format!("{{\"sourcebook\": \"0\", \"files\": [{{\"path\": \"bomb\", \"size\": {bytes}, \"sha256\": \"0\"}}]}}");
    zip.write_all(list.as_bytes()).unwrap();
    let site = Site::empty();
    site.put("copy.zip", zip.finish().unwrap().into_inner());
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -v 250000; exec \"$0\" verify copy.zip", env!("CARGO_BIN_EXE_sourcebook")]);
    let output = limited.current_dir(site.root()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + stderr(&output);
    assert!(said.contains("changed    bomb"), "{said}");
}
