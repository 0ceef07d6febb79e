//! The lock file is read as it was written, and a change is told once, whatever it is.

use super::compare::{changes, unexplained, update};
use super::*;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::Lang;
use crate::span::Files;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Date::parse(text).unwrap().first_day()
}

fn id(text: &str) -> FigureId {
    FigureId::parse(text).unwrap()
}

fn somewhere() -> Span {
    Span::start_of(Files::default().add("a.yaml", ""))
}

fn reading(value: &str, when: &str) -> Reading {
    Reading {
        value: Number::parse(value).unwrap(),
        range: None,
        qualifier: Qualifier::Exact,
        unit: "people".to_owned(),
        when: Date::parse(when).unwrap(),
        status: Status::Reported,
        source: SourceId::parse("report-1").unwrap(),
    }
}

fn subject(label: &str) -> Subject {
    Subject { label: Localized::Plain(label.to_owned()), reporter: None }
}

fn held(value: &str, when: &str) -> Held {
    Held { span: somewhere(), subject: subject("killed"), reading: reading(value, when), corrected: None }
}

/// A library of figures and of one series.
fn present(figures: &[(&str, Held)], points: &[(&str, &str)]) -> Present {
    let mut present = Present::default();
    present.snapshot.figures = figures.iter().map(|(name, held)| (id(name), held.clone())).collect();
    let points = points.iter().map(|(when, value)| {
        ((Date::parse(when).unwrap(), 0), HeldPoint { span: somewhere(), reading: reading(value, when) })
    });
    let series = HeldSeries { span: somewhere(), subject: subject("deaths"), points: points.collect() };
    if !series.points.is_empty() {
        present.snapshot.series.insert(id("deaths"), series);
    }
    let named = Named { name: Localized::Plain("A report".to_owned()), date: None };
    present.snapshot.sources.insert(SourceId::parse("report-1").unwrap(), named);
    present
}

/// What is told, in short.
fn told(changes: &[Change]) -> Vec<String> {
    let side = |side: &Option<Side>| {
        side.as_ref().map_or("–".to_owned(), |side| format!("{} ({})", side.reading.value, side.reading.when))
    };
    let one = |change: &Change| {
        let corrected = if change.correction.is_some() { ", corrected" } else { "" };
        format!("{} {}: {} → {}{corrected}", change.kind.name(), change.id, side(&change.from), side(&change.to))
    };
    changes.iter().map(one).collect()
}

fn told_between(before: &Present, now: &Present) -> Vec<String> {
    told(&changes(&before.snapshot, now, day("2026-11-25")))
}

#[test]
fn a_change_is_told_with_both_its_sides() {
    let before = present(&[("a", held("10", "2026-01-01")), ("gone", held("3", "2025"))], &[("2026-01", "5")]);
    let same = told_between(&before, &before);
    assert_eq!(same, [""; 0]);
    let now = present(
        &[("a", held("12", "2026-02-01")), ("b", held("1", "2026-02-01"))],
        &[("2026-01", "5"), ("2026-02", "6"), ("2026-03", "9")],
    );
    assert_eq!(
        told_between(&before, &now),
        [
            "changed a: 10 (2026-01-01) → 12 (2026-02-01)",
            "new b: – → 1 (2026-02-01)",
            "newest deaths: 5 (2026-01) → 9 (2026-03)",
            "removed gone: 3 (2025) → –",
        ]
    );
}

#[test]
fn points_of_a_series_are_compared_one_by_one() {
    let before = present(&[], &[("2026-01", "5"), ("2026-02", "6"), ("2026-03", "9")]);
    let revised = present(&[], &[("2025-12", "1"), ("2026-01", "4"), ("2026-02", "6"), ("2026-03", "9")]);
    assert_eq!(told_between(&before, &revised), ["revised deaths: 5 (2026-01) → 4 (2026-01)"]);
    let shortened = present(&[], &[("2026-01", "5"), ("2026-02", "6")]);
    assert_eq!(told_between(&before, &shortened), ["removed deaths: 9 (2026-03) → –"]);
    assert_eq!(told_between(&before, &Present::default()), ["removed deaths: 9 (2026-03) → –"]);
    assert_eq!(told_between(&Present::default(), &before), ["new deaths: – → 9 (2026-03)"]);
}

