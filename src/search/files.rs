//! Index → scripts that hand it over: `index.js`, what the records are called and where they are in `titles.js`, the parts of the lists where they
//! are long, and the texts of the records.
//!
//! A script calls `sourcebookSearch.take` with its name and what it has. `index.js` and `titles.js` are loaded side by side and are all that a hit
//! needs to be shown; its text comes after it. Both have a hash of the whole, by which the others are asked for, so that no cache joins what is of
//! one edition to what is of another.
//!
//! Large values are long strings, cut by the script when it needs them, not arrays of small ones.

use super::classes::Classes;
use super::index::{Index, Word, index};
use super::packed::{Packer, front_coded, signs};
use super::{Kind, Record, Weight};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt::Write;

/// Texts of so many bytes are a file.
const TEXTS: usize = 24_000;

/// Lists of so many bytes stand in the index; longer ones stand apart.
const LISTS: usize = 256_000;

/// So many places of words in records are a part.
const PART: usize = 64_000;

/// The length of a text is told in steps of so many characters.
const ROOM: usize = 6;

/// Some lists, and the place of the first.
type Part = (usize, Vec<String>);

/// What the script says to readers.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Words {
    /// The language.
    pub lang: String,
    /// Its direction.
    pub dir: &'static str,
    /// The digits, from zero to nine.
    pub digits: String,
    /// Sentences and words, by name.
    pub texts: std::collections::BTreeMap<&'static str, String>,
    /// What each kind is called, in the order of [`Kind::ALL`].
    pub kinds: Vec<String>,
}

/// Makes the files of an index of some records in a language, and hands over each with its name.
pub fn files(records: &[Record], words: &Words, put: &mut dyn FnMut(&str, String)) {
    let shelves = shelves(records);
    let (mut head, parts) = head(records, words);
    set(&mut head, "texts", shelves.iter().map(|(first, _)| *first).collect());
    set(&mut head, "parts", parts.iter().map(|(first, _)| *first).collect());
    let titles = titles(records);
    let mut hash = Sha256::new();
    hash.update(json(&head));
    hash.update(&titles);
    // Handed over first, and each as soon as it is in the hash: all together take as much room as the records.
    for (number, (_, part)) in parts.into_iter().enumerate() {
        put_hashed(&format!("part-{number}"), &json(&part), &mut hash, put);
    }
    for (number, (_, records)) in shelves.into_iter().enumerate() {
        let texts: Vec<Cow<'_, str>> = records.into_iter().map(text).collect();
        put_hashed(&format!("texts-{number}"), &json(&texts), &mut hash, put);
    }
    let mut edition = String::new();
    for byte in hash.finalize().iter().take(6) {
        // Writing to a string cannot fail.
        let _ = write!(edition, "{byte:02x}");
    }
    set(&mut head, "edition", edition.clone().into());
    put("index.js", script("index", &json(&head)));
    put("titles.js", script("titles", &json(&json!({ "edition": edition, "records": titles }))));
}

/// What `index.js` has, but for the edition and where the parts and texts begin; and the parts of the lists.
fn head(records: &[Record], words: &Words) -> (Value, Vec<Part>) {
    let classes = Classes::of(&words.lang);
    let made = index(records, &classes);
    let (lists, parts) = lists(&made);
    let mut head = json!({
        "words": front_coded(made.words.iter().map(|word| word.word.as_str())),
        "classes": packed_classes(&made),
        "records": packed_records(records, &made),
        "signs": signs().collect::<String>(),
        "says": words,
    });
    if parts.is_empty() {
        set(&mut head, "lists", lists.into());
    }
    if let Some(prefixes) = classes.prefixes() {
        set(
            &mut head,
            "prefixes",
            json!({ "groups": prefixes.groups, "article": prefixes.article, "shortest": prefixes.shortest }),
        );
    }
    (head, parts)
}

fn set(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(object) = object {
        object.insert(name.to_owned(), value);
    }
}

/// Hands over a script that the hash of the whole covers.
fn put_hashed(name: &str, json: &str, hash: &mut Sha256, put: &mut dyn FnMut(&str, String)) {
    hash.update(json);
    put(&format!("{name}.js"), script(name, json));
}

/// Strings, numbers and what is made of them: writing it cannot fail.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn script(name: &str, json: &str) -> String {
    if ends_a_line(json) {
        let json = json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
        return format!("sourcebookSearch.take(\"{name}\",{json});\n");
    }
    format!("sourcebookSearch.take(\"{name}\",{json});\n")
}

/// Whether a text has U+2028 or U+2029, which older browsers take for the end of a line. Without a branch for each byte, many are looked at in one
/// step; a search for either would stop at the letters that end in the same byte.
fn ends_a_line(text: &str) -> bool {
    let of = |skipped: usize| text.as_bytes().get(skipped..).unwrap_or_default();
    let triples = of(0).iter().zip(of(1)).zip(of(2));
    let differ = |a: u8, b: u8, c: u8| (a ^ 0xE2) | (b ^ 0x80) | ((c & 0xFE) ^ 0xA8);
    triples.fold(u8::MAX, |least, ((a, b), c)| least.min(differ(*a, *b, *c))) == 0
}

