//! Records → dictionary and lists: which word stands in which record, how prominently, and which words are forms of one.

use super::classes::{Classes, Counts};
use super::normal::tokens;
use super::{Kind, Record, Weight};
use crate::letters::lowercase;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The words of so many records are held at once before they join the lists; those of all would take more room than the records.
const READ_AT_ONCE: usize = 512;

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

/// A word in one record.
struct Met {
    written: String,
    weight: Weight,
    count: u32,
}

/// The records of a word, and how it is written in one of them.
struct List {
    written: String,
    records: Vec<(u32, Weight)>,
}

/// Indexes records, whose numbers are their places.
pub fn index(records: &[Record], classes: &Classes) -> Index {
    let titles =
        records.par_iter().map(|record| u32::try_from(tokens(&record.title).len()).unwrap_or(u32::MAX)).collect();
    let mut lengths = Vec::with_capacity(records.len());
    let mut lists: BTreeMap<String, List> = BTreeMap::new();
    let mut counts = Counts::new();
    let read = records.chunks(READ_AT_ONCE).flat_map(|records| {
        let read: Vec<BTreeMap<String, Met>> = records.par_iter().map(words_of).collect();
        read
    });
    for (number, words) in (0..).zip(read) {
        lengths.push(words.values().map(|met| met.count).sum::<u32>().max(1).ilog2());
        for (word, met) in words {
            classes.count(&mut counts, &word, met.count);
            let list = lists.entry(word).or_insert_with(|| List { written: met.written.clone(), records: Vec::new() });
            if met.written < list.written {
                list.written = met.written;
            }
            list.records.push((number, met.weight));
        }
    }
    let mut words: Vec<(String, List)> = lists.into_iter().collect();
    words.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    let keys: Vec<String> = words.par_iter().map(|(word, list)| classes.key(word, &list.written, &counts)).collect();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let words = words.into_iter().zip(keys).map(|((word, List { records, .. }), key)| {
        let fresh = numbers.len();
        Word { word, class: *numbers.entry(key).or_insert(fresh), records }
    });
    Index { words: words.collect(), lengths, titles }
}

fn words_of(record: &Record) -> BTreeMap<String, Met> {
    let mut words: BTreeMap<String, Met> = BTreeMap::new();
    let mut read = |text: &str, weight: Weight| {
        for token in tokens(text) {
            let written = lowercase(text.get(token.range).unwrap_or_default());
            let met = words.entry(token.word).or_insert_with(|| Met { written: written.clone(), weight, count: 0 });
            met.count += 1;
            if written < met.written {
                met.written = written;
            }
            met.weight = met.weight.max(weight);
        }
    };
    read(&record.title, record.kind.title_weight());
    for name in &record.names {
        read(name, Weight::Heading);
    }
    // The title of its page is said of a section by the script.
    let within = record.within.as_deref().filter(|_| record.kind != Kind::Section);
    read(within.unwrap_or_default(), Weight::Text);
    read(&record.text, Weight::Text);
    words
}
