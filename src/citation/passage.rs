//! Whether the words of a quotation stand in the text of its source, however the two are set.
//!
//! 1. [`Folded`] brings a text into one form: composed characters, one kind of blank, of quotation mark and of dash, and none of the
//!    marks that only typesetting needs (soft hyphens, hyphens at line ends). Each letter remembers where it stood.
//! 2. A quotation is one passage or several, with gaps between them: `…`, `[…]`, and whatever an editor put into brackets.
//! 3. [`find`] looks the passages up in order; where one is missing, it says how far the nearest words agree.
//!
//! Case counts: `[T]he` says honestly what `The` would hide. Works on text alone.

use icu::normalizer::ComposingNormalizer;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// How many words tell a reader where two texts part.
const SHOWN: usize = 4;

/// A text in one form, with the place of every byte of it in the original.
#[derive(Debug)]
pub struct Folded<'a> {
    original: &'a str,
    text: String,
    /// For each byte of `text`, the byte of the original at which its letter stood.
    places: Vec<usize>,
    /// The bytes of `text` before which a dash was left out: words begin and end there.
    seams: Vec<usize>,
}

/// A quotation that the text does not hold as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Which of its words.
    pub part: Part,
    /// Where the text comes nearest to it; `None` where nothing in it resembles the words.
    pub near: Option<Near>,
}

/// A part of a stored quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The words quoted.
    Exact,
    /// The words before them.
    Prefix,
    /// The words after them.
    Suffix,
}

/// Where two texts part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// The place in the text.
    pub place: Range<usize>,
    /// What the quotation has from there on.
    pub wanted: String,
}

/// Looks for a quotation with the words before and after it.
pub fn find(text: &Folded, exact: &str, prefix: Option<&str>, suffix: Option<&str>) -> Result<(), Miss> {
    let passages = passages(exact);
    let exact = exact.trim_matches(|c: char| c.is_whitespace() || is_quotation_mark(c));
    let mut at = 0;
    let (mut first, mut last) = (None, None);
    for passage in &passages {
        let Some(found) = passage.find_in(text, at) else {
            let near = passage.near(text, at).or_else(|| passage.near(text, 0));
            return Err(Miss { part: Part::Exact, near });
        };
        first.get_or_insert(found.clone());
        at = found.end;
        last = Some(found);
    }
    let (Some(first), Some(last), Some(opening), Some(closing)) = (first, last, passages.first(), passages.last())
    else {
        return Ok(());
    };
    let (before, after) = (prefix.map(Folded::of), suffix.map(Folded::of));
    // A quotation that begins or ends with a gap stands somewhere after or before those words.
    let (open, closed) = (begins_with_gap(exact), ends_with_gap(exact));
    let follows = |found: &Range<usize>| {
        let text = text.before(found.start);
        let fits = |words: &str| if open { text.contains(words) } else { text.ends_with(words) };
        before.as_ref().is_none_or(|words| fits(trim_end(&words.text)))
    };
    let precedes = |found: &Range<usize>| {
        let text = text.after(found.end);
        let fits = |words: &str| if closed { text.contains(words) } else { text.starts_with(words) };
        after.as_ref().is_none_or(|words| fits(trim_start(&words.text)))
    };
    if !opening.occurrences(text, 0).any(|found| follows(&found)) {
        let before = text.before(first.start);
        let words = prefix.unwrap_or("").split_whitespace().count().clamp(1, SHOWN);
        let start = before.rmatch_indices(' ').nth(words - 1).map_or(0, |(at, _)| at + 1);
        let near = Near { place: text.place(start..before.len()), wanted: prefix.unwrap_or("").to_owned() };
        return Err(Miss { part: Part::Prefix, near: Some(near) });
    }
    // A quotation in one piece has both around the same occurrence.
    let (from, one) = if passages.len() > 1 { (last.start, false) } else { (0, true) };
    if !closing.occurrences(text, from).any(|found| precedes(&found) && (!one || follows(&found))) {
        let start = text.text.len() - text.after(last.end).len();
        let near = Near { place: text.words_from(start), wanted: suffix.unwrap_or("").to_owned() };
        return Err(Miss { part: Part::Suffix, near: Some(near) });
    }
    Ok(())
}

