//! What may stand in a bracket: citations, a demand for one, a figure, the head of a callout. Everything else is not ours and stays text.

use crate::diagnostic::{Code, did_you_mean};
use crate::ids::FigureId;
use crate::markdown::citation::holds_key;
use crate::markdown::problem::Problem;
use crate::markdown::tree::{CalloutKind, FigureForm, FigureRef, SeriesPoint};

/// What a bracket holds, by its first marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bracket {
    /// `[see @a, p. 3]`
    Citation,
    /// `[@? reason]`
    Needed,
    /// `[=id:form]`
    Figure,
    /// `[!kind]`
    CalloutHead,
}

impl Bracket {
    /// What the text between two brackets is; `None` when it is none of ours.
    pub fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut chars = text.chars();
        match (chars.next()?, chars.next()) {
            ('=', _) => Some(Self::Figure),
            ('!', Some(c)) if c.is_alphabetic() => Some(Self::CalloutHead),
            ('@', Some('?')) => Some(Self::Needed),
            ('@', _) | ('-', Some('@')) => Some(Self::Citation),
            _ => holds_key(text).then_some(Self::Citation),
        }
    }

    /// What it is called in a message.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Citation | Self::Needed => "citation",
            Self::Figure => "figure",
            Self::CalloutHead => "callout",
        }
    }
}

/// The reason in `@? reason`.
pub fn read_needed(text: &str) -> String {
    text.trim().strip_prefix("@?").unwrap_or("").trim().to_owned()
}

/// The kind in `!kind`.
pub fn read_callout(text: &str) -> Result<CalloutKind, Problem> {
    let word = text.trim().trim_start_matches('!').trim();
    CalloutKind::parse(word).ok_or_else(|| {
        let known = CalloutKind::ALL.iter().map(|kind| kind.name());
        let help = match did_you_mean(word, known.clone()) {
            Some(near) => format!("did you mean `[!{near}]`?"),
            None => format!("the kinds are {}", list(known)),
        };
        Problem::new(Code::SB512, 0..text.len(), format!("`{word}` is no kind of callout")).help(help)
    })
}

/// Reads `=id`, `=id:form`, `=series@date`, `=series@date:form`, `=series:latest`, `=series:latest:form`.
pub fn read_figure(text: &str) -> Result<FigureRef, Problem> {
    let range = 0..text.len();
    let inner = text.trim().trim_start_matches('=').trim();
    let mut parts = inner.split(':').map(str::trim);
    let name = parts.next().unwrap_or("");
    let (id, date) = match name.split_once('@') {
        Some((id, date)) => (id.trim(), Some(date.trim())),
        None => (name, None),
    };
    let id = FigureId::parse(id).ok_or_else(|| {
        let message =
            if id.is_empty() { "no figure is named here".into() } else { format!("`{id}` is not the id of a figure") };
        Problem::new(Code::SB301, range.clone(), message)
            .help("write the id from content/figures/, as in `[=id]` or `[=id:full]`")
    })?;
    let mut point = match date {
        Some("") => {
            return Err(Problem::new(Code::SB304, range, "no date stands after `@`")
                .help("write the date of the point, as in `[=series@2023-12-31]`"));
        }
        Some(date) => Some(SeriesPoint::At(date.to_owned())),
        None => None,
    };
    let mut form = None;
    for word in parts {
        if word == "latest" && point.is_none() && form.is_none() {
            point = Some(SeriesPoint::Latest);
        } else if let (Some(known), None) = (FigureForm::parse(word), form) {
            form = Some(known);
        } else {
            return Err(unknown_form(text, word, form.is_some() || word == "latest"));
        }
    }
    Ok(FigureRef { id, point, form: form.unwrap_or_default() })
}

fn unknown_form(text: &str, word: &str, misplaced: bool) -> Problem {
    let at = text.rfind(word).filter(|_| !word.is_empty()).unwrap_or(0);
    let range = if word.is_empty() { 0..text.len() } else { at..at + word.len() };
    let known = FigureForm::ALL.iter().map(|(name, _)| *name);
    if misplaced {
        return Problem::new(Code::SB304, range, format!("`{word}` cannot stand here")).help(
            "write `[=series:latest]` or `[=series@2023-12-31]`, and one form after it, as in `[=series:latest:full]`",
        );
    }
    let message =
        if word.is_empty() { "no form stands after `:`".into() } else { format!("a figure has no form `{word}`") };
    let help = match did_you_mean(word, known.clone().chain(["latest"])) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the forms are {}", list(known)),
    };
    Problem::new(Code::SB304, range, message).help(help)
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

