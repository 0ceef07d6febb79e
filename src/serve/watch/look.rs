//! Looks through folders again and again, where the system does not tell of changes. Uses `workspace::byproduct` and its parent's signals.
//!
//! What a file is like is compared for being the same, never for being later: clocks are put back, and copies bring their old times along. notify's own
//! poller takes a file for unchanged whose time went back, or that was saved twice in a second.

use super::{Signal, is_byproduct};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant, SystemTime};
use walkdir::WalkDir;

/// How long it rests between two looks, at least.
const REST: Duration = Duration::from_secs(1);
/// A look that takes long, on a slow disk, is followed by a rest so many times as long.
const LAZINESS: u32 = 3;

/// Looks until it is dropped.
pub(super) struct Looker {
    folders: Sender<(PathBuf, bool)>,
}

impl Looker {
    /// Begins to look; it is told where by [`Self::watch`].
    pub(super) fn start(signals: Sender<Signal>) -> io::Result<Self> {
        let (folders, told) = mpsc::channel();
        thread::Builder::new().name("look".to_owned()).spawn(move || look(&told, &signals))?;
        Ok(Self { folders })
    }

    /// Looks into a folder, too, and into all that lie in it if `is_deep`.
    pub(super) fn watch(&self, folder: &Path, is_deep: bool) {
        // It ends when the preview does, and then nobody needs to know.
        let _ = self.folders.send((folder.to_path_buf(), is_deep));
    }
}

/// What a file is like.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    is_folder: bool,
    size: u64,
    saved: Option<SystemTime>,
    /// What no program sets: the number of the file and when the system last noted a change of it.
    system: (u64, i64, i64),
}

impl Mark {
    fn of(found: &Metadata) -> Self {
        // What changes about a folder is seen in the files.
        let is_folder = found.is_dir();
        let file = Some(found).filter(|_| !is_folder);
        Self {
            is_folder,
            size: file.map_or(0, Metadata::len),
            saved: file.and_then(|file| file.modified().ok()),
            system: file.map_or((0, 0, 0), system),
        }
    }
}

#[cfg(unix)]
fn system(found: &Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (found.ino(), found.ctime(), found.ctime_nsec())
}

#[cfg(not(unix))]
fn system(_: &Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}

fn look(told: &Receiver<(PathBuf, bool)>, signals: &Sender<Signal>) {
    let mut folders = BTreeSet::new();
    let mut before = BTreeMap::new();
    let mut rest = Duration::ZERO;
    loop {
        let until = Instant::now() + rest;
        loop {
            match told.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(place) => {
                    if !folders.contains(&place) {
                        before.extend(marks(&place));
                        // A build may have read it before this look was over, and something may have been saved in between.
                        let _ = signals.send(Signal::Changed(vec![place.0.clone()]));
                        folders.insert(place);
                    }
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        let began = Instant::now();
        let now: BTreeMap<PathBuf, Mark> = folders.iter().flat_map(marks).collect();
        let changed = differences(&before, &now);
        before = now;
        rest = REST.max(began.elapsed() * LAZINESS);
        if !changed.is_empty() && signals.send(Signal::Changed(changed)).is_err() {
            return;
        }
    }
}

/// What lies in a folder. What cannot be looked at is taken for absent, and seen when it can be.
fn marks((folder, is_deep): &(PathBuf, bool)) -> Vec<(PathBuf, Mark)> {
    let entries = WalkDir::new(folder)
        .max_depth(if *is_deep { usize::MAX } else { 1 })
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_byproduct(&entry.file_name().to_string_lossy()));
    entries
        .flatten()
        .filter_map(|entry| Some((Mark::of(&entry.metadata().ok()?), entry)))
        .map(|(mark, entry)| (entry.into_path(), mark))
        .collect()
}

/// What came, went, or is not what it was.
fn differences(before: &BTreeMap<PathBuf, Mark>, now: &BTreeMap<PathBuf, Mark>) -> Vec<PathBuf> {
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    let new = now.iter().filter(|(path, mark)| before.get(*path) != Some(mark)).map(|(path, _)| path);
    gone.chain(new).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{self, File};

    #[test]
    fn a_file_is_not_what_it_was_whatever_its_time_says() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        fs::write(&file, "one").unwrap();
        let look = || marks(&(folder.path().to_path_buf(), true)).into_iter().collect::<BTreeMap<_, _>>();
        let set = |time: SystemTime| File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
        set(long_ago);
        let before = look();
        assert!(differences(&before, &look()).is_empty());

        // As long as before, and saved at the same second by its own account; by rename, so that it is another file.
        let beside = folder.path().join("a.md~");
        fs::write(&beside, "two").unwrap();
        fs::rename(&beside, &file).unwrap();
        set(long_ago);
        let second = look();
        assert_eq!(differences(&before, &second), std::slice::from_ref(&file));
        // The clock is put forward, and back.
        set(SystemTime::now() + Duration::from_secs(100_000));
        let third = look();
        assert_eq!(differences(&second, &third), std::slice::from_ref(&file));
        set(SystemTime::UNIX_EPOCH + Duration::from_secs(2));
        assert_eq!(differences(&third, &look()), std::slice::from_ref(&file));
        fs::remove_file(&file).unwrap();
        assert_eq!(differences(&third, &look()), [file]);
    }

    #[test]
    fn what_comes_with_a_folder_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), "x").unwrap();
        let (signals, inbox) = mpsc::channel();
        let looker = Looker::start(signals).unwrap();
        looker.watch(folder.path(), true);
        let next = || match inbox.recv_timeout(Duration::from_secs(60)) {
            Ok(Signal::Changed(paths)) => paths,
            other => panic!("{}", if other.is_ok() { "another signal" } else { "no signal" }),
        };
        // What was saved before the first look is not known.
        assert_eq!(next(), [folder.path()]);
        fs::create_dir(folder.path().join("new")).unwrap();
        fs::write(folder.path().join("new/.b.md.swp"), "x").unwrap();
        fs::write(folder.path().join("new/b.md"), "x").unwrap();
        let mut seen = BTreeSet::new();
        while !seen.contains(&folder.path().join("new/b.md")) {
            seen.extend(next());
        }
        assert_eq!(seen, [folder.path().join("new"), folder.path().join("new/b.md")].into());
    }
}
