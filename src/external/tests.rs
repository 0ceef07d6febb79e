#![allow(clippy::unwrap_used)]

use super::schedule::{Next, Schedule};
use super::visit::{Answer, Manners, Method, Step, Visit};
use crate::links::{Detour, Distrust, Finding, State};
use proptest::prelude::*;
use std::time::Duration;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn manners() -> Manners {
    Manners {
        at_once: 2,
        pause: seconds(1),
        time_out: seconds(30),
        retries: 2,
        retry_pause: seconds(5),
        patience: seconds(120),
    }
}

fn status(code: u16) -> Answer {
    Answer::Status { code, location: None, retry_after: None }
}

fn to(code: u16, location: &str) -> Answer {
    Answer::Status { code, location: Some(location.to_owned()), retry_after: None }
}

fn busy(code: u16, wait: u64) -> Answer {
    Answer::Status { code, location: None, retry_after: Some(seconds(wait)) }
}

/// A visit to `https://a.example/x` that hears these answers: what was asked, and the last step.
fn visit(answers: &[Answer]) -> (Vec<String>, Step) {
    let mut visit = Visit::new("https://a.example/x#part").unwrap();
    let mut asked = Vec::new();
    for (index, answer) in answers.iter().enumerate() {
        let (url, method, _) = visit.request(&manners());
        asked.push(format!("{} {url}", if method == Method::Head { "HEAD" } else { "GET" }));
        let step = visit.hear(answer, seconds(1), &manners());
        if index + 1 == answers.len() || !matches!(step, Step::Again(_)) {
            assert_eq!(index + 1, answers.len(), "the visit was over after {asked:?}");
            return (asked, step);
        }
    }
    unreachable!("no answers")
}

fn done(state: State) -> Step {
    Step::Done(Finding { state, ends_at: None })
}

fn ended(state: State, ends_at: &str) -> Step {
    Step::Done(Finding { state, ends_at: Some(ends_at.to_owned()) })
}

#[test]
fn head_is_enough_where_it_is_answered() {
    for code in [200, 204, 206, 304] {
        assert_eq!(visit(&[status(code)]), (vec!["HEAD https://a.example/x".to_owned()], done(State::Alive)), "{code}");
    }
}

#[test]
fn where_head_says_anything_bad_get_has_the_last_word() {
    for bad in
        [status(405), status(501), status(403), status(404), status(500), status(503), Answer::Closed, Answer::TimedOut]
    {
        let (asked, step) = visit(&[bad.clone(), status(206)]);
        assert_eq!(asked, ["HEAD https://a.example/x", "GET https://a.example/x"], "{bad:?}");
        assert_eq!(step, done(State::Alive), "{bad:?}");
    }
    let cases = [
        (404, State::Gone(404)),
        (410, State::Gone(410)),
        (401, State::Refused(401)),
        (403, State::Refused(403)),
        (451, State::Refused(451)),
        (999, State::Failed(999)),
    ];
    for (code, state) in cases {
        let again = if matches!(state, State::Failed(_)) { 2 } else { 0 };
        let answers = vec![status(code); 2 + again];
        assert_eq!(visit(&answers).1, done(state), "{code}");
    }
    // There is something, shorter than the piece that was asked for.
    assert_eq!(visit(&[status(405), status(416)]).1, done(State::Alive));
}

#[test]
fn what_is_likely_to_pass_is_tried_again_after_growing_pauses() {
    let mut visit = Visit::new("https://a.example/x").unwrap();
    let mut hear = |answer: &Answer| visit.hear(answer, Duration::ZERO, &manners());
    assert_eq!(hear(&status(500)), Step::Again(Duration::ZERO));
    assert_eq!(hear(&status(500)), Step::Again(seconds(5)));
    assert_eq!(hear(&Answer::Closed), Step::Again(seconds(20)));
    assert_eq!(hear(&Answer::TimedOut), done(State::TimedOut));
    assert_eq!(self::visit(&[Answer::NoSuchHost, Answer::NoSuchHost, status(200)]).1, done(State::Alive));
}

