//! `sourcebook man DIR`: a page of the manual for each command.

use super::{Exit, report};
use crate::publish;
use clap::Command;
use clap_mangen::Man;
use std::path::{Path, PathBuf};

/// What only a page of ours has.
const OURS: &[u8] = b".TH sourcebook";

/// `sourcebook man DIR`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook man ~/.local/share/man/man1          then: man sourcebook, man sourcebook-check\n  sourcebook man man && man -l man/sourcebook.1   to look at one without installing it"
)]
pub(super) struct Arguments {
    /// The folder for the pages; other files in it are left alone
    dir: PathBuf,
}

/// Writes the pages.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let mut command = super::command().disable_help_subcommand(true);
    command.build();
    let mut commands = vec![&command];
    let mut count = 0;
    while let Some(next) = commands.pop() {
        if let Err(exit) = write(next, &arguments.dir) {
            return exit;
        }
        count += 1;
        commands.extend(next.get_subcommands().filter(|command| !command.is_hide_set()));
    }
    report::say(&format!("Wrote {count} pages of the manual into {}", arguments.dir.display()));
    Exit::Done
}

/// Writes the page of a command, over an older one of the same.
fn write(command: &Command, dir: &Path) -> Result<(), Exit> {
    let version = format!("sourcebook {}", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command.clone()).source(version);
    let mut page = Vec::new();
    man.render(&mut page).map_err(|error| {
        report::error(&error.to_string());
        Exit::Machine
    })?;
    // What stands behind the options is all under one heading there; ours begins with examples.
    let page = String::from_utf8_lossy(&page).replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n");
    let is_ours = |old: &[u8]| old.windows(OURS.len()).any(|part| part == OURS);
    publish::file::write(&dir.join(man.get_filename()), page.as_bytes(), is_ours).map_err(|error| {
        report::error(&error.to_string());
        if error.is_usage() { Exit::Usage } else { Exit::Machine }
    })
}
