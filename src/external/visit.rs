//! One visit to one address, as a state machine: what to ask next, and what to make of the answer. Knows no network and no clock, so that every turn
//! it can take is tested without either.
//!
//! HEAD comes first, since it costs the host least; where it is refused or says anything bad, GET has the last word. Redirects are followed one
//! request at a time, so that every host on the way is treated with the same manners.

use crate::links::{Detour, Distrust, Finding, State};
use std::time::Duration;
use url::Url;

/// As many redirects are followed as browsers follow at the least.
const MOST_HOPS: usize = 10;

/// How hosts are treated.
#[derive(Debug, Clone)]
pub struct Manners {
    /// How many requests are under way at the same time, each to another host.
    pub at_once: usize,
    /// The pause between two requests to one host.
    pub pause: Duration,
    /// In which time a request must be answered.
    pub time_out: Duration,
    /// How often what failed is tried again.
    pub retries: u32,
    /// The pause before the first of these; each further one is four times as long.
    pub retry_pause: Duration,
    /// As long as this a host may ask for patience; one that asks for more is left alone for this run.
    pub patience: Duration,
}

/// What is asked of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// The head of the answer only.
    Head,
    /// The document, of which the beginning is enough.
    Get,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// A status, and what the head says beside it.
    Status {
        /// The status.
        code: u16,
        /// `Location`
        location: Option<String>,
        /// `Retry-After`, from now.
        retry_after: Option<Duration>,
    },
    /// Nothing in time.
    TimedOut,
    /// No connection, or one that broke off.
    Closed,
    /// No host of that name.
    NoSuchHost,
    /// No certificate that proves anything.
    Untrusted(Distrust),
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The visit is over.
    Done(Finding),
    /// Ask again, after the host's pause or after this one, whichever is longer.
    Again(Duration),
    /// The visit is over, and the host wants to be left alone.
    Leave(Finding),
}

/// A visit under way.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    address: String,
    at: Url,
    method: Method,
    /// Every address on the way, the first first.
    way: Vec<Url>,
    /// Where permanent redirects alone have led.
    moved_to: Option<Url>,
    /// Whether a redirect on the way was for now only.
    is_detour: bool,
    tries: u32,
    spent: Duration,
}

impl Visit {
    /// A visit to an address; `None` where it is none.
    pub(super) fn new(address: &str) -> Option<Self> {
        let mut at = Url::parse(address).ok().filter(is_web)?;
        at.set_fragment(None);
        Some(Self {
            address: address.to_owned(),
            way: vec![at.clone()],
            at,
            method: Method::Head,
            moved_to: None,
            is_detour: false,
            tries: 0,
            spent: Duration::ZERO,
        })
    }

    /// The address that is visited, as it was given.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// What is asked next, and in which time it must be answered.
    pub(super) fn request(&self, manners: &Manners) -> (&Url, Method, Duration) {
        // A host that does not know HEAD must not use up all the time before GET is tried.
        let limit = match self.method {
            Method::Head => manners.time_out / 2,
            Method::Get => manners.time_out,
        };
        (&self.at, self.method, limit)
    }

    /// The host that is asked next: name and port.
    pub(super) fn host(&self) -> String {
        let name = self.at.host_str().unwrap_or_default();
        match self.at.port() {
            Some(port) => format!("{name}:{port}"),
            None => name.to_owned(),
        }
    }

    /// Takes an answer, and the time that it took.
    pub(super) fn hear(&mut self, answer: &Answer, took: Duration, manners: &Manners) -> Step {
        self.spent += took;
        match self.judge(answer, manners) {
            // However an address leads on and drips, no visit lasts longer than four honest requests.
            Step::Again(_) if self.spent >= manners.time_out * 4 => Step::Done(self.end(State::TimedOut)),
            step => step,
        }
    }

