//! `sourcebook translate adopt`

use super::scope::{self, Translated};
use super::store::{self, Records, Step};
use super::{day, open, usage};
use crate::book::Book;
use crate::cli::root::RootArguments;
use crate::cli::{Exit, names, report};
use crate::date::Day;
use crate::translation::status::Wordings;
use crate::translation::{read, update};
use crate::workspace::Placed;
use crate::workspace::front_matter::Method;
use std::collections::BTreeSet;

/// `sourcebook translate adopt [LANG] [PAGE] [--method METHOD] [--date DAY]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook translate adopt\n  sourcebook translate adopt he actors/hamas --method human"
)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// Only this language
    lang: Option<String>,
    /// Only this page, such as `actors/hamas`
    page: Option<String>,
    /// How the pages were translated [default: what `translation` in their front matter says, or machine]
    #[arg(long, value_parser = parse_method)]
    method: Option<Method>,
    /// The day whose source they say [default: today]
    #[arg(long, value_name = "DAY", value_parser = read::parse_day)]
    date: Option<Day>,
}

pub(super) fn parse_method(text: &str) -> Result<Method, String> {
    let found = Method::ALL.iter().find(|(name, _)| *name == text);
    found.map(|(_, method)| *method).ok_or_else(|| "`human`, `machine` or `machine-edited`".to_owned())
}

/// Records the present pairing of pages that have no record, and moves what their heads say of the method into it.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Exit> {
    let root = arguments.root.find().ok_or(Exit::Usage)?;
    let opened = open(&root)?;
    let book = &opened.book;
    let on = day(arguments.date)?;
    let languages = scope::languages(book, arguments.lang.as_deref()).map_err(usage)?;
    let page = arguments.page.as_deref().map(|name| names::page_named(book, name)).transpose().map_err(usage)?;
    let all = scope::translations(book, &languages, page);
    let new: Vec<&Translated<'_>> = all.iter().filter(|one| one.status.record.is_none()).collect();
    if new.is_empty() {
        report::say("Every translation that is asked for has its record already");
        report::help("`sourcebook translate accept LANG PAGE` records that a page says what the source says now");
        return Ok(Exit::Done);
    }
    let mut records = Records::new();
    let mut left = 0;
    for one in &new {
        let said = one.version.page.front.translation.as_ref().map(|method| method.value);
        let method = arguments.method.or(said);
        // Nobody is said to have done what nobody said to have done.
        let terms = update::Terms { method, fallback: Method::Machine, on };
        let record = update::accept(one.status, one.source.blocks(), one.version.blocks(), terms, |_, _| true);
        left += one.source.blocks().len() - record.entries.len() + one.status.orphans.len();
        records.insert((one.version.page.lang.clone(), one.page.id.clone()), record);
    }
    let mut steps = store::steps(book, &records, &BTreeSet::new(), &Wordings::new());
    steps.extend(new.iter().filter_map(|one| {
        let page = &one.version.page;
        let after = without_line(book, page.front.translation.as_ref()?)?;
        let before = book.files.text(page.file).to_owned();
        Some(Step::Write { path: book.files.path(page.file).to_owned(), before, after })
    }));
    store::apply(&root, &steps)?;
    let passages: usize = records.values().map(|record| record.entries.len()).sum();
    let pages = if new.len() == 1 { "page" } else { "pages" };
    report::say(&format!("Recorded {passages} passages of {} {pages}", new.len()));
    if left > 0 {
        report::say(&format!("{left} passages could not be paired; `sourcebook translate status` names them"));
    }
    Ok(Exit::Done)
}

/// A page without the line of its head that says how it was translated: the record says so from now on.
fn without_line(book: &Book, method: &Placed<Method>) -> Option<String> {
    let text = book.files.text(method.span.file);
    let start = text.get(..method.span.start as usize)?.rfind('\n')? + 1;
    let end = method.span.end as usize + text.get(method.span.end as usize..)?.find('\n')? + 1;
    let line = text.get(start..end)?;
    line.starts_with("translation:")
        .then(|| format!("{}{}", text.get(..start).unwrap_or(""), text.get(end..).unwrap_or("")))
}