/// The records in the order of their numbers, so many to a file; each file with the number of its first.
fn shelves(records: &[Record]) -> Vec<(usize, Vec<&Record>)> {
    let mut shelves: Vec<(usize, Vec<&Record>)> = Vec::new();
    let mut bytes = TEXTS;
    for (number, record) in records.iter().enumerate() {
        if bytes >= TEXTS {
            shelves.push((number, Vec::new()));
            bytes = 0;
        }
        bytes += record.text.len();
        if let Some((_, shelf)) = shelves.last_mut() {
            shelf.push(record);
        }
    }
    shelves
}

/// What a record says, its other names first.
fn text(record: &Record) -> Cow<'_, str> {
    let mut said =
        record.names.iter().map(String::as_str).chain([record.text.as_str()]).filter(|text| !text.is_empty());
    let mut text = Cow::Borrowed(said.next().unwrap_or_default());
    for more in said {
        let text = text.to_mut();
        text.push_str(" · ");
        text.push_str(more);
    }
    text
}

/// What is shown of each record before its text: a line of a sign for the length of the text, the title, the address, what it stands in, language
/// and direction. What is missing at the end is left out; so is what a section shares with its page, the title of the one and the address of the other.
fn titles(records: &[Record]) -> String {
    let mut titles = String::new();
    let mut page: Option<&Record> = None;
    for (number, record) in records.iter().enumerate() {
        let of = page.filter(|_| record.kind == Kind::Section);
        if record.kind != Kind::Section {
            page = Some(record);
        }
        let within = record.within.as_deref().filter(|within| of.is_none_or(|page| page.title != *within));
        let anchor = of.and_then(|page| record.url.strip_prefix(&page.url)).filter(|rest| rest.starts_with('#'));
        let (lang, dir) = record.lang.as_ref().map_or(("", ""), |(lang, dir)| (lang.as_str(), *dir));
        if number > 0 {
            titles.push('\n');
        }
        titles.push_str(&room(record));
        let begun = titles.len();
        for (number, field) in
            [&record.title, anchor.unwrap_or(&record.url), within.unwrap_or_default(), lang, dir].iter().enumerate()
        {
            if number > 0 {
                titles.push('\t');
            }
            titles.extend(field.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }));
        }
        let missing = titles.get(begun..).map_or(0, |line| line.len() - line.trim_end_matches('\t').len());
        titles.truncate(titles.len() - missing);
    }
    titles
}

/// A sign for how long the text of a record is, as far as its beginning may be shown: so much room is kept for it.
fn room(record: &Record) -> String {
    let units = text(record).encode_utf16().take(ROOM * 45).count().div_ceil(ROOM);
    let mut packer = Packer::default();
    packer.number(u32::try_from(units).unwrap_or(45));
    packer.finish()
}

/// The words in the order of their lists: the forms of one beside one another, where the shortest of them stands in the dictionary. So a word, its
/// forms and the words that it begins are mostly in one part. The script finds the same order.
fn in_order_of_lists(words: &[Word]) -> Vec<&Word> {
    let classes = words.iter().map(|word| word.class + 1).max().unwrap_or(0);
    let mut shortest = vec![(usize::MAX, usize::MAX); classes];
    for (place, word) in words.iter().enumerate() {
        if let Some(shortest) = shortest.get_mut(word.class) {
            *shortest = (word.word.encode_utf16().count(), place).min(*shortest);
        }
    }
    let mut words: Vec<&Word> = words.iter().collect();
    words.sort_by_key(|word| shortest.get(word.class).map(|(_, place)| *place));
    words
}

/// The lists of some words: one string for each [`Weight`], with the records of each word as the steps between their numbers.
fn packed_lists(words: &[&Word]) -> Vec<String> {
    let list = |weight: Weight| {
        let mut packer = Packer::default();
        for (number, word) in words.iter().enumerate() {
            if number > 0 {
                packer.part();
            }
            let mut next = 0;
            for (record, _) in word.records.iter().filter(|(_, own)| *own == weight) {
                packer.number(record - next);
                next = record + 1;
            }
        }
        packer.finish()
    };
    [Weight::Text, Weight::Heading, Weight::Title].map(list).to_vec()
}

