//! `sourcebook translate accept`

use super::adopt::parse_method;
use super::scope::{self, Translated};
use super::store::{self, Records};
use super::{day, open, usage};
use crate::cli::names::{self, Unknown};
use crate::cli::root::RootArguments;
use crate::cli::{Exit, report};
use crate::date::Day;
use crate::translation::block::At;
use crate::translation::{Passage, State, diff, read, update};
use crate::workspace::front_matter::Method;

/// `sourcebook translate accept [--cosmetic] LANG PAGE [#PASSAGE] [--method METHOD] [--date DAY]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook translate accept he actors/hamas\n  sourcebook translate accept he actors/hamas \"#origin/paragraph-1\"\n  sourcebook translate accept --cosmetic ar actors/hamas"
)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// The language of the translation
    lang: String,
    /// The page, such as `actors/hamas`
    page: String,
    /// Only this passage, such as `#origin/paragraph-1`
    passage: Option<String>,
    /// Only passages whose source was punctuated or linked otherwise
    #[arg(long, conflicts_with = "passage")]
    cosmetic: bool,
    /// How the passages were translated [default: as it is recorded]
    #[arg(long, value_parser = parse_method)]
    method: Option<Method>,
    /// The day whose source they say [default: today]
    #[arg(long, value_name = "DAY", value_parser = read::parse_day)]
    date: Option<Day>,
}

/// Records that passages say what the source says now, and tells which.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Exit> {
    let root = arguments.root.find().ok_or(Exit::Usage)?;
    let opened = open(&root)?;
    let book = &opened.book;
    let on = day(arguments.date)?;
    let one = scope::one(book, &arguments.lang, &arguments.page).map_err(usage)?;
    let only = arguments.passage.as_deref().map(|name| place(&one, name)).transpose().map_err(usage)?;
    let asked = |passage: &Passage| match (&only, arguments.cosmetic) {
        (Some(at), _) => one.source.blocks().get(passage.source).is_some_and(|block| block.at == *at),
        (None, true) => matches!(passage.state, State::Stale(change) if change.is_slight()),
        (None, false) => true,
    };
    let said = one.version.page.front.translation.as_ref().map(|method| method.value);
    let known = one.status.record.iter().flat_map(|record| &record.entries).map(|entry| entry.method).next();
    let fallback = known.or(said).unwrap_or(Method::Machine);
    let terms = update::Terms { method: arguments.method, fallback, on };
    let record =
        update::accept(one.status, one.source.blocks(), one.version.blocks(), terms, |passage, _| asked(passage));
    let mut accepted = 0;
    for passage in one.status.passages.iter().filter(|passage| asked(passage) && passage.translation.is_some()) {
        let Some(block) = one.source.blocks().get(passage.source) else { continue };
        let word = match passage.state {
            State::Current if passage.is_edited => "edited",
            State::Current => continue,
            State::Stale(change) => change.name(),
            State::Missing | State::Unaligned => "new",
        };
        accepted += 1;
        let old = one.status.entry(passage).and_then(|entry| book.wordings.get(&entry.source));
        let change = old.filter(|old| **old != block.text).map(|old| format!(": {}", diff::marked(old, &block.text)));
        report::say(&format!("  {} ({word}){}", block.at, change.unwrap_or_default()));
    }
    if Some(&record) == one.status.record.as_ref() {
        report::say("Nothing was to be accepted");
        return Ok(Exit::Done);
    }
    let key = (one.version.page.lang.clone(), one.page.id.clone());
    store::save(&root, book, &Records::from([(key, record)]))?;
    let passages = if accepted == 1 { "passage" } else { "passages" };
    report::say(&format!("Accepted {accepted} {passages} of {} in {}", one.page.id.name(), one.version.page.lang));
    Ok(Exit::Done)
}

/// The place of a passage by its name.
pub(super) fn place(one: &Translated<'_>, name: &str) -> Result<At, Unknown> {
    let wanted = name.trim_start_matches('#');
    let places: Vec<String> = one.source.blocks().iter().map(|block| block.at.to_string()).collect();
    let found = one.source.blocks().iter().find(|block| block.at.to_string() == wanted);
    found.map(|block| block.at.clone()).ok_or_else(|| {
        let known = places.iter().map(String::as_str);
        (format!("the page has no passage `{wanted}`"), names::near(wanted, known))
    })
}
