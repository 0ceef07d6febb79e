//! Many phrases, found in one walk over a text.
//!
//! A tree of words: from each word of the text the walk follows the tree as far as it can and takes the longest phrase. Its cost grows
//! with the text alone, however many phrases there are. An automaton of letters would be faster still and blind to prefixes, which
//! change where a word begins.

use super::fold::{WordAt, words};
use super::stem::{readings, without_article};
use std::collections::BTreeMap;
use std::ops::Range;

/// Phrases, each with what it stands for.
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    nodes: Vec<Node<T>>,
}

#[derive(Debug, Clone)]
struct Node<T> {
    next: BTreeMap<String, usize>,
    values: Vec<T>,
}

/// A phrase in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'p, T> {
    /// Its words, by their places among those of the text.
    pub words: Range<usize>,
    /// What it stands for; never empty.
    pub values: &'p [T],
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { nodes: vec![Node { next: BTreeMap::new(), values: Vec::new() }] }
    }
}

impl<T: PartialEq> Phrases<T> {
    /// Adds a phrase; one without a word is left out.
    pub fn add(&mut self, phrase: &str, value: T) {
        let words = words(phrase);
        if words.is_empty() {
            return;
        }
        let mut node = 0;
        for word in &words {
            let Some(next) = self.step(node, &word.folded) else { return };
            node = next;
        }
        if let Some(node) = self.nodes.get_mut(node)
            && !node.values.contains(&value)
        {
            node.values.push(value);
        }
    }

    /// The node after a word, made where there is none; the word without its article leads there, too.
    fn step(&mut self, node: usize, word: &str) -> Option<usize> {
        let bare = without_article(word);
        let fresh = self.nodes.len();
        let next = &mut self.nodes.get_mut(node)?.next;
        let known = next.get(word).or_else(|| next.get(bare?)).copied();
        let to = known.unwrap_or(fresh);
        for spelling in std::iter::once(word).chain(bare) {
            if !next.contains_key(spelling) {
                next.insert(spelling.to_owned(), to);
            }
        }
        if known.is_none() {
            self.nodes.push(Node { next: BTreeMap::new(), values: Vec::new() });
        }
        Some(to)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.nodes.len() < 2
    }

    /// The phrases among the words of a text, the longest at each place, none within another.
    pub fn find(&self, words: &[WordAt]) -> Vec<Found<'_, T>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() && !self.is_empty() {
            match self.longest(words, at) {
                Some((end, values)) => {
                    found.push(Found { words: at..end, values });
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest(&self, words: &[WordAt], start: usize) -> Option<(usize, &[T])> {
        let mut longest = None;
        let mut nodes = vec![0];
        for (at, word) in words.iter().enumerate().skip(start) {
            if at > start && !word.joined {
                break;
            }
            let mut reached: Vec<usize> = Vec::new();
            for reading in readings(&word.folded) {
                let from = nodes.iter().filter_map(|node| self.nodes.get(*node));
                for next in from.filter_map(|node| node.next.get(reading)) {
                    if !reached.contains(next) {
                        reached.push(*next);
                    }
                }
            }
            if reached.is_empty() {
                break;
            }
            let ends = reached.iter().filter_map(|node| self.nodes.get(*node)).find(|node| !node.values.is_empty());
            if let Some(node) = ends {
                longest = Some((at + 1, node.values.as_slice()));
            }
            nodes = reached;
        }
        longest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(phrases: &[&str], text: &str) -> Vec<String> {
        let mut all = Phrases::default();
        for phrase in phrases {
            all.add(phrase, *phrase);
        }
        let words = words(text);
        let found = all.find(&words).into_iter();
        found
            .map(|found| {
                let range = words[found.words.start].range.start..words[found.words.end - 1].range.end;
                format!("{} = {}", text.get(range).unwrap(), found.values.join(", "))
            })
            .collect()
    }

    #[test]
    fn the_longest_phrase_is_found_whatever_stands_before_it() {
        assert_eq!(found(&["war", "war crime"], "A War crime, no war. Crime"), ["War crime = war crime", "war = war"]);
        assert_eq!(
            found(&["so far", "currently"], "So\nfar. So. Far, currently."),
            ["So\nfar = so far", "currently = currently"]
        );
        assert_eq!(
            found(&["הגדה המערבית", "גדר ההפרדה", "הגדה"], "בגדה המערבית ובגדר ההפרדה, שבהגדה"),
            ["בגדה המערבית = הגדה המערבית", "ובגדר ההפרדה = גדר ההפרדה", "שבהגדה = הגדה"]
        );
        assert_eq!(
            found(&["الضفة الغربية", "احتلال"], "وبالضفة الغربية، وللاحتلال"),
            ["وبالضفة الغربية = الضفة الغربية", "وللاحتلال = احتلال"]
        );
        assert_eq!(
            found(&["加沙地带", "停火", "加沙"], "在加沙地带停火后，加沙"),
            ["加沙地带 = 加沙地带", "停火 = 停火", "加沙 = 加沙"]
        );
        assert_eq!(
            found(&["gaza", "آتش‌بس", "terrorista"], "Gaza: la banda terrorista. آتش‌بس"),
            ["Gaza = gaza", "terrorista = terrorista", "آتش‌بس = آتش‌بس"]
        );
        assert_eq!(found(&["jusqu’à présent"], "Jusqu'à présent"), ["Jusqu'à présent = jusqu’à présent"]);
        assert_eq!(found(&["", "—"], "words — words"), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn every_phrase_is_found_in_itself(phrase in "[a-z\u{5d0}-\u{5ea}]{2,6}( [a-z\u{5d0}-\u{5ea}]{3,6}){0,2}", before in "[0-9]{0,3}\\. ") {
            let mut phrases = Phrases::default();
            phrases.add(&phrase, ());
            let text = format!("{before}{phrase}");
            let words = words(&text);
            let count = super::words(&phrase).len();
            let found = phrases.find(&words);
            prop_assert_eq!(found.last().map(|found| found.words.clone()), Some(words.len() - count..words.len()));
        }
    }
}
