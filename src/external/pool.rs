//! Workers that visit addresses by the schedule, and report what they found as it comes.

use super::client::Client;
use super::schedule::{Next, Schedule};
use super::visit::{Answer, Manners, Step, Visit};
use crate::links::{Finding, State};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// After so many addresses in a row that could not be reached, a host is taken to be down.
const STRIKES: u32 = 3;

/// How often the caller is called while nothing is found.
const IDLE: Duration = Duration::from_millis(200);

/// What became of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// It was visited.
    Visited {
        /// The address, as it was given.
        address: String,
        /// What was found.
        finding: Finding,
    },
    /// It was left for another run, because its host wants to be left alone.
    PutOff,
    /// Nothing was found for a moment.
    Idle,
}

/// Visits addresses, each once, and calls `see` with what is found until that breaks off.
pub fn visit_all(
    addresses: impl IntoIterator<Item = String>,
    client: &Client,
    manners: &Manners,
    see: &mut dyn FnMut(Report) -> ControlFlow<()>,
) {
    let mut schedule = Schedule::new(manners.at_once);
    let mut broken = Vec::new();
    for address in addresses {
        match Visit::new(&address) {
            Some(visit) => schedule.add(visit.host(), visit),
            // What is wrong with an address that editors may write is its host.
            None => broken.push(address),
        }
    }
    for address in broken {
        let finding = Finding { state: State::NoSuchHost, ends_at: None };
        if see(Report::Visited { address, finding }).is_break() {
            return;
        }
    }
    let shared = Mutex::new(Shared { schedule, strikes: BTreeMap::new() });
    let pool = Pool { shared, changed: Condvar::new(), client, manners, began: Instant::now() };
    let (reports, inbox) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..manners.at_once.max(1) {
            let reports = reports.clone();
            let pool = &pool;
            scope.spawn(move || pool.work(&reports));
        }
        drop(reports);
        loop {
            let report = match inbox.recv_timeout(IDLE) {
                Ok(report) => report,
                Err(RecvTimeoutError::Timeout) => Report::Idle,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            if see(report).is_break() {
                pool.lock().schedule.stop();
                pool.changed.notify_all();
                break;
            }
        }
    });
}

struct Shared {
    schedule: Schedule<Visit>,
    /// By host: how many addresses in a row could not be reached.
    strikes: BTreeMap<String, u32>,
}

struct Pool<'a> {
    shared: Mutex<Shared>,
    changed: Condvar,
    client: &'a Client,
    manners: &'a Manners,
    began: Instant,
}

impl Pool<'_> {
    fn lock(&self) -> MutexGuard<'_, Shared> {
        // Nothing panics under the lock; and if it did, a schedule is never half changed.
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, reports: &Sender<Report>) {
        while let Some((host, mut visit)) = self.next() {
            let began = Instant::now();
            let (url, method, limit) = visit.request(self.manners);
            let answer = self.client.ask(url, method, limit);
            for report in self.settle(&host, &mut visit, &answer, began.elapsed()) {
                // Where nobody listens any more, the run is over.
                let _ = reports.send(report);
            }
            self.changed.notify_all();
        }
        self.changed.notify_all();
    }

    /// Waits for a visit that may go on.
    fn next(&self) -> Option<(String, Visit)> {
        let mut shared = self.lock();
        loop {
            shared = match shared.schedule.next(self.began.elapsed()) {
                Next::Go(host, visit) => return Some((host, visit)),
                Next::Done => return None,
                Next::Wait(Some(time)) => {
                    self.changed.wait_timeout(shared, time).unwrap_or_else(PoisonError::into_inner).0
                }
                Next::Wait(None) => self.changed.wait(shared).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// Lets a visit take its answer and files what comes of it.
    fn settle(&self, host: &str, visit: &mut Visit, answer: &Answer, took: Duration) -> Vec<Report> {
        let mut shared = self.lock();
        let Shared { schedule, strikes } = &mut *shared;
        let strikes = strikes.entry(host.to_owned()).or_default();
        // A host that fails at every turn is not asked everything three times.
        let retries = if *strikes < STRIKES { self.manners.retries } else { 0 };
        let step = visit.hear(answer, took, &Manners { retries, ..self.manners.clone() });
        let wait = if let Step::Again(wait) = step { wait } else { Duration::ZERO };
        schedule.free(host, self.began.elapsed() + wait.max(self.manners.pause));
        let (finding, rest) = match step {
            Step::Again(_) => {
                let put_off = schedule.resume(visit.host(), visit.clone());
                return put_off.into_iter().map(|_| Report::PutOff).collect();
            }
            Step::Leave(finding) => {
                let rest = schedule.close(host).into_iter().map(|_| Report::PutOff).collect();
                (finding, rest)
            }
            Step::Done(finding) => {
                let is_strike = finding.state.is_transient() || finding.state == State::NoSuchHost;
                *strikes = if is_strike { *strikes + 1 } else { 0 };
                let rest = if is_down(&finding.state, *strikes) {
                    // What is true of the host is true of all that is there.
                    let rest = schedule.close(host).into_iter();
                    rest.map(|visit| visited(&visit, visit.end(finding.state.clone()))).collect()
                } else {
                    Vec::new()
                };
                (finding, rest)
            }
        };
        std::iter::once(visited(visit, finding)).chain(rest).collect()
    }
}

fn is_down(state: &State, strikes: u32) -> bool {
    match state {
        State::NoSuchHost => true,
        State::TimedOut | State::Closed => strikes >= STRIKES,
        _ => false,
    }
}

fn visited(visit: &Visit, finding: Finding) -> Report {
    Report::Visited { address: visit.address().to_owned(), finding }
}
