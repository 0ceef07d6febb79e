//! `sourcebook translate status`

use super::scope::{self, Translated};
use super::{open, usage};
use crate::book::{Book, BookPage};
use crate::cli::root::RootArguments;
use crate::cli::{Exit, report};
use crate::exchange;
use crate::translation::status::Tally;
use crate::translation::{Change, State, diff};
use serde_json::Value;
use std::fmt::Write;

/// `sourcebook translate status [LANG] [--format human|json] [--fail-on urgent|behind]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook translate status\n  sourcebook translate status he --format json\n  sourcebook translate status --fail-on urgent"
)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// Only this language
    lang: Option<String>,
    /// For people, or for another program
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// End with status 1 where something is so
    #[arg(long, value_enum)]
    fail_on: Option<FailOn>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// One line a page, then what is to be done
    Human,
    /// One JSON array, one object a page
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    /// Readers are shown another number or another source than the original has
    Urgent,
    /// Anything is stale, missing, left over, unaligned or not recorded
    Behind,
}

/// Says how far translations are behind.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Exit> {
    let root = arguments.root.find().ok_or(Exit::Usage)?;
    let opened = open(&root)?;
    let book = &opened.book;
    let languages = scope::languages(book, arguments.lang.as_deref()).map_err(usage)?;
    let all = scope::translations(book, &languages, None);
    let mut total = Tally::default();
    let mut unrecorded = 0;
    for one in &all {
        unrecorded += usize::from(one.status.record.is_none());
        total += &one.status.tally(one.source.blocks());
    }
    match arguments.format {
        Format::Human => report::out(&human(book, &languages, &all)),
        Format::Json => {
            let pages: Vec<Value> = languages.iter().flat_map(|slot| exchange::status::pages(book, *slot)).collect();
            let text = serde_json::to_string_pretty(&pages).unwrap_or_default();
            report::out(&format!("{text}\n"));
        }
    }
    let fails = match arguments.fail_on {
        Some(FailOn::Urgent) => total.urgent > 0,
        Some(FailOn::Behind) => !total.is_current() || unrecorded > 0,
        None => false,
    };
    Ok(if fails { Exit::Content } else { Exit::Done })
}

fn human(book: &Book, languages: &[usize], all: &[Translated<'_>]) -> String {
    let mut out = String::new();
    for language in languages.iter().filter_map(|slot| book.languages.get(*slot)) {
        let own: Vec<&Translated<'_>> = all.iter().filter(|one| one.version.page.lang == language.lang).collect();
        let mut total = Tally::default();
        for one in &own {
            total += &one.status.tally(one.source.blocks());
        }
        // The glossary is made of terms, which have their languages side by side.
        let is_wanted = |page: &&BookPage| !book.is_glossary(page) && own.iter().all(|one| one.page.id != page.id);
        let untranslated: Vec<&str> = book.pages.iter().filter(is_wanted).map(|page| page.id.name()).collect();
        let pages = if untranslated.is_empty() {
            String::new()
        } else {
            format!("; not translated: {}", untranslated.join(", "))
        };
        // Writing into a text cannot fail.
        let _ = writeln!(out, "{}: {}{pages}", language.lang, told(&total));
        for one in own {
            let tally = one.status.tally(one.source.blocks());
            if one.status.record.is_none() {
                let _ = writeln!(out, "  {}: not recorded", one.page.id.name());
            } else if !tally.is_current() {
                let _ = writeln!(out, "  {}: {}", one.page.id.name(), told(&tally));
                passages(book, one, &mut out);
            }
        }
    }
    out
}

/// "40 current, 1 stale (figure), 2 missing; 1 urgent"
fn told(tally: &Tally) -> String {
    let mut parts = vec![format!("{} current", tally.current)];
    let stale: usize = tally.stale.values().sum();
    if stale > 0 {
        let kinds = Change::ALL.iter().rev().filter_map(|change| Some((change, tally.stale.get(change)?)));
        let kinds: Vec<String> = kinds.map(|(change, count)| format!("{} {count}", change.name())).collect();
        parts.push(format!("{stale} stale ({})", kinds.join(", ")));
    }
    let counted = [(tally.missing, "missing"), (tally.unaligned, "unaligned"), (tally.orphan, "left over")];
    parts.extend(counted.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")));
    let urgent = if tally.urgent > 0 { format!("; {} urgent", tally.urgent) } else { String::new() };
    format!("{}{urgent}", parts.join(", "))
}

fn passages(book: &Book, one: &Translated<'_>, out: &mut String) {
    for passage in &one.status.passages {
        let Some(block) = one.source.blocks().get(passage.source) else { continue };
        let urgent = if one.status.is_urgent(passage, one.source.blocks()) { ", urgent" } else { "" };
        let _ = match passage.state {
            State::Current => continue,
            State::Stale(change) => {
                let old = one.status.entry(passage).and_then(|entry| book.wordings.get(&entry.source));
                let changed = old.map(|old| format!("\n      {}", diff::marked(old, &block.text))).unwrap_or_default();
                writeln!(out, "    #{} stale ({}{urgent}){changed}", block.at, change.name())
            }
            State::Missing | State::Unaligned => {
                writeln!(out, "    #{} {}{urgent}", block.at, passage.state.name())
            }
        };
    }
    for block in one.status.orphans.iter().filter_map(|at| one.version.blocks().get(*at)) {
        let _ = writeln!(out, "    #{} left over", block.at);
    }
}