impl FigureForm {
    /// Reads the word that asks for a form.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == word).map(|(_, form)| *form)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn brackets_are_told_apart() {
        let cases = [
            ("@a", Some(Bracket::Citation)),
            ("-@a", Some(Bracket::Citation)),
            ("see @a, p. 3; @b", Some(Bracket::Citation)),
            ("ראו @a", Some(Bracket::Citation)),
            ("انظر @a، ص ٣", Some(Bracket::Citation)),
            ("@ a", Some(Bracket::Citation)),
            ("@…", Some(Bracket::Citation)),
            ("@?", Some(Bracket::Needed)),
            ("@? מי ספר?", Some(Bracket::Needed)),
            ("=a", Some(Bracket::Figure)),
            ("=series@2023-12-17", Some(Bracket::Figure)),
            ("!note", Some(Bracket::CalloutHead)),
            ("!", None),
            ("! x", None),
            ("…", None),
            ("sic", None),
            ("a@b.org", None),
            (r"\@a", None),
            ("p. 3", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Bracket::of(text), expected, "{text}");
        }
    }

    #[test]
    fn figures() {
        let figure = |id: &str, point, form| FigureRef { id: FigureId::parse(id).unwrap(), point, form };
        let at = |date: &str| Some(SeriesPoint::At(date.into()));
        let cases = [
            ("=a", figure("a", None, FigureForm::Value)),
            ("=a:value", figure("a", None, FigureForm::Value)),
            ("=a:short", figure("a", None, FigureForm::Short)),
            ("=a:full", figure("a", None, FigureForm::Full)),
            ("=a:asof", figure("a", None, FigureForm::AsOf)),
            ("=a:by", figure("a", None, FigureForm::By)),
            ("=a:range", figure("a", None, FigureForm::Range)),
            ("=s@2023-12-17", figure("s", at("2023-12-17"), FigureForm::Value)),
            ("=s@2023-12-17:short", figure("s", at("2023-12-17"), FigureForm::Short)),
            ("=s:latest", figure("s", Some(SeriesPoint::Latest), FigureForm::Value)),
            ("=s:latest:full", figure("s", Some(SeriesPoint::Latest), FigureForm::Full)),
        ];
        for (text, expected) in cases {
            assert_eq!(read_figure(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn figures_that_cannot_be_read() {
        let cases = [
            ("=a:ful", Code::SB304, "a figure has no form `ful`", "did you mean `full`?"),
            ("=a:lates", Code::SB304, "a figure has no form `lates`", "did you mean `latest`?"),
            ("=a:", Code::SB304, "no form stands after `:`", "the forms are `value`"),
            ("=a:full:latest", Code::SB304, "`latest` cannot stand here", "write `[=series:latest]`"),
            ("=a@", Code::SB304, "no date stands after `@`", "write the date"),
            ("=", Code::SB301, "no figure is named here", "write the id"),
            ("=קטין", Code::SB301, "`קטין` is not the id of a figure", "write the id"),
        ];
        for (text, code, message, help) in cases {
            let problem = read_figure(text).unwrap_err();
            assert_eq!((problem.code, problem.message.as_str()), (code, message), "{text}");
            assert!(problem.help.as_ref().unwrap().starts_with(help), "{text}: {:?}", problem.help);
            assert!(text.get(problem.range).is_some());
        }
    }

    #[test]
    fn callouts() {
        assert_eq!(read_callout("!Position"), Ok(CalloutKind::Position));
        assert_eq!(read_callout("!note"), Ok(CalloutKind::Note));
        assert_eq!(read_callout("!notes").unwrap_err().help.as_deref(), Some("did you mean `[!note]`?"));
        assert!(read_callout("!tip").unwrap_err().help.unwrap().starts_with("the kinds are `position`"));
    }
}