impl<'a> Folded<'a> {
    /// Folds a text.
    pub fn of(text: &'a str) -> Self {
        let letters = letters(text);
        let (folded, places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
        let mut folded = Self { original: text, text: folded, places, seams: Vec::new() };
        let mut at = 0;
        while let Some(&(c, place)) = letters.get(at) {
            if !is_joint(c) {
                folded.push_letter(c, place);
                at += 1;
                continue;
            }
            let joint = letters.get(at..).unwrap_or_default();
            let length = joint.iter().position(|(c, _)| !is_joint(*c)).unwrap_or(joint.len());
            let next = joint.get(length).map(|(c, _)| *c);
            match join(folded.text.chars().next_back(), joint.get(..length).unwrap_or_default(), next) {
                Some(joined) => joined.chars().for_each(|c| folded.push(c, place)),
                None => folded.seams.push(folded.text.len()),
            }
            at += length;
        }
        folded
    }

    fn push_letter(&mut self, c: char, place: usize) {
        match c {
            c if is_quotation_mark(c) => {
                // A quotation that begins within another shows two marks in some books and one in others.
                if !self.text.ends_with('\'') {
                    self.push('\'', place);
                }
            }
            '…' => "...".chars().for_each(|c| self.push(c, place)),
            c => self.push(c, place),
        }
    }

    fn push(&mut self, c: char, place: usize) {
        self.text.push(c);
        self.places.resize(self.text.len(), place);
    }

    fn before(&self, at: usize) -> &str {
        trim_end(self.text.get(..at).unwrap_or(""))
    }

    fn after(&self, at: usize) -> &str {
        trim_start(self.text.get(at..).unwrap_or(""))
    }

    /// The place in the original of a stretch of this text.
    fn place(&self, range: Range<usize>) -> Range<usize> {
        let start = self.places.get(range.start).copied().unwrap_or(self.original.len());
        let last = range.end.checked_sub(1).filter(|last| *last >= range.start).and_then(|last| self.places.get(last));
        let end = last.map_or(start, |last| {
            let letter = self.original.get(*last..).and_then(|rest| rest.graphemes(true).next());
            last + letter.map_or(0, str::len)
        });
        start..end.max(start)
    }

    /// The place of the next few words.
    fn words_from(&self, start: usize) -> Range<usize> {
        let rest = self.text.get(start..).unwrap_or("");
        let length = rest.match_indices(' ').nth(SHOWN - 1).map_or(rest.len(), |(at, _)| at);
        self.place(start..start + length)
    }
}

/// A stretch of a quotation without a gap.
#[derive(Debug)]
struct Passage<'a> {
    folded: Folded<'a>,
    /// Whether its first and its last letter begin and end a word; beside a bracket, as in `[T]he`, they need not.
    whole: (bool, bool),
}

impl<'a> Passage<'a> {
    fn of(original: &'a str, whole: (bool, bool)) -> Self {
        let mut folded = Folded::of(original);
        // Marks around a quotation, and the stop that closes it, are the quoting text's.
        let end = folded.text.trim_end_matches(['\'', ' ']).trim_end_matches(['.', ',', ';', ':', ' ']).len();
        let start = folded.text.len() - folded.text.trim_start_matches(['\'', ' ']).len();
        let start = start.min(end);
        folded.text = folded.text.get(start..end).unwrap_or("").to_owned();
        folded.places.truncate(end);
        folded.places.drain(..start);
        Self { folded, whole }
    }

    fn find_in(&self, text: &Folded<'_>, from: usize) -> Option<Range<usize>> {
        self.occurrences(text, from).next()
    }

    fn occurrences(&self, text: &Folded<'_>, from: usize) -> impl Iterator<Item = Range<usize>> {
        let words = self.folded.text.as_str();
        let found = text.text.get(from..).unwrap_or("").match_indices(words);
        found.map(move |(at, _)| from + at..from + at + words.len()).filter(|found| {
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let before = text.text.get(..found.start).and_then(|before| before.chars().next_back());
            let after = text.text.get(found.end..).and_then(|after| after.chars().next());
            let seam = |at: &usize| text.seams.binary_search(at).is_ok();
            let cut_before = self.whole.0 && letter(before) && letter(words.chars().next()) && !seam(&found.start);
            let cut_after = self.whole.1 && letter(after) && letter(words.chars().next_back()) && !seam(&found.end);
            !cut_before && !cut_after
        })
    }

