//! `sourcebook completions SHELL`: what a shell needs to complete commands and options.

use super::{Exit, report};
use clap_complete::Shell;

/// `sourcebook completions SHELL`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook completions bash > ~/.local/share/bash-completion/completions/sourcebook\n  sourcebook completions zsh > ~/.zfunc/_sourcebook              with `fpath+=~/.zfunc` in .zshrc\n  sourcebook completions fish > ~/.config/fish/completions/sourcebook.fish\n  sourcebook completions powershell >> $PROFILE"
)]
pub(super) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Writes the script to standard output.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let mut script = Vec::new();
    let mut command = super::command();
    let name = command.get_name().to_owned();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    report::out(&String::from_utf8_lossy(&script));
    Exit::Done
}
