//! What libFuzzer begins with: pieces of the site's own content and of the tests' fixtures, each as its target takes it.
//!
//! Made anew from the files, never kept: so the targets always know the dialect as it is written today. Whatever was found once begins, too.

use sourcebook::book::Book;
use sourcebook::bundle::{self, Means};
use sourcebook::citation::Source;
use sourcebook::compile::{self, Options};
use sourcebook::exchange::{self, Audience, Format, po};
use sourcebook::manifest::Manifest;
use sourcebook::site::edition::{Edition, OutPath, Stamp};
use sourcebook::site::theme::pieces;
use sourcebook::translation;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// A longer seed slows libFuzzer down and finds no more.
const PIECE: usize = 1000;

/// So many seeds a target has, spread over all that there are.
const MOST: usize = 200;

/// Of a target that builds a site each time, fewer.
const SLOW: &[(&str, usize)] = &[("site", 60), ("template", 80)];

/// Writes the seeds of every target below `out`, made of the repository at `root`.
pub fn write(root: &Path, out: &Path) -> io::Result<()> {
    let mut seeds = Seeds::default();
    let mut roots = vec![root.to_path_buf(), root.join("starter")];
    let fixtures = root.join("tests/fixtures");
    roots.extend(["base", "cards", "order"].map(|name| fixtures.join(name)));
    for site in &roots {
        seeds.site(site);
    }
    for (target, folder, prefix) in [
        ("record", "entries", "s"),
        ("record", "exchange", "s"),
        ("style", "styles", ""),
        ("style", "../../src/citation/csl", ""),
    ] {
        let mut paths = fs::read_dir(fixtures.join(folder))?
            .map(|file| file.map(|file| file.path()))
            .collect::<io::Result<Vec<_>>>()?;
        // The order of a folder is the machine's.
        paths.sort();
        for path in paths {
            if path.extension().is_some_and(|extension| extension == "csl" || extension == "yaml") {
                seeds.cut(target, prefix, &fs::read_to_string(path)?);
            }
        }
    }
    seeds.templates();
    seeds.copies();
    for (target, found) in &seeds.0 {
        let folder = out.join(target);
        fs::create_dir_all(&folder)?;
        let most = SLOW.iter().find(|(slow, _)| slow == target).map_or(MOST, |(_, most)| *most);
        let step = found.len().div_ceil(most).max(1);
        for (number, seed) in found.iter().step_by(step).enumerate() {
            fs::write(folder.join(format!("{number:04}")), seed)?;
        }
    }
    Ok(())
}

#[derive(Default)]
struct Seeds(BTreeMap<&'static str, Vec<Vec<u8>>>);

impl Seeds {
    fn add(&mut self, target: &'static str, seed: impl Into<Vec<u8>>) {
        self.0.entry(target).or_default().push(seed.into());
    }

    /// A text in pieces that begin where a line stands at the margin, each behind the prefix.
    fn cut(&mut self, target: &'static str, prefix: &str, text: &str) {
        let mut piece = String::new();
        for line in text.split_inclusive('\n') {
            let begins = !line.starts_with([' ', '\t', '\n', '#', '-', '|', '>']) || line.starts_with("## ");
            // A style in XML is no style in pieces.
            if begins && piece.len() > PIECE && target != "style" {
                self.add(target, format!("{prefix}{piece}"));
                piece.clear();
            }
            piece.push_str(line);
        }
        self.add(target, format!("{prefix}{piece}"));
    }

    /// Everything that a site is made of.
    fn site(&mut self, root: &Path) {
        let Ok(opened) = compile::open(root, &Options::default()) else { return };
        for (_, file) in opened.book.files.iter() {
            self.file(file.path(), file.text());
        }
        self.exchanged(&opened.book);
    }

    fn file(&mut self, path: &str, text: &str) {
        let below = path.strip_prefix("content/").unwrap_or(path);
        let (folder, name) = below.split_once('/').unwrap_or(("", below));
        let kind = match (folder, name) {
            ("sources", _) => "s",
            ("figures", name) if name.ends_with(".csv") => return self.cut("series", "", text),
            ("figures", name) if name.starts_with("series/") => "h",
            ("figures", _) => "f",
            ("events", _) => "e",
            ("charts", _) => "c",
            ("actors", "groups.yaml") => "g",
            ("actors", _) => "a",
            ("maps", name) if name.ends_with(".txt") => "o",
            ("maps", _) => "m",
            ("style", _) => "w",
            ("strings", _) => "i",
            ("terms", "terms.yaml") => "d",
            ("terms", _) => "n",
            ("", "themes.yaml") => "t",
            ("", "links.lock.yaml") => "L",
            ("", "figures.lock.yaml") => "F",
            ("", "book.toml") => return self.add("book", text),
            ("translations", name) if name.ends_with(".yaml") => "T",
            (_, name) if name.ends_with(".md") => return self.page(text),
            _ => return,
        };
        self.cut("record", kind, text);
    }

    fn page(&mut self, text: &str) {
        self.add("page", text.chars().take(3 * PIECE).collect::<String>());
        let body = text.splitn(3, "---\n").nth(2).unwrap_or(text);
        self.cut("markdown", "", body);
        self.cut("site", "", body);
        for bracket in body.split('[').skip(1).filter_map(|rest| rest.split_once(']')) {
            if bracket.0.contains('@') {
                self.add("citation", bracket.0);
            }
        }
    }

    /// What other programs are given of a site.
    fn exchanged(&mut self, book: &Book) {
        let sources: Vec<&Source> = book.library.sources().collect();
        for (number, some) in sources.chunks(2).enumerate() {
            let target = ["biblatex", "csl", "ris"];
            let (format, target) = (Format::WRITTEN[number % 3], target[number % 3]);
            let audience = if number % 2 == 0 { Audience::Sourcebook } else { Audience::Others };
            self.add(target, exchange::export(format, some, audience, None).text);
        }
        for (slot, language) in book.languages.iter().enumerate().skip(1) {
            for units in po::export(book, slot, &po::Selection::default()).chunks(5).step_by(11) {
                self.add("po", translation::po::write("site", &language.lang, units));
            }
        }
    }

    fn templates(&mut self) {
        let templates = pieces().into_iter().filter(|piece| piece.path.starts_with("templates/"));
        for (number, piece) in (0_u8..).zip(templates) {
            self.add("template", [&[number], piece.text.as_bytes()].concat());
        }
    }

    /// A copy to be verified: a small one, of three files.
    fn copies(&mut self) {
        let mut copy = Edition::new(Stamp { inputs: "0a".repeat(32), date: None });
        for name in ["index.html", "en/a.txt", "en/b.txt"] {
            copy.add(OutPath::parse(name).expect("a path"), name.repeat(20).into_bytes());
        }
        self.add("manifest", Manifest::of(&copy).to_json());
        for zip in bundle::pack(&copy, bundle::Format::Zip, "copy", &Means::default()).unwrap_or_default() {
            self.add("archive", zip.bytes.to_vec());
        }
    }
}