#[test]
fn a_host_that_asks_for_patience_gets_it_within_reason() {
    let hear = |answer: &Answer| Visit::new("https://a.example/x").unwrap().hear(answer, Duration::ZERO, &manners());
    assert_eq!(hear(&busy(429, 7)), Step::Again(seconds(7)));
    assert_eq!(hear(&busy(503, 120)), Step::Again(seconds(120)));
    let leave = |code| Step::Leave(Finding { state: State::Busy(code), ends_at: None });
    assert_eq!(hear(&busy(429, 121)), leave(429));
    assert_eq!(hear(&busy(503, 86_400)), leave(503));
    assert_eq!(visit(&[busy(429, 1), busy(429, 1), busy(429, 1)]).1, done(State::Busy(429)));
}

#[test]
fn redirects_are_followed_one_by_one() {
    let (asked, step) = visit(&[to(301, "/y"), to(308, "https://b.example/z"), to(302, "?s=1"), status(200)]);
    assert_eq!(
        asked,
        [
            "HEAD https://a.example/x",
            "HEAD https://a.example/y",
            "HEAD https://b.example/z",
            "HEAD https://b.example/z?s=1"
        ]
    );
    let moved = State::Moved { to: "https://b.example/z".to_owned() };
    assert_eq!(step, ended(moved, "https://b.example/z?s=1"));
    // For now is not for good, and what follows it is not, either.
    assert_eq!(visit(&[to(307, "/y"), to(301, "/z"), status(200)]).1, ended(State::Alive, "https://a.example/z"));
    assert_eq!(visit(&[to(301, "/y"), status(404), status(404)]).1, ended(State::Gone(404), "https://a.example/y"));
    // The place within a document is not the host's business.
    let moved = State::Moved { to: "https://a.example/y".to_owned() };
    assert_eq!(visit(&[to(301, "/y#part"), status(200)]).1, done(moved));
}

#[test]
fn head_is_tried_anew_at_the_next_host_only() {
    let (asked, _) = visit(&[status(405), to(301, "/y"), to(301, "https://b.example/"), status(200)]);
    assert_eq!(
        asked,
        ["HEAD https://a.example/x", "GET https://a.example/x", "GET https://a.example/y", "HEAD https://b.example/"]
    );
}

#[test]
fn redirects_that_lead_nowhere_are_given_up() {
    let astray = |detour| State::Astray(detour);
    let looped = [to(302, "/y"), to(302, "/x"), to(302, "/x")];
    assert_eq!(visit(&looped).1, ended(astray(Detour::Loop), "https://a.example/y"));
    // A host that sends a HEAD in circles may answer a GET.
    assert_eq!(visit(&[to(302, "/x"), status(200)]).1, done(State::Alive));
    for location in
        ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/", "data:text/html,x", "mailto:a@b.example"]
    {
        assert_eq!(visit(&[to(301, location)]).1, done(astray(Detour::NotWeb)), "{location}");
    }
    assert_eq!(visit(&[to(301, "https://[")]).1, done(astray(Detour::Unreadable)));
    assert_eq!(visit(&[status(301), status(301)]).1, done(astray(Detour::Unreadable)));
    let endless: Vec<Answer> = (0..11).map(|page| to(302, &format!("/{page}"))).collect();
    assert_eq!(visit(&endless).1, ended(astray(Detour::TooMany), "https://a.example/9"));
}

#[test]
fn a_certificate_is_not_asked_for_twice() {
    let distrust = Distrust::UnknownIssuer;
    assert_eq!(visit(&[Answer::Untrusted(distrust)]).1, done(State::Untrusted(distrust)));
}

#[test]
fn no_visit_lasts_for_ever() {
    let mut visit = Visit::new("https://a.example/x").unwrap();
    for page in 0..5 {
        let (_, _, limit) = visit.request(&manners());
        let step = visit.hear(&to(302, &format!("/{page}")), limit * 2, &manners());
        if let Step::Done(finding) = step {
            assert_eq!(finding.state, State::TimedOut);
            return;
        }
    }
    panic!("the visit goes on");
}

#[test]
fn only_web_addresses_are_visited() {
    for address in [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://a.example/",
        "a.example",
        "https://",
        "https://[",
        "https://a.example:99999/",
    ] {
        assert!(Visit::new(address).is_none(), "{address}");
    }
}

