//! Passages of pages: what was not touched changes nothing, and what was changes its own bytes and its own line of the record.

use super::*;
use crate::book::{BookPage, Version, passages_of};
use crate::ids::PageId;
use crate::translation::block::At;
use crate::translation::{Block, Hash, update};
use crate::workspace::yaml::start_of_value;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::path::Path;

/// What a page is made of; each with how many passages it holds.
#[derive(Debug, Clone, Copy)]
enum Piece {
    Heading,
    Paragraphs(usize),
    Items(usize),
    Rows(usize),
    Quotation(usize),
    Callout(usize),
    Footnote,
}

/// How some hand lays a page out.
#[derive(Debug, Clone, Copy)]
struct Layout {
    /// A line breaks after so many words.
    wrap: usize,
    windows: bool,
    /// How texts stand in the front matter.
    head: usize,
}

struct Writer {
    lang: &'static str,
    layout: Layout,
    out: String,
    passages: usize,
    sections: usize,
}

impl Writer {
    /// A text of its own: no two passages are alike.
    fn words(&mut self) -> Vec<String> {
        self.passages += 1;
        let number = self.passages;
        let letters = |base: char| -> String {
            let digits = format!("{number:03}");
            digits.bytes().map(|digit| char::from_u32(base as u32 + u32::from(digit - b'0')).unwrap()).collect()
        };
        let (one, other) =
            if self.lang == "en" { ("Words of", letters('a')) } else { ("מילים של", letters('א')) };
        let mut words: Vec<String> = one.split(' ').map(str::to_owned).collect();
        words.push(other);
        words.push(if self.lang == "en" { "*indeed*" } else { "*אכן*" }.to_owned());
        words.push(format!("[@source-{}].", number % 5));
        words
    }

    /// The words in lines, each behind what holds the passage.
    fn lines(&mut self, lead: &str) -> String {
        let words = self.words();
        let lines: Vec<String> = words.chunks(self.layout.wrap).map(|words| words.join(" ")).collect();
        lines.join(&format!("\n{lead}"))
    }

    fn line(&mut self) -> String {
        self.words().join(" ")
    }

    /// A text in the front matter.
    fn head(&mut self, name: &str) {
        let text = self.line();
        let note = if self.lang == "he" { " # a note" } else { "" };
        let written = match self.layout.head {
            0 => format!("{name}: \"{text}\"{note}\n"),
            1 => format!("{name}: '{text}'{note}\n"),
            2 => format!("{name}: {text}{note}\n"),
            _ => format!("{name}: >-\n  {}\n", text.replacen(' ', "\n  ", 1)),
        };
        self.out.push_str(&written);
    }

    fn piece(&mut self, piece: Piece) {
        self.out.push('\n');
        match piece {
            Piece::Heading => {
                self.sections += 1;
                let title = if self.lang == "en" { "Heading" } else { "כותרת" };
                let letter = ["א", "ב", "ג"][self.sections % 3];
                writeln!(self.out, "## {title} {letter} {{#s-{}}}", self.sections).unwrap();
            }
            Piece::Paragraphs(count) => {
                for index in 0..count {
                    let text = self.lines("");
                    writeln!(self.out, "{}{text}", if index > 0 { "\n" } else { "" }).unwrap();
                }
            }
            Piece::Items(count) => {
                for _ in 0..count {
                    let text = self.lines("  ");
                    writeln!(self.out, "- {text}").unwrap();
                }
            }
            Piece::Rows(count) => {
                let head = if self.lang == "en" { "| Name | Text |" } else { "| שם | טקסט |" };
                writeln!(self.out, "{head}\n|---|---|").unwrap();
                for _ in 0..count {
                    let text = self.line();
                    writeln!(self.out, "| x | {text} |").unwrap();
                }
            }
            Piece::Quotation(count) => self.quoted("", count),
            Piece::Callout(count) => self.quoted("> [!unknown]\n", count),
            Piece::Footnote => {
                let text = self.line();
                let label = self.passages;
                write!(self.out, "{text} x[^n{label}]\n\n").unwrap();
                let text = self.lines("    ");
                writeln!(self.out, "[^n{label}]: {text}").unwrap();
            }
        }
    }

