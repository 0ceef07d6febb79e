//! Who is visited when: a queue for each host, one request at a time there and a pause after it, a few hosts at the same time. Knows no clock: the time
//! is told to it, as a distance from the run's beginning. Uses nothing else of the program.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// Jobs that wait for their hosts.
#[derive(Debug)]
pub(super) struct Schedule<J> {
    hosts: BTreeMap<String, Host<J>>,
    at_once: usize,
    running: usize,
    is_stopped: bool,
}

#[derive(Debug)]
struct Host<J> {
    waiting: VecDeque<J>,
    is_busy: bool,
    free_at: Duration,
    is_closed: bool,
}

/// What a worker does next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next<J> {
    /// This, at this host.
    Go(String, J),
    /// Nothing for so long; `None`: until another worker is done.
    Wait(Option<Duration>),
    /// Nothing any more.
    Done,
}

impl<J> Host<J> {
    fn new() -> Self {
        Self { waiting: VecDeque::new(), is_busy: false, free_at: Duration::ZERO, is_closed: false }
    }
}

impl<J> Schedule<J> {
    /// An empty schedule for so many requests at the same time.
    pub(super) fn new(at_once: usize) -> Self {
        Self { hosts: BTreeMap::new(), at_once: at_once.max(1), running: 0, is_stopped: false }
    }

    /// Adds a job behind the others of its host.
    pub(super) fn add(&mut self, host: String, job: J) {
        self.hosts.entry(host).or_insert_with(Host::new).waiting.push_back(job);
    }

    /// Takes the next job. The host with most to do comes first, so that no long queue is left for the end.
    pub(super) fn next(&mut self, now: Duration) -> Next<J> {
        if self.hosts.values().all(|host| host.waiting.is_empty()) {
            return if self.running == 0 { Next::Done } else { Next::Wait(None) };
        }
        if self.running >= self.at_once {
            return Next::Wait(None);
        }
        let mut idle: Vec<(&String, &mut Host<J>)> =
            self.hosts.iter_mut().filter(|(_, host)| !host.is_busy && !host.waiting.is_empty()).collect();
        let first_free = idle.iter().map(|(_, host)| host.free_at).min();
        idle.retain(|(_, host)| host.free_at <= now);
        // Of two that have as much to do, the first by name: a run goes the same way each time.
        idle.sort_by_key(|(_, host)| std::cmp::Reverse(host.waiting.len()));
        match idle.into_iter().next().and_then(|(name, host)| host.waiting.pop_front().map(|job| (name, host, job))) {
            Some((name, host, job)) => {
                host.is_busy = true;
                self.running += 1;
                Next::Go(name.clone(), job)
            }
            None => Next::Wait(first_free.map(|free_at| free_at.saturating_sub(now))),
        }
    }

    /// Says that the request to a host is over; the next one waits until the time given.
    pub(super) fn free(&mut self, host: &str, until: Duration) {
        self.running = self.running.saturating_sub(1);
        if let Some(host) = self.hosts.get_mut(host) {
            host.is_busy = false;
            host.free_at = until;
        }
    }

    /// Takes a job up again, before the others of its host. Gives it back where the host is closed, or the run is.
    pub(super) fn resume(&mut self, host: String, job: J) -> Option<J> {
        let host = self.hosts.entry(host).or_insert_with(Host::new);
        if host.is_closed || self.is_stopped {
            return Some(job);
        }
        host.waiting.push_front(job);
        None
    }

    /// Closes a host for the rest of the run, and gives its jobs back.
    pub(super) fn close(&mut self, host: &str) -> Vec<J> {
        self.hosts.get_mut(host).map_or_else(Vec::new, |host| {
            host.is_closed = true;
            host.waiting.drain(..).collect()
        })
    }

    /// Ends the run: nothing more is begun.
    pub(super) fn stop(&mut self) {
        self.is_stopped = true;
        for host in self.hosts.values_mut() {
            host.waiting.clear();
        }
    }
}
