//! Which site is meant.

use super::{journal, report};
use crate::workspace;
use std::path::{Path, PathBuf};

/// `--root DIR`, the same for every command.
#[derive(Debug, clap::Args)]
pub(super) struct RootArguments {
    /// The site's folder [default: this one, or its nearest parent with a book.toml]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

impl RootArguments {
    /// The folder that was named, if any.
    pub(super) fn named(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// The site's folder, as no broken-off command has left it; `None` (and a message) when there is none.
    pub(super) fn find(&self) -> Option<PathBuf> {
        self.look().filter(|root| journal::recover(root))
    }

    fn look(&self) -> Option<PathBuf> {
        let start = match &self.root {
            Some(root) => root.canonicalize().or_else(|_| std::path::absolute(root)),
            None => std::env::current_dir(),
        };
        let start = match start {
            Ok(start) => start,
            Err(error) => {
                report::error(&format!("this folder cannot be read: {error}"));
                return None;
            }
        };
        let found = match &self.root {
            Some(_) => Some(start.as_path()).filter(|root| root.join(workspace::BOOK).is_file()).map(Path::to_path_buf),
            None => workspace::find_root(&start),
        };
        if found.is_none() {
            report::error(&format!("there is no {} in {}", workspace::BOOK, start.display()));
            report::help("name the site's folder with `--root DIR`; a site needs `book.toml` and `content/`");
        }
        found
    }
}
