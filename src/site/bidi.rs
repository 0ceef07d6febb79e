//! Runs of left-to-right text within right-to-left sentences: names in Latin letters, signed numbers, ranges, telephone numbers, addresses.
//!
//! Without isolation a browser shows `+972 2 589 0400` backwards, `5–10` as `10–5` and puts the full stop after `OCHA (2024)` on the wrong
//! side. The renderer wraps each such run, so that editors need not know.
//!
//! Where a run ends matters as much: `2024, 1,200` are a year and a count, and isolated as one the count would be read before the year.
//! So a run is made of words, and what stands between two of them says whether they belong together.

use super::html::Html;
use crate::letters::is_alphabetic;
use crate::locale::Direction;

/// Text in a direction; what runs the other way in it is isolated.
pub(super) fn running(text: &str, direction: Direction) -> Html {
    let mut html = Html::new();
    write(&mut html, text, direction);
    html
}

/// Adds such text.
pub(super) fn write(html: &mut Html, text: &str, direction: Direction) {
    match direction {
        Direction::Rtl => isolate(html, text),
        Direction::Ltr => {
            html.text(text);
        }
    }
}

/// The same as plain text: Unicode's marks isolate.
pub(super) fn plain(text: &str, direction: Direction) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, run, after)) = next_run(rest).filter(|_| direction == Direction::Rtl) {
        plain.extend([before, "\u{2066}", run, "\u{2069}"]);
        rest = after;
    }
    plain + rest
}

/// Adds text of a right-to-left language, left-to-right runs isolated.
fn isolate(html: &mut Html, text: &str) {
    let mut rest = text;
    while let Some((before, run, after)) = next_run(rest) {
        html.text(before);
        html.open("bdi", &[("dir", "ltr")]).text(run).close("bdi");
        rest = after;
    }
    html.text(rest);
}

