//! Records → the words that stand in them, each once, with its list. The records are read in parts, whose words join.
//!
//! Texts say the same words again and again: what was written once leads to its word without a normal form being made.

use super::normal::{cut, fold};
use super::{Kind, Record, Weight};
use crate::letters::lowercase;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// A word, and where it was met.
#[derive(Debug)]
pub(super) struct Met {
    /// Its normal form.
    pub(super) word: String,
    /// The first of the ways in which it is written, in small letters.
    pub(super) written: String,
    /// How often it was met.
    pub(super) count: u32,
    /// The records in which it stands, in order, and how prominently.
    pub(super) records: Vec<(u32, Weight)>,
}

/// Words, each once.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    places: HashMap<String, usize>,
    words: Vec<Met>,
}

/// What was read of some records.
#[derive(Debug)]
pub(super) struct Read {
    /// Their words.
    pub(super) dictionary: Dictionary,
    /// How many words each has.
    pub(super) lengths: Vec<u32>,
    /// How many words the title of each has.
    pub(super) titles: Vec<u32>,
}

impl Dictionary {
    /// Adds the words of records that follow those of this one.
    pub(super) fn join(&mut self, other: Self) {
        if self.words.is_empty() {
            *self = other;
            return;
        }
        for met in other.words {
            let Some(own) = self.places.get(&met.word).and_then(|place| self.words.get_mut(*place)) else {
                self.places.insert(met.word.clone(), self.words.len());
                self.words.push(met);
                continue;
            };
            own.count += met.count;
            own.records.extend(met.records);
            if met.written < own.written {
                own.written = met.written;
            }
        }
    }

    /// The words, in no order.
    pub(super) fn words(self) -> Vec<Met> {
        self.words
    }

    /// The place of a word as it is written; none where nothing of it is left in its normal form.
    fn place(&mut self, written: &str) -> Option<usize> {
        let word = fold(written);
        if word.is_empty() {
            return None;
        }
        let written = lowercase(written);
        let place = match self.places.entry(word.clone()) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(fresh) => {
                let place = *fresh.insert(self.words.len());
                self.words.push(Met { word, written, count: 0, records: Vec::new() });
                return Some(place);
            }
        };
        if let Some(met) = self.words.get_mut(place)
            && written < met.written
        {
            met.written = written;
        }
        Some(place)
    }
}

impl Read {
    /// Reads some records, the first of which has a number.
    pub(super) fn of(first: usize, records: &[Record]) -> Self {
        let mut reader = Reader::default();
        let (mut lengths, mut titles) = (Vec::with_capacity(records.len()), Vec::with_capacity(records.len()));
        for (number, record) in (u32::try_from(first).unwrap_or(u32::MAX)..).zip(records) {
            let title = reader.read(number, &record.title, record.kind.title_weight());
            // The title of its page is said of a section by the script.
            let within = record.within.iter().filter(|_| record.kind != Kind::Section);
            let names: u32 = record.names.iter().map(|name| reader.read(number, name, Weight::Heading)).sum();
            let rest: u32 = within.chain([&record.text]).map(|text| reader.read(number, text, Weight::Text)).sum();
            titles.push(title);
            lengths.push(title + names + rest);
        }
        Self { dictionary: reader.dictionary, lengths, titles }
    }
}

/// Reads one record after the other.
#[derive(Default)]
struct Reader<'r> {
    dictionary: Dictionary,
    /// The places of words by how they are written.
    known: HashMap<&'r str, Option<usize>>,
}

impl<'r> Reader<'r> {
    /// Adds the words of a text of a record, and says how many they are.
    fn read(&mut self, record: u32, text: &'r str, weight: Weight) -> u32 {
        let mut count = 0;
        cut(text, &mut |range| {
            let written = text.get(range).unwrap_or_default();
            let place = *self.known.entry(written).or_insert_with(|| self.dictionary.place(written));
            if let Some(met) = place.and_then(|place| self.dictionary.words.get_mut(place)) {
                met.meet(record, weight);
                count += 1;
            }
        });
        count
    }
}

impl Met {
    /// Counts the word in the record that is being read.
    fn meet(&mut self, record: u32, weight: Weight) {
        self.count += 1;
        match self.records.last_mut() {
            Some((last, prominent)) if *last == record => *prominent = weight.max(*prominent),
            _ => self.records.push((record, weight)),
        }
    }
}
