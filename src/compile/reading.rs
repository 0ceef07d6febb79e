//! A site as it was read, before anything in it is understood, and a name for all that a build of it depends on.
//!
//! The same name means the same site and the same words about it, whatever the day and the machine. So a build need not be made where the last one of that name
//! still lies there. Uses `workspace` alone.

use super::{Compilation, Options, Summary};
use crate::diagnostic::{Diagnostic, Levels, settle};
use crate::workspace::{self, FIGURES, Fingerprint, Workspace};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;

/// What the program was compiled from, and how: two builds of it that could say different things differ in it.
const PROGRAM: &str = env!("SOURCEBOOK_BUILD");

/// The form of copies that a program of the machine makes, of which nobody knows what it does next time.
const PRINTED: &str = "pdf";

/// A site that was read.
#[derive(Debug)]
pub struct Reading {
    pub(super) workspace: Workspace,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) fingerprint: Fingerprint,
}

/// Reads a site. What cannot be read at all comes back as what a check says of it.
pub fn read(root: &Path, options: &Options) -> Result<Reading, Box<Compilation>> {
    match workspace::load_over(root, &options.unsaved) {
        Ok((workspace, diagnostics)) => {
            let fingerprint = workspace.fingerprint();
            Ok(Reading { workspace, diagnostics, fingerprint })
        }
        Err(unreadable) => {
            let diagnostics = settle(unreadable.diagnostics, &Levels::default());
            let summary = Summary::default();
            let files = unreadable.files;
            Err(Box::new(Compilation {
                files,
                diagnostics,
                edition: None,
                summary,
                build_dir: None,
                named_files: Vec::new(),
                record: None,
                desk: None,
            }))
        }
    }
}

impl Reading {
    /// The site's folder.
    pub fn root(&self) -> &Path {
        &self.workspace.root
    }

    /// Where the configuration sends a build.
    pub fn build_dir(&self) -> &str {
        &self.workspace.config.build_dir
    }

    /// The name of a build of it; `None` where files could not be read, or where something outside the site has a say in it. `asked` are the options, in words.
    pub fn name(&self, asked: &str) -> Option<BuildName> {
        if !self.tells_all() {
            return None;
        }
        let rest = self.rest(asked);
        let figures = self.workspace.changes.map(|file| self.workspace.files.text(file).to_owned());
        Some(BuildName { fingerprint: self.fingerprint.clone(), rest, figures })
    }

    /// A name for all that pages depend on besides what stands in them and in the lock file of figures; `None` where a build has no name. `asked` are the options, in words.
    pub fn name_around_pages(&self, asked: &str) -> Option<Arc<str>> {
        if !self.tells_all() {
            return None;
        }
        let inputs = self.workspace.fingerprint_around_pages().with_figures("");
        Some(format!("{:x}", Sha256::digest(format!("{inputs}\n{}", self.rest(asked)))).into())
    }

    /// Whether everything could be read, and nothing outside the site has a say in what is made of it.
    fn tells_all(&self) -> bool {
        let is_printed = self.workspace.config.offline.iter().any(|form| form.value == PRINTED);
        self.diagnostics.is_empty() && !is_printed
    }

    /// The program, the options, and what is read and only measured.
    fn rest(&self, asked: &str) -> String {
        let measured = self.workspace.measured().map(|(path, digest)| format!("{path:?} {}\n", digest.sha256));
        format!("{PROGRAM}\n{asked:?}\n{}", measured.collect::<String>())
    }
}

/// A name for all that a build depends on.
#[derive(Debug, Clone)]
pub struct BuildName {
    fingerprint: Fingerprint,
    rest: String,
    figures: Option<String>,
}

impl BuildName {
    /// The name, with the lock file of figures as it was read.
    pub fn as_read(&self) -> String {
        self.with_figures(self.figures.as_deref())
    }

    /// The name that the same build would have now that this one is done; `None` where it would have something to record.
    pub fn left(&self, made: &Compilation) -> Option<String> {
        match &made.record {
            None => Some(self.as_read()),
            Some(record) => record.is_last.then(|| self.with_figures(Some(&record.after))),
        }
    }

    /// The name, with that lock file of figures; `None` where there is none.
    fn with_figures(&self, text: Option<&str>) -> String {
        let is_there = text.is_some();
        let inputs = self.fingerprint.with_figures(text.unwrap_or_default());
        format!("{:x}", Sha256::digest(format!("{inputs}\n{FIGURES} {is_there}\n{}", self.rest)))
    }
}
