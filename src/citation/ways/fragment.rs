//! Text fragments: `text=[prefix-,]start[,end][,-suffix]`, the words at which a browser opens a page.
//!
//! A browser looks for whole words, in the page's own order, each term within one block of it. So a long quotation is named by its first
//! and last words, whatever stands between them; and what an editor left out (`…`) or put in (`[he]`) is no part of any term.

use std::fmt::Write;

/// Up to so many words are looked for as they are.
const WHOLE: usize = 10;

/// Of more, so many at the beginning and so many at the end.
const ENDS: usize = 5;

/// Fewer words than these could stand anywhere.
const FEW: usize = 3;

/// Unless they are long, or the language writes no spaces.
const FEW_LETTERS: usize = 12;

/// So many words before and after tell one place from another.
const AROUND: usize = 4;

/// The directive for quoted words; `None` where nothing in them can be looked for.
pub(super) fn directive(exact: &str, prefix: Option<&str>, suffix: Option<&str>) -> Option<String> {
    let (start, end) = terms(exact)?;
    let last = if end.is_empty() { &start } else { &end };
    // The words around are only the neighbours of the quotation's own first and last word.
    let mut words = exact.split_whitespace();
    let begins = words.next() == start.first().copied();
    let ends = exact.split_whitespace().next_back() == last.last().copied();
    let before = prefix.filter(|_| begins).map(words_before).unwrap_or_default();
    let after = suffix.filter(|_| ends).map(words_after).unwrap_or_default();
    let alone = end.is_empty() && before.is_empty() && after.is_empty();
    if alone && start.len() < FEW && start.iter().map(|word| word.chars().count()).sum::<usize>() < FEW_LETTERS {
        return None;
    }

    let mut directive = "text=".to_owned();
    if !before.is_empty() {
        let _ = write!(directive, "{}-,", encode(&before));
    }
    directive.push_str(&encode(&start));
    if !end.is_empty() {
        let _ = write!(directive, ",{}", encode(&end));
    }
    if !after.is_empty() {
        let _ = write!(directive, ",-{}", encode(&after));
    }
    Some(directive)
}

/// The words with which the passage begins and those with which it ends; only the first where they are all of it.
fn terms(exact: &str) -> Option<(Vec<&str>, Vec<&str>)> {
    let pieces = pieces(exact);
    let long: Vec<&Vec<&str>> = pieces.iter().filter(|piece| piece.len() >= FEW || pieces.len() == 1).collect();
    let (first, last) = (*long.first()?, *long.last()?);
    if long.len() == 1 && first.len() <= WHOLE {
        return Some((first.clone(), Vec::new()));
    }
    let start = first.iter().take(ENDS).copied().collect();
    let end = last.iter().skip(last.len().saturating_sub(ENDS)).copied().collect();
    Some((start, end))
}

/// The words of the quotation between what was left out and what was put in.
fn pieces(exact: &str) -> Vec<Vec<&str>> {
    let mut pieces = Vec::new();
    let mut rest = exact;
    while let Some(at) = ["[", "…", "..."].iter().filter_map(|mark| rest.find(mark)).min() {
        let (before, mark) = rest.split_at(at);
        match mark.strip_prefix('[') {
            Some(inside) => {
                // `child[ren]`, `[T]he`: what is left of a word on either side is no word.
                pieces.push(whole_words_before(before));
                rest = whole_words_after(inside.split_once(']').map_or("", |(_, after)| after));
            }
            None => {
                pieces.push(before);
                rest = mark.trim_start_matches(['…', '.']);
            }
        }
    }
    pieces.push(rest);
    pieces.iter().map(|piece| piece.split_whitespace().collect::<Vec<_>>()).filter(|words| !words.is_empty()).collect()
}

fn whole_words_before(text: &str) -> &str {
    let at = text.rfind(char::is_whitespace).unwrap_or(0);
    text.split_at(at).0
}

fn whole_words_after(text: &str) -> &str {
    let at = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at(at).1
}

fn words_before(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> =
        text.split_whitespace().rev().take_while(|word| is_verbatim(word)).take(AROUND).collect();
    words.reverse();
    words
}

fn words_after(text: &str) -> Vec<&str> {
    text.split_whitespace().take_while(|word| is_verbatim(word)).take(AROUND).collect()
}

fn is_verbatim(word: &str) -> bool {
    !word.contains(['[', ']', '…']) && !word.contains("...")
}

/// Words as a term: everything but letters and digits of ASCII, `.`, `_` and `~` in per cent, so that no `-`, `,` or `&` is taken for a sign.
fn encode(words: &[&str]) -> String {
    let mut encoded = String::new();
    for byte in words.join(" ").bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
