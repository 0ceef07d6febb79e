//! What open pages are told: the state of the preview, and the one event that brings a page up to it. Uses its sister modules and `site::edition` only.
//!
//! A page says which edition it was made from. The answer depends on the present state alone, so nothing is missed between two
//! events, while a page loads, or while the server was away.

use super::{Desk, Draft, Problem, Rebuilt, Taken};
use crate::site::edition::Edition;
use axum::response::sse::Event;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};

/// The address of the events.
pub(super) const EVENTS_PATH: &str = "/__sourcebook/events";

/// The endings of files that pages are drawn with. When one of them changes, a page is loaded anew.
const DRAWN_WITH: &[&str] = &[".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".woff2"];

/// What is sought in, and changes with every word.
const INDEX: &str = "search/";

/// A draft that takes in what is saved while pages of it are shown.
pub(super) type Shared = Arc<RwLock<Box<dyn Draft>>>;

/// What the preview shows now.
pub(super) struct Current {
    /// The last good edition.
    pub(super) edition: Option<Arc<Edition>>,
    /// What was saved since, where it is ahead of the edition.
    draft: Option<Shared>,
    /// Its pages that were asked for.
    pages: Mutex<BTreeMap<String, Arc<[u8]>>>,
    /// A name of the edition, unlike that of any other run of the program.
    pub(super) id: Arc<str>,
    /// A name for all that pages are drawn with.
    pub(super) look: Arc<str>,
    /// What an editor is told beside the pages.
    pub(super) desk: Arc<Desk>,
    /// The problems of the last build as JSON; empty when there are none.
    problems: Arc<str>,
    /// The same as text, for a page without a script.
    pub(super) text: String,
    run: u128,
    count: u64,
}

#[derive(Serialize)]
struct Payload<'a> {
    summary: &'a str,
    /// Whether the pages are as they were saved, and not those from before something went wrong.
    is_shown: bool,
    problems: &'a [Problem],
}

impl Current {
    /// Before the first build.
    pub(super) fn nothing_yet() -> Self {
        let run = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_millis());
        Self {
            edition: None,
            draft: None,
            pages: Mutex::default(),
            id: format!("{run}-0").into(),
            look: "".into(),
            desk: Arc::default(),
            problems: "".into(),
            text: "Building …".to_owned(),
            run,
            count: 0,
        }
    }

    /// After a build. An edition that differs in nothing from what was shown keeps its name, and pages stay as they are.
    pub(super) fn next(&self, rebuilt: Rebuilt) -> Self {
        let is_shown = rebuilt.edition.is_some();
        let problems = told(&rebuilt.summary, is_shown, &rebuilt.problems);
        let text = text(&rebuilt.summary, &rebuilt.problems);
        let desk = rebuilt.desk.map_or_else(|| Arc::clone(&self.desk), Arc::new);
        let is_new = |new: &Edition| self.draft.is_some() || self.edition.as_ref().is_none_or(|old| !is_same(old, new));
        let new = rebuilt.edition.filter(|new| is_new(new));
        let (run, count) = (self.run, self.count + 1);
        match new {
            Some(edition) => Self {
                look: look(&edition).into(),
                edition: Some(edition),
                draft: None,
                pages: Mutex::default(),
                id: format!("{run}-{count}").into(),
                desk,
                problems,
                text,
                run,
                count,
            },
            None => Self {
                edition: self.edition.clone(),
                draft: self.draft.clone().filter(|_| !is_shown),
                pages: Mutex::default(),
                id: self.id.clone(),
                look: self.look.clone(),
                desk,
                problems,
                text,
                run,
                count,
            },
        }
    }
}

impl Current {
    /// After a draft has taken in what was saved: its pages are shown instead of the edition's.
    pub(super) fn ahead(&self, taken: &Taken, draft: &Shared) -> Self {
        let (run, count) = (self.run, self.count + 1);
        Self {
            edition: self.edition.clone(),
            draft: Some(Arc::clone(draft)),
            pages: Mutex::default(),
            id: format!("{run}-{count}").into(),
            look: self.look.clone(),
            desk: Arc::clone(&self.desk),
            problems: told(&taken.summary, true, &taken.problems),
            text: text(&taken.summary, &taken.problems),
            run,
            count,
        }
    }

    /// The page that lies at a path, where the draft has another than the edition.
    pub(super) fn page(&self, path: &str) -> Option<Arc<[u8]>> {
        let made = || self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(page) = made().get(path) {
            return Some(Arc::clone(page));
        }
        let page: Arc<[u8]> = self.asked(|draft| draft.page(path))?.into_bytes().into();
        made().insert(path.to_owned(), Arc::clone(&page));
        Some(page)
    }

    /// What an editor is told beside that page, where the draft is ahead.
    pub(super) fn desk_of(&self, path: &str) -> Option<String> {
        self.asked(|draft| draft.desk(path))
    }

