//! What changed between two wordings, word by word.

use super::align::lcs;

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in the old one.
    Old(String),
    /// Only in the new one.
    New(String),
}

/// The old and the new wording as runs of words: what stayed, what went, what came.
pub fn words(old: &str, new: &str) -> Vec<Piece> {
    let (left, right) = (tokens(old), tokens(new));
    let mut pieces = Vec::new();
    let (mut a, mut b) = (0, 0);
    for (at, other) in lcs(&left, &right).into_iter().chain([(left.len(), right.len())]) {
        push(&mut pieces, Piece::Old, left.get(a..at).unwrap_or(&[]));
        push(&mut pieces, Piece::New, right.get(b..other).unwrap_or(&[]));
        if let Some(word) = left.get(at) {
            match pieces.last_mut() {
                Some(Piece::Same(run)) => run.push_str(word),
                _ => pieces.push(Piece::Same((*word).to_owned())),
            }
        }
        (a, b) = (at + 1, other + 1);
    }
    pieces
}

fn push(pieces: &mut Vec<Piece>, make: fn(String) -> Piece, words: &[&str]) {
    if !words.is_empty() {
        pieces.push(make(words.concat()));
    }
}

/// Words with the blanks after them; marks of punctuation on their own.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut was_word = None;
    for (at, c) in text.char_indices() {
        let is_word = c.is_alphanumeric() || matches!(c, '@' | '-' | '_' | '’' | '\'');
        if was_word.is_some_and(|was| was != is_word || !is_word) {
            tokens.extend(text.get(start..at));
            start = at;
        }
        was_word = Some(is_word);
    }
    tokens.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    tokens
}

/// A change for the terminal: `[-old-]` and `{+new+}`.
pub fn marked(old: &str, new: &str) -> String {
    let pieces = words(old, new).into_iter().map(|piece| match piece {
        Piece::Same(text) => text,
        Piece::Old(text) => format!("[-{text}-]"),
        Piece::New(text) => format!("{{+{text}+}}"),
    });
    pieces.collect()
}

/// How much of their words two wordings share, in thousandths.
pub fn likeness(left: &str, right: &str) -> u32 {
    fn sorted(text: &str) -> Vec<&str> {
        let mut words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        words.sort_unstable();
        words
    }
    let (left, right) = (sorted(left), sorted(right));
    let (mut a, mut b, mut shared) = (0, 0, 0_usize);
    while let (Some(one), Some(other)) = (left.get(a), right.get(b)) {
        match one.cmp(other) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                a += 1;
                b += 1;
            }
        }
    }
    let all = left.len() + right.len();
    (shared * 2000).checked_div(all).map_or(1000, |thousandths| u32::try_from(thousandths).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::{likeness, marked};

    #[test]
    fn a_word_is_changed_whole_and_a_mark_by_itself() {
        for (old, new, shown) in [
            ("say it's so", "say its so", "say [-it's-]{+its+} so"),
            ("l’an deux", "l'an deux", "[-l’an-]{+l'an+} deux"),
            ("a well-known place", "a well known place", "a [-well-known-]{+well known+} place"),
            ("said [@un_1-a].", "said [@un_1-b].", "said [[-@un_1-a-]{+@un_1-b+}]."),
            ("one, two", "one; two", "one[-,-]{+;+} two"),
            ("really?!", "really!", "really[-?-]!"),
        ] {
            assert_eq!(marked(old, new), shown);
        }
    }

    #[test]
    fn likeness_is_the_share_of_words_that_both_have() {
        for (left, right, thousandths) in [
            ("four words are here", "four words are here", 1000),
            ("Four, words: are here!", "here are words Four", 1000),
            ("a b c d", "a b x y", 500),
            ("a b", "x y", 0),
            // A word counts as often as both have it.
            ("the the end", "the end", 800),
            ("a", "a b c", 500),
            ("b c d", "a b", 400),
            ("", "a word", 0),
            ("", "", 1000),
            ("…", "—", 1000),
        ] {
            assert_eq!(likeness(left, right), thousandths, "{left} / {right}");
            assert_eq!(likeness(right, left), thousandths, "{right} / {left}");
        }
    }
}
