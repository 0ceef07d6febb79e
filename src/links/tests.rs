#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::read::read;
use super::write::write;
use super::*;
use crate::diagnostic::{Diagnostic, human};
use crate::span::Files;
use insta::assert_snapshot;
use proptest::prelude::*;

fn day(number: i32) -> Day {
    Day::from_number(number).unwrap()
}

/// 25 November 2026.
const TODAY: i32 = 739_944;

fn parse(text: &str) -> (Option<Lock>, Vec<Diagnostic>, Files) {
    let mut files = Files::default();
    let file = files.add("links.lock.yaml", text);
    let mut diagnostics = Vec::new();
    let lock = read(file, text, &mut diagnostics);
    (lock, diagnostics, files)
}

fn found(state: State) -> Finding {
    Finding { state, ends_at: None }
}

#[test]
fn the_file_can_be_read_by_people() {
    let alive = Entry::after(None, found(State::Alive), day(TODAY - 30));
    let gone = Entry {
        copy: Some(Copy {
            url: "https://web.archive.org/web/2024/https://example.org/b".into(),
            at: Some(day(738_886)),
        }),
        ..Entry::after(Some(&alive), found(State::Gone(404)), day(TODAY))
    };
    let moved = Finding {
        state: State::Moved { to: "https://example.org/new".into() },
        ends_at: Some("https://example.org/new?from=old".into()),
    };
    let entries = [
        ("https://example.org/a", alive.clone()),
        ("https://example.org/b", gone),
        ("https://example.org/c", Entry::after(Some(&alive), moved, day(TODAY))),
        ("https://example.org/ويكي", Entry::after(None, found(State::Untrusted(Distrust::Expired)), day(TODAY))),
    ];
    let lock = Lock { entries: entries.map(|(url, entry)| (url.to_owned(), entry)).into() };
    assert_snapshot!(write(&lock), @r#"
    # Written by `sourcebook check --external`: what each address answered, and when. Keep it with the site; do not edit it.
    # docs/link-rot.md of Sourcebook says how to read it.
    version: 1
    links:
      "https://example.org/a":
        status: alive
        since: 2026-10-26
        visited: 2026-10-26
        alive: 2026-10-26
      "https://example.org/b":
        status: gone
        code: 404
        since: 2026-11-25
        visited: 2026-11-25
        alive: 2026-10-26
        failures: 1
        copy:
          url: "https://web.archive.org/web/2024/https://example.org/b"
          at: 2024-01-02
      "https://example.org/c":
        status: moved
        moved-to: "https://example.org/new"
        ends-at: "https://example.org/new?from=old"
        since: 2026-11-25
        visited: 2026-11-25
        alive: 2026-11-25
      "https://example.org/ويكي":
        status: untrusted
        reason: expired
        since: 2026-11-25
        visited: 2026-11-25
        failures: 1
    "#);
}

#[test]
fn an_empty_file_knows_nothing() {
    assert_eq!(parse(&write(&Lock::default())).0, Some(Lock::default()));
}

#[test]
fn addresses_may_be_long() {
    let long = |length| format!("https://example.org/{}", "a".repeat(length));
    let entry = Entry::after(None, found(State::Gone(404)), day(TODAY));
    let entries = [500, 978, 979, 980, 1004, 1100, 70_000].map(|length| (long(length), entry.clone()));
    let lock = Lock { entries: entries.into() };
    assert_eq!(parse(&write(&lock)).0, Some(lock));
}

#[test]
fn a_damaged_file_is_reported_where_it_is_damaged() {
    let sound = write(&Lock {
        entries: [("https://example.org/".to_owned(), Entry::after(None, found(State::Gone(404)), day(TODAY)))].into(),
    });
    let damages = [
        ("version: 1", "version: 2"),
        ("version: 1\n", ""),
        ("status: gone", "status: lost"),
        ("    code: 404\n", ""),
        ("since: 2026-11-25", "since: 2026-11"),
        ("    visited: 2026-11-25\n", "<<<<<<< HEAD\n    visited: 2026-11-25\n=======\n"),
        ("failures: 1", "failure: 1"),
        ("failures: 1", "failures: -1"),
        ("links:", "links: []\nlinks:"),
    ];
    let mut said = String::new();
    for (before, after) in damages {
        assert!(sound.contains(before), "{before} is not in\n{sound}");
        let (lock, diagnostics, files) = parse(&sound.replacen(before, after, 1));
        assert_eq!(lock, None, "{after}");
        said.push_str(&human::render(&diagnostics, &files, false));
        said.push('\n');
    }
    assert_snapshot!(said, @r#"
    error[SB236]: a newer Sourcebook wrote this: version 2, and version 1 is known
     --> links.lock.yaml:3:1
      |
    3 | version: 2
      | ^^^^^^^
      |
      = help: put the file back as it was (`git checkout`, or one side of a merge) or delete it: the next `check --external` then visits every address anew

    error[SB236]: the lock file has no `version`
     --> links.lock.yaml:1:1
      |
    1 | # Written by `sourcebook check --external`: what each address answered, and when. Keep it with the site; do not e...
      | ^
      |
      = help: put the file back as it was (`git checkout`, or one side of a merge) or delete it: the next `check --external` then visits every address anew

    error[SB236]: the status `lost` is not known, or lacks what belongs to it
     --> links.lock.yaml:6:13
      |
    6 |     status: lost
      |             ^^^^
      |
      = help: put the file back as it was (`git checkout`, or one side of a merge) or delete it: the next `check --external` then visits every address anew

    error[SB236]: the status `gone` is not known, or lacks what belongs to it
     --> links.lock.yaml:6:13
      |
    6 |     status: gone
      |             ^^^^
      |
      = help: put the file back as it was (`git checkout`, or one side of a merge) or delete it: the next `check --external` then visits every address anew

    error[SB236]: `since`: `2026-11` is no day
     --> links.lock.yaml:8:12
      |
    8 |     since: 2026-11
      |            ^^^^^^^
      |
      = help: put the file back as it was (`git checkout`, or one side of a merge) or delete it: the next `check --external` then visits every address anew

    error[SB236]: a merge has left two versions of the file here
     --> links.lock.yaml:9:1
      |
    9 | <<<<<<< HEAD
      | ^^^^^^^
      |
      = help: put the file back as it was (`git checkout`, or one side of a merge) or delete it: the next `check --external` then visits every address anew

    error[SB236]: an address has no field `failure`
      --> links.lock.yaml:10:5
       |
    10 |     failure: 1
       |     ^^^^^^^
       |
       = help: put the file back as it was (`git checkout`, or one side of a merge) or delete it: the next `check --external` then visits every address anew

    error[SB236]: `failures`: `-1` is no number of days
      --> links.lock.yaml:10:15
       |
    10 |     failures: -1
       |               ^^
       |
       = help: put the file back as it was (`git checkout`, or one side of a merge) or delete it: the next `check --external` then visits every address anew

    error[SB236]: this is not YAML: duplicate entry with key "links"
     --> links.lock.yaml:3:1
      |
    3 | version: 1
      | ^
      |
      = help: put the file back as it was (`git checkout`, or one side of a merge) or delete it: the next `check --external` then visits every address anew
    "#);
}

#[test]
fn failures_are_counted_by_days_and_end_when_the_address_answers() {
    let visit = |before: Option<&Entry>, state: State, days: i32| Entry::after(before, found(state), day(TODAY + days));
    let first = visit(None, State::Busy(503), 0);
    let again = visit(Some(&first), State::TimedOut, 0);
    assert_eq!((first.failures, again.failures), (1, 1));
    let next = visit(Some(&again), State::Failed(500), 1);
    assert_eq!((next.failures, next.since, next.alive), (2, day(TODAY), None));
    let alive = visit(Some(&next), State::Alive, 2);
    assert_eq!((alive.failures, alive.since, alive.alive), (0, day(TODAY + 2), Some(day(TODAY + 2))));
    let gone = visit(Some(&alive), State::Gone(404), 3);
    assert_eq!((gone.failures, gone.since, gone.alive), (1, day(TODAY + 3), Some(day(TODAY + 2))));
    let other = visit(Some(&gone), State::Gone(410), 4);
    assert_eq!((other.failures, other.since), (2, day(TODAY + 4)));
    let refused = visit(Some(&other), State::Refused(403), 5);
    assert_eq!(refused.failures, 0);
}

#[test]
fn what_an_archive_offered_is_kept_until_the_address_answers() {
    let copy = Copy { url: "https://web.archive.org/web/2024/https://example.org/".into(), at: None };
    let gone = Entry { copy: Some(copy.clone()), ..Entry::after(None, found(State::Gone(404)), day(TODAY)) };
    assert_eq!(Entry::after(Some(&gone), found(State::TimedOut), day(TODAY + 1)).copy, Some(copy));
    assert_eq!(Entry::after(Some(&gone), found(State::Alive), day(TODAY + 1)).copy, None);
}

#[test]
fn what_was_visited_lately_is_left_alone() {
    let alive = Entry::after(None, found(State::Alive), day(TODAY));
    let gone = Entry::after(None, found(State::Gone(404)), day(TODAY));
    let fresh = |entry: &Entry, days: i32, max_age: u16| entry.is_fresh(day(TODAY + days), max_age);
    assert!(fresh(&alive, 0, 7) && fresh(&alive, 6, 7) && !fresh(&alive, 7, 7));
    // What was not alive may be by now.
    assert!(fresh(&gone, 0, 7) && !fresh(&gone, 1, 7));
    assert!(!fresh(&alive, 0, 0) && !fresh(&gone, 0, 0));
    // A clock that went backwards proves nothing.
    assert!(!fresh(&alive, -1, 7));
}

fn states() -> impl Strategy<Value = State> {
    prop_oneof![
        Just(State::Alive),
        "\\PC{1,20}"
            .prop_filter("not blank", |to| !to.trim().is_empty() && to.trim() == to)
            .prop_map(|to| State::Moved { to }),
        any::<u16>().prop_map(State::Gone),
        any::<u16>().prop_map(State::Refused),
        any::<u16>().prop_map(State::Busy),
        any::<u16>().prop_map(State::Failed),
        Just(State::TimedOut),
        Just(State::Closed),
        prop::sample::select(Detour::ALL).prop_map(|(_, detour)| State::Astray(detour)),
        Just(State::NoSuchHost),
        prop::sample::select(Distrust::ALL).prop_map(|(_, distrust)| State::Untrusted(distrust)),
    ]
}

prop_compose! {
    fn entries()(
        state in states(),
        days in prop::array::uniform3(0..3_652_058_i32),
        alive in any::<bool>(),
        failures in any::<u32>(),
        ends_at in prop::option::of("https://[a-z\u{5d0}\u{627}\"\\\\\u{7f}\u{85}\u{feff}#:%]{1,9}x"),
        copy in prop::option::of(("https://[ -~]{0,9}x", prop::option::of(0..3_652_058_i32))),
    ) -> Entry {
        let [since, visited, last] = days.map(day);
        let copy = copy.map(|(url, at)| Copy { url, at: at.map(day) });
        Entry { state, since, visited, alive: alive.then_some(last), failures, ends_at, copy }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(entries in prop::collection::btree_map("https?://\\PC{0,20}", entries(), 0..4)) {
        let lock = Lock { entries };
        let text = write(&lock);
        let (read, diagnostics, _) = parse(&text);
        prop_assert!(diagnostics.is_empty(), "{diagnostics:?}\n{text}");
        prop_assert_eq!(read.as_ref(), Some(&lock));
        prop_assert_eq!(write(&lock), text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}|(version: 1\nlinks:\n)?[a-z: \n]{0,40}") {
        let (lock, diagnostics, _) = parse(&text);
        prop_assert_eq!(lock.is_none(), !diagnostics.is_empty());
    }
}