    /// Where the text agrees with the most words from the beginning of the passage, or up to its end; at least two.
    fn near(&self, text: &Folded, from: usize) -> Option<Near> {
        let words = self.folded.text.as_str();
        let rest = text.text.get(from..)?;
        let gaps: Vec<usize> = words.match_indices(' ').map(|(at, _)| at).collect();
        // How many gaps, from the start or from the end, lie within words that the text has.
        let of_head = gaps.partition_point(|at| words.get(..*at).is_some_and(|head| rest.contains(head)));
        let of_tail = gaps.iter().rev().copied().collect::<Vec<_>>();
        let of_tail = of_tail.partition_point(|at| words.get(at + 1..).is_some_and(|tail| rest.contains(tail)));
        if of_head >= of_tail {
            let head = words.get(..*gaps.get(of_head.checked_sub(1).filter(|count| *count > 0)?)?)?;
            let end = from + rest.find(head)? + head.len();
            let next = self.folded.place(head.len() + 1..words.len());
            let start = end + usize::from(text.text.get(end..).is_some_and(|rest| rest.starts_with(' ')));
            return Some(Near { place: text.words_from(start), wanted: some_words(self.folded.original.get(next)?) });
        }
        let gap = *gaps.iter().rev().nth(of_tail.checked_sub(1).filter(|count| *count > 0)?)?;
        let tail = words.get(gap + 1..)?;
        let start = from + rest.find(tail)?;
        let before = trim_end(text.text.get(..start)?);
        let word = before.rfind(' ').map_or(0, |at| at + 1);
        let wanted = self.folded.original.get(self.folded.place(0..gap))?;
        Some(Near { place: text.place(word..before.len()), wanted: last_word(wanted) })
    }
}

/// The stretches of a quotation between its gaps.
fn passages(exact: &str) -> Vec<Passage<'_>> {
    let mut passages = Vec::new();
    let mut start = 0;
    let mut open = true;
    let mut push = |range: Range<usize>, whole: (bool, bool)| {
        let passage = exact.get(range).map(|words| Passage::of(words, whole));
        passages.extend(passage.filter(|passage| passage.folded.text.chars().any(char::is_alphanumeric)));
    };
    while let Some((gap, joins)) = gap_from(exact, start) {
        push(start..gap.start, (open, joins.0));
        open = joins.1;
        start = gap.end;
    }
    push(start..exact.len(), (open, true));
    passages
}

/// The next gap, and whether what stands before and after it must end and begin a word.
fn gap_from(text: &str, from: usize) -> Option<(Range<usize>, (bool, bool))> {
    let rest = text.get(from..)?;
    for (at, c) in rest.char_indices() {
        let here = rest.get(at..)?;
        let length = match c {
            '[' => here.find(']').map(|end| end + 1),
            '…' => Some(c.len_utf8()),
            '.' if here.starts_with("...") => Some(here.len() - here.trim_start_matches('.').len()),
            '(' if here.starts_with("(…)") || here.starts_with("(...)") => here.find(')').map(|end| end + 1),
            _ => None,
        };
        if let Some(length) = length {
            let bracket = c == '[';
            return Some((from + at..from + at + length, (!bracket, !bracket)));
        }
    }
    None
}

fn begins_with_gap(exact: &str) -> bool {
    gap_from(exact, 0).is_some_and(|(gap, _)| gap.start == 0)
}

fn ends_with_gap(exact: &str) -> bool {
    [']', '…'].iter().any(|end| exact.ends_with(*end)) || ["...", "(…)"].iter().any(|end| exact.ends_with(end))
}

