//! Keeps the site as it is with the open texts: a page that is typed in is exchanged within the book at once, and a thread of its own compiles the whole when typing
//! pauses, so that questions are answered meanwhile.
//!
//! One run at a time, and always of the newest texts. Entries of sources are kept from run to run.

use super::documents::Documents;
use crate::book::Book;
use crate::book::mentions::Mentions;
use crate::compile::{self, LinkOptions, Options};
use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Files};
use crate::workspace::Unsaved;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread;

/// A site as it was last read and linked.
#[derive(Debug)]
pub(super) struct Snapshot {
    /// The book; where there are errors it has gaps.
    pub(super) book: Book,
    /// What is wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
    mentions: OnceLock<Mentions>,
}

impl Snapshot {
    /// Every place that names something.
    pub(super) fn mentions(&self) -> &Mentions {
        self.mentions.get_or_init(|| Mentions::of(&self.book))
    }

    /// The file of a path.
    pub(super) fn file(&self, path: &str) -> Option<FileId> {
        self.book.files.iter().find(|(_, file)| file.path() == path).map(|(id, _)| id)
    }
}

/// What came of a run.
#[derive(Debug)]
pub(super) enum Outcome {
    /// The site was read.
    Read(Box<Snapshot>),
    /// Not even `book.toml` could be used: this is why.
    Unreadable(Files, Vec<Diagnostic>),
    /// The program failed.
    Failed,
}

/// How far the last run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    /// It saw everything as it is.
    Done,
    /// Something has changed since.
    Due,
    /// It is under way.
    Running,
    /// It is under way, and something has changed since it began.
    RunningInVain,
}

/// The site that is worked on.
#[derive(Debug)]
pub(super) struct Compiler {
    /// Its folder.
    root: PathBuf,
    link: LinkOptions,
    work: Work,
    /// Whether the snapshot holds every open text as it is.
    agrees: bool,
    /// Whether there is something else to say of the site than before.
    has_news: bool,
    latest: Option<Box<Snapshot>>,
    /// Why the site cannot be read, while it cannot.
    trouble: Option<(Files, Vec<Diagnostic>)>,
}

impl Compiler {
    /// A site that has not been read yet.
    pub(super) fn new(root: PathBuf) -> Self {
        // Who writes a draft wants to know what is wrong with it.
        let link = LinkOptions { drafts: true, ..LinkOptions::default() };
        Self { root, link, work: Work::Due, agrees: false, has_news: false, latest: None, trouble: None }
    }

    /// The site's folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Something has changed.
    pub(super) fn touch(&mut self) {
        self.work = match self.work {
            Work::Done | Work::Due => Work::Due,
            Work::Running | Work::RunningInVain => Work::RunningInVain,
        };
    }

    /// Whether a run could begin.
    pub(super) fn is_waiting(&self) -> bool {
        self.work == Work::Due
    }

    /// Whether places in the open texts are places in the snapshot, or nothing is under way that would make them so.
    pub(super) fn is_current(&self) -> bool {
        self.agrees || self.work == Work::Done
    }

    /// The site as it was last read.
    pub(super) fn latest(&self) -> Option<&Snapshot> {
        self.latest.as_deref()
    }

    /// What is wrong, where something else is to be said than the last time.
    pub(super) fn take_news(&mut self) -> Option<(&[Diagnostic], &Files)> {
        if !std::mem::take(&mut self.has_news) {
            return None;
        }
        let trouble = self.trouble.as_ref().map(|(files, diagnostics)| (diagnostics.as_slice(), files));
        trouble.or_else(|| self.latest().map(|latest| (latest.diagnostics.as_slice(), &latest.book.files)))
    }

    /// Brings the pages of the snapshot to what is typed.
    pub(super) fn revise(&mut self, documents: &Documents) {
        let Some(snapshot) = &mut self.latest else { return };
        let content = format!("{}/", snapshot.book.config.content_dir);
        let mut agrees = true;
        for (path, text) in documents.of_site(&self.root) {
            let file = snapshot.file(&path);
            if file.is_some_and(|file| snapshot.book.files.text(file) == text.as_ref()) {
                continue;
            }
            // What panics here is told on standard error, and the next run of the whole begins afresh.
            let revised = catch_unwind(AssertUnwindSafe(|| {
                file.is_some_and(|file| compile::revise(&mut snapshot.book, &mut snapshot.diagnostics, file, &text))
            }));
            if revised.unwrap_or(false) {
                snapshot.mentions = OnceLock::new();
                self.has_news = true;
            } else if file.is_some() || path.starts_with(&content) {
                // Whatever else is open is no part of the site.
                agrees = false;
            }
        }
        self.agrees = agrees;
    }

    /// Begins a run where one is due and none is under way; `done` is called with what came of it, by another thread.
    pub(super) fn start(&mut self, documents: &Documents, done: impl FnOnce(Outcome) + Send + 'static) {
        if !self.is_waiting() {
            return;
        }
        self.work = Work::Running;
        let root = self.root.clone();
        let mut unsaved = Unsaved::default();
        for (path, text) in documents.of_site(&root) {
            unsaved.put(path, text);
        }
        let options = Options { link: self.link.clone(), unsaved, ..Options::default() };
        // A panic is told on standard error by the program itself.
        let run = move || done(catch_unwind(AssertUnwindSafe(|| compile(&root, &options))).unwrap_or(Outcome::Failed));
        if thread::Builder::new().name("compile".to_owned()).spawn(run).is_err() {
            self.work = Work::Done;
        }
    }

    /// Takes in what came of a run.
    pub(super) fn finish(&mut self, outcome: Outcome) {
        self.work = if self.work == Work::RunningInVain { Work::Due } else { Work::Done };
        match outcome {
            Outcome::Read(snapshot) => (self.latest, self.trouble) = (Some(snapshot), None),
            Outcome::Unreadable(files, diagnostics) => self.trouble = Some((files, diagnostics)),
            Outcome::Failed => return,
        }
        self.has_news = true;
    }
}

fn compile(root: &Path, options: &Options) -> Outcome {
    match compile::open(root, options) {
        Ok(opened) => {
            let (book, diagnostics) = (opened.book, opened.diagnostics);
            Outcome::Read(Box::new(Snapshot { book, diagnostics, mentions: OnceLock::new() }))
        }
        Err(unreadable) => Outcome::Unreadable(unreadable.files, unreadable.diagnostics),
    }
}
