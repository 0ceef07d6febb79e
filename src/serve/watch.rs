//! What an editor saves, as one list of paths for each burst of saves. Uses nothing else of the program.
//!
//! The folders of the sources are watched whole, the site's folder only for what lies in it directly. Folders that are deleted and come back
//! are watched again. Bursts are gathered here and not by notify's debouncer: that one drops a folder's removal when the folder is made
//! anew at once, which is what we must know to watch it again.

use notify::event::{AccessKind, AccessMode};
use notify::{Config, ErrorKind, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

/// A burst is over when nothing has happened for so long.
const QUIET: Duration = Duration::from_millis(80);
/// A burst that does not end is cut after so long.
const LONGEST: Duration = Duration::from_secs(2);
/// How often the folders are looked through where the system cannot tell of changes.
const POLL: Duration = Duration::from_secs(1);

/// What the rebuilding thread is told.
#[derive(Debug)]
pub(super) enum Signal {
    /// Something happened to these paths.
    Changed(Vec<PathBuf>),
    /// The system does not tell of changes (any longer), for this reason.
    Failed(String),
    /// The end.
    Stop,
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
        if path == self.config || self.files.contains(path) {
            return true;
        }
        self.folders
            .iter()
            .any(|folder| path.strip_prefix(folder).is_ok_and(|inside| inside.iter().all(|name| !is_byproduct(name))))
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

/// Whether a name is one that editors and systems make beside the file that is saved.
fn is_byproduct(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name.contains("___jb_")
        // Vim's test whether it may write.
        || name == "4913"
        || name == "Thumbs.db"
        || matches!(extension.as_str(), "swp" | "swx" | "swo" | "tmp" | "temp" | "bak" | "orig" | "part" | "crdownload")
}

/// The system's watcher, or the slow one in its place.
pub(super) struct Watch {
    places: Places,
    watcher: Option<Box<dyn Watcher>>,
    watched: BTreeSet<(PathBuf, bool)>,
    signals: Sender<Signal>,
    is_polling: bool,
}

impl Watch {
    /// Begins to watch what exists.
    pub(super) fn start(places: Places, signals: Sender<Signal>, announce: &impl Fn(&str)) -> Self {
        let mut watch = Self { places, watcher: None, watched: BTreeSet::new(), signals, is_polling: false };
        match RecommendedWatcher::new(handler(watch.signals.clone()), Config::default()) {
            Ok(watcher) => watch.watcher = Some(Box::new(watcher)),
            Err(error) => watch.poll(&error.to_string(), announce),
        }
        watch.refresh(&[], announce);
        watch
    }

    /// The folder of the site.
    pub(super) fn root(&self) -> &Path {
        &self.places.root
    }

    /// Watches also what a build read elsewhere.
    pub(super) fn also(&mut self, paths: &[PathBuf], announce: &impl Fn(&str)) {
        if self.places.add(paths) {
            self.refresh(&[], announce);
        }
    }

    /// Goes over to looking through the folders again and again.
    fn poll(&mut self, reason: &str, announce: &impl Fn(&str)) {
        if self.is_polling {
            return;
        }
        self.is_polling = true;
        self.watched.clear();
        let config = Config::default().with_poll_interval(POLL);
        match PollWatcher::new(handler(self.signals.clone()), config) {
            Ok(watcher) => {
                announce(&format!(
                    "the system does not tell of changes ({reason}); looking every second instead, which is slower"
                ));
                self.watcher = Some(Box::new(watcher));
            }
            Err(error) => {
                announce(&format!("cannot watch for changes ({error}); start again to see what you save"));
                self.watcher = None;
            }
        }
    }

    /// Watches folders that have come, or come back; `touched` are the paths of the last burst.
    fn refresh(&mut self, touched: &[PathBuf], announce: &impl Fn(&str)) {
        // Something happened to the folder itself, perhaps it is another one of that name: its old watch says nothing any more.
        let stale: Vec<_> = self
            .watched
            .iter()
            .filter(|(folder, _)| *folder != self.places.root && touched.contains(folder))
            .cloned()
            .collect();
        for place in stale {
            if let Some(watcher) = &mut self.watcher {
                // The system has often forgotten it already.
                let _ = watcher.unwatch(&place.0);
            }
            self.watched.remove(&place);
        }
        let mut failure = None;
        for (folder, deep) in self.places.to_watch() {
            let Some(watcher) = &mut self.watcher else { return };
            if self.watched.contains(&(folder.clone(), deep)) {
                continue;
            }
            match watcher.watch(&folder, if deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive }) {
                Ok(()) => {
                    self.watched.insert((folder, deep));
                }
                // A folder that went between two looks is no failure.
                Err(_) if !folder.is_dir() => {}
                Err(error) => failure = Some(error.to_string()),
            }
        }
        if let (Some(reason), false) = (failure, self.is_polling) {
            self.poll(&reason, announce);
            self.refresh(&[], announce);
        }
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

/// Waits for a burst of changes that matter, to its end. `None` when the preview ends.
pub(super) fn next_change(
    inbox: &Receiver<Signal>,
    watch: &mut Watch,
    announce: &impl Fn(&str),
) -> Option<Vec<PathBuf>> {
    loop {
        let mut touched = BTreeSet::new();
        let mut unknown = false;
        let mut take = |signal, watch: &mut Watch| match signal {
            Signal::Stop => false,
            Signal::Failed(reason) => {
                // What was missed is not known; a folder that cannot be looked into says so at every look.
                unknown |= !watch.is_polling;
                watch.poll(&reason, announce);
                true
            }
            Signal::Changed(paths) => {
                // No path: more happened than the system could keep.
                unknown |= paths.is_empty();
                touched.extend(paths);
                true
            }
        };
        let first = inbox.recv().ok()?;
        let began = Instant::now();
        if !take(first, watch) {
            return None;
        }
        while began.elapsed() < LONGEST {
            match inbox.recv_timeout(QUIET) {
                Ok(signal) => {
                    if !take(signal, watch) {
                        return None;
                    }
                }
                Err(_) => break,
            }
        }
        let touched: Vec<PathBuf> = touched.into_iter().collect();
        watch.refresh(&touched, announce);
        let mut changed: Vec<PathBuf> = touched.into_iter().filter(|path| watch.places.matter(path)).collect();
        if unknown {
            changed.push(watch.places.root.clone());
        }
        if !changed.is_empty() {
            return Some(changed);
        }
    }
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
        watch.poll("no more watches", &announce);
        watch.refresh(&[], &announce);
        assert!(said.borrow().iter().any(|line| line.contains("no more watches")), "{said:?}");
        std::fs::write(root.path().join("content/a.md"), "x").unwrap();
        let changed = next_change(&inbox, &mut watch, &announce).unwrap();
        assert!(changed.iter().any(|path| path.ends_with("content/a.md")), "{changed:?}");
    }
}