    fn judge(&mut self, answer: &Answer, manners: &Manners) -> Step {
        let is_head = self.method == Method::Head;
        match answer {
            Answer::Untrusted(distrust) => Step::Done(self.end(State::Untrusted(*distrust))),
            Answer::NoSuchHost => self.fail(State::NoSuchHost, None, manners),
            // 416: there is a document, shorter than the piece that was asked for.
            Answer::Status { code: 200..=299 | 304 | 416, .. } => Step::Done(self.alive()),
            Answer::Status { code: code @ 300..=399, location: Some(location), .. } => self.follow(*code, location),
            Answer::Status { code: code @ 429, retry_after, .. }
            | Answer::Status { code: code @ 503, retry_after: retry_after @ Some(_), .. } => {
                self.fail(State::Busy(*code), *retry_after, manners)
            }
            _ if is_head => {
                self.method = Method::Get;
                Step::Again(Duration::ZERO)
            }
            Answer::Status { code: 300, .. } => Step::Done(self.alive()),
            Answer::Status { code: 301..=399, .. } => Step::Done(self.end(State::Astray(Detour::Unreadable))),
            Answer::Status { code: code @ (404 | 410), .. } => Step::Done(self.end(State::Gone(*code))),
            Answer::Status { code: 503, retry_after, .. } => self.fail(State::Busy(503), *retry_after, manners),
            // 408 and 425 say that another try may succeed.
            Answer::Status { code: code @ 400..=499, .. } if !matches!(code, 408 | 425) => {
                Step::Done(self.end(State::Refused(*code)))
            }
            Answer::Status { code, retry_after, .. } => self.fail(State::Failed(*code), *retry_after, manners),
            Answer::TimedOut => self.fail(State::TimedOut, None, manners),
            Answer::Closed => self.fail(State::Closed, None, manners),
        }
    }

    fn follow(&mut self, code: u16, location: &str) -> Step {
        let Ok(mut to) = self.at.join(location) else {
            return Step::Done(self.end(State::Astray(Detour::Unreadable)));
        };
        if !is_web(&to) {
            return Step::Done(self.end(State::Astray(Detour::NotWeb)));
        }
        to.set_fragment(None);
        if self.way.contains(&to) {
            if self.method == Method::Get {
                return Step::Done(self.end(State::Astray(Detour::Loop)));
            }
            // Some hosts send a HEAD in circles and answer a GET.
            self.method = Method::Get;
            return Step::Again(Duration::ZERO);
        }
        if self.way.len() > MOST_HOPS {
            return Step::Done(self.end(State::Astray(Detour::TooMany)));
        }
        self.is_detour |= !matches!(code, 301 | 308);
        if !self.is_detour {
            self.moved_to = Some(to.clone());
        }
        // A host that refuses HEAD refuses it at its other addresses, too; the next host may know it.
        if to.host() != self.at.host() {
            self.method = Method::Head;
        }
        self.way.push(to.clone());
        self.at = to;
        Step::Again(Duration::ZERO)
    }

    fn fail(&mut self, state: State, retry_after: Option<Duration>, manners: &Manners) -> Step {
        if retry_after.is_some_and(|wait| wait > manners.patience) {
            return Step::Leave(self.end(state));
        }
        if self.tries >= manners.retries {
            return Step::Done(self.end(state));
        }
        let pause = manners.retry_pause * 4_u32.saturating_pow(self.tries);
        self.tries += 1;
        Step::Again(retry_after.unwrap_or(pause))
    }

    fn alive(&self) -> Finding {
        match &self.moved_to {
            Some(to) if *to == self.at => Finding { state: State::Moved { to: to.to_string() }, ends_at: None },
            Some(to) => self.end(State::Moved { to: to.to_string() }),
            None => self.end(State::Alive),
        }
    }

    /// The finding about this address, wherever it led.
    pub(super) fn end(&self, state: State) -> Finding {
        let ends_at = self.way.first().filter(|start| **start != self.at).map(|_| self.at.to_string());
        Finding { state, ends_at }
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}
