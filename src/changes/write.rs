//! [`FigureLock`] → the lock file: by id, the same bytes for the same knowledge. Uses `workspace::machine` and its sister modules.

use super::read::FORM;
use super::{Change, FigureLock, Held, HeldSeries, Kind, Named, Reading, Side, Subject};
use crate::figure::record::{Qualifier, Status};
use crate::workspace::Localized;
use crate::workspace::machine::quoted;
use std::fmt::Write;

const HEAD: &str = "# Written by `sourcebook build`: what every figure said when the site was last built, and what has changed since. Keep it with the site; do not edit it.\n# docs/changes.md of Sourcebook says how to read it.\n";

/// Writes the lock file's text.
pub fn write(lock: &FigureLock) -> String {
    let mut text = format!("{HEAD}version: {}\nid: {}\nsince: {}\n", FORM.version, quoted(&lock.id), lock.since);
    // Writing into a text cannot fail.
    let _ = write_lock(&mut text, lock);
    text
}

fn write_lock(text: &mut String, lock: &FigureLock) -> std::fmt::Result {
    let FigureLock { held, log, .. } = lock;
    heading(text, "sources", held.sources.is_empty(), "{}")?;
    for (id, named) in &held.sources {
        writeln!(text, "  {}: {}", quoted(id.as_str()), named_flow(named))?;
    }
    heading(text, "figures", held.figures.is_empty(), "{}")?;
    for (id, Held { subject, reading, corrected, .. }) in &held.figures {
        writeln!(text, "  {}:", quoted(id.as_str()))?;
        write_subject(text, subject)?;
        writeln!(text, "    now: {}", flow(&reading_fields(reading)))?;
        if let Some(day) = corrected {
            writeln!(text, "    corrected: {}", quoted(&day.to_string()))?;
        }
    }
    heading(text, "series", held.series.is_empty(), "{}")?;
    for (id, HeldSeries { subject, points, .. }) in &held.series {
        writeln!(text, "  {}:", quoted(id.as_str()))?;
        write_subject(text, subject)?;
        heading(text, "    points", points.is_empty(), "[]")?;
        for point in points.values() {
            writeln!(text, "      - {}", flow(&reading_fields(&point.reading)))?;
        }
    }
    heading(text, "log", log.is_empty(), "[]")?;
    for change in log {
        write_change(text, change)?;
    }
    Ok(())
}

fn heading(text: &mut String, name: &str, is_empty: bool, nothing: &str) -> std::fmt::Result {
    if is_empty { writeln!(text, "{name}: {nothing}") } else { writeln!(text, "{name}:") }
}

fn write_subject(text: &mut String, subject: &Subject) -> std::fmt::Result {
    writeln!(text, "    label: {}", localized(&subject.label))?;
    if let Some(reporter) = &subject.reporter {
        writeln!(text, "    reporter: {}", localized(reporter))?;
    }
    Ok(())
}

fn write_change(text: &mut String, change: &Change) -> std::fmt::Result {
    let Change { noted, id, kind, subject, from, to, correction } = change;
    writeln!(text, "  - noted: {noted}\n    figure: {}\n    change: {}", quoted(id.as_str()), kind.name())?;
    if let Kind::Superseded(by) = kind {
        writeln!(text, "    by: {}", quoted(by.as_str()))?;
    }
    write_subject(text, subject)?;
    for (name, side) in [("from", from), ("to", to)] {
        if let Some(Side { reading, source }) = side {
            let mut fields = reading_fields(reading);
            fields.push(("source-name", localized(&source.name)));
            fields.extend(source.date.map(|date| ("source-date", quoted(&date.to_string()))));
            writeln!(text, "    {name}: {}", flow(&fields))?;
        }
    }
    if let Some(note) = correction {
        writeln!(text, "    correction: {}", localized(note))?;
    }
    Ok(())
}

fn named_flow(named: &Named) -> String {
    let mut fields = vec![("name", localized(&named.name))];
    fields.extend(named.date.map(|date| ("date", quoted(&date.to_string()))));
    flow(&fields)
}

/// The fields of a reading; what is as in most records is left out.
fn reading_fields(reading: &Reading) -> Vec<(&'static str, String)> {
    let Reading { value, range, qualifier, unit, when, status, source } = reading;
    let mut fields = vec![("value", value.to_string())];
    fields.extend(range.map(|(low, high)| ("range", format!("[{low}, {high}]"))));
    if *qualifier != Qualifier::Exact {
        fields.push(("qualifier", qualifier.name().to_owned()));
    }
    fields.push(("unit", quoted(unit)));
    fields.push(("as-of", quoted(&when.to_string())));
    if *status != Status::Reported {
        fields.push(("status", status.name().to_owned()));
    }
    fields.push(("source", quoted(source.as_str())));
    fields
}

fn flow(fields: &[(&'static str, String)]) -> String {
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    format!("{{{}}}", fields.join(", "))
}

fn localized(text: &Localized) -> String {
    match text {
        Localized::Plain(text) => quoted(text),
        Localized::ByLang(texts) => {
            let texts: Vec<String> =
                texts.iter().map(|(lang, text)| format!("{}: {}", quoted(lang.as_str()), quoted(text))).collect();
            format!("{{{}}}", texts.join(", "))
        }
    }
}
