//! What an editor saves, as one list of paths for each burst of saves. Uses `workspace::byproduct` for names that are none of the site's, its own two parts, and what comes of a build, which it hands on.
//!
//! 1. The folders of the sources are watched whole, the site's folder only for what lies in it directly. `look` does so where the system cannot tell of changes.
//! 2. Folders that are deleted and come back are watched again, and so is all of a folder in which folders came, or of which something was missed: the system's
//!    own watcher gives up among folders that come and go.
//! 3. Now and then `place` tells whether the folders are still those that are watched: nobody tells of the site's own folder being moved and coming back.
//!
//! Bursts are gathered here and not by notify's debouncer: that one drops a folder's removal when the folder is made anew at once, which is what we must know to
//! watch it again.

mod look;
mod place;

use super::Rebuilt;
use crate::workspace::byproduct::is_byproduct;
use look::Looker;
use notify::event::{AccessKind, AccessMode};
use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use place::Identity;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// A file is saved when nothing has happened for so long.
const QUIET: Duration = Duration::from_millis(12);
/// A burst that does not end is cut after so long.
const LONGEST: Duration = Duration::from_secs(2);
/// How often it is asked whether the folders are still the same.
const GLANCE: Duration = Duration::from_secs(1);
/// The variable by which tests of a debug build say how many folders the system watches.
const WATCHES: &str = "SOURCEBOOK_TEST_WATCHES";

/// What the rebuilding thread is told.
pub(super) enum Signal {
    /// Something happened to these paths.
    Changed(Vec<PathBuf>),
    /// The system does not tell of changes (any longer), for this reason.
    Failed(String),
    /// The whole was built.
    Built(Box<Rebuilt>),
    /// The end.
    Stop,
}

/// What was heard until it was quiet.
#[derive(Default)]
pub(super) struct Heard {
    /// What was saved, and matters.
    pub(super) changed: Vec<PathBuf>,
    /// What came of a build.
    pub(super) built: Option<Box<Rebuilt>>,
}

/// Which paths matter.
#[derive(Debug)]
pub(super) struct Places {
    root: PathBuf,
    config: PathBuf,
    /// Folders watched with all that is in them, whether they exist or not.
    folders: BTreeSet<PathBuf>,
    /// Single files elsewhere.
    files: BTreeSet<PathBuf>,
    out: Option<PathBuf>,
}

impl Places {
    pub(super) fn new(root: &Path, out: Option<&Path>) -> Self {
        let root = real(root);
        let folders =
            ["content", "templates", "static", "translations", "editor"].iter().map(|name| root.join(name)).collect();
        let config = root.join("book.toml");
        Self { config, folders, files: BTreeSet::new(), out: out.map(real), root }
    }

    /// Adds what a build read elsewhere, and tells whether anything is new.
    fn add(&mut self, paths: &[PathBuf]) -> bool {
        let mut is_new = false;
        for path in paths {
            let path = real(path);
            if path == self.config || self.folders.iter().any(|folder| path.starts_with(folder)) {
                continue;
            }
            is_new |= if path.is_dir() { self.folders.insert(path) } else { self.files.insert(path) };
        }
        is_new
    }

    /// Whether a change there is worth a build.
    fn matter(&self, path: &Path) -> bool {
        if self.out.as_ref().is_some_and(|out| path.starts_with(out)) {
            return false;
        }
        if path == self.config || path == self.root || self.files.contains(path) {
            return true;
        }
        let is_own = |inside: &Path| inside.iter().all(|name| !is_byproduct(&name.to_string_lossy()));
        self.folders.iter().any(|folder| path.strip_prefix(folder).is_ok_and(is_own))
    }

    /// Which folder lies at each place that is watched, or would be if it were there.
    fn identities(&self) -> BTreeMap<PathBuf, Option<Identity>> {
        let parents = self.files.iter().filter_map(|file| file.parent());
        let places = self.folders.iter().map(PathBuf::as_path).chain(parents).chain([self.root.as_path()]);
        places.map(|folder| (folder.to_path_buf(), Identity::of(folder))).collect()
    }

    /// What has to be watched, and how.
    fn to_watch(&self) -> BTreeSet<(PathBuf, bool)> {
        let parents = self.files.iter().filter_map(|file| file.parent()).map(Path::to_path_buf);
        let shallow = parents.chain([self.root.clone()]).map(|folder| (folder, false));
        let deep = self.folders.iter().cloned().map(|folder| (folder, true));
        shallow.chain(deep).filter(|(folder, _)| folder.is_dir()).collect()
    }
}

/// The path without links, so that it compares with what the system reports.
fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf())
}

/// Who tells of changes.
enum Teller {
    System(RecommendedWatcher),
    Looker(Looker),
    Nobody,
}

impl Teller {
    fn watch(&mut self, folder: &Path, is_deep: bool) -> notify::Result<()> {
        let mode = if is_deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        match self {
            Self::System(watcher) => watcher.watch(folder, mode),
            Self::Looker(looker) => {
                looker.watch(folder, is_deep);
                Ok(())
            }
            Self::Nobody => Ok(()),
        }
    }

