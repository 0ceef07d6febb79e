//! What is wrong, where, and how to mend it.
//!
//! One type for every stage: stages push [`Diagnostic`]s and go on, so that one run reports everything. A diagnostic is built once and
//! written by a renderer, one file each: [`human`] (terminal), [`json`], [`sarif`], [`github`]. [`code`] lists every code; [`suggestion`]
//! is what help proposes to write.
//! Uses `span` only.

pub mod code;
pub mod github;
pub mod human;
pub mod json;
pub mod sarif;
pub mod suggestion;

use crate::span::Span;
pub use code::Code;
pub use suggestion::Suggestion;

/// How bad it is. A build with an error publishes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Stops the build.
    Error,
    /// Is told, and stops nothing.
    Warning,
}

impl Severity {
    /// The word for it in every machine-readable form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// What the site's owner makes of a code, in `[check]` of `book.toml` or by `--deny`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// An error.
    Deny,
    /// A warning.
    Warn,
    /// Not reported.
    Allow,
}

/// A second place that explains the first: "first defined here".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Which rule.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// Where; `None` only for what has no file, such as an output folder.
    pub span: Option<Span>,
    /// What is wrong, in the editor's words, one sentence without a full stop.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// Other places that matter.
    pub related: Vec<Related>,
}

impl Diagnostic {
    /// A diagnostic of the code's own severity.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        let severity = match code.default_level() {
            Level::Deny => Severity::Error,
            Level::Warn | Level::Allow => Severity::Warning,
        };
        Self { code, severity, span: Some(span), message: message.into(), help: None, related: Vec::new() }
    }

    /// Adds how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds how to mend it, where that is known.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { span, message: message.into() });
        self
    }
}

/// Levels set by the site's owner; what is not set keeps the code's own.
#[derive(Debug, Clone, Default)]
pub struct Levels(std::collections::BTreeMap<Code, Level>);

impl Levels {
    /// Sets the level of a code.
    pub fn set(&mut self, code: Code, level: Level) {
        self.0.insert(code, level);
    }

    /// Sets the level of a code of which nothing was said.
    pub fn set_unsaid(&mut self, code: Code, level: Level) {
        self.0.entry(code).or_insert(level);
    }

    /// The level of a code.
    pub fn of(&self, code: Code) -> Level {
        self.0.get(&code).copied().unwrap_or_else(|| code.default_level())
    }
}

/// Puts a run's diagnostics in the order of files and lines, applies the levels, and drops exact repetitions.
pub fn settle(diagnostics: Vec<Diagnostic>, levels: &Levels) -> Vec<Diagnostic> {
    let mut settled: Vec<Diagnostic> = diagnostics
        .into_iter()
        .filter_map(|mut diagnostic| {
            diagnostic.severity = match levels.of(diagnostic.code) {
                Level::Deny => Severity::Error,
                Level::Warn => Severity::Warning,
                Level::Allow => return None,
            };
            Some(diagnostic)
        })
        .collect();
    settled.sort_by(|a, b| (a.span, a.code, &a.message, &a.related).cmp(&(b.span, b.code, &b.message, &b.related)));
    settled.dedup();
    settled
}

/// Whether any of them is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// How many there are, such as `2 errors, 1 warning`.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity, name: &str| match diagnostics.iter().filter(|one| one.severity == severity).count() {
        0 => None,
        1 => Some(format!("1 {name}")),
        several => Some(format!("{several} {name}s")),
    };
    let parts: Vec<String> =
        [count(Severity::Error, "error"), count(Severity::Warning, "warning")].into_iter().flatten().collect();
    if parts.is_empty() { "no errors, no warnings".to_owned() } else { parts.join(", ") }
}

/// The known name nearest to a misspelt one, where one is near enough to be meant.
pub fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = wrong.to_lowercase();
    let length = wrong.chars().count();
    let letters = letters(&lower);
    known
        .into_iter()
        .filter_map(|name| {
            let most = 1 + name.chars().count().min(length) / 4;
            let name_lower = name.to_lowercase();
            // To compare two names takes the product of their lengths, and a library has many: most have other letters.
            let apart = letters.iter().zip(self::letters(&name_lower)).map(|(one, other)| one.abs_diff(other));
            if apart.map(usize::from).sum::<usize>() > 2 * most {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&lower, &name_lower);
            (distance <= most).then_some((distance, name))
        })
        .min()
        .map(|(_, name)| name)
}

/// How often the letters of a name stand in it, in 32 heaps.
fn letters(name: &str) -> [u16; 32] {
    let mut heaps = [0_u16; 32];
    for c in name.chars() {
        if let Some(heap) = heaps.get_mut(u32::from(c) as usize % 32) {
            *heap = heap.saturating_add(1);
        }
    }
    heaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Files;

    #[test]
    fn summaries() {
        let file = Files::default().add("a.md", "");
        let error = Diagnostic::new(Code::SB201, Span::start_of(file), "");
        let warning = Diagnostic::new(Code::SB207, Span::start_of(file), "");
        assert_eq!(summary(&[error.clone(), warning.clone(), error.clone()]), "2 errors, 1 warning");
        assert_eq!(summary(&[warning]), "1 warning");
        assert_eq!(summary(&[error]), "1 error");
        assert_eq!(summary(&[]), "no errors, no warnings");
    }

    #[test]
    fn near_names_are_suggested() {
        assert_eq!(did_you_mean("tilte", ["title", "summary"]), Some("title"));
        assert_eq!(did_you_mean("icj-2024-01-25", ["icj-2024-01-26", "icj-2004"]), Some("icj-2024-01-26"));
        assert_eq!(did_you_mean("colour", ["title", "summary"]), None);
    }
}
