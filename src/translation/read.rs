//! A record's file → [`Record`], strictly: it is written by the program, so whatever is not as the program writes it was damaged on the way.

use super::block::At;
use super::hash::Hash;
use super::record::{Entry, Exemption, Record, Review};
use crate::date::Day;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::PageId;
use crate::span::FileId;
use crate::workspace::Placed;
use crate::workspace::fields::{Codes, Fields};
use crate::workspace::front_matter::Method;
use crate::workspace::machine::Form;
use std::collections::{BTreeMap, BTreeSet};

const CODES: Codes = Codes { unknown: Code::SB403, invalid: Code::SB403 };

/// The form of the file that this program reads and writes.
pub(super) const FORM: Form = Form { code: Code::SB403, noun: "record", version: 1 };

const HELP: &str = "put the file back as it was (`git checkout`, or one side of a merge), or delete it and run `sourcebook translate adopt`";

/// Reads a record. `None` where any part of it is damaged.
pub fn read(page: &PageId, file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Record> {
    let record = FORM.read(file, text, |node, start, problems| {
        let mut fields = Fields::open(node, start, "the record", CODES, problems)?;
        let record = read_fields(page, &mut fields);
        fields.finish();
        record
    });
    let told = |problem: Diagnostic| match problem.help {
        Some(_) => problem,
        None => problem.help(HELP),
    };
    record.map_err(|problems| diagnostics.extend(problems.into_iter().map(told))).ok()
}

fn read_fields(page: &PageId, fields: &mut Fields<'_, '_>) -> Option<Record> {
    FORM.version(fields)?;
    let named = fields.text("page");
    if let Some(Placed { value: name, span }) = fields.required("page", named, "\"actors/hamas\"")
        && name != page.name()
    {
        fields.wrong(
            span,
            format!("this is the record of `{name}`, and lies where that of `{}` belongs", page.name()),
            "use `sourcebook translate move` to move pages",
        );
    }
    let mut seen = BTreeSet::new();
    let entries = fields.records("passages", "a passage", |fields| {
        let entry = read_entry(fields)?;
        if !seen.insert(entry.at.clone()) {
            fields.wrong(
                fields.place(),
                format!("`{}` is recorded twice", entry.at),
                "a merge may have kept both sides: keep one of the lines",
            );
        }
        Some(entry)
    });
    Some(Record { entries })
}

fn read_entry(fields: &mut Fields<'_, '_>) -> Option<Entry> {
    let at =
        fields.parsed("at", |text| At::parse(text).ok_or_else(|| format!("`{text}` is no place of a passage")), HELP);
    let at = fields.required("at", at, "\"origin/paragraph-1\"");
    let source = hash(fields, "source");
    let translation = hash(fields, "translation");
    let method = fields.choice("method", Method::ALL);
    let method = fields.required("method", method, "machine");
    let on = day(fields);
    let review = fields.group("review", "a review").and_then(|mut review| {
        let by = review.text("by");
        let by = review.required("by", by, "\"Name\"");
        let on = day(&mut review);
        let of = hash(&mut review, "of");
        review.finish();
        Some(Review { by: by?.value, on: on?, of: of? })
    });
    let exempt = fields.group("ok", "`ok`").map(|mut ok| {
        let mut exempt = BTreeMap::new();
        for (name, exemption) in Exemption::ALL {
            if let Some(why) = ok.text(name) {
                exempt.insert(*exemption, why.value);
            }
        }
        ok.finish();
        exempt
    });
    Some(Entry {
        at: at?.value,
        source: source?,
        translation: translation?,
        method: method?.value,
        on: on?,
        review,
        exempt: exempt.unwrap_or_default(),
    })
}

fn hash(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<Hash> {
    let hash = fields.parsed(name, |text| Hash::parse(text).ok_or_else(|| format!("`{text}` is no hash")), HELP);
    fields.required(name, hash, "\"26cdc4303b92\"").map(|hash| hash.value)
}

fn day(fields: &mut Fields<'_, '_>) -> Option<Day> {
    let day = fields.parsed("on", parse_day, HELP);
    fields.required("on", day, "2026-11-25").map(|day| day.value)
}

/// Reads a day such as `2026-11-25`.
pub fn parse_day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| format!("`{text}` is no day such as `2026-11-25`"))
}