    fn unwatch(&mut self, folder: &Path) {
        if let Self::System(watcher) = self {
            // The system has often forgotten it already.
            let _ = watcher.unwatch(folder);
        }
    }
}

/// The system's watcher, or the slow one in its place.
pub(super) struct Watch {
    places: Places,
    teller: Teller,
    watched: BTreeSet<(PathBuf, bool)>,
    /// Which folders these were when they were last watched; `None` for one that was not there.
    seen: BTreeMap<PathBuf, Option<Identity>>,
    signals: Sender<Signal>,
}

impl Watch {
    /// Begins to watch what exists.
    pub(super) fn start(places: Places, signals: Sender<Signal>, announce: &impl Fn(&str)) -> Self {
        let teller = Teller::Nobody;
        let mut watch = Self { places, teller, watched: BTreeSet::new(), seen: BTreeMap::new(), signals };
        let started = match place::why_silent(&watch.places.root) {
            Some(reason) => Err(reason),
            None => RecommendedWatcher::new(handler(watch.signals.clone()), Config::default())
                .map_err(|error| error.to_string()),
        };
        match started {
            Ok(watcher) => watch.teller = Teller::System(watcher),
            Err(reason) => watch.look(&reason, announce),
        }
        watch.refresh(&[], false, announce);
        watch
    }

    /// The folder of the site.
    pub(super) fn root(&self) -> &Path {
        &self.places.root
    }

    /// Watches also what a build read elsewhere.
    pub(super) fn also(&mut self, paths: &[PathBuf], announce: &impl Fn(&str)) {
        if self.places.add(paths) {
            self.refresh(&[], false, announce);
        }
    }

    fn is_looking(&self) -> bool {
        matches!(self.teller, Teller::Looker(_))
    }

    /// Goes over to looking through the folders again and again.
    fn look(&mut self, reason: &str, announce: &impl Fn(&str)) {
        if self.is_looking() {
            return;
        }
        self.watched.clear();
        match Looker::start(self.signals.clone()) {
            Ok(looker) => {
                announce(&format!(
                    "the system does not tell of changes ({reason}); looking every second instead, which is slower"
                ));
                self.teller = Teller::Looker(looker);
            }
            Err(error) => {
                announce(&format!("cannot watch for changes ({error}); start again to see what you save"));
                self.teller = Teller::Nobody;
            }
        }
    }

    /// Watches folders that have come, or come back. `touched` are the paths of the last burst; `missed` says that there may have been more.
    fn refresh(&mut self, touched: &[PathBuf], missed: bool, announce: &impl Fn(&str)) {
        // Something happened to the folder itself, perhaps it is another one of that name: its old watch says nothing any more. Which it is, is asked before it
        // is watched: if another takes its place in between, the next glance tells.
        let now = self.places.identities();
        let is_another = |folder: &PathBuf| touched.contains(folder) || self.seen.get(folder) != now.get(folder);
        let stale: Vec<_> = self.watched.iter().filter(|(folder, _)| is_another(folder)).cloned().collect();
        self.seen = now;
        for place in stale {
            self.teller.unwatch(&place.0);
            self.watched.remove(&place);
        }
        // Where folders came, each must be watched. To watch one twice costs nothing, and nothing is missed meanwhile.
        let folders: Vec<&PathBuf> = touched.iter().filter(|path| missed || path.is_dir()).collect();
        self.watched.retain(|(folder, is_deep)| {
            !(*is_deep && (missed || folders.iter().any(|touched| touched.starts_with(folder))))
        });
        let mut failure = None;
        for (folder, is_deep) in self.places.to_watch() {
            if self.watched.contains(&(folder.clone(), is_deep)) {
                continue;
            }
            if let Some(reason) = self.beyond_the_limit() {
                failure = Some(reason);
                break;
            }
            match self.teller.watch(&folder, is_deep) {
                Ok(()) => drop(self.watched.insert((folder, is_deep))),
                // A folder that went between two looks is no failure.
                Err(_) if !folder.is_dir() => {}
                Err(error) => failure = Some(error.to_string()),
            }
        }
        if let (Some(reason), false) = (failure, self.is_looking()) {
            self.look(&reason, announce);
            self.refresh(&[], false, announce);
        }
    }

    /// What the system would say if it watched no more than tests let it.
    fn beyond_the_limit(&self) -> Option<String> {
        let told = std::env::var_os(WATCHES).filter(|_| cfg!(debug_assertions) && !self.is_looking())?;
        let limit: usize = told.to_str()?.parse().ok()?;
        (self.watched.len() >= limit).then(|| notify::Error::new(ErrorKind::MaxFilesWatch).to_string())
    }

    /// The folders that are no longer those that were watched.
    fn strays(&self) -> Vec<PathBuf> {
        let now = self.places.identities();
        now.into_iter().filter(|(path, now)| self.seen.get(path) != Some(now)).map(|(path, _)| path).collect()
    }
}

