//! The thread that hears what is saved, shows it at once where it can, and has the whole built.
//!
//! 1. What is saved is taken into the draft of the last build. From then on pages are rendered when they are asked for, and open pages are told to ask.
//! 2. When nothing was saved for a while, the whole is built, by a thread of its own with helpers of its own, so that saves go on being taken in.
//! 3. The whole takes the place of what was shown. What was saved meanwhile is taken into it, and it is built again.
//!
//! So what is shown in the end is a whole build, whatever the draft knew. Uses its sister modules only.

use super::live::{Current, Shared};
use super::watch::{Heard, Signal, Watch, hear};
use super::{Rebuilt, Taken, catch_panic};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// What could not be shown at once is built when a burst of saves is over.
const BURST: Duration = Duration::from_millis(70);

/// What is shown already is built when the editor rests.
const REST: Duration = Duration::from_millis(600);

/// No build is put off for longer.
const LONGEST: Duration = Duration::from_secs(5);

/// Hears, shows, and orders builds.
pub(super) struct Builder<A> {
    pub(super) watch: Watch,
    pub(super) inbox: Receiver<Signal>,
    pub(super) orders: Sender<Vec<PathBuf>>,
    pub(super) current: tokio::sync::watch::Sender<Arc<Current>>,
    pub(super) announce: A,
    pub(super) work: Work,
}

/// What is done and to be done.
#[derive(Default)]
pub(super) struct Work {
    /// The last whole build, with what was taken in since.
    draft: Option<Shared>,
    /// What was saved since the last build began.
    unbuilt: BTreeSet<PathBuf>,
    /// Whether all of that is shown.
    is_shown: bool,
    /// When the first of it was saved.
    since: Option<Instant>,
    /// When a build of it is due.
    due: Option<Instant>,
    /// What is being built.
    building: Option<Vec<PathBuf>>,
}

impl<A: Fn(&str)> Builder<A> {
    /// Has the whole built once, and then whenever something was saved. `first` is called when the first build is done.
    pub(super) fn run(mut self, first: impl FnOnce(&A)) {
        let mut first = Some(first);
        self.order();
        loop {
            let patience = self.work.due.filter(|_| self.work.building.is_none());
            let patience = patience.map(|due| due.saturating_duration_since(Instant::now()));
            let heard = hear(&self.inbox, &mut self.watch, patience, &self.announce);
            let Some(Heard { changed, built }) = heard else { return };
            if !changed.is_empty() {
                self.saved(changed);
            }
            if let Some(built) = built {
                self.built(*built);
                if let Some(first) = first.take() {
                    first(&self.announce);
                }
            }
            if self.work.building.is_none() && self.work.due.is_some_and(|due| due <= Instant::now()) {
                self.order();
            }
        }
    }

    /// Has the whole built.
    fn order(&mut self) {
        let changed: Vec<PathBuf> = std::mem::take(&mut self.work.unbuilt).into_iter().collect();
        (self.work.since, self.work.due) = (None, None);
        // The other side goes only when this one does.
        let _ = self.orders.send(changed.clone());
        self.work.building = Some(changed);
    }

    /// Shows what was saved, where that can be, and sees to it that the whole is built.
    fn saved(&mut self, changed: Vec<PathBuf>) {
        let began = Instant::now();
        let taken = self.take_in(&changed);
        let is_first = self.work.unbuilt.is_empty();
        self.work.is_shown = taken.is_some() && (is_first || self.work.is_shown);
        if let (Some(taken), Some(draft)) = (taken, &self.work.draft) {
            let summary = format!("{}, shown after {:.0} ms", taken.summary, began.elapsed().as_secs_f64() * 1000.0);
            (self.announce)(&line(&self.watch, &changed, &summary));
            self.current.send_modify(|current| *current = Arc::new(current.ahead(&taken, draft)));
        }
        self.work.unbuilt.extend(changed);
        let now = Instant::now();
        let since = *self.work.since.get_or_insert(now);
        let pause = if self.work.is_shown { REST } else { BURST };
        self.work.due = Some((now + pause).min(since + LONGEST));
    }

    /// Takes files into the draft. One that stumbles over them is not asked again.
    fn take_in(&mut self, changed: &[PathBuf]) -> Option<Taken> {
        let draft = Arc::clone(self.work.draft.as_ref()?);
        let taken =
            catch_unwind(AssertUnwindSafe(|| draft.write().unwrap_or_else(PoisonError::into_inner).take_in(changed)));
        taken.unwrap_or_else(|_| {
            self.work.draft = None;
            None
        })
    }

    /// Shows a whole build.
    fn built(&mut self, mut outcome: Rebuilt) {
        let changed = self.work.building.take().unwrap_or_default();
        self.watch.also(&outcome.watched, &self.announce);
        (self.announce)(&line(&self.watch, &changed, &outcome.summary));
        if outcome.edition.is_some() {
            self.work.draft = outcome.draft.take().map(|draft| Arc::new(RwLock::new(draft)));
        }
        let later: Vec<PathBuf> = self.work.unbuilt.iter().cloned().collect();
        let taken = if later.is_empty() || outcome.edition.is_none() { None } else { self.take_in(&later) };
        let ahead = taken.zip(self.work.draft.as_ref());
        self.current.send_modify(|current| {
            let next = current.next(outcome);
            *current = Arc::new(match ahead {
                Some((taken, draft)) => next.ahead(&taken, draft),
                None => next,
            });
        });
    }
}

/// Builds the whole as often as it is ordered to, with helpers that have nothing else to do.
pub(super) fn build_whole(
    orders: &Receiver<Vec<PathBuf>>,
    signals: &Sender<Signal>,
    mut rebuild: impl FnMut(&[PathBuf]) -> Rebuilt + Send,
) {
    let helpers = rayon::ThreadPoolBuilder::new().build().ok();
    while let Ok(changed) = orders.recv() {
        let outcome = catch_panic(|| match &helpers {
            Some(helpers) => helpers.install(|| rebuild(&changed)),
            None => rebuild(&changed),
        });
        if signals.send(Signal::Built(Box::new(outcome))).is_err() {
            return;
        }
    }
}

/// The line for the terminal: what changed and what came of it.
fn line(watch: &Watch, changed: &[PathBuf], summary: &str) -> String {
    let name = |path: &Path| match path.strip_prefix(watch.root()) {
        Ok(inside) if inside.as_os_str().is_empty() => "many files".to_owned(),
        Ok(inside) => inside.display().to_string(),
        Err(_) => path.display().to_string(),
    };
    match changed {
        [] => summary.to_owned(),
        [one] => format!("{}: {summary}", name(one)),
        [first, more @ ..] => format!("{} and {} more: {summary}", name(first), more.len()),
    }
}
