//! `sourcebook translate review`

use super::store::{self, Records};
use super::{accept, day, open, scope, usage};
use crate::cli::root::RootArguments;
use crate::cli::{Exit, report};
use crate::date::Day;
use crate::translation::{State, read, update};

/// `sourcebook translate review LANG PAGE [#PASSAGE] --by NAME [--date DAY]`
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  sourcebook translate review he actors/hamas --by \"Your name\"")]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// The language of the translation
    lang: String,
    /// The page, such as `actors/hamas`
    page: String,
    /// Only this passage, such as `#origin/paragraph-1`
    passage: Option<String>,
    /// Who has read it, as readers shall see the name
    #[arg(long, value_name = "NAME")]
    by: String,
    /// When [default: today]
    #[arg(long, value_name = "DAY", value_parser = read::parse_day)]
    date: Option<Day>,
}

/// Records that somebody has read passages, as they stand now: any later edit voids it.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Exit> {
    let root = arguments.root.find().ok_or(Exit::Usage)?;
    let by = arguments.by.trim();
    if by.is_empty() {
        return Err(usage(("a review has a person".to_owned(), "name who has read it with `--by`".to_owned())));
    }
    let opened = open(&root)?;
    let book = &opened.book;
    let on = day(arguments.date)?;
    let one = scope::one(book, &arguments.lang, &arguments.page).map_err(usage)?;
    let only = arguments.passage.as_deref().map(|name| accept::place(&one, name)).transpose().map_err(usage)?;
    let asked = |at: &_| only.as_ref().is_none_or(|only| only == at);
    let open = one.status.passages.iter().filter(|passage| {
        let block = one.source.blocks().get(passage.source).filter(|block| asked(&block.at));
        block.is_some() && (passage.state != State::Current || passage.is_edited)
    });
    let open = open.count();
    let record =
        update::review(one.status, one.source.blocks(), one.version.blocks(), (by, on), |block| asked(&block.at));
    if Some(&record) != one.status.record.as_ref() {
        let key = (one.version.page.lang.clone(), one.page.id.clone());
        store::save(&root, book, &Records::from([(key, record)]))?;
        report::say(&format!("{by} has read {} in {}", one.page.id.name(), one.version.page.lang));
    }
    if open > 0 {
        report::say(&format!(
            "{open} passages do not say what the source says, or were edited since, and count as not read"
        ));
        report::help("`sourcebook translate accept` records that they do");
        return Ok(Exit::Content);
    }
    Ok(Exit::Done)
}