    /// Asks the draft; one that stumbles has nothing to say.
    fn asked(&self, ask: impl FnOnce(&dyn Draft) -> Option<String>) -> Option<String> {
        let draft = self.draft.as_ref()?.read().unwrap_or_else(PoisonError::into_inner);
        catch_unwind(AssertUnwindSafe(|| ask(&**draft))).unwrap_or_default()
    }
}

/// The problems as JSON; nothing where there are none.
fn told(summary: &str, is_shown: bool, problems: &[Problem]) -> Arc<str> {
    if problems.is_empty() {
        return "".into();
    }
    // Strings always serialise.
    serde_json::to_string(&Payload { summary, is_shown, problems }).unwrap_or_default().into()
}

fn is_same(old: &Edition, new: &Edition) -> bool {
    old.len() == new.len() && old.iter().eq(new.iter())
}

/// A name for the files that pages are drawn with. It need not be the same on another machine.
fn look(edition: &Edition) -> String {
    let mut hasher = DefaultHasher::new();
    for (path, bytes) in edition.iter() {
        let path = path.as_str();
        if DRAWN_WITH.iter().any(|ending| path.ends_with(ending)) && !path.contains(INDEX) {
            (path, bytes).hash(&mut hasher);
        }
    }
    format!("{:016x}", hasher.finish())
}

fn text(summary: &str, problems: &[Problem]) -> String {
    let mut text = summary.to_owned();
    for problem in problems {
        let place = problem.place.as_deref().unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = write!(text, "\n\n{} {}\n{place}", problem.code, problem.message);
        if let Some(help) = &problem.help {
            let _ = write!(text, "\n{help}");
        }
    }
    text
}

/// What one open page has been told so far.
#[derive(Debug)]
pub(super) struct Listener {
    edition: Arc<str>,
    /// `None` while it has been told nothing: it may still show what it was told over an earlier connection.
    problems: Option<Arc<str>>,
}

impl Listener {
    /// A page made from the edition of that name.
    pub(super) fn new(edition: &str) -> Self {
        Self { edition: edition.into(), problems: None }
    }

    /// The event that brings the page up to date; `None` when it is.
    pub(super) fn next_event(&mut self, current: &Current) -> Option<Event> {
        let (name, data) = self.next(current)?;
        Some(Event::default().event(name).data(data))
    }

    fn next(&mut self, current: &Current) -> Option<(&'static str, Arc<str>)> {
        if self.edition != current.id {
            self.edition = current.id.clone();
            let told = serde_json::json!({"edition": &*current.id, "look": &*current.look});
            return Some(("edition", told.to_string().into()));
        }
        if self.problems.as_ref() == Some(&current.problems) {
            return None;
        }
        self.problems = Some(current.problems.clone());
        // Browsers drop events without data, so "fixed" carries something too.
        Some(if current.problems.is_empty() {
            ("fixed", current.id.clone())
        } else {
            ("problems", current.problems.clone())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::edition::OutPath;

    fn rebuilt(page: Option<&str>, problem: Option<&str>) -> Rebuilt {
        let edition = page.map(|page| {
            let mut edition = Edition::default();
            edition.add(OutPath::parse("index.html").unwrap(), page.as_bytes());
            Arc::new(edition)
        });
        let problems = problem.map(|message| Problem {
            severity: "error".to_owned(),
            code: "SB201".to_owned(),
            message: message.to_owned(),
            help: None,
            place: None,
            excerpt: None,
        });
        Rebuilt { edition, problems: problems.into_iter().collect(), ..Rebuilt::default() }
    }

    #[test]
    fn a_page_is_brought_up_to_date() {
        let first = Current::nothing_yet().next(rebuilt(Some("one"), None));
        let mut page = Listener::new(&first.id);
        let mut told = |current: &Current| page.next(current).map(|(name, _)| name);
        assert_eq!(told(&first), Some("fixed"));
        assert_eq!(told(&first), None);
        let broken = first.next(rebuilt(None, Some("gone")));
        assert_eq!(told(&broken), Some("problems"));
        assert_eq!(told(&broken), None);
        let mended = broken.next(rebuilt(Some("one"), None));
        assert_eq!(told(&mended), Some("fixed"), "the page is as it was");
        let changed = mended.next(rebuilt(Some("two"), Some("a warning")));
        assert_eq!(told(&changed), Some("edition"));
        assert_eq!(told(&changed), Some("problems"));
        // A page opened later is told what is wrong at once; one from before the server was restarted reloads.
        assert_eq!(Listener::new(&changed.id).next(&changed).unwrap().0, "problems");
        assert_eq!(Listener::new("elsewhere").next(&changed).unwrap().0, "edition");
    }
}
