//! Runs of left-to-right text within right-to-left sentences: names in Latin letters, signed numbers, ranges, telephone numbers.
//!
//! Without isolation a browser shows `+972 2 589 0400` backwards, `5–10` as `10–5` and puts the full stop after `OCHA (2024)` on the wrong
//! side. The renderer wraps each such run, so that editors need not know.

use super::html::Html;

/// Adds text of a right-to-left language, left-to-right runs isolated.
pub(super) fn text(html: &mut Html, text: &str) {
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
    while let Some(offset) = text.get(from..)?.find(starts_run) {
        let start = from + offset;
        let tail = text.get(start..)?;
        // `ל-27`: after a letter a stroke is a hyphen, not a sign.
        let hyphen = tail.starts_with(['-', '+', '\u{2212}'])
            && text.get(..start)?.chars().next_back().is_some_and(char::is_alphabetic);
        let length = if hyphen { 0 } else { run_length(tail) };
        if length == 0 {
            from = start + tail.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let run = tail.get(..length)?;
        if needs_isolation(run) {
            return Some((text.get(..start)?, run, tail.get(length..)?));
        }
        from = start + length;
    }
    None
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || (('\u{00C0}'..='\u{024F}').contains(&c) && c.is_alphabetic())
}

fn is_core(c: char) -> bool {
    is_latin(c) || c.is_ascii_digit()
}

fn starts_run(c: char) -> bool {
    is_core(c) || matches!(c, '+' | '-' | '\u{2212}' | '$' | '€' | '£')
}

/// What may stand between two letters or digits of one run.
fn joins(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}'
            | '\u{202f}'
            | '.'
            | ','
            | '\''
            | '’'
            | '-'
            | '–'
            | '\u{2212}'
            | '/'
            | ':'
            | '+'
            | '&'
            | '@'
            | '_'
            | '('
            | '\u{2011}'
    )
}

/// The bytes of the run at the beginning of a text; 0 when there is none.
fn run_length(text: &str) -> usize {
    let mut end = 0;
    let mut seen_core = false;
    let mut open_brackets = 0_usize;
    // Brackets and joining characters since `end` count only when something of the run follows them.
    let mut pending_brackets = 0_usize;
    for (index, c) in text.char_indices() {
        let after = index + c.len_utf8();
        if is_core(c) {
            seen_core = true;
            open_brackets += pending_brackets;
            pending_brackets = 0;
            end = after;
        } else if !seen_core {
            // A sign or a currency counts only right before a digit.
            let digit_follows = text.get(after..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            if !digit_follows {
                return 0;
            }
        } else if matches!(c, '%' | '+') && end == index {
            end = after;
        } else if c == ')' && open_brackets > 0 && end == index {
            open_brackets -= 1;
            end = after;
        } else if joins(c) {
            if c == '(' {
                pending_brackets += 1;
            }
        } else {
            break;
        }
    }
    end
}

/// A plain number keeps its order by itself; letters, signs, ranges and groups do not.
fn needs_isolation(run: &str) -> bool {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    !run.chars().all(plain) && run.chars().any(is_core) && !is_plain_percentage(run)
}

fn is_plain_percentage(run: &str) -> bool {
    run.strip_suffix('%').is_some_and(|number| number.chars().all(|c| c.is_ascii_digit() || c == '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(input: &str) -> String {
        let mut html = Html::new();
        text(&mut html, input);
        html.as_str().replace("<bdi dir=\"ltr\">", "⟨").replace("</bdi>", "⟩")
    }

    #[test]
    fn runs_are_isolated_whole() {
        let cases = [
            ("לפי OCHA (2024), נהרגו 1,200+ בני אדם.", "לפי ⟨OCHA (2024)⟩, נהרגו ⟨1,200+⟩ בני אדם."),
            ("ירידה של -12.5% בשנת 2024", "ירידה של ⟨-12.5%⟩ בשנת 2024"),
            ("טלפון +972 2 589 0400.", "טלפון ⟨+972 2 589 0400⟩."),
            ("בגיל 5–10 שנים", "בגיל ⟨5–10⟩ שנים"),
            ("منظمة Human Rights Watch، وقالت", "منظمة ⟨Human Rights Watch⟩، وقالت"),
            ("ארגון B'Tselem.", "ארגון ⟨B&#39;Tselem⟩."),
            ("בין 7 באוקטובר ל-27 באוקטובר", "בין 7 באוקטובר ל-27 באוקטובר"),
            ("41,234 ו־29.7%", "41,234 ו־29.7%"),
            ("אין כאן דבר - רק מקף", "אין כאן דבר - רק מקף"),
            ("(BBC)", "(⟨BBC⟩)"),
            ("כתב העת The Lancet (2025) ואחרים", "כתב העת ⟨The Lancet (2025)⟩ ואחרים"),
            ("$71.4 מיליארד", "⟨$71.4⟩ מיליארד"),
        ];
        for (input, expected) in cases {
            assert_eq!(marked(input), expected, "{input}");
        }
    }
}
