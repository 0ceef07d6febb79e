//! `sourcebook lsp`

use super::root::RootArguments;
use super::{Exit, report};
use crate::lsp::{self, Ended};

/// `sourcebook lsp [--root DIR]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook lsp                       the site of the folder that the editor has open\n  sourcebook lsp --root ~/explainer    always this site\n\nEditors start this command themselves and speak the Language Server Protocol with it on standard input and output;\ndocs/editors.md says how VS Code, Neovim, Helix and Zed are told of it."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// Standard input and output, which is the only way there is
    #[arg(long)]
    stdio: bool,
}

/// Serves an editor until it is done.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let root = match arguments.root.named() {
        None => None,
        Some(_) => match arguments.root.find() {
            Some(root) => Some(root),
            None => return Exit::Usage,
        },
    };
    match lsp::serve(root) {
        Ok(Ended::Properly) => Exit::Done,
        // The protocol wants it so.
        Ok(Ended::Abruptly) => Exit::Content,
        Err(error) => {
            report::error(&error.to_string());
            Exit::Machine
        }
    }
}