#[test]
fn a_figure_that_takes_anothers_place_is_told_once() {
    let before = present(&[("jan", held("10", "2026-01"))], &[]);
    let mut old = held("10", "2026-01");
    old.reading.status = Status::Superseded;
    let mut now = present(&[("jan", old), ("feb", held("12", "2026-02"))], &[]);
    now.successors.insert(id("jan"), id("feb"));
    assert_eq!(told_between(&before, &now), ["superseded jan: 10 (2026-01) → 12 (2026-02)"]);
    assert_eq!(told_between(&now, &now), [""; 0]);
}

fn corrected(value: &str, at: &str, was: Option<&str>) -> Present {
    let mut held = held(value, "2026-01-01");
    held.corrected = Some(Date::parse(at).unwrap());
    let mut present = present(&[("a", held)], &[]);
    let reason = Reason {
        at: Date::parse(at).unwrap(),
        was: was.and_then(Number::parse),
        note: Localized::Plain("a slip".to_owned()),
    };
    present.corrections.insert(id("a"), reason);
    present
}

#[test]
fn a_correction_explains_the_change_with_which_it_came() {
    let before = present(&[("a", held("10", "2026-01-01"))], &[]);
    let mended = corrected("12", "2026-02-01", None);
    assert_eq!(told_between(&before, &mended), ["changed a: 10 (2026-01-01) → 12 (2026-01-01), corrected"]);
    // The correction stays in the record; what comes after it is no correction.
    let later = corrected("13", "2026-02-01", None);
    assert_eq!(told_between(&mended, &later), ["changed a: 12 (2026-01-01) → 13 (2026-01-01)"]);
    let again = corrected("13", "2026-02-01", Some("12"));
    assert_eq!(told_between(&mended, &again), ["changed a: 12 (2026-01-01) → 13 (2026-01-01), corrected"]);
}

#[test]
fn a_reason_may_come_late() {
    let first = present(&[("a", held("10", "2026-01-01"))], &[]);
    let lock = update(None, "A site", &first, day("2026-11-01"));
    assert!(lock.log.is_empty());
    let changed = present(&[("a", held("12", "2026-01-01"))], &[]);
    assert_eq!(told(&unexplained(&lock, &changed)), ["changed a: 10 (2026-01-01) → 12 (2026-01-01)"]);
    let lock = update(Some(&lock), "A site", &changed, day("2026-11-02"));
    assert_eq!(unexplained(&lock, &changed).len(), 1, "it stays until somebody says why");
    let reason = corrected("12", "2026-11-03", None);
    assert_eq!(unexplained(&lock, &reason).len(), 0);
    let urn = lock.urn(0, "en");
    let lock = update(Some(&lock), "Another title", &reason, day("2026-11-04"));
    assert_eq!(told(&lock.log), ["changed a: 10 (2026-01-01) → 12 (2026-01-01), corrected"]);
    assert_eq!(lock.log[0].noted, day("2026-11-02"));
    assert_eq!(lock.urn(0, "en"), urn);
    assert_ne!(lock.urn(0, "he"), urn);
    assert!(update(Some(&lock), "", &reason, day("2026-12-01")).log == lock.log);
}

#[test]
fn there_and_back_are_two_changes() {
    let (ten, twelve) = (present(&[("a", held("10", "2026"))], &[]), present(&[("a", held("12", "2026"))], &[]));
    let mut lock = update(None, "A site", &ten, day("2026-11-01"));
    for now in [&twelve, &ten, &twelve, &ten] {
        lock = update(Some(&lock), "A site", now, day("2026-11-02"));
    }
    assert_eq!(lock.log.len(), 4);
    assert_eq!(lock.log[0].from, lock.log[1].to);
    let urns: std::collections::BTreeSet<String> = (0..4).map(|number| lock.urn(number, "en")).collect();
    assert_eq!(urns.len(), 4, "each has an id of its own");
}

fn read(text: &str) -> (Option<FigureLock>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let lock = super::read::read(Files::default().add("figures.lock.yaml", text), text, &mut problems);
    (lock, problems)
}

#[test]
fn a_damaged_file_is_refused_whole() {
    let lock = update(None, "A site", &present(&[("a", held("10", "2026"))], &[("2026", "3")]), day("2026-11-01"));
    let whole = super::write::write(&lock);
    assert!(read(&whole).0.is_some());
    for (from, to) in [
        ("version: 1", "version: 2"),
        ("value: 10", "value: ten"),
        ("since: 2026-11-01\n", ""),
        ("figures:", "figuers:"),
        ("log: []", "<<<<<<< ours\nlog: []"),
        ("label:", "lable:"),
        ("  \"a\":", "  \"a\": 3 #"),
    ] {
        assert!(whole.contains(from), "{from}\n{whole}");
        let (lock, problems) = read(&whole.replacen(from, to, 1));
        assert!(lock.is_none(), "{to}");
        assert!(!problems.is_empty() && problems.iter().all(|problem| problem.code == Code::SB340), "{problems:?}");
        assert!(problems.iter().all(|problem| problem.help.is_some()));
    }
}