/// The letters of a text, composed, without what cannot be seen, each with its place.
fn letters(text: &str) -> Vec<(char, usize)> {
    let (canonical, compatible) = (ComposingNormalizer::new_nfc(), ComposingNormalizer::new_nfkc());
    let mut letters = Vec::with_capacity(text.len());
    for (place, cluster) in text.grapheme_indices(true) {
        if cluster.is_ascii() {
            letters.extend(cluster.chars().map(|c| (c, place)));
            continue;
        }
        // Letters that only a page's setting joined or shaped, as they come out of a PDF, are taken apart.
        let composed =
            if cluster.contains(is_shaped) { compatible.normalize(cluster) } else { canonical.normalize(cluster) };
        letters.extend(composed.chars().filter(|c| !is_invisible(*c)).map(|c| (c, place)));
    }
    letters
}

fn is_shaped(c: char) -> bool {
    matches!(c, '\u{FB00}'..='\u{FB06}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    )
}

/// Blanks and dashes: what may stand between two words.
fn is_joint(c: char) -> bool {
    c.is_whitespace() || is_dash(c)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{5BE}')
}

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '\'' | '"' | '`' | '´' | '«' | '»' | '\u{2018}'..='\u{201F}' | '‹' | '›' | '′' | '″' | '׳' | '״')
}

/// What blanks and dashes between two letters come to.
///
/// A dash is nothing, because one book sets it with blanks, another without, and a third at the end of a line; but it stays before a number.
fn join(before: Option<char>, joint: &[(char, usize)], after: Option<char>) -> Option<&'static str> {
    let (Some(before), Some(after)) = (before, after) else { return None };
    let last_is_dash = joint.last().is_some_and(|(c, _)| is_dash(*c));
    if joint.iter().any(|(c, _)| is_dash(*c)) {
        let numbers = before.is_numeric() && after.is_numeric();
        let minus = after.is_numeric() && last_is_dash && joint.len() > 1;
        return match (numbers, minus) {
            (true, _) => Some("-"),
            (false, true) => Some(" -"),
            (false, false) => None,
        };
    }
    // French sets blanks within its quotation marks; a blank beside a mark says nothing.
    (before != '\'' && !is_quotation_mark(after)).then_some(" ")
}

fn trim_end(text: &str) -> &str {
    text.trim_end_matches([' ', '\''])
}

/// What follows a passage, without the stop that may close it.
fn trim_start(text: &str) -> &str {
    text.trim_start_matches([' ', '\'', '.', ',', ';', ':'])
}

fn some_words(text: &str) -> String {
    text.split_whitespace().take(SHOWN).collect::<Vec<_>>().join(" ")
}

