//! `sourcebook init DIR`: a small, whole site, to be changed.

use crate::cli::translate::store::{self, Step};
use crate::cli::{Exit, journal, report};
use crate::scaffold::starter;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// What may be in the folder: whoever makes a repository first has this in it.
const ALLOWED: &str = ".git";

/// Makes the site.
pub(super) fn run(dir: &Path) -> Result<Exit, Exit> {
    // What was begun there and broken off is taken back first; what is no folder is refused below.
    if dir.is_dir() && !journal::recover(dir) {
        return Err(Exit::Machine);
    }
    refuse(dir)?;
    let files = starter::files();
    let write = |(path, text): &(&str, &str)| Step::Write {
        path: (*path).to_owned(),
        before: String::new(),
        after: (*text).to_owned(),
    };
    let steps: Vec<Step> = files.iter().map(write).collect();
    store::apply(dir, &steps)?;
    let name = dir.display();
    report::say(&format!(
        "Made a site of {} files in {name}: English and Arabic, with sources, a figure, a chart, events and a term",
        files.len()
    ));
    report::say("Next:");
    if dir != Path::new(".") {
        report::say(&format!("  cd {name}"));
    }
    report::say("  sourcebook serve --open                                     see it, and every change at once");
    report::say("  sourcebook new page counting/births --title \"Births\"        begin a page in both languages");
    report::say(
        "  sourcebook check                                            what is not sourced, dated or translated",
    );
    report::say("README.md there says what is where");
    Ok(Exit::Done)
}

/// Says why no site can be made there.
fn refuse(dir: &Path) -> Result<(), Exit> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            report::error(&format!("{} is no folder", dir.display()));
            return Err(Exit::Usage);
        }
        Err(error) => {
            report::error(&format!("{} cannot be read: {error}", dir.display()));
            return Err(Exit::Machine);
        }
    };
    let mut names: Vec<String> =
        entries.filter_map(Result::ok).map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name != ALLOWED);
    names.sort();
    let Some(first) = names.first() else { return Ok(()) };
    report::error(&format!("{} is not empty: it has {first}", dir.display()));
    report::help(
        "nothing was written: a new site begins in a folder of its own; `sourcebook new …` adds to a site that is there",
    );
    Err(Exit::Usage)
}
