//! What has changed between what was published last and what the records say now. Uses its sister modules only.

use super::{
    Change, FigureLock, Held, HeldPoint, HeldSeries, Kind, Named, PointKey, Present, Reading, Side, Snapshot, Subject,
};
use crate::date::Day;
use crate::figure::record::Status;
use crate::ids::{FigureId, urn};
use crate::span::Span;
use crate::workspace::Localized;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The lock as it must be after a build on that day. Where there was none, it begins without changes.
pub fn update(lock: Option<&FigureLock>, title: &str, present: &Present, today: Day) -> FigureLock {
    let held = present.snapshot.clone();
    let Some(lock) = lock else {
        return FigureLock { id: first_id(title, &held), since: today, held, log: Vec::new() };
    };
    let mut log = lock.log.clone();
    for (number, note) in late_reasons(lock, present) {
        if let Some(change) = log.get_mut(number) {
            change.correction = Some(note);
        }
    }
    log.extend(changes(&lock.held, present, today));
    FigureLock { id: lock.id.clone(), since: lock.since, held, log }
}

/// A name for the log of a site: made once, from what the site says on that day, and kept.
fn first_id(title: &str, held: &Snapshot) -> String {
    let mut text = title.to_owned();
    for (id, figure) in &held.figures {
        // Writing into a text cannot fail.
        let _ = write!(text, "\n{id} {}", super::written(&figure.reading));
    }
    for (id, series) in &held.series {
        let _ = write!(text, "\n{id} {}", series.points.len());
    }
    urn(&text)
}

/// Everything that readers are told of, by id.
pub fn changes(before: &Snapshot, present: &Present, today: Day) -> Vec<Change> {
    let now = &present.snapshot;
    let comparison = Comparison { before, present, today };
    let mut changes = Vec::new();
    for (id, figure) in &now.figures {
        changes.extend(comparison.figure(id, figure));
    }
    for (id, series) in &now.series {
        comparison.series(id, series, &mut changes);
    }
    for (id, figure) in before.figures.iter().filter(|(id, _)| !now.figures.contains_key(*id)) {
        changes.push(comparison.change(id, Kind::Removed, &figure.subject, Some(&figure.reading), None));
    }
    for (id, series) in before.series.iter().filter(|(id, _)| !now.series.contains_key(*id)) {
        let last = series.points.values().next_back().map(|point| &point.reading);
        changes.push(comparison.change(id, Kind::Removed, &series.subject, last, None));
    }
    // A figure that takes another's place is told there.
    let successors: BTreeSet<FigureId> = changes
        .iter()
        .filter_map(|change| match &change.kind {
            Kind::Superseded(by) => Some(by.clone()),
            _ => None,
        })
        .collect();
    changes.retain(|change| change.kind != Kind::New || !successors.contains(&change.id));
    changes.sort_by(|a, b| a.id.cmp(&b.id));
    changes
}

/// Changes that nothing explained when they were recorded, and that a record explains now.
fn late_reasons(lock: &FigureLock, present: &Present) -> Vec<(usize, Localized)> {
    let last_of = |number: usize, change: &Change| {
        let same = |later: &Change| later.id == change.id && when(later) == when(change);
        !lock.log.iter().skip(number + 1).any(same)
    };
    let unexplained = lock.log.iter().enumerate().filter(|(_, change)| change.is_unexplained());
    unexplained
        .filter(|(number, change)| last_of(*number, change))
        .filter_map(|(number, change)| Some((number, late_reason(lock, present, change)?)))
        .collect()
}

fn late_reason(lock: &FigureLock, present: &Present, change: &Change) -> Option<Localized> {
    let from = &change.from.as_ref()?.reading;
    if let Some(held) = lock.held.figures.get(&change.id) {
        let reason = present.corrections.get(&change.id)?;
        let is_new = held.corrected != Some(reason.at) || reason.was == Some(from.value);
        return is_new.then(|| reason.note.clone());
    }
    let series = present.snapshot.series.get(&change.id)?;
    let mut now = series.points.keys().filter(|(date, _)| *date == from.when);
    now.find_map(|key| present.point_corrections.get(&(change.id.clone(), *key))).cloned()
}

fn when(change: &Change) -> Option<crate::date::Date> {
    change.to.as_ref().or(change.from.as_ref()).map(|side| side.reading.when)
}

