//! `sourcebook review`

use super::root::RootArguments;
use super::{Exit, clock, report};
use crate::compile::{self, Opened, Options};
use crate::diagnostic;
use crate::review::{self, markdown};
use crate::revision::{Repository, RevisionError};
use std::path::Path;

/// `sourcebook review --since REV [--root DIR]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook review --since main\n  sourcebook review --since v1.2\n  sourcebook review --since origin/main >> \"$GITHUB_STEP_SUMMARY\"\n\ndocs/review.md tells how code hosts show it beside a change."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// A branch, a tag or a commit: what changed since today's state went off from it
    #[arg(long, value_name = "REV")]
    since: String,
}

/// Says what a change means for readers, as Markdown.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let Some(root) = arguments.root.find() else { return Exit::Usage };
    let today = match clock::today() {
        Ok(today) => today,
        Err(exit) => return exit,
    };
    let (before, with) = match earlier(&root, &arguments.since) {
        Ok(earlier) => earlier,
        Err(exit) => return exit,
    };
    let after = match open(&root) {
        Ok(after) => after,
        Err(exit) => return exit,
    };
    let review = review::compare(&before.book, &after.book, today);
    let frame = markdown::Frame {
        with: &with,
        found: &diagnostic::summary(&after.diagnostics),
        lang: after.book.source_language().map(|language| &language.lang),
    };
    report::out(&markdown::render(&review, frame));
    report::problems(&after.diagnostics, &after.book.files);
    report::exit_with(&after.diagnostics)
}

/// The book as it was at a revision, and what that is called.
fn earlier(root: &Path, name: &str) -> Result<(Opened, String), Exit> {
    let asked = || -> Result<_, RevisionError> {
        let repository = Repository::of(root)?;
        let revision = repository.since(name)?;
        Ok((repository.lay_out(&revision)?, revision))
    };
    let (folder, revision) = asked().map_err(|error| refused(&error))?;
    // What was wrong then is nobody's fault now.
    let opened = compile::open(folder.path(), &Options::default()).map_err(|_| {
        report::error(&format!("--since: at {name} ({revision}) there is no site that could be read in this folder"));
        Exit::Usage
    })?;
    Ok((opened, format!("{name} ({revision})")))
}

fn open(root: &Path) -> Result<Opened, Exit> {
    compile::open(root, &Options::default()).map_err(|unreadable| {
        report::diagnostics(&unreadable);
        report::exit_of(&unreadable)
    })
}

/// What Git has against it.
pub(super) fn refused(error: &RevisionError) -> Exit {
    report::error(&format!("--since: {error}"));
    match error {
        RevisionError::NoGit(_) | RevisionError::Unpack(_) => Exit::Machine,
        _ => Exit::Usage,
    }
}
