//! What counts as the number of a place: digits of any numeral system, roman numerals, letters used as numbers, ranges and lists of them.

/// Marks of direction that writers of Hebrew and Arabic put between words; they mean nothing here.
pub(super) fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Spaces of every kind, and marks of direction.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_direction_mark(c)
}

/// The value without marks of direction, with single spaces.
pub(super) fn clean(text: &str) -> String {
    let kept: String = text.chars().filter(|&c| !is_direction_mark(c)).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many bytes of blanks a text begins with.
pub(super) fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_blank).len()
}

/// The length of a value after a label: its first unit holds a digit, is a roman numeral, or is one letter.
pub(super) fn labelled(text: &str) -> Option<usize> {
    let first = unit(text)?;
    let word = text.get(..first)?;
    let rest = text.get(first..)?;
    let counts = has_digit(word) || is_roman(word) || (is_letter_number(word) && ends_here(rest));
    counts.then(|| first + more(rest, is_roman(word)))
}

/// The length of a value without a label: its first unit holds a digit, after three letters at most (`A12`, `S-15`).
pub(super) fn unlabelled(text: &str) -> Option<usize> {
    let first = unit(text)?;
    is_number(text.get(..first)?).then(|| first + more(text.get(first..).unwrap_or(""), false))
}

/// Whether a unit is a number without a label's help: `12`, `A12`, `S-15`, and not `10-year` or `A/RES/181`.
fn is_number(word: &str) -> bool {
    let before = word.split(char::is_numeric).next().unwrap_or("");
    let plain = before.chars().filter(|c| c.is_alphabetic()).count() <= 3 && !before.contains('/');
    // A number that is part of a word counts nothing.
    let compound = word.split(['-', '–']).skip(1).any(|part| part.chars().filter(|c| c.is_alphabetic()).count() > 3);
    has_digit(word) && plain && !compound
}

/// The length of a time or a stretch of time: `00:12:30`, `12:30–13:05`.
pub(super) fn time(text: &str) -> Option<usize> {
    let first = unit(text)?;
    let word = text.get(..first)?;
    let is_time = word.split(['-', '–']).all(|time| {
        time.contains(':')
            && time.split(':').all(|part| !part.is_empty() && part.chars().all(|c| c.is_numeric() || c == '.'))
    });
    is_time.then_some(first)
}

/// Whether a text in braces without a label can be counted: it holds a digit or a roman numeral.
pub(super) fn counts(text: &str) -> bool {
    has_digit(text) || text.split(|c: char| !c.is_alphanumeric()).any(is_roman)
}

/// Whether a value names more than one place: a list, or a range of numbers.
pub(super) fn is_plural(value: &str) -> bool {
    let mut before = None;
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ',' | '،' | '&' => return true,
            '-' | '–' => {
                let numeric = |c: Option<char>| c.is_some_and(|c| c.is_numeric() || c == ')' || c == '(');
                let roman = |c: Option<char>| c.is_some_and(|c| "ivxlcdm".contains(c));
                let after = chars.peek().copied();
                if (numeric(before) && numeric(after)) || (roman(before) && roman(after)) {
                    return true;
                }
            }
            _ => {}
        }
        before = Some(c);
    }
    false
}

/// The bytes of further units after the first: `, 7`, ` & 9`, `–(xvii)`.
fn more(text: &str, roman: bool) -> usize {
    let mut taken = 0;
    loop {
        let rest = text.get(taken..).unwrap_or("");
        let separator = separator(rest);
        let Some(after) = rest.get(separator..).filter(|_| separator > 0) else { return taken };
        let Some(length) = unit(after) else { return taken };
        let word = after.get(..length).unwrap_or("");
        let numeral = is_roman(word) && (roman || word.len() > 1);
        if !is_number(word) && !numeral {
            return taken;
        }
        // A bracketed remark (`86 (2 dissenting)`) is no further number.
        if word.starts_with('(') && !rest.get(..separator).is_some_and(|s| s.contains([',', '،', '–', '-', '&'])) {
            return taken;
        }
        taken += separator + length;
    }
}