/// Passes on what is a change; reading a file is none, and a build reads them all.
fn handler(signals: Sender<Signal>) -> impl Fn(notify::Result<Event>) {
    move |event| {
        let signal = match event {
            Ok(event) if is_change(&event) => Signal::Changed(event.paths),
            Ok(_) => return,
            // A folder that went while it was looked into.
            Err(error) if is_absence(&error) => Signal::Changed(error.paths),
            Err(error) => Signal::Failed(error.to_string()),
        };
        // The other side is gone when the preview has ended.
        let _ = signals.send(signal);
    }
}

fn is_absence(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound | ErrorKind::WatchNotFound => true,
        ErrorKind::Io(error) => error.kind() == io::ErrorKind::NotFound,
        _ => false,
    }
}

fn is_change(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// Waits for changes, to the end of their burst, or for what comes of a build, no longer than `patience` where that ends. `None` when the preview ends.
pub(super) fn hear(
    inbox: &Receiver<Signal>,
    watch: &mut Watch,
    patience: Option<Duration>,
    announce: &impl Fn(&str),
) -> Option<Heard> {
    let mut next = match inbox.recv_timeout(patience.map_or(GLANCE, |patience| patience.min(GLANCE))) {
        Ok(signal) => Some(signal),
        Err(RecvTimeoutError::Disconnected) => return None,
        Err(RecvTimeoutError::Timeout) => Some(watch.strays()).filter(|strays| !strays.is_empty()).map(Signal::Changed),
    };
    let began = Instant::now();
    let (mut touched, mut unknown, mut built) = (BTreeSet::new(), false, None);
    while let Some(signal) = next {
        match signal {
            Signal::Stop => return None,
            Signal::Built(outcome) => built = Some(outcome),
            Signal::Failed(reason) => {
                // What was missed is not known; a folder that cannot be looked into says so at every look.
                unknown |= !watch.is_looking();
                watch.look(&reason, announce);
            }
            Signal::Changed(paths) => {
                // No path: more happened than the system could keep.
                unknown |= paths.is_empty();
                touched.extend(paths);
            }
        }
        let is_burst = unknown || !touched.is_empty();
        next = if is_burst && began.elapsed() < LONGEST { inbox.recv_timeout(QUIET).ok() } else { None };
    }
    if touched.is_empty() && !unknown {
        return Some(Heard { changed: Vec::new(), built });
    }
    // What nobody told of is found out now, before it is looked at anew.
    let strays = watch.strays();
    touched.extend(strays.iter().cloned());
    let touched: Vec<PathBuf> = touched.into_iter().collect();
    watch.refresh(&touched, unknown, announce);
    let matters = |path: &PathBuf| watch.places.matter(path) || strays.contains(path);
    let mut changed: Vec<PathBuf> = touched.into_iter().filter(matters).collect();
    if unknown {
        changed.push(watch.places.root.clone());
    }
    Some(Heard { changed, built })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters() {
        let root = tempfile::tempdir().unwrap();
        let root = real(root.path());
        let mut places = Places::new(&root, Some(&root.join("static/public")));
        places.add(&[root.join("../other/logo.svg"), root.join("content/en/a.md")]);
        assert_eq!(places.files.len(), 1);
        for yes in [
            "book.toml",
            "content",
            "content/en/a.md",
            "content/en/chapter.html",
            "templates/page.html",
            "static/x.css",
        ] {
            assert!(places.matter(&root.join(yes)), "{yes}");
        }
        for no in [
            "README.md",
            "public/index.html",
            "static/public/index.html",
            "content/en/.a.md.swp",
            "content/.git/index",
            "content/en/a.md~",
            "content/en/#a.md#",
            "content/en/4913",
            "content/en/a.md.tmp",
            "content/en/a.md___jb_tmp___",
            ".book.toml.swp",
        ] {
            assert!(!places.matter(&root.join(no)), "{no}");
        }
    }

    #[test]
    fn looking_instead_of_being_told() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("content")).unwrap();
        let (signals, inbox) = std::sync::mpsc::channel();
        let said = std::cell::RefCell::new(Vec::new());
        let announce = |line: &str| said.borrow_mut().push(line.to_owned());
        let mut watch = Watch::start(Places::new(root.path(), None), signals, &announce);
        watch.look("no more watches", &announce);
        watch.refresh(&[], false, &announce);
        assert!(said.borrow().iter().any(|line| line.contains("no more watches")), "{said:?}");
        let mut next = || loop {
            let Heard { changed, .. } = hear(&inbox, &mut watch, None, &announce).unwrap();
            if !changed.is_empty() {
                return changed;
            }
        };
        assert!(
            next().iter().any(|path| path.ends_with("content")),
            "what was saved before the first look is not known"
        );
        std::fs::write(root.path().join("content/a.md"), "x").unwrap();
        let changed = next();
        assert!(changed.iter().any(|path| path.ends_with("content/a.md")), "{changed:?}");
    }
}
