//! Keeps what is found: in memory at once, and on the disk as soon as that costs little, so that a run which is broken off loses next to nothing.
//!
//! The lock file is written beside itself and moved into its place: whoever reads it finds the old one or the new one, whole.

use crate::date::Day;
use crate::links::{Copy, Entry, Finding, Lock, write};
use crate::publish::PublishError;
use crate::publish::file;
use crate::workspace::LINKS;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Writing takes at most this part of the time.
const SHARE: u32 = 20;

/// What is known, and whether the disk knows it, too.
#[derive(Debug)]
pub(super) struct Keeper {
    path: PathBuf,
    lock: Lock,
    today: Day,
    saved: String,
    is_behind: bool,
    due: Instant,
}

impl Keeper {
    /// Keeps the lock file of a site, of which this is known already.
    pub(super) fn new(root: &Path, lock: Lock, today: Day) -> Self {
        let path = root.join(LINKS);
        let saved = fs::read_to_string(&path).unwrap_or_default();
        Self { path, lock, today, saved, is_behind: true, due: Instant::now() }
    }

    /// What is known.
    pub(super) fn lock(&self) -> &Lock {
        &self.lock
    }

    /// Takes what a visit found.
    pub(super) fn note(&mut self, address: String, finding: Finding) {
        let entry = Entry::after(self.lock.entries.get(&address), finding, self.today);
        self.lock.entries.insert(address, entry);
        self.is_behind = true;
    }

    /// Takes what an archive offered.
    pub(super) fn note_copy(&mut self, address: &str, copy: Copy) {
        if let Some(entry) = self.lock.entries.get_mut(address) {
            entry.copy = Some(copy);
            self.is_behind = true;
        }
    }

    /// Writes where something was found and the last time is long enough ago.
    pub(super) fn save_if_due(&mut self) -> Result<(), PublishError> {
        if self.is_behind && Instant::now() >= self.due { self.save() } else { Ok(()) }
    }

    /// Writes what the disk does not know.
    pub(super) fn save(&mut self) -> Result<(), PublishError> {
        let began = Instant::now();
        let text = write::write(&self.lock);
        // A site without addresses needs no file, and one that is right is not touched.
        let is_needless = self.saved.is_empty() && self.lock.entries.is_empty();
        if text != self.saved && !is_needless {
            file::write(&self.path, text.as_bytes(), |_| true)?;
            self.saved = text;
        }
        self.is_behind = false;
        self.due = Instant::now() + began.elapsed().saturating_mul(SHARE).min(Duration::from_secs(10));
        Ok(())
    }
}