    fn quoted(&mut self, head: &str, count: usize) {
        self.out.push_str(head);
        for index in 0..count {
            let text = self.lines("> ");
            writeln!(self.out, "{}> {text}", if index > 0 { ">\n" } else { "" }).unwrap();
        }
    }
}

fn page(pieces: &[Piece], lang: &'static str, layout: Layout) -> String {
    let mut writer = Writer { lang, layout, out: "---\n".to_owned(), passages: 0, sections: 0 };
    writer.head("title");
    writer.head("summary");
    writer.out.push_str("key-facts:\n");
    for _ in 0..2 {
        let text = writer.line();
        writeln!(writer.out, "  - \"{text}\"").unwrap();
    }
    writer.out.push_str("---\n");
    for piece in pieces {
        writer.piece(*piece);
    }
    if layout.windows { writer.out.replace('\n', "\r\n") } else { writer.out }
}

fn any_piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        Just(Piece::Heading),
        (1_usize..3).prop_map(Piece::Paragraphs),
        (1_usize..4).prop_map(Piece::Items),
        (1_usize..4).prop_map(Piece::Rows),
        (1_usize..3).prop_map(Piece::Quotation),
        (1_usize..3).prop_map(Piece::Callout),
        Just(Piece::Footnote),
    ]
}

fn any_layout() -> impl Strategy<Value = Layout> {
    (1_usize..9, any::<bool>(), 0_usize..4).prop_map(|(wrap, windows, head)| Layout { wrap, windows, head })
}

/// A site whose page is translated and recorded.
fn recorded(pieces: &[Piece], layout: Layout) -> Book {
    let plain = Layout { wrap: 99, windows: false, head: 0 };
    let (en, he) = (page(pieces, "en", plain), page(pieces, "he", layout));
    let files = [("content/en/p.md", en.as_str()), ("content/he/p.md", he.as_str())];
    let first = book(&files);
    let (source, own) = versions(first.find(&PageId::parse("p").unwrap()).unwrap());
    let status = own.translation.as_ref().unwrap();
    let terms = Terms { method: Some(Method::Human), fallback: Method::Human, on: Day::new(2026, 11, 25).unwrap() };
    let record = update::accept(status, source.blocks(), own.blocks(), terms, |_, _| true);
    let record = crate::translation::write::write(&PageId::parse("p").unwrap(), &record);
    book(&[files[0], files[1], ("translations/he/p.yaml", &record)])
}

fn versions(page: &BookPage) -> (&Version, &Version) {
    (page.versions[0].as_ref().unwrap(), page.versions[1].as_ref().unwrap())
}

/// The page of a unit, the place of its passage, and the passage as it is translated.
fn passage<'b>(book: &'b Book, unit: &Unit) -> Option<(&'b BookPage, At, &'b Block)> {
    let (page, place) = unit.context.split_once('#')?;
    let page = book.find(&PageId::parse(if page == "index" { "" } else { page })?)?;
    let (source, own) = (page.versions[0].as_ref()?, page.versions[1].as_ref()?);
    let at = At::parse(place)?;
    let index = source.blocks().iter().position(|block| block.at == at)?;
    let translation = own.translation.as_ref()?.passages.get(index)?.translation?;
    Some((page, at, own.blocks().get(translation)?))
}

/// Whether of a page that changed, the passage alone did, and of its record the line of the passage.
fn assert_only(book: &Book, import: &Import, unit: &Unit) {
    let (page, at, old) = passage(book, unit).unwrap();
    let (source, own) = versions(page);
    let change = &import.files[book.files.path(own.page.file)];
    let (before, after) = (change.before.as_str(), change.after.as_str());
    let start = old.span.start as usize;
    let start = if old.kind().is_head() { start_of_value(before, start) } else { start };
    assert!(after.starts_with(&before[..start]), "{} changed before it", unit.context);
    assert!(after.ends_with(&before[old.span.end as usize..]), "{} changed after it", unit.context);
    let hashes = |blocks: &[Block]| blocks.iter().map(|block| block.hash).collect::<Vec<_>>();
    let now = passages_of(&own.page, after, &source.outline).0;
    let expected: Vec<Hash> = own
        .blocks()
        .iter()
        .map(|block| if block == old { Hash::of(old.kind(), &unit.text) } else { block.hash })
        .collect();
    assert_eq!(hashes(&now), expected, "{}", unit.context);
    let lang = book.languages[1].lang.clone();
    let (kept, new) = (&book.records[&(lang, page.id.clone())].record, &import.records[&page.id]);
    let rest = |record: &crate::translation::Record| {
        record.entries.iter().filter(|entry| entry.at != at).cloned().collect::<Vec<_>>()
    };
    assert_eq!(rest(kept), rest(new), "{}", unit.context);
    assert_eq!(kept.entries.len(), new.entries.len());
}

