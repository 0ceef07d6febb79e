//! `check --external`: visits the addresses of other hosts that a site leads to, and records in the lock file how they answered.
//!
//! Not a build: here, and only here, the network is used. Nothing is reported from here but numbers; what is wrong with an address
//! is said by `check`, from the lock file, on this run and on every later one.
//!
//! 1. The site is read, and its addresses collected ([`crate::book::addresses`]); what was visited lately is left out.
//! 2. [`pool`] visits the rest: [`schedule`] says who is next, [`visit`] what to ask and what the answer means, [`client`] asks.
//! 3. [`keeper`] writes what comes in; what no record and no page leads to any more is dropped.
//! 4. Where `book.toml` names an archive that can be asked, [`archive`] asks it for copies of what is lost.
//!
//! Uses `book` and the rooms below that read a site, and `links`.

mod archive;
mod client;
mod keeper;
mod pool;
mod schedule;
#[cfg(test)]
mod tests;
mod visit;

pub use client::{Client, Trust};
pub use pool::{Report, visit_all};
pub use visit::Manners;

use crate::book::addresses::addresses;
use crate::book::{self, Book, LinkOptions};
use crate::date::Day;
use crate::diagnostic::has_errors;
use crate::links::{Lock, State};
use crate::manuscript;
use crate::publish::PublishError;
use crate::workspace::config::External;
use crate::workspace::{self, LINKS};
use keeper::Keeper;
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;
use url::Url;

/// So many hosts that are silent altogether say that this machine is alone.
const ALONE: usize = 3;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day.
    pub today: Day,
    /// For how many days an address that was alive is left alone.
    pub max_age: u16,
    /// Who vouches for hosts.
    pub trust: Trust,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Addresses of the site.
    pub all: usize,
    /// Of these: visited in this run.
    pub visited: usize,
    /// Left alone, because they were visited lately.
    pub skipped: usize,
    /// Left for another run, because their host asked for it.
    pub put_off: usize,
    /// Of all, as far as they were ever visited: alive,
    pub alive: usize,
    /// alive, and moved for good,
    pub moved: usize,
    /// gone,
    pub gone: usize,
    /// refused,
    pub refused: usize,
    /// not reached, for whatever reason.
    pub failed: usize,
}

/// Why nothing, or not everything, was visited.
#[derive(Debug)]
pub enum Failure {
    /// The site or its lock file cannot be read; `check` says why.
    Unreadable,
    /// Another run is at work.
    Busy,
    /// No host answered at all.
    Offline,
    /// The lock file cannot be written.
    Write(PublishError),
}

impl Manners {
    /// The manners that a site's owner asks for.
    pub fn of(config: &External) -> Self {
        let seconds = |seconds: u16| Duration::from_secs(seconds.into());
        Self {
            at_once: config.at_once.into(),
            pause: seconds(config.pause),
            time_out: seconds(config.time_out),
            retries: config.retries.into(),
            retry_pause: Duration::from_secs(5),
            patience: Duration::from_secs(120),
        }
    }
}

/// Visits the addresses of a site and records how they answered; `progress` is told how many of how many are done.
pub fn update(root: &Path, options: &Options, progress: &dyn Fn(usize, usize)) -> Result<Tally, Failure> {
    let _run = one_at_a_time(root)?;
    let (book, lock) = read(root)?;
    let addresses = urls(&book);
    let is_due = |address: &&String| {
        lock.entries.get(*address).is_none_or(|entry| !entry.is_fresh(options.today, options.max_age))
    };
    let due: BTreeSet<String> = addresses.iter().filter(is_due).cloned().collect();
    let mut tally = Tally { all: addresses.len(), skipped: addresses.len() - due.len(), ..Tally::default() };
    let manners = Manners::of(&book.config.external);
    let client = Client::new(book.config.base_url.as_deref(), options.trust.clone());
    let mut keeper = Keeper::new(root, lock, options.today);

    let mut failure = None;
    let mut is_online = false;
    let (mut done, of) = (0, due.len());
    let hosts: BTreeSet<String> = due.iter().filter_map(|address| host(address)).collect();
    progress(0, of);
    visit_all(due.clone(), &client, &manners, &mut |report| {
        match report {
            Report::Visited { address, finding } => {
                is_online |= !matches!(finding.state, State::NoSuchHost | State::TimedOut | State::Closed);
                tally.visited += 1;
                keeper.note(address, finding);
            }
            Report::PutOff => tally.put_off += 1,
            Report::Idle => {}
        }
        done = tally.visited + tally.put_off;
        progress(done, of);
        // Before anybody has answered, it may be this machine that is silent: then nothing is held against the others.
        match if is_online { keeper.save_if_due() } else { Ok(()) } {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failure = Some(Failure::Write(error));
                ControlFlow::Break(())
            }
        }
    });
    if let Some(failure) = failure {
        return Err(failure);
    }
    if !is_online && hosts.len() >= ALONE {
        return Err(Failure::Offline);
    }
    keeper.save().map_err(Failure::Write)?;
    let wanted = archive::wanted(&book, &due);
    archive::look_for_copies(wanted, &book.config.external, &client, &mut keeper);
    keeper.save().map_err(Failure::Write)?;
    count(keeper.lock(), &mut tally);
    Ok(tally)
}

/// Holds the site's folder as long as a run is at work, where the system can do that without leaving anything behind.
fn one_at_a_time(root: &Path) -> Result<Option<File>, Failure> {
    if !cfg!(unix) {
        return Ok(None);
    }
    let Ok(folder) = File::open(root) else { return Err(Failure::Unreadable) };
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(TryLockError::WouldBlock) => Err(Failure::Busy),
        // Some network drives have no locks.
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// The site with its drafts, and what is known of its addresses so far.
fn read(root: &Path) -> Result<(Book, Lock), Failure> {
    let (workspace, mut problems) = workspace::load(root).map_err(|_| Failure::Unreadable)?;
    let is_lost = workspace.links.is_none() && fs::symlink_metadata(root.join(LINKS)).is_ok();
    let (mut manuscript, more) = manuscript::parse_workspace(&workspace);
    problems.extend(more);
    let Some(mut lock) = manuscript.links.take().filter(|_| !is_lost) else { return Err(Failure::Unreadable) };
    let workspace::Workspace { files, config, images, .. } = workspace;
    let (book, more) =
        book::link(files, config, images, manuscript, LinkOptions { drafts: true, ..LinkOptions::default() });
    problems.extend(more);
    // A record that cannot be read may hold an address that is only missing for now.
    if !has_errors(&problems) {
        let known = urls(&book);
        lock.entries.retain(|address, _| known.contains(address));
    }
    Ok((book, lock))
}

/// Every address of the site, once.
fn urls(book: &Book) -> BTreeSet<String> {
    addresses(book).into_iter().map(|address| address.url).collect()
}

fn host(address: &str) -> Option<String> {
    Url::parse(address).ok()?.host_str().map(str::to_owned)
}

fn count(lock: &Lock, tally: &mut Tally) {
    for entry in lock.entries.values() {
        let counter = match entry.state {
            State::Alive => &mut tally.alive,
            State::Moved { .. } => &mut tally.moved,
            State::Gone(_) => &mut tally.gone,
            State::Refused(_) => &mut tally.refused,
            _ => &mut tally.failed,
        };
        *counter += 1;
    }
}
