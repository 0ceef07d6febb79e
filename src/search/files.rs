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
use std::collections::BTreeMap;
use std::fmt::Write;

/// Texts of so many bytes are a file.
const TEXTS: usize = 24_000;

/// Lists of so many bytes stand in the index; longer ones stand apart.
const LISTS: usize = 256_000;

/// So many places of words in records are a part.
const PART: usize = 64_000;

/// The length of a text is told in steps of so many characters.
const ROOM: usize = 6;

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
    let classes = Classes::of(&words.lang);
    let made = index(records, &classes);
    let shelves = shelves(records);
    let (lists, parts) = lists(&made);
    let titles = titles(records);
    // Made twice, because those of all take as much room as the records.
    let texts = || shelves.iter().map(|(_, records)| records.iter().map(|record| text(record)).collect::<Value>());
    let mut head = json!({
        "words": front_coded(made.words.iter().map(|word| word.word.as_str())),
        "classes": packed_classes(&made),
        "records": packed_records(records, &made),
        "texts": shelves.iter().map(|(first, _)| *first).collect::<Vec<usize>>(),
        "parts": parts.iter().map(|(first, _)| *first).collect::<Vec<usize>>(),
        "signs": signs().collect::<String>(),
        "says": words,
    });
    if parts.is_empty() {
        set(&mut head, "lists", json!(lists));
    }
    if let Some(prefixes) = classes.prefixes() {
        set(
            &mut head,
            "prefixes",
            json!({ "groups": prefixes.groups, "article": prefixes.article, "shortest": prefixes.shortest }),
        );
    }
    let mut hash = Sha256::new();
    hash.update(head.to_string());
    hash.update(&titles);
    for part in &parts {
        hash.update(json!(part).to_string());
    }
    for text in texts() {
        hash.update(text.to_string());
    }
    let mut edition = String::new();
    for byte in hash.finalize().iter().take(6) {
        // Writing to a string cannot fail.
        let _ = write!(edition, "{byte:02x}");
    }
    set(&mut head, "edition", edition.clone().into());
    let titles = json!({ "edition": edition, "records": titles });
    put("index.js", script("index", &head));
    put("titles.js", script("titles", &titles));
    for (number, (_, part)) in parts.into_iter().enumerate() {
        let name = format!("part-{number}");
        put(&format!("{name}.js"), script(&name, &json!(part)));
    }
    for (number, text) in texts().enumerate() {
        let name = format!("texts-{number}");
        put(&format!("{name}.js"), script(&name, &text));
    }
}

fn set(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(object) = object {
        object.insert(name.to_owned(), value);
    }
}

fn script(name: &str, value: &Value) -> String {
    // Two characters that older browsers take for the end of a line.
    let value = value.to_string().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!("sourcebookSearch.take(\"{name}\",{value});\n")
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
fn text(record: &Record) -> String {
    let said: Vec<&str> =
        record.names.iter().map(String::as_str).chain([record.text.as_str()]).filter(|text| !text.is_empty()).collect();
    said.join(" · ")
}

/// What is shown of each record before its text: a line of a sign for the length of the text, the title, the address, what it stands in, language
/// and direction. What is missing at the end is left out; so is what a section shares with its page, the title of the one and the address of the other.
fn titles(records: &[Record]) -> String {
    let mut page: Option<&Record> = None;
    let lines = records.iter().map(|record| {
        let of = page.filter(|_| record.kind == Kind::Section);
        if record.kind != Kind::Section {
            page = Some(record);
        }
        let within = record.within.as_deref().filter(|within| of.is_none_or(|page| page.title != *within));
        let anchor = of.and_then(|page| record.url.strip_prefix(&page.url)).filter(|rest| rest.starts_with('#'));
        let (lang, dir) = record.lang.as_ref().map_or(("", ""), |(lang, dir)| (lang.as_str(), *dir));
        let fields = [&record.title, anchor.unwrap_or(&record.url), within.unwrap_or_default(), lang, dir];
        let line = fields.map(|field| field.replace(['\n', '\t'], " ")).join("\t");
        format!("{}{}", room(record), line.trim_end_matches('\t'))
    });
    lines.collect::<Vec<String>>().join("\n")
}

/// A sign for how long the text of a record is, as far as its beginning may be shown: so much room is kept for it.
fn room(record: &Record) -> String {
    let units = text(record).encode_utf16().count().div_ceil(ROOM).min(45);
    let mut packer = Packer::default();
    packer.number(u32::try_from(units).unwrap_or(45));
    packer.finish()
}

/// The words in the order of their lists: the forms of one beside one another, where the shortest of them stands in the dictionary. So a word, its
/// forms and the words that it begins are mostly in one part. The script finds the same order.
fn in_order_of_lists(words: &[Word]) -> Vec<&Word> {
    let mut classes: BTreeMap<usize, Vec<(usize, &Word)>> = BTreeMap::new();
    for (place, word) in words.iter().enumerate() {
        classes.entry(word.class).or_default().push((place, word));
    }
    let mut classes: Vec<Vec<(usize, &Word)>> = classes.into_values().collect();
    classes.sort_by_key(|class| {
        class.iter().min_by_key(|(_, word)| word.word.encode_utf16().count()).map(|(place, _)| *place)
    });
    classes.into_iter().flatten().map(|(_, word)| word).collect()
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
fn lists(index: &Index) -> (Vec<String>, Vec<(usize, Vec<String>)>) {
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
        assert!(!files[0].1.contains("\"lists\""));
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