/// The unit with one of its words changed; none where it has no word.
fn edited(unit: &Unit, which: usize, new: &str) -> Option<Unit> {
    let is_word = |word: &&str| word.chars().count() > 2 && word.chars().all(|c| ('א'..='ת').contains(&c));
    let words: Vec<&str> = unit.text.split(' ').filter(is_word).collect();
    let word = words.get(which.checked_rem(words.len())?)?;
    Some(Unit { text: unit.text.replacen(word, new, 1), ..unit.clone() })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_was_not_touched_changes_nothing(pieces in proptest::collection::vec(any_piece(), 0..7), layout in any_layout()) {
        let book = recorded(&pieces, layout);
        let units = units(&book);
        prop_assert!(units.iter().filter(|unit| unit.context.starts_with("p#")).all(|unit| !unit.is_fuzzy && !unit.text.is_empty()));
        let (_, import) = taken(book, &units);
        prop_assert_eq!((import.files.len(), import.records.len(), import.taken, said(&import)), (0, 0, 0, vec![]));
    }

    #[test]
    fn one_passage_changes_and_no_other_byte(
        pieces in proptest::collection::vec(any_piece(), 0..7),
        layout in any_layout(),
        (chosen, which) in (0_usize..100, 0_usize..9),
        new in "[א-ת]{1,4}[ \"':#*_>|\\\\&<!0-9א-ת-]{0,6}[א-ת]{1,4}",
    ) {
        let book = recorded(&pieces, layout);
        let mut units = units(&book);
        let mut own: Vec<&mut Unit> = units.iter_mut().filter(|unit| unit.context.starts_with("p#")).collect();
        let count = own.len();
        let Some(changed) = edited(own[chosen % count], which, &new) else { return Ok(()) };
        own[chosen % count].clone_from(&changed);
        let (book, import) = taken(book, &units);
        // What would have become something else is refused, and nothing changes.
        if import.taken == 0 {
            prop_assert_eq!((import.files.len(), import.records.len()), (0, 0));
            prop_assert!(!import.diagnostics.is_empty() || passage(&book, &changed).unwrap().2.hash == Hash::of(passage(&book, &changed).unwrap().2.kind(), &changed.text));
        } else {
            prop_assert_eq!((import.files.len(), import.records.len(), import.taken, said(&import)), (1, 1, 1, vec![]));
            assert_only(&book, &import, &changed);
        }
    }
}

/// The site's own content: a word in one passage of every page.
#[test]
fn the_real_site_is_spliced_passage_by_passage() {
    let (space, _) = workspace::load(Path::new(env!("CARGO_MANIFEST_DIR"))).map_err(|error| error.diagnostics).unwrap();
    let (manuscript, _) = manuscript::parse_workspace(&space);
    let book = link(space.files, space.config, space.images, manuscript, LinkOptions::default()).0;
    let slot = book.languages.iter().position(|language| language.lang.as_str() == "he").unwrap();
    assert_eq!(slot, 1);
    let all = units(&book);
    let (book, import) = taken(book, &all);
    assert_eq!((import.files.len(), import.records.len(), import.taken, said(&import)), (0, 0, 0, vec![]));
    let mut changed: Vec<Unit> = Vec::new();
    for (index, page) in book.pages.iter().enumerate() {
        let prefix = format!("{}#", page.id.name());
        let of_page: Vec<&Unit> =
            all.iter().filter(|unit| unit.context.starts_with(&prefix) && !unit.is_fuzzy).collect();
        let chosen = of_page.get(index * 7 % of_page.len().max(1));
        changed.extend(chosen.and_then(|unit| edited(unit, index, "אחרות")));
    }
    assert!(changed.len() > 30, "{}", changed.len());
    let (book, import) = taken(book, &changed);
    assert_eq!((import.taken, said(&import)), (changed.len(), vec![]));
    for unit in &changed {
        assert_only(&book, &import, unit);
    }
}
