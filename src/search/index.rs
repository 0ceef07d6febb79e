//! Records → dictionary and lists: which word stands in which record, how prominently, and which words are forms of one.

use super::classes::{Classes, Counts};
use super::reading::{Dictionary, Met, Read};
use super::{Record, Weight};
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::HashMap;

/// So many records are read by one thread: the longer it reads, the fewer of their words are new to it.
const READ_TOGETHER: usize = 512;

/// What so many threads read is held at once before it joins the lists; that of all would take as much room as they.
const READ_AT_ONCE: usize = 8;

/// The words of some records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// The words in the order of the script's strings, which is that of their UTF-16.
    pub words: Vec<Word>,
    /// How many words each record has, by powers of two.
    pub lengths: Vec<u32>,
    /// How many words the title of each record has.
    pub titles: Vec<u32>,
}

/// A word of the dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its normal form.
    pub word: String,
    /// Its class: words of one number are forms of one. Numbered in the order of the words.
    pub class: usize,
    /// The records in which it stands, in order.
    pub records: Vec<(u32, Weight)>,
}

/// Indexes records, whose numbers are their places.
pub fn index(records: &[Record], classes: &Classes) -> Index {
    let mut lengths = Vec::with_capacity(records.len());
    let mut titles = Vec::with_capacity(records.len());
    let mut dictionary = Dictionary::default();
    for records in records.chunks(READ_TOGETHER * READ_AT_ONCE) {
        let first = lengths.len();
        let parts = records.par_chunks(READ_TOGETHER).enumerate();
        let read: Vec<Read> = parts.map(|(part, records)| Read::of(first + part * READ_TOGETHER, records)).collect();
        for part in read {
            lengths.extend(part.lengths.iter().map(|length| length.max(&1).ilog2()));
            titles.extend(part.titles);
            dictionary.join(part.dictionary);
        }
    }
    let mut words = dictionary.words();
    words.par_sort_unstable_by(|a, b| in_utf16(&a.word, &b.word));
    Index { words: classed(words, classes), lengths, titles }
}

/// The order of two strings in UTF-16. In UTF-8 it differs only where one has a character that takes two units, and the other one of the last that
/// take one: their first bytes are from F0, and EE or EF.
fn in_utf16(a: &str, b: &str) -> Ordering {
    let place = |byte: u8| if byte >= 0xF0 { byte - 2 } else { byte + u8::from(byte >= 0xEE) * 7 };
    let other = a.bytes().zip(b.bytes()).find(|(a, b)| a != b);
    other.map_or_else(|| a.len().cmp(&b.len()), |(a, b)| place(a).cmp(&place(b)))
}

/// Some words in order, each with its class.
fn classed(words: Vec<Met>, classes: &Classes) -> Vec<Word> {
    let mut counts = Counts::new();
    for met in &words {
        classes.count(&mut counts, &met.word, met.count);
    }
    let keys: Vec<String> = words.par_iter().map(|met| classes.key(&met.word, &met.written, &counts)).collect();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let words = words.into_iter().zip(keys).map(|(Met { word, records, .. }, key)| {
        let fresh = numbers.len();
        Word { word, class: *numbers.entry(key).or_insert(fresh), records }
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Kind;
    use proptest::prelude::*;

    fn record(text: &str) -> Record {
        Record {
            kind: Kind::Page,
            title: "Title".to_owned(),
            within: None,
            names: Vec::new(),
            text: text.to_owned(),
            url: String::new(),
            lang: None,
        }
    }

    #[test]
    fn the_lists_are_in_order_whoever_read_the_records() {
        let length = READ_TOGETHER * READ_AT_ONCE + READ_TOGETHER * 2 + 1;
        let records: Vec<Record> =
            (0..length).map(|number| record(if number % 2 == 0 { "even Even" } else { "odd title" })).collect();
        let index = index(&records, &Classes::of("en"));
        let listed: Vec<(&str, usize)> =
            index.words.iter().map(|word| (word.word.as_str(), word.records.len())).collect();
        assert_eq!(listed, [("even", length.div_ceil(2)), ("odd", length / 2), ("title", length)]);
        assert!(index.words.iter().all(|word| word.records.is_sorted_by_key(|(record, _)| *record)));
        assert!(index.words[2].records.iter().all(|(_, weight)| *weight == Weight::Title));
        assert_eq!((&index.lengths[..2], &index.titles[..2]), (&[1, 1][..], &[1, 1][..]));
    }

    proptest! {
        #[test]
        fn words_are_in_the_order_of_the_scripts_strings(a in "[a-c\u{e000}-\u{10ffff}]{0,4}", b in "[a-c\u{e000}-\u{10ffff}]{0,4}") {
            prop_assert_eq!(in_utf16(&a, &b), a.encode_utf16().cmp(b.encode_utf16()));
        }
    }
}