fn words() -> impl Strategy<Value = Localized> {
    let text = "\\PC{1,20}|[a-z\"'\\\\:{}#,\\[\\]|>&*!%@` -]{1,12}".prop_map(|text| text.trim().to_owned());
    let text = text.prop_filter("words", |text| !text.is_empty());
    let langs = ["en", "he", "ar", "fr", "no"].map(|lang| Lang::parse(lang).unwrap());
    prop_oneof![
        text.clone().prop_map(Localized::Plain),
        proptest::collection::vec(text, 1..5)
            .prop_map(move |texts| Localized::ByLang(langs.iter().cloned().zip(texts).collect())),
    ]
}

fn some_reading() -> impl Strategy<Value = Reading> {
    let number = || {
        (-1_000_000_i64..1_000_000, 0_u8..3).prop_map(|(number, decimals)| {
            let tail = if decimals > 0 { format!(".{}", "7".repeat(decimals.into())) } else { String::new() };
            Number::parse(&format!("{number}{tail}")).unwrap()
        })
    };
    let dates = ["0622", "2024", "2024-02", "2024-02-29", "1948~", "2023-10/2024-02"];
    let when = proptest::sample::select(dates.to_vec()).prop_map(|text| Date::parse(text).unwrap());
    let status =
        proptest::sample::select(vec![Status::Reported, Status::Verified, Status::Disputed, Status::Withdrawn]);
    let qualifier = proptest::sample::select(vec![Qualifier::Exact, Qualifier::AtLeast, Qualifier::Approximately]);
    (number(), proptest::option::of((number(), number())), when, status, qualifier, "[a-z][a-z0-9.-]{0,8}").prop_map(
        |(value, range, when, status, qualifier, source)| Reading {
            value,
            range,
            qualifier,
            unit: "people".to_owned(),
            when,
            status,
            source: SourceId::parse(&format!("{source}x")).unwrap(),
        },
    )
}

prop_compose! {
    fn some_lock()(
        label in words(), reporter in proptest::option::of(words()), note in proptest::option::of(words()),
        readings in proptest::collection::vec(some_reading(), 3..6), title in "\\PC{0,9}",
    ) -> FigureLock {
        let mut first = Present::default();
        let subject = Subject { label: label.clone(), reporter };
        let named = Named { name: label, date: Date::parse("2024-02").ok() };
        for (number, reading) in readings.iter().enumerate() {
            first.snapshot.sources.insert(reading.source.clone(), named.clone());
            let held = Held { span: somewhere(), subject: subject.clone(), reading: reading.clone(), corrected: None };
            first.snapshot.figures.insert(id(&format!("f{number}")), held);
        }
        let mut points: BTreeMap<PointKey, HeldPoint> = BTreeMap::new();
        for reading in &readings {
            let nth = points.keys().filter(|(date, _)| *date == reading.when).count();
            points.insert((reading.when, u32::try_from(nth).unwrap()), HeldPoint { span: somewhere(), reading: reading.clone() });
        }
        first.snapshot.series.insert(id("2024"), HeldSeries { span: somewhere(), subject, points });
        let lock = update(None, &title, &first, day("2026-11-01"));
        let mut second = first.clone();
        if let Some(held) = second.snapshot.figures.get_mut(&id("f0")) {
            held.reading.value = Number::from(7_u32);
            held.corrected = note.as_ref().map(|_| Date::parse("2026").unwrap());
        }
        if let Some(note) = note {
            second.corrections.insert(id("f0"), Reason { at: Date::parse("2026").unwrap(), was: None, note });
        }
        second.snapshot.figures.remove(&id("f1"));
        second.snapshot.series.remove(&id("2024"));
        update(Some(&lock), &title, &second, day("2026-11-02"))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_again(lock in some_lock()) {
        let text = super::write::write(&lock);
        let (again, problems) = read(&text);
        prop_assert!(problems.is_empty(), "{problems:?}\n{text}");
        let again = again.unwrap();
        prop_assert_eq!(&again.log, &lock.log);
        prop_assert_eq!(super::write::write(&again), text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(version: 1\n)?(\\PC{0,20}\n){0,6}") {
        let (lock, problems) = read(&text);
        prop_assert!(lock.is_some() || !problems.is_empty());
    }
}
