//! What no style can say and no engine does: it looks at what stands beside what.
//!
//! Two full stops become one; a comma becomes that of the reader's script; "and", where it is a letter before the next word, is joined to
//! it; a French colon has its space; a title is followed by what it means; a title of the editors' own loses its quotation marks.

use super::{Purpose, Token};
use crate::citation::csl::project::Projection;
use crate::citation::entry::{Look, Role, Run, Value};
use crate::locale::Locale;

/// Marks that open or close a quotation in one of the languages.
const QUOTES: &[char] = &['“', '”', '„', '‘', '’', '«', '»', '‹', '›', '״', '׳', '"', '\'', '\u{a0}', '\u{202f}'];

/// Puts the line of an entry right.
pub(super) fn polish(mut tokens: Vec<Token>, projection: &Projection, locale: &Locale, purpose: Purpose) -> Vec<Token> {
    if projection.descriptive {
        unquote(&mut tokens);
    }
    explain_title(&mut tokens, projection);
    neighbours(tokens, locale, purpose)
}

/// Looks at what stands beside what.
pub(super) fn neighbours(mut tokens: Vec<Token>, locale: &Locale, purpose: Purpose) -> Vec<Token> {
    let script = Script::of(locale);
    script.put_words_before_numbers(&mut tokens);
    for at in 0..tokens.len() {
        let before = text_before(&tokens, at);
        let next = first_after(&tokens, at);
        match tokens.get_mut(at) {
            Some(Token::Words(run)) => {
                run.text = once(&run.text, &before);
                script.write(&mut run.text, before.chars().next_back(), next);
            }
            Some(Token::Value(Value { role: Role::Name, runs, .. })) => script.write_name(runs),
            _ => {}
        }
        if let Some(token) = tokens.get_mut(at).filter(|_| purpose == Purpose::OwnEntry) {
            capitalise(token, &before);
        }
    }
    trim(&mut tokens);
    tokens
}

/// The editors' own description of a document is neither quoted nor slanted.
fn unquote(tokens: &mut [Token]) {
    let Some(at) = tokens.iter().position(is_title) else { return };
    if let Some(Token::Words(run)) = at.checked_sub(1).and_then(|at| tokens.get_mut(at)) {
        run.text = run.text.trim_end_matches(QUOTES).to_owned();
    }
    if let Some(Token::Words(run)) = tokens.get_mut(at + 1) {
        run.text = run.text.trim_start_matches(QUOTES).to_owned();
    }
    if let Some(Token::Value(Value { runs, .. })) = tokens.get_mut(at) {
        for run in runs {
            run.looks.retain(|look| *look != Look::Italic);
        }
    }
}

fn is_title(token: &Token) -> bool {
    matches!(token, Token::Value(Value { role: Role::Title, .. }))
}

/// Writes the title in Latin letters and in the reader's language after the title: `العنوان (al-ʿUnwān) [The title]`.
fn explain_title(tokens: &mut Vec<Token>, projection: &Projection) {
    let Some(title) = tokens.iter().position(is_title) else { return };
    let mut after = Vec::new();
    for slot in &projection.after_title {
        let (open, close) = if slot.role == Role::LatinTitle { (" (", ")") } else { (" [", "]") };
        after.push(Token::Words(Run::plain(open)));
        let runs = vec![Run::plain(slot.text.as_str())];
        after.push(Token::Value(Value { role: slot.role, lang: slot.lang.clone(), runs }));
        after.push(Token::Words(Run::plain(close)));
    }
    // Not within the quotation marks.
    let mut at = title + 1;
    if let Some(Token::Words(run)) = tokens.get_mut(at) {
        let inside = run.text.trim_start_matches(['.', ',', '!', '?', ';', ':']);
        let outside = inside.trim_start_matches(QUOTES);
        if outside.len() < inside.len() {
            let rest = Run { text: outside.to_owned(), looks: run.looks.clone() };
            run.text.truncate(run.text.len() - outside.len());
            at += 1;
            tokens.insert(at, Token::Words(rest));
        }
    }
    tokens.splice(at..at, after);
}

/// All that is shown before a token.
fn text_before(tokens: &[Token], at: usize) -> String {
    let mut shown = Vec::new();
    for token in tokens.iter().take(at).rev() {
        let text: String = match token {
            Token::Words(run) => run.text.clone(),
            Token::Value(value) => value.runs.iter().map(|run| run.text.as_str()).collect(),
            Token::Break => break,
            _ => continue,
        };
        let enough = text.chars().any(char::is_alphanumeric);
        shown.push(text);
        if enough {
            break;
        }
    }
    shown.into_iter().rev().collect()
}

/// The first character that is shown after a token.
fn first_after(tokens: &[Token], at: usize) -> Option<char> {
    tokens.iter().skip(at + 1).find_map(|token| match token {
        Token::Words(run) => run.text.chars().next(),
        Token::Value(value) => value.runs.iter().find_map(|run| run.text.chars().next()),
        _ => None,
    })
}

/// The words without a full stop, a comma or a space that is there already.
fn once(words: &str, before: &str) -> String {
    let ended = before.trim_end_matches(QUOTES);
    let has_end = ended.ends_with(['.', '?', '!', '…', '؟', '‽']);
    let mut words = words;
    if has_end && words.starts_with('.') {
        words = words.get(1..).unwrap_or_default();
    }
    if before.ends_with([',', '،', ';', ':']) && words.starts_with(',') {
        words = words.get(1..).unwrap_or_default();
    }
    if before.is_empty() || before.ends_with(char::is_whitespace) {
        words = words.trim_start_matches(' ');
    }
    // "n.d.." where a term that ends a sentence ended a sentence.
    let dots = words.replace("...", "…").replace("..", ".");
    if words.contains("...") { dots.replace('…', "...") } else { dots }
}