/// The changes that nothing explains: those that a build would record, and the last of each figure that were recorded and are unexplained still.
pub fn unexplained(lock: &FigureLock, present: &Present) -> Vec<Change> {
    let coming = changes(&lock.held, present, lock.since);
    let explained: BTreeSet<usize> = late_reasons(lock, present).into_iter().map(|(number, _)| number).collect();
    let all: Vec<(Option<usize>, &Change)> = lock
        .log
        .iter()
        .enumerate()
        .map(|(number, change)| (Some(number), change))
        .chain(coming.iter().map(|change| (None, change)))
        .collect();
    let mut found = Vec::new();
    for (at, (number, change)) in all.iter().enumerate() {
        let is_last = !all.iter().skip(at + 1).any(|(_, later)| later.id == change.id && when(later) == when(change));
        if is_last && change.is_unexplained() && number.is_none_or(|number| !explained.contains(&number)) {
            found.push((*change).clone());
        }
    }
    found
}

/// Where what has changed is written: in the records, or in the lock file where it is gone from them.
pub fn place(change: &Change, now: &Snapshot, before: Option<&Snapshot>) -> Option<Span> {
    let point = |series: &HeldSeries| {
        let when = when(change)?;
        series.points.range((when, 0)..=(when, u32::MAX)).next().map(|(_, point)| point.span)
    };
    std::iter::once(now).chain(before).find_map(|held| {
        let figure = held.figures.get(&change.id).map(|figure| figure.span);
        figure.or_else(|| held.series.get(&change.id).and_then(|series| point(series).or(Some(series.span))))
    })
}

struct Comparison<'a> {
    before: &'a Snapshot,
    present: &'a Present,
    today: Day,
}

impl Comparison<'_> {
    fn figure(&self, id: &FigureId, now: &Held) -> Option<Change> {
        let Some(before) = self.before.figures.get(id) else {
            return Some(self.change(id, Kind::New, &now.subject, None, Some(&now.reading)));
        };
        if before.reading == now.reading {
            return None;
        }
        let is_superseded = now.reading.status == Status::Superseded && before.reading.status != Status::Superseded;
        let successor = self.present.successors.get(id).filter(|_| is_superseded);
        if let Some((by, newer)) = successor.and_then(|by| Some((by, self.present.snapshot.figures.get(by)?))) {
            let kind = Kind::Superseded(by.clone());
            return Some(self.change(id, kind, &now.subject, Some(&before.reading), Some(&newer.reading)));
        }
        let mut change = self.change(id, Kind::Changed, &now.subject, Some(&before.reading), Some(&now.reading));
        change.correction = self.present.corrections.get(id).and_then(|reason| {
            // A correction stays in the record; it explains the change with which it came, and none after it.
            let is_of_this = before.corrected != Some(reason.at) || reason.was == Some(before.reading.value);
            is_of_this.then(|| reason.note.clone())
        });
        Some(change)
    }

    fn series(&self, id: &FigureId, now: &HeldSeries, changes: &mut Vec<Change>) {
        let newest =
            |series: &'_ HeldSeries| series.points.last_key_value().map(|(key, point)| (*key, point.reading.clone()));
        let Some(before) = self.before.series.get(id) else {
            changes.push(self.change(
                id,
                Kind::New,
                &now.subject,
                None,
                newest(now).as_ref().map(|(_, reading)| reading),
            ));
            return;
        };
        for (key, point) in &before.points {
            self.point(id, *key, point, now, changes);
        }
        let Some((key, reading)) = newest(now) else { return };
        let last = newest(before);
        if last.as_ref().is_none_or(|(last, _)| *last < key) {
            let from = last.as_ref().map(|(_, reading)| reading);
            changes.push(self.change(id, Kind::Newest, &now.subject, from, Some(&reading)));
        }
    }

    fn point(&self, id: &FigureId, key: PointKey, before: &HeldPoint, now: &HeldSeries, changes: &mut Vec<Change>) {
        let Some(point) = now.points.get(&key) else {
            changes.push(self.change(id, Kind::Removed, &now.subject, Some(&before.reading), None));
            return;
        };
        // The source of a point is often only the newest of a row of reports that repeat it.
        if (point.reading.value, point.reading.range) != (before.reading.value, before.reading.range) {
            let mut change = self.change(id, Kind::Revised, &now.subject, Some(&before.reading), Some(&point.reading));
            change.correction = self.present.point_corrections.get(&(id.clone(), key)).cloned();
            changes.push(change);
        }
    }

    fn change(
        &self,
        id: &FigureId,
        kind: Kind,
        subject: &Subject,
        from: Option<&Reading>,
        to: Option<&Reading>,
    ) -> Change {
        Change {
            noted: self.today,
            id: id.clone(),
            kind,
            subject: subject.clone(),
            from: from.map(|reading| self.side(reading)),
            to: to.map(|reading| self.side(reading)),
            correction: None,
        }
    }

    fn side(&self, reading: &Reading) -> Side {
        let known =
            [&self.present.snapshot, self.before].into_iter().find_map(|held| held.sources.get(&reading.source));
        let unknown = || Named { name: Localized::Plain(reading.source.to_string()), date: None };
        Side { reading: reading.clone(), source: known.cloned().unwrap_or_else(unknown) }
    }
}
