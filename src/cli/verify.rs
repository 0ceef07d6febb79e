//! `sourcebook verify`

use super::{Exit, report};
use crate::verify::{Copy, compare, folder, words, zip};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// `sourcebook verify FILE|DIR`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook verify explainer.zip\n  sourcebook verify /media/stick/explainer\n\nExit status: 0 the copy is as it was published; 1 it is not; 2 it cannot be said."
)]
pub(super) struct Arguments {
    /// A bundle, or the folder of a site
    #[arg(value_name = "FILE|DIR")]
    path: PathBuf,
}

/// Looks at a copy.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let path = arguments.path.as_path();
    match look(path) {
        Ok(copy) => {
            let found = compare(&copy);
            report::out(&words::tell(&found, &copy.manifest));
            if found.findings.is_empty() { Exit::Done } else { Exit::Content }
        }
        Err((message, exit)) => {
            report::error(&format!("{}: {message}", path.display()));
            exit
        }
    }
}

fn look(path: &Path) -> Result<Copy, (String, Exit)> {
    let unreadable = |error: std::io::Error| (error.to_string(), Exit::Machine);
    if path.is_dir() {
        return folder::look(path).map_err(|error| (error.to_string(), Exit::Usage));
    }
    let file = File::open(path).map_err(unreadable)?;
    zip::look(BufReader::new(file)).map_err(|error| (error.to_string(), Exit::Content))
}