/// Begins a sentence with a capital: "Undated", "About 1377". In the built-in style a letter after a full stop always begins one.
fn capitalise(token: &mut Token, before: &str) {
    let (text, mut begins) = match token {
        Token::Words(run) => (&mut run.text, before.ends_with(". ")),
        Token::Value(Value { role: Role::Date, runs, .. }) => match runs.first_mut() {
            Some(run) => (&mut run.text, before.is_empty() || before.ends_with(". ")),
            None => return,
        },
        _ => return,
    };
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        if begins && c.is_lowercase() {
            written.extend(c.to_uppercase());
        } else {
            written.push(c);
        }
        begins = written.ends_with(". ");
    }
    *text = written;
}

/// How the reader's language writes what stands between words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Arabic,
    /// Arabic letters and commas, but "and" is a word of its own.
    Persian,
    French,
    Hebrew,
    Other,
}

impl Script {
    fn of(locale: &Locale) -> Self {
        match locale.lang().as_str().split('-').next() {
            Some("ar") => Self::Arabic,
            Some("fa" | "ur" | "ps" | "ckb" | "sd" | "ug") => Self::Persian,
            Some("fr") => Self::French,
            Some("he" | "yi") => Self::Hebrew,
            _ => Self::Other,
        }
    }

    /// The word for an edition stands before its number, where styles have it after: `מהדורה 2`.
    fn put_words_before_numbers(self, tokens: &mut Vec<Token>) {
        let words: &[&str] = match self {
            Self::Arabic => &["ط.", "الطبعة"],
            Self::Hebrew => &["מהדורה"],
            Self::Persian => &["ویرایش", "اشاعت"],
            Self::French | Self::Other => return,
        };
        for at in (1..tokens.len()).rev() {
            let is_number = matches!(tokens.get(at - 1), Some(Token::Value(Value { role: Role::Number, .. })));
            let Some(Token::Words(run)) = tokens.get_mut(at).filter(|_| is_number) else { continue };
            let found = words.iter().find_map(|word| Some((*word, run.text.trim_start().strip_prefix(word)?)));
            if let Some((word, rest)) = found {
                let before = Run { text: format!("{word} "), looks: run.looks.clone() };
                run.text = rest.to_owned();
                tokens.insert(at - 1, Token::Words(before));
            }
        }
    }

    /// The comma between the parts of a name.
    fn write_name(self, runs: &mut [Run]) {
        let is_arabic = |c: char| ('\u{0600}'..='\u{06FF}').contains(&c);
        if matches!(self, Self::Arabic | Self::Persian) && runs.iter().any(|run| run.text.contains(is_arabic)) {
            for run in runs {
                run.text = run.text.replace(", ", "، ");
            }
        }
    }

    fn write(self, words: &mut String, before: Option<char>, next: Option<char>) {
        match self {
            Self::Arabic | Self::Persian => {
                *words = words.replace(',', "،").replace(';', "؛").replace('?', "؟");
                if self == Self::Arabic {
                    join(words, 'و', before, "");
                }
            }
            Self::Hebrew => {
                let hebrew = next.is_some_and(|c| ('\u{0590}'..='\u{05FF}').contains(&c));
                join(words, 'ו', before, if hebrew { "" } else { "־" });
            }
            Self::French => *words = with_french_spaces(words, before),
            Self::Other => {}
        }
    }
}

/// Joins a conjunction of one letter to the next word.
fn join(words: &mut String, conjunction: char, before: Option<char>, with: &str) {
    let Some(rest) = words.strip_suffix(' ').and_then(|words| words.strip_suffix(conjunction)) else { return };
    let previous = rest.chars().next_back().or(before);
    if previous.is_none_or(|c| !c.is_alphanumeric()) {
        words.truncate(words.len() - 1);
        words.push_str(with);
    }
}

/// Spaces before `:` and `;` that do not break.
fn with_french_spaces(words: &str, before: Option<char>) -> String {
    let mut written = String::with_capacity(words.len() + 4);
    let mut previous = before;
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        let ends = chars.peek().is_none_or(|next| next.is_whitespace());
        let space = match c {
            ':' if ends => Some('\u{a0}'),
            ';' if ends => Some('\u{202f}'),
            _ => None,
        };
        if let Some(space) = space.filter(|_| previous.is_some_and(|c| !c.is_whitespace())) {
            written.push(space);
        }
        written.push(c);
        previous = Some(c);
    }
    written
}

/// Takes the space at both ends away, and words that became empty.
fn trim(tokens: &mut Vec<Token>) {
    let is_empty = |token: &Token| matches!(token, Token::Words(run) if run.text.is_empty());
    if let Some(Token::Words(run)) = tokens.iter_mut().find(|token| matches!(token, Token::Words(_) | Token::Value(_)))
    {
        run.text = run.text.trim_start().to_owned();
    }
    let last = tokens.iter_mut().rev().find(|token| matches!(token, Token::Words(_) | Token::Value(_)));
    if let Some(Token::Words(run)) = last {
        run.text = run.text.trim_end().to_owned();
    }
    tokens.retain(|token| !is_empty(token));
}
