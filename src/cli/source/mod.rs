//! `sourcebook source …`: the library of sources, and other programs. One file a command.

mod export;
mod import;
mod list;
mod losses;

use super::{Exit, report};
use crate::compile::{self, Opened, Options};
use crate::exchange;
use crate::ids::Lang;
use std::path::Path;

#[derive(Debug, clap::Subcommand)]
#[command(
    after_help = "Examples:\n  sourcebook source list\n  sourcebook source import zotero.bib\n  sourcebook source export --format ris --page actors/hamas"
)]
pub(super) enum Command {
    /// Bring sources in from BibLaTeX, CSL-JSON, CSL YAML or RIS
    Import(import::Arguments),
    /// List the sources, with how often each is cited
    List(list::Arguments),
    /// Write sources as BibLaTeX, CSL-JSON or RIS
    Export(export::Arguments),
}

/// Runs a command.
pub(super) fn run(command: &Command) -> Exit {
    match command {
        Command::Import(arguments) => import::run(arguments),
        Command::List(arguments) => list::run(arguments),
        Command::Export(arguments) => export::run(arguments),
    }
}

/// Opens a site for its library. What is wrong with pages does not matter here.
fn open(root: &Path) -> Result<Opened, Exit> {
    compile::open(root, &Options::default()).map_err(|unreadable| {
        report::diagnostics(&unreadable);
        report::exit_of(&unreadable)
    })
}

/// A format, as it is named on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FormatName {
    Biblatex,
    CslJson,
    CslYaml,
    Ris,
}

impl From<FormatName> for exchange::Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Biblatex => Self::Biblatex,
            FormatName::CslJson => Self::CslJson,
            FormatName::CslYaml => Self::CslYaml,
            FormatName::Ris => Self::Ris,
        }
    }
}

/// The language of a document.
pub(super) fn parse_lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "a language tag such as `en` or `pt-BR`".to_owned())
}