/// The bytes of a separator between units: blanks around one comma, `&` or dash.
fn separator(text: &str) -> usize {
    let before = blanks(text);
    let rest = text.get(before..).unwrap_or("");
    match rest.chars().next() {
        Some(c @ (',' | '،' | '&' | '–' | '-')) => {
            let mark = before + c.len_utf8();
            mark + blanks(text.get(mark..).unwrap_or(""))
        }
        _ => before,
    }
}

/// The bytes of one unit: letters, digits and balanced parentheses, joined by `- – : . / '` and the like. `None` when there is none.
fn unit(text: &str) -> Option<usize> {
    let mut end = 0;
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if c == '(' {
            let Some(length) = parentheses(text.get(at..).unwrap_or("")) else { break };
            at += length;
            end = at;
        } else if c.is_alphanumeric() || is_geresh(c) || is_mark(c) {
            at += c.len_utf8();
            if !matches!(c, '\'' | '"' | '’') || continues(text, at) {
                end = at;
            }
        } else if end > 0 && matches!(c, '-' | '–' | ':' | '.' | '/') && continues(text, at + c.len_utf8()) {
            at += c.len_utf8();
        } else {
            break;
        }
    }
    let word = text.get(..end)?;
    word.chars().any(char::is_alphanumeric).then_some(end)
}

/// Whether a unit goes on at this place.
fn continues(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(|c| c.is_alphanumeric() || c == '(')
}

/// The bytes of `(…)` at the start of a text, balanced and at most 40 bytes long.
fn parentheses(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().take_while(|(at, _)| *at < 40) {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            ';' | '[' | ']' | '{' | '}' | '@' | '\\' => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(at + c.len_utf8());
        }
    }
    None
}

fn has_digit(text: &str) -> bool {
    text.chars().any(char::is_numeric)
}

/// Vowel points and other marks that combine with a letter, and the tatweel.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{640}' | '\u{300}'..='\u{36f}')
}

/// Geresh and gershayim, and what is typed in their place.
fn is_geresh(c: char) -> bool {
    matches!(c, '׳' | '״' | '\'' | '"' | '’')
}

/// Whether a word is a roman numeral, in one case, as ranges such as `iv–ix` and outlines such as `I.A` too.
pub(super) fn is_roman(word: &str) -> bool {
    let one_case = word.chars().all(|c| !c.is_ascii_uppercase()) || word.chars().all(|c| !c.is_ascii_lowercase());
    let mut parts = word.split(['-', '–', '.']).map(|part| part.trim_matches(['(', ')']));
    let capital = |part: &str| part.len() == 1 && part.chars().all(|c| c.is_ascii_uppercase());
    one_case && parts.next().is_some_and(is_roman_numeral) && parts.all(|part| is_roman_numeral(part) || capital(part))
}

fn is_roman_numeral(text: &str) -> bool {
    let mut rest = text;
    let steps: [(&str, usize); 13] = [
        ("m", 4),
        ("cm", 1),
        ("d", 1),
        ("cd", 1),
        ("c", 3),
        ("xc", 1),
        ("l", 1),
        ("xl", 1),
        ("x", 3),
        ("ix", 1),
        ("v", 1),
        ("iv", 1),
        ("i", 3),
    ];
    for (step, times) in steps {
        for _ in 0..times {
            match rest.get(..step.len()) {
                Some(head) if head.eq_ignore_ascii_case(step) => rest = rest.get(step.len()..).unwrap_or(""),
                _ => break,
            }
        }
    }
    rest.is_empty() && !text.is_empty()
}

/// Whether a word is a letter used as a number: `A`, `א`, `י״ב`, `أ`.
fn is_letter_number(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let semitic = |c: char| matches!(c, 'א'..='ת' | 'ء'..='ي');
    let one = letters == 1 && word.chars().all(|c| c.is_ascii_uppercase() || semitic(c) || is_geresh(c));
    let gershayim = (2..=4).contains(&letters)
        && word.chars().all(|c| semitic(c) || is_geresh(c))
        && word.chars().any(|c| matches!(c, '״' | '"'));
    one || gershayim
}

/// Whether what follows a letter shows that the letter stood alone: the end, or a comma.
fn ends_here(rest: &str) -> bool {
    let rest = rest.trim_start_matches(is_blank);
    rest.is_empty() || rest.starts_with([',', '،', ';', '؛', '(', '&', '–', '-'])
}
