//! `sourcebook fmt`: the site's files in one form, whoever wrote them.

use super::root::RootArguments;
use super::translate::store::{self, Step};
use super::{Exit, report};
use crate::diagnostic::Diagnostic;
use crate::schema::Sort;
use crate::span::{FileId, Files};
use crate::tidy::{self, Refusal};
use crate::workspace;
use std::path::{Path, PathBuf};

/// `sourcebook fmt [PATH]… [--check]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook fmt                         every page and data file of the site\n  sourcebook fmt content/sources content/en/index.md\n  sourcebook fmt --check                 list what would change, and write nothing: exit status 1 where there is any\n\nFields are put into the order of the documentation; indentation, spaces, blank lines and quotation marks are made alike. Lines are not broken anew, comments stay, and a file is written only when it says the same as before."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// Files and folders of the site [default: all of it]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write nothing; list the files that would change, and fail where there are any
    #[arg(long)]
    check: bool,
}

/// What is to become of a site's files.
struct Plan {
    steps: Vec<Step>,
    /// How many were looked at.
    seen: usize,
    problems: Vec<Diagnostic>,
    /// Files that would have said something else.
    refused: Vec<String>,
}

/// Formats the files that are meant.
pub(super) fn run(arguments: &Arguments) -> Exit {
    format(arguments).unwrap_or_else(|exit| exit)
}

fn format(arguments: &Arguments) -> Result<Exit, Exit> {
    let root = arguments.root.find().ok_or(Exit::Usage)?;
    let (workspace, _) = workspace::load(&root).map_err(|unreadable| {
        report::problems(&unreadable.diagnostics, &unreadable.files);
        Exit::Usage
    })?;
    let meant = arguments.paths.iter().map(|path| below(&root, path)).collect::<Result<Vec<_>, _>>()?;
    let is_meant = |path: &str| meant.is_empty() || meant.iter().any(|meant| holds(meant, path));
    let content = workspace.config.content_dir.as_str();
    let files = workspace.files.iter().filter_map(|(id, file)| {
        let sort = Sort::of(file.path(), content).filter(|sort| sort.name != "book")?;
        is_meant(file.path()).then_some((id, sort))
    });
    let plan = plan(&workspace.files, files);
    if plan.seen == 0 && !meant.is_empty() {
        report::error("there is no page and no data file at these paths");
        return Err(Exit::Usage);
    }
    report::problems(&plan.problems, &workspace.files);
    for path in &plan.refused {
        report::error(&format!("{path} is left as it is: formatted, it would say something else"));
        report::help("please report this with the file: it is a fault of the program");
    }
    if !arguments.check {
        store::apply(&root, &plan.steps)?;
    }
    tell(&plan, arguments.check);
    Ok(match (plan.problems.is_empty(), plan.refused.is_empty()) {
        (_, false) => Exit::Machine,
        (false, true) => Exit::Content,
        (true, true) if arguments.check && !plan.steps.is_empty() => Exit::Content,
        (true, true) => Exit::Done,
    })
}

fn plan(files: &Files, meant: impl Iterator<Item = (FileId, &'static Sort)>) -> Plan {
    let mut plan = Plan { steps: Vec::new(), seen: 0, problems: Vec::new(), refused: Vec::new() };
    for (file, sort) in meant {
        let (path, before) = (files.path(file), files.text(file));
        plan.seen += 1;
        match tidy::tidy(sort, file, before) {
            Ok(after) if after == before => {}
            Ok(after) => plan.steps.push(Step::Write { path: path.to_owned(), before: before.to_owned(), after }),
            Err(Refusal::Unreadable(problem)) => plan.problems.push(*problem),
            Err(Refusal::Changed) => plan.refused.push(path.to_owned()),
        }
    }
    plan
}

fn tell(plan: &Plan, is_check: bool) {
    for step in &plan.steps {
        if let Step::Write { path, .. } = step {
            report::out(&format!("{path}\n"));
        }
    }
    let (changed, seen) = (plan.steps.len(), plan.seen);
    report::say(&match (is_check, changed) {
        (_, 0) => format!("{seen} files, all as they should be"),
        (true, _) => format!("{changed} of {seen} files would change: `sourcebook fmt` writes them"),
        (false, _) => format!("{changed} of {seen} files were written"),
    });
}

/// A path as the site's files are named; empty for the whole site.
fn below(root: &Path, path: &Path) -> Result<String, Exit> {
    let full = path.canonicalize().map_err(|error| {
        report::error(&format!("{}: {error}", path.display()));
        Exit::Usage
    })?;
    let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let below = full.strip_prefix(&root).map_err(|_| {
        report::error(&format!("{} lies outside of the site", path.display()));
        Exit::Usage
    })?;
    Ok(below.to_string_lossy().replace('\\', "/"))
}

/// Whether a file is the one that is meant, or lies in the folder that is.
fn holds(meant: &str, path: &str) -> bool {
    meant.is_empty() || path == meant || path.strip_prefix(meant).is_some_and(|rest| rest.starts_with('/'))
}
