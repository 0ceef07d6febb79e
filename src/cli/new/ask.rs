//! What a new thing is made of: what was given as options, and what is asked for where somebody is there to answer.
//!
//! Questions are plain lines, one after the other. Where nobody can answer, everything that is missing is told at once.

use crate::cli::{Exit, report};
use crate::ids::Lang;
use crate::scaffold::record::Value;
use std::io::{BufRead, IsTerminal};

/// The questions of one command.
#[derive(Debug)]
pub(super) struct Form {
    asks: bool,
    languages: Vec<Lang>,
    missing: Vec<String>,
}

impl Form {
    /// `forced` asks even where standard input is no terminal; `languages` are those of the site, the source language first.
    pub(super) fn new(forced: bool, languages: Vec<Lang>) -> Self {
        Self { asks: forced || std::io::stdin().is_terminal(), languages, missing: Vec::new() }
    }

    /// Whether somebody answers.
    pub(super) fn asks(&self) -> bool {
        self.asks
    }

    /// A text without which there is no such thing.
    pub(super) fn required(
        &mut self,
        given: Option<&String>,
        option: &str,
        question: &str,
    ) -> Result<Option<String>, Exit> {
        if let Some(given) = filled(given) {
            return Ok(Some(given));
        }
        if !self.asks {
            self.missing.push(format!("{option} ({question})"));
            return Ok(None);
        }
        loop {
            let answer = Self::answer(&format!("{question}: "))?;
            if answer.is_some() {
                return Ok(answer);
            }
            report::say("  It cannot be left out");
        }
    }

    /// A text that may be left out.
    pub(super) fn optional(&self, given: Option<&String>, question: &str) -> Result<Option<String>, Exit> {
        match filled(given) {
            None if self.asks => Self::answer(&format!("{question} (may be left out): ")),
            given => Ok(given),
        }
    }

    /// A text that is taken for granted where nobody says otherwise.
    pub(super) fn or(&self, given: Option<&String>, question: &str, default: &str) -> Result<String, Exit> {
        let answer = match filled(given) {
            None if self.asks => Self::answer(&format!("{question} [{default}]: "))?,
            given => given,
        };
        Ok(answer.unwrap_or_else(|| default.to_owned()))
    }

    /// Several of a kind; an empty answer ends them.
    pub(super) fn several(&self, given: &[String], question: &str) -> Result<Vec<String>, Exit> {
        if !given.is_empty() || !self.asks {
            return Ok(given.to_vec());
        }
        let mut all = Vec::new();
        while let Some(answer) = Self::answer(&format!(
            "{question} ({}): ",
            if all.is_empty() { "may be left out" } else { "one more, or nothing" }
        ))? {
            all.push(answer);
        }
        Ok(all)
    }

    /// A text in the languages of the site: `TEXT` is in the first, `LANG=TEXT` in another.
    pub(super) fn by_lang(&mut self, given: &[String], option: &str, question: &str) -> Result<Option<Value>, Exit> {
        let texts = self.texts(given, option, question)?;
        Ok((!texts.is_empty()).then_some(Value::ByLang(texts)))
    }

    /// The same, as pairs.
    pub(super) fn texts(
        &mut self,
        given: &[String],
        option: &str,
        question: &str,
    ) -> Result<Vec<(Lang, String)>, Exit> {
        let mut texts = self.split(given);
        let Some(source) = self.languages.first().cloned() else { return Ok(texts) };
        if !texts.iter().any(|(lang, _)| *lang == source)
            && let Some(text) = self.required(None, option, &format!("{question} ({source})"))?
        {
            texts.insert(0, (source, text));
        }
        if self.asks && given.is_empty() {
            for lang in self.languages.iter().skip(1) {
                texts.extend(self.optional(None, &format!("{question} ({lang})"))?.map(|text| (lang.clone(), text)));
            }
        }
        Ok(texts)
    }

    /// A text in the languages of the site that may be left out.
    pub(super) fn optional_by_lang(&self, given: &[String]) -> Option<Value> {
        let texts = self.split(given);
        (!texts.is_empty()).then_some(Value::ByLang(texts))
    }

    fn split(&self, given: &[String]) -> Vec<(Lang, String)> {
        let source = self.languages.first();
        let named = |text: &str| {
            let (lang, text) = text.split_once('=')?;
            Some((self.languages.iter().find(|known| known.as_str() == lang)?.clone(), text.to_owned()))
        };
        given.iter().filter_map(|text| named(text).or_else(|| Some((source?.clone(), text.clone())))).collect()
    }

    /// All that is missing is told; without it nothing is made.
    pub(super) fn finish(self, example: &str) -> Result<(), Exit> {
        if self.missing.is_empty() {
            return Ok(());
        }
        report::error(&format!("without this there is nothing to write: {}", self.missing.join(", ")));
        report::help(&format!("for instance: {example}"));
        report::help("on a terminal the command asks for what is missing; nothing was written");
        Err(Exit::Usage)
    }

    /// One line of standard input; `None` where it is empty.
    fn answer(question: &str) -> Result<Option<String>, Exit> {
        report::ask(question);
        let mut line = String::new();
        match std::io::stdin().lock().read_line(&mut line) {
            Ok(0) => {
                report::say("");
                report::error("standard input has ended before all questions were answered; nothing was written");
                Err(Exit::Usage)
            }
            Ok(_) => Ok(filled(Some(&line))),
            Err(error) => {
                report::error(&format!("standard input cannot be read: {error}"));
                Err(Exit::Machine)
            }
        }
    }
}

/// A text that says something.
fn filled(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A word, where there is one.
pub(super) fn word(text: Option<String>) -> Option<Value> {
    text.map(Value::Word)
}

/// A text for people, where there is one.
pub(super) fn words(text: Option<String>) -> Option<Value> {
    text.map(Value::Text)
}

/// Names, where there are some.
pub(super) fn list(names: Vec<String>) -> Option<Value> {
    (!names.is_empty()).then(|| Value::List(names.into_iter().map(Value::Word).collect()))
}

/// Sources as evidence: `KEY`, `KEY, p. 3`, `KEY#q1`.
pub(super) fn evidence(sources: &[String]) -> Option<Value> {
    let one = |source: &String| {
        let (key, locator) =
            source.split_once(',').map_or((source.as_str(), None), |(key, rest)| (key, Some(rest.trim())));
        let (key, quote) = key.trim().split_once('#').map_or((key.trim(), None), |(key, quote)| (key, Some(quote)));
        let mut fields = vec![("source", Value::Word(key.to_owned()))];
        fields.extend(locator.map(|locator| ("locator", Value::Text(locator.to_owned()))));
        fields.extend(quote.map(|quote| ("quote", Value::Word(quote.to_owned()))));
        if fields.len() == 1 { Value::Word(key.to_owned()) } else { Value::Group(fields) }
    };
    (!sources.is_empty()).then(|| Value::List(sources.iter().map(one).collect()))
}
