//! Index → scripts that hand it over: `index.js`, the parts of the lists where they are long, and the texts of the records.
//!
//! A script calls `sourcebookSearch.take` with its name and what it has. The index names the others with a hash of the whole, so that no cache
//! joins the texts of one edition to the index of another.

use super::classes::Classes;
use super::index::{Index, Word, index};
use super::packed::{Packer, front_coded, signs};
use super::{Kind, Record, Weight};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Texts of so many bytes are a file.
const TEXTS: usize = 24_000;

/// Lists of so many bytes stand in the index; longer ones stand apart.
const LISTS: usize = 256_000;

/// So many places of words in records are a part.
const PART: usize = 64_000;

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

/// The files of an index by their names, and what they weigh.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// Name and text.
    pub files: Vec<(String, String)>,
}

/// Makes the files of an index of some records in a language.
pub fn files(records: &[Record], words: &Words) -> Files {
    let classes = Classes::of(&words.lang);
    let made = index(records, &classes);
    let shelves = shelves(records);
    let (lists, parts) = lists(&made);
    let texts: Vec<Value> =
        shelves.iter().map(|(_, records)| Value::Array(records.iter().map(|r| told(r)).collect())).collect();
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
    for text in &texts {
        hash.update(text.to_string());
    }
    let mut edition = String::new();
    for byte in hash.finalize().iter().take(6) {
        // Writing to a string cannot fail.
        let _ = write!(edition, "{byte:02x}");
    }
    set(&mut head, "edition", edition.into());
    let mut files = vec![("index.js".to_owned(), script("index", &head))];
    files.extend(parts.into_iter().enumerate().map(|(number, (_, part))| {
        let name = format!("part-{number}");
        (format!("{name}.js"), script(&name, &json!(part)))
    }));
    files.extend(texts.into_iter().enumerate().map(|(number, text)| {
        let name = format!("texts-{number}");
        (format!("{name}.js"), script(&name, &text))
    }));
    Files { files }
}

fn set(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(object) = object {
        object.insert(name.to_owned(), value);
    }
}

fn script(name: &str, value: &Value) -> String {
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
        bytes += record.text.len() + record.title.len();
        if let Some((_, shelf)) = shelves.last_mut() {
            shelf.push(record);
        }
    }
    shelves
}

/// What a reader is shown of a record: title, address, text, what it stands in, language, direction; what is missing at the end is left out.
fn told(record: &Record) -> Value {
    let text: Vec<&str> =
        record.names.iter().map(String::as_str).chain([record.text.as_str()]).filter(|text| !text.is_empty()).collect();
    let mut told = vec![json!(record.title), json!(record.url), json!(text.join(" · "))];
    let lang = record.lang.as_ref();
    if record.within.is_some() || lang.is_some() {
        told.push(json!(record.within.as_deref().unwrap_or_default()));
    }
    told.extend(lang.iter().flat_map(|(lang, dir)| [json!(lang), json!(dir)]));
    Value::Array(told)
}

/// The lists of some words: one string for each [`Weight`], with the records of each word as the steps between their numbers.
fn packed_lists(words: &[Word]) -> Vec<String> {
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

/// The lists in one; where they are long, in parts, each with the number of its first word.
fn lists(index: &Index) -> (Vec<String>, Vec<(usize, Vec<String>)>) {
    let whole = packed_lists(&index.words);
    if whole.iter().map(String::len).sum::<usize>() < LISTS {
        return (whole, Vec::new());
    }
    let mut firsts: Vec<usize> = Vec::new();
    let mut room = 0;
    for (number, word) in index.words.iter().enumerate() {
        if room == 0 {
            firsts.push(number);
            room = PART;
        }
        room = room.saturating_sub(word.records.len() + 1);
    }
    let ends = firsts.iter().skip(1).copied().chain([index.words.len()]);
    let part = |(first, end)| (first, packed_lists(index.words.get(first..end).unwrap_or_default()));
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
        let files = files(&records, &words("en"));
        let text: Vec<String> = files.files.into_iter().map(|(name, text)| format!("{name}: {text}")).collect();
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
        let files = files(&texts, &words("en")).files;
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