/// Splits off the first run that needs isolation.
fn next_run(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(offset) = text.get(from..)?.find(starts_word) {
        let start = from + offset;
        let tail = text.get(start..)?;
        // `ל-27`: after a letter a stroke is a hyphen, not a sign.
        let hyphen =
            tail.starts_with(is_stroke) && text.get(..start)?.chars().next_back().is_some_and(char::is_alphabetic);
        let length = if hyphen { None } else { address_length(tail).or_else(|| run_length(tail)) };
        let Some(length) = length else {
            from = start + tail.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let run = tail.get(..length)?;
        if needs_isolation(run) {
            return Some((text.get(..start)?, run, tail.get(length..)?));
        }
        from = start + length;
    }
    None
}

/// A plain number keeps its order by itself; letters, signs, ranges and groups do not.
fn needs_isolation(run: &str) -> bool {
    !run.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
}

/// The bytes of the run at the beginning of a text: words as long as they belong together.
fn run_length(text: &str) -> Option<usize> {
    let mut end = word_length(text)?;
    // Where the run would end without the brackets that are still open.
    let mut open: Vec<usize> = Vec::new();
    loop {
        let (run, rest) = text.split_at_checked(end)?;
        if rest.starts_with(')') && open.pop().is_some() {
            end += 1;
        } else if let Some((between, word)) = next_word(rest)
            && belong_together(run, between, word)
        {
            if between.ends_with('(') {
                open.push(end);
            }
            end += between.len() + word.len();
        } else {
            break;
        }
    }
    // `OCHA (BBC ועוד)`: a bracket that closes elsewhere is the sentence's.
    Some(open.first().copied().unwrap_or(end))
}

/// The next word, and what stands before it: a few marks and spaces.
fn next_word(text: &str) -> Option<(&str, &str)> {
    for (index, c) in text.char_indices().take(4) {
        let (between, tail) = text.split_at_checked(index)?;
        if let Some(length) = word_length(tail) {
            return Some((between, tail.get(..length)?));
        }
        if !is_space(c) && !is_inner(c) && c != '(' {
            return None;
        }
    }
    None
}

/// Whether a word goes on a run, by what stands between them.
fn belong_together(run: &str, between: &str, word: &str) -> bool {
    let letter_before = run.chars().rev().find(|c| is_core(*c)).is_some_and(is_letter);
    let letter_after = word.chars().find(|c| is_core(*c)).is_some_and(is_letter);
    let (marks, bracket) = between.strip_suffix('(').map_or((between, false), |marks| (marks, true));
    let spaced = marks.contains(is_space);
    match marks.trim_matches(is_space) {
        // `OCHA (2024)`, but `1,200 (OCHA)`: a count and who counted.
        "" if bracket && spaced => run.contains(is_letter),
        "" => true,
        // `p. 3`, but not the end of a sentence.
        "." if !bracket => is_abbreviated(run),
        // `Yale Law School, New Haven`, but `2024, 1,200` and `CPJ: 247`.
        "," | ":" if !bracket => letter_before && letter_after,
        // `2008 – 2009` and `51(7)-(8)`, but `BBC – 1,200` and the day after a year: `2023 – 4 ביולי`.
        "-" | "–" | "\u{2011}" | "\u{2212}" | "/" | "&" | "+" => {
            !spaced || (!bracket && letter_before == letter_after && (letter_after || run.len() == word.len()))
        }
        _ => false,
    }
}

/// Whether the last word of a run is one that a full stop shortens: `p`, `No`, `J`, but not `OCHA` or `2024`.
fn is_abbreviated(run: &str) -> bool {
    let last = run.rsplit(|c| !is_letter(c)).next().unwrap_or_default();
    let length = last.chars().count();
    length == 1 || (2..=4).contains(&length) && last.chars().skip(1).all(char::is_lowercase)
}

/// The bytes of the word at the beginning of a text, from its sign to what clings to its end: `-12.5%`, `A/RES/181`, `B'Tselem`, `1,200+`.
fn word_length(text: &str) -> Option<usize> {
    let begin = text.find(|c| !is_prefix(c))?;
    let (prefix, tail) = text.split_at_checked(begin)?;
    let first = tail.chars().next().filter(|c| is_core(*c))?;
    // A sign or a currency counts only right before a digit.
    if is_letter(first) && !matches!(prefix, "" | "@" | "#") {
        return None;
    }
    let mut end = begin;
    for (index, c) in text.char_indices().skip_while(|(index, _)| *index < begin) {
        if is_core(c) || (clings(c) && end == index) {
            end = index + c.len_utf8();
        } else if !is_inner(c) {
            break;
        }
    }
    Some(end)
}

/// The bytes of an address at the beginning of a text, without the stop or the bracket that ends the sentence around it.
fn address_length(text: &str) -> Option<usize> {
    if !["https://", "http://", "www."].iter().any(|scheme| text.starts_with(scheme)) {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»' | '،' | '؛');
    let whole = text.split(ends).next()?;
    let address = whole.trim_end_matches(['.', ',', ';', ':', '!', '?']);
    let closes = |address: &str| address.matches(')').count() > address.matches('(').count();
    Some(address.strip_suffix(')').filter(|_| closes(address)).unwrap_or(address).len())
}

/// A letter of a script that runs to the right.
fn is_letter(c: char) -> bool {
    let leftward = matches!(
        c,
        '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}'
    );
    !leftward && is_alphabetic(c)
}

fn is_core(c: char) -> bool {
    is_letter(c) || c.is_ascii_digit()
}

fn starts_word(c: char) -> bool {
    is_core(c) || is_prefix(c)
}

fn is_stroke(c: char) -> bool {
    matches!(c, '+' | '-' | '–' | '\u{2212}')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '\u{20A0}'..='\u{20CF}')
}

/// What may stand before the first digit, or `@` and `#` before a letter.
fn is_prefix(c: char) -> bool {
    is_stroke(c) || is_currency(c) || matches!(c, '±' | '~' | '≈' | '<' | '>' | '≤' | '≥' | '@' | '#')
}

/// What belongs to the letter or digit right before it.
fn clings(c: char) -> bool {
    is_currency(c) || matches!(c, '%' | '‰' | '+' | '°' | '²' | '³' | '′' | '″' | '™' | '®' | '\u{0300}'..='\u{036F}')
}

/// What may stand between two letters or digits of one word.
fn is_inner(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | '-' | '–' | '\u{2011}' | '\u{2212}' | '/' | ':' | '+' | '&' | '@' | '_')
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}')
}

#[cfg(test)]
mod tests;