fn last_word(text: &str) -> String {
    text.split_whitespace().next_back().unwrap_or("").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn holds(text: &str, exact: &str) -> bool {
        find(&Folded::of(text), exact, None, None).is_ok()
    }

    fn miss(text: &str, exact: &str) -> (Part, Option<(String, String)>) {
        let miss = find(&Folded::of(text), exact, None, None).unwrap_err();
        (miss.part, miss.near.map(|near| (text.get(near.place).unwrap().to_owned(), near.wanted)))
    }

    #[test]
    fn setting_does_not_count() {
        let cases = [
            ("All human beings\nare  born\u{a0}free.", "human beings are born free"),
            ("He said: “We left.” Then", "He said: \"We left.\" Then"),
            ("Il a dit : « Nous partons. » Puis", "Il a dit : “Nous partons.” Puis"),
            ("she said ‘it’s “over” now’", "she said \"it's 'over' now\""),
            ("the Israel–Hamas war", "the Israel-Hamas war"),
            ("the Israel–Hamas war", "Hamas war"),
            ("came — saw — left", "came—saw – left"),
            ("an inde\u{ad}pendent body", "an independent body"),
            ("an inde-\npendent body", "an independent body"),
            ("a self-\nevident truth", "a self-evident truth"),
            ("pages 3–5 and 7", "pages 3-5 and 7"),
            ("the e\u{301}lite", "the élite"),
            ("the o\u{fb03}ce and the \u{fb01}re", "the office and the fire"),
            ("הודעת דו״ח צה\"ל", "הודעת דו\"ח צה״ל"),
            ("אור־יהודה", "אור-יהודה"),
            ("قال\u{200f}: «غادرنا»", "قال: \"غادرنا\""),
            ("it was…\nover", "it was...over"),
            ("The end", "“The end.”"),
            ("the end, he said", "the end."),
        ];
        for (text, exact) in cases {
            assert!(holds(text, exact), "{text:?} holds {exact:?}: {:?}", Folded::of(text).text);
        }
    }

    #[test]
    fn words_and_numbers_count() {
        let cases = [
            ("at least 1,234 people", "at least 1,243 people"),
            ("it fell by -5", "it fell by 5"),
            ("pages 3–5", "pages 35"),
            ("She left", "he left"),
            ("the end", "The end"),
            ("they were not killed", "they were killed"),
            ("came – saw", "came saw"),
            ("one. Three.", "one. Two. Three."),
        ];
        for (text, exact) in cases {
            assert!(!holds(text, exact), "{text:?} does not hold {exact:?}: {:?}", Folded::of(text).text);
        }
    }

    #[test]
    fn gaps_are_passed_over_in_order() {
        let text =
            "The Court finds, by thirteen votes to two, that Israel must, in accordance with its obligations, act.";
        for exact in [
            "The Court finds […] that Israel must … act",
            "[T]he Court finds",
            "…the Court [it] finds".replace("the", "The").as_str(),
            "Israel must (...) act.",
            "…Israel must...",
            "[In its order t]he Court finds",
        ] {
            assert!(holds(text, exact), "{exact}");
        }
        assert!(!holds(text, "Israel must […] The Court finds"));
        assert!(!holds(text, "The Court finds […] that Egypt must"));
        assert!(holds(text, "[…]"), "nothing is claimed");
    }

    #[test]
    fn it_says_where_the_nearest_words_part() {
        let text = "In the morning at least 1,234 people\nwere killed in the city, it said.";
        assert_eq!(
            miss(text, "at least 1,243 people were killed"),
            (Part::Exact, Some(("1,234".into(), "1,243".into())))
        );
        assert_eq!(
            miss(text, "at least 1,234 people were wounded in the city"),
            (Part::Exact, Some(("killed in the city,".into(), "wounded in the city".into())))
        );
        assert_eq!(miss(text, "Nobody knows anything"), (Part::Exact, None));
        assert_eq!(miss("", "Nobody knows"), (Part::Exact, None));
    }

    #[test]
    fn the_words_around_must_stand_around() {
        let text = Folded::of(
            "According to agency A, “at least 1,234 people were killed” on Monday. At the end, nobody came.",
        );
        let look =
            |prefix, suffix| find(&text, "at least 1,234 people were killed", prefix, suffix).map_err(|miss| miss.part);
        assert_eq!(look(Some("According to agency A, "), Some("on Monday")), Ok(()));
        assert_eq!(look(Some("agency A,"), None), Ok(()));
        assert_eq!(look(Some("agency B,"), None), Err(Part::Prefix));
        assert_eq!(look(None, Some("on Tuesday")), Err(Part::Suffix));
        assert_eq!(find(&text, "[A]t least 1,234 […]", Some("According to"), Some("nobody came")), Ok(()));
        // Of two occurrences the second may be meant.
        let text = Folded::of("He came. She said: He came. Then he left.");
        assert_eq!(find(&text, "He came", Some("She said:"), None), Ok(()));
        assert_eq!(find(&text, "He came", None, Some("Then")), Ok(()));
    }

    proptest! {
        #[test]
        fn any_passage_of_a_text_is_found_in_it(text in "(\\PC|[a-z א-ت\"“«–-]|\n){0,60}", from in 0..40usize, length in 0..40usize) {
            let words: Vec<&str> = text.split_whitespace().collect();
            let from = from.min(words.len());
            let exact = words[from..(from + length).min(words.len())].join(" ");
            // Brackets and dots are gaps in a quotation; two gaps may be one too many.
            prop_assume!(!exact.contains(['[', ']', '(', '.', '…']));
            let _ = find(&Folded::of(&text), &exact, Some("a"), Some("b"));
            let folded = Folded::of(&text);
            prop_assert_eq!(folded.places.len(), folded.text.len());
            prop_assert!(folded.places.windows(2).all(|pair| pair[0] <= pair[1]));
            prop_assert!(folded.places.iter().all(|place| text.is_char_boundary(*place)));
            let miss = find(&folded, &exact, None, None);
            prop_assert!(miss.is_ok(), "{exact:?}: {miss:?}");
        }
    }
}