/// The lists in one; where they are long, in parts, each with the place of its first list. A word and its forms are never parted.
fn lists(index: &Index) -> (Vec<String>, Vec<Part>) {
    let words = in_order_of_lists(&index.words);
    let whole = packed_lists(&words);
    if whole.iter().map(String::len).sum::<usize>() < LISTS {
        return (whole, Vec::new());
    }
    let mut firsts: Vec<usize> = Vec::new();
    let mut room = 0;
    let mut class = None;
    for (number, word) in words.iter().enumerate() {
        if room == 0 && class != Some(word.class) {
            firsts.push(number);
            room = PART;
        }
        class = Some(word.class);
        room = room.saturating_sub(word.records.len() + 1);
    }
    let ends = firsts.iter().skip(1).copied().chain([words.len()]);
    let part = |(first, end)| (first, packed_lists(words.get(first..end).unwrap_or_default()));
    (Vec::new(), firsts.iter().copied().zip(ends).map(part).collect())
}

/// How far back the class of each word was first met; 0 where it is new.
fn packed_classes(index: &Index) -> String {
    let mut packer = Packer::default();
    let mut known = 0;
    for word in &index.words {
        let back = known - word.class.min(known);
        packer.number(u32::try_from(back).unwrap_or(0));
        known = known.max(word.class + 1);
    }
    packer.finish()
}

/// Kind, length and length of the title of each record: a digit and two signs.
fn packed_records(records: &[Record], index: &Index) -> String {
    let mut packer = Packer::default();
    for ((record, length), title) in records.iter().zip(&index.lengths).zip(&index.titles) {
        let kind = Kind::ALL.iter().position(|kind| *kind == record.kind).unwrap_or(0);
        packer.text(&kind.to_string()).number((*length).min(45)).number((*title).min(45));
    }
    packer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record(kind: Kind, title: &str, text: &str) -> Record {
        Record {
            kind,
            title: title.to_owned(),
            within: None,
            names: Vec::new(),
            text: text.to_owned(),
            url: format!("../{title}/"),
            lang: None,
        }
    }

    fn words(lang: &str) -> Words {
        Words { lang: lang.to_owned(), dir: "ltr", digits: "0123456789".to_owned(), ..Words::default() }
    }

    fn made(records: &[Record], language: &str) -> Vec<(String, String)> {
        let mut made = Vec::new();
        files(records, &words(language), &mut |name, text| made.push((name.to_owned(), text)));
        made.sort();
        made
    }

    #[test]
    fn a_small_index() {
        let records = [
            record(Kind::Page, "Crossings", "Two crossings were open; one was closed."),
            Record {
                within: Some("Crossings".to_owned()),
                lang: Some(("he".to_owned(), "rtl")),
                ..record(Kind::Section, "Counts", "1,200 trucks </script> crossed")
            },
            Record { names: vec!["UNRWA".to_owned()], ..record(Kind::Actor, "Agency", "") },
        ];
        let text: Vec<String> =
            made(&records, "en").into_iter().map(|(name, text)| format!("{name}: {text}")).collect();
        insta::assert_snapshot!(text.join(""));
    }

    #[test]
    fn long_lists_stand_apart_and_texts_are_cut() {
        let texts: Vec<Record> = (0..3000)
            .map(|n| {
                record(
                    Kind::Page,
                    &format!("p{n}"),
                    &(0..90).map(|m| format!("w{}", (n * m) % 1400)).collect::<Vec<_>>().join(" "),
                )
            })
            .collect();
        let files = made(&texts, "en");
        let of = |start: &str| files.iter().filter(|(name, _)| name.starts_with(start)).count();
        assert!(of("part-") >= 2, "{}", of("part-"));
        assert!(of("texts-") > 20, "{}", of("texts-"));
        assert!(files[0].1.starts_with("sourcebookSearch.take(\"index\"") && !files[0].1.contains("\"lists\""));
    }

    #[test]
    fn ends_of_lines_are_escaped() {
        for (text, written) in
            [("a\u{2028}b", "a\\u2028b"), ("\u{2029}", "\\u2029"), ("ר \u{2027}\u{202a}", "ר \u{2027}\u{202a}")]
        {
            assert_eq!(script("n", &json(&[text])), format!("sourcebookSearch.take(\"n\",[\"{written}\"]);\n"));
        }
    }

    proptest! {
        #[test]
        fn every_word_is_in_the_dictionary_whatever_the_order_of_reading(texts in proptest::collection::vec("[a-fא-ה ]{0,30}", 1..8)) {
            let records: Vec<Record> = texts.iter().map(|text| record(Kind::Section, "title", text)).collect();
            let made = index(&records, &Classes::of("he"));
            for (number, text) in (0..).zip(&texts) {
                for token in crate::search::normal::tokens(text) {
                    let word = made.words.iter().find(|word| word.word == token.word);
                    prop_assert!(word.is_some_and(|word| word.records.iter().any(|(record, _)| *record == number)));
                }
            }
            prop_assert!(made.words.windows(2).all(|pair| pair[0].word < pair[1].word));
            let again = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(|| index(&records, &Classes::of("he")));
            prop_assert_eq!(made, again);
        }
    }
}
