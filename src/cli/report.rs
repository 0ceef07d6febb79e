//! What a command says on the terminal. A reader that goes away (a closed pipe) is no error.

use super::Exit;
use crate::compile::{Compilation, Summary};
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::span::Files;
use std::io::{IsTerminal, Write};

/// Whether colours are wanted on standard error.
pub(super) fn colours() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && std::io::stderr().is_terminal()
}

/// Writes to standard output.
pub(super) fn out(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Writes a line to standard error.
pub(super) fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Asks for a line, on standard error; what is answered stands behind it.
pub(super) fn ask(question: &str) {
    let mut out = std::io::stderr().lock();
    let _ = write!(out, "{question}").and_then(|()| out.flush());
}

/// Says what stopped the command.
pub(super) fn error(text: &str) {
    say(&format!("error: {text}"));
}

/// Says how to mend it.
pub(super) fn help(text: &str) {
    say(&format!("help: {text}"));
}

/// Writes a run's diagnostics to standard error, for people.
pub(super) fn diagnostics(compilation: &Compilation) {
    problems(&compilation.diagnostics, &compilation.files);
}

/// Writes diagnostics to standard error, for people.
pub(super) fn problems(diagnostics: &[Diagnostic], files: &Files) {
    let rendered = rendered(diagnostics, files);
    if !rendered.is_empty() {
        say(&rendered);
    }
}

/// Diagnostics as people read them on standard error; empty where there are none.
pub(super) fn rendered(diagnostics: &[Diagnostic], files: &Files) -> String {
    if diagnostics.is_empty() { String::new() } else { diagnostic::human::render(diagnostics, files, colours()) }
}

/// How a run ends.
pub(super) fn exit_of(compilation: &Compilation) -> Exit {
    exit_with(&compilation.diagnostics)
}

/// How a run with these diagnostics ends.
pub(super) fn exit_with(diagnostics: &[Diagnostic]) -> Exit {
    let errors = || diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    if errors().any(|diagnostic| matches!(diagnostic.code, Code::SB101 | Code::SB102 | Code::SB240)) {
        Exit::Usage
    } else if errors().next().is_some() {
        Exit::Content
    } else {
        Exit::Done
    }
}

/// "9 pages in 4 languages, 96 sources, every one of 812 statements shows its source"
pub(super) fn counted(summary: &Summary) -> String {
    let plural = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let tally = &summary.tally;
    let to_cover = tally.total.saturating_sub(tally.exempt);
    let share = if to_cover == 0 { 100.0 } else { percentage(tally.covered, to_cover) };
    format!(
        "{} in {}, {}, coverage {share:.1} % of {to_cover} statements ({} exempt)",
        plural(summary.pages, "page", "pages"),
        plural(summary.languages, "language", "languages"),
        plural(summary.sources, "source", "sources"),
        tally.exempt,
    )
}

/// Rounded down, so that 100 means all.
#[allow(clippy::cast_precision_loss, reason = "counts of sentences are far below 2^52")]
fn percentage(part: usize, whole: usize) -> f64 {
    (part as f64 / whole as f64 * 1000.0).floor() / 10.0
}