#[test]
fn a_host_has_one_visitor_and_then_a_pause() {
    let mut schedule = Schedule::new(8);
    for job in ["a1", "a2", "a3"] {
        schedule.add("a".into(), job);
    }
    schedule.add("b".into(), "b1");
    let go = |host: &str, job| Next::Go(host.to_owned(), job);
    assert_eq!(schedule.next(seconds(0)), go("a", "a1"));
    assert_eq!(schedule.next(seconds(0)), go("b", "b1"));
    assert_eq!(schedule.next(seconds(0)), Next::Wait(None));
    schedule.free("a", seconds(3));
    assert_eq!(schedule.next(seconds(1)), Next::Wait(Some(seconds(2))));
    // What was begun goes on before what was not.
    assert_eq!(schedule.resume("a".into(), "a1 again"), None);
    assert_eq!(schedule.next(seconds(3)), go("a", "a1 again"));
    schedule.free("b", seconds(4));
    assert_eq!(schedule.next(seconds(9)), Next::Wait(None));
    schedule.free("a", seconds(5));
    assert_eq!(schedule.next(seconds(9)), go("a", "a2"));
    schedule.free("a", seconds(10));
    assert_eq!(schedule.close("a"), ["a3"]);
    assert_eq!(schedule.resume("a".into(), "a2 again"), Some("a2 again"));
    assert_eq!(schedule.next(seconds(10)), Next::Done);
}

#[test]
fn no_more_than_a_few_are_under_way() {
    let mut schedule = Schedule::new(2);
    for host in ["a", "b", "c"] {
        schedule.add(host.into(), host);
    }
    schedule.add("c".into(), "c2");
    assert_eq!(schedule.next(seconds(0)), Next::Go("c".into(), "c"));
    assert_eq!(schedule.next(seconds(0)), Next::Go("a".into(), "a"));
    assert_eq!(schedule.next(seconds(0)), Next::Wait(None));
    schedule.free("c", seconds(1));
    assert_eq!(schedule.next(seconds(0)), Next::Go("b".into(), "b"));
    schedule.stop();
    schedule.free("a", seconds(1));
    assert_eq!(schedule.resume("d".into(), "a, moved"), Some("a, moved"));
    assert_eq!(schedule.next(seconds(9)), Next::Wait(None));
    schedule.free("b", seconds(1));
    assert_eq!(schedule.next(seconds(9)), Next::Done);
}

proptest! {
    /// Whatever there is to do, all of it is done, each host alone and after its pause, and never too many at once.
    #[test]
    fn a_schedule_keeps_its_rules(
        jobs in prop::collection::vec((0..4_u8, 0..3_u8), 0..24),
        at_once in 1..4_usize,
        pause in 0..3_u64,
        lengths in prop::collection::vec(1..4_u64, 1..5),
    ) {
        let mut schedule = Schedule::new(at_once);
        for (index, (host, resumes)) in jobs.iter().enumerate() {
            schedule.add(host.to_string(), (index, *resumes));
        }
        let mut under_way: Vec<(String, u64, (usize, u8))> = Vec::new();
        let mut free_at = std::collections::BTreeMap::new();
        let (mut now, mut asked, mut finished) = (0, 0, Vec::new());
        loop {
            match schedule.next(seconds(now)) {
                Next::Go(host, job) => {
                    prop_assert!(under_way.iter().all(|(other, ..)| *other != host));
                    prop_assert!(now >= *free_at.get(&host).unwrap_or(&0));
                    let length = lengths.get(asked % lengths.len()).copied().unwrap_or(1);
                    asked += 1;
                    under_way.push((host, now + length, job));
                    prop_assert!(under_way.len() <= at_once);
                }
                Next::Wait(wait) => {
                    let first = under_way.iter().map(|(_, end, _)| *end).min();
                    now = match wait.map(|wait| now + wait.as_secs()) {
                        Some(at) => first.map_or(at, |first| first.min(at)),
                        None => first.expect("it waits for nobody"),
                    };
                    let (over, rest): (Vec<_>, Vec<_>) = under_way.into_iter().partition(|(_, end, _)| *end <= now);
                    under_way = rest;
                    for (host, _, (index, resumes)) in over {
                        schedule.free(&host, seconds(now + pause));
                        free_at.insert(host.clone(), now + pause);
                        if resumes > 0 {
                            prop_assert_eq!(schedule.resume(host, (index, resumes - 1)), None);
                        } else {
                            finished.push(index);
                        }
                    }
                }
                Next::Done => break,
            }
        }
        finished.sort_unstable();
        prop_assert_eq!(finished, (0..jobs.len()).collect::<Vec<_>>());
    }
}
