//! `sourcebook check`

use super::changed::Changed;
use super::review::refused;
use super::root::RootArguments;
use super::{Exit, external, report};
use crate::compile::{self, LinkOptions, Options};
use crate::diagnostic::{self, Code, Level};
use std::path::Path;

/// `sourcebook check [--root DIR] [--format human|json|sarif|github] [--deny CODE]… [--drafts] [--changed-since REV] [--external [--external-max-age DAYS]]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook check\n  sourcebook check --format json\n  sourcebook check --deny source-unused --deny SB207\n  sourcebook check --changed-since main\n  sourcebook check --external"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// For people, or for another program
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Make a code an error, by number or name
    #[arg(long, value_name = "CODE", value_parser = parse_code)]
    deny: Vec<Code>,
    /// Check drafts, too
    #[arg(long)]
    drafts: bool,
    /// Warn only of files that are not as they were at a branch, a tag or a commit; errors are told wherever they are
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// First visit the addresses of other hosts and record how they answer in links.lock.yaml; nothing else of the site is changed
    #[arg(long)]
    external: bool,
    /// For how many days an address that was alive is not visited again
    #[arg(long, value_name = "DAYS", default_value_t = 7, requires = "external")]
    external_max_age: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Lines, carets and help
    Human,
    /// One JSON array
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// Lines that GitHub shows beside the change
    Github,
}

pub(super) fn parse_code(text: &str) -> Result<Code, String> {
    Code::parse(text).ok_or_else(|| {
        let names = Code::ALL.iter().flat_map(|code| [code.id(), code.name()]);
        match diagnostic::did_you_mean(text, names) {
            Some(near) => format!("there is no such code; did you mean `{near}`?"),
            None => "there is no such code; docs/diagnostics lists them".to_owned(),
        }
    })
}

/// Checks the site.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let Some(root) = arguments.root.find() else { return Exit::Usage };
    let mut tally = None;
    if arguments.external {
        match external::visit(&root, arguments.external_max_age) {
            Ok(visited) => tally = visited,
            Err(exit) => return exit,
        }
    }
    let levels = arguments.deny.iter().map(|code| (*code, Level::Deny)).collect();
    let mut compilation = compile::check(
        &root,
        &Options {
            levels,
            link: LinkOptions { drafts: arguments.drafts, ..LinkOptions::default() },
            ..Options::default()
        },
    );
    if let Some(name) = &arguments.changed_since {
        match Changed::since(&root, name) {
            Ok(changed) => changed.keep(&mut compilation),
            Err(error) => return refused(&error),
        }
    }
    let (diagnostics, files) = (&compilation.diagnostics, &compilation.files);
    let prefix = prefix(&root);
    match arguments.format {
        Format::Human => {
            report::diagnostics(&compilation);
            report::say(&format!("{}: {}", diagnostic::summary(diagnostics), report::counted(&compilation.summary)));
        }
        Format::Json => report::out(&diagnostic::json::render(diagnostics, files)),
        Format::Sarif => report::out(&diagnostic::sarif::render(diagnostics, files, &prefix)),
        Format::Github => report::out(&diagnostic::github::render(diagnostics, files, &prefix)),
    }
    if let Some(tally) = tally {
        report::say(&external::counted(&tally));
    }
    report::exit_of(&compilation)
}

/// What stands before a file's path so that it is found from the folder in which the command runs, as code hosts want it.
fn prefix(root: &Path) -> String {
    let here = std::env::current_dir().ok().and_then(|here| here.canonicalize().ok());
    let below = here.and_then(|here| root.strip_prefix(here).ok().map(Path::to_path_buf));
    match below.as_deref().and_then(Path::to_str) {
        Some("") | None => String::new(),
        Some(below) => format!("{}/", below.replace('\\', "/")),
    }
}
