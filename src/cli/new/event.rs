//! `sourcebook new event`

use super::ask::{Form, evidence, list, word};
use super::begin;
use crate::cli::root::RootArguments;
use crate::cli::{Exit, names, report};
use crate::ids::EventId;
use crate::scaffold::record::Record;

/// What a new file of events begins with.
const HEAD: &str = "# What happened when, for the timeline. An event without a source does not stand here.\n";

/// `sourcebook new event ID --date DATE --title TEXT… --source KEY…`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook new event charter-1945                        asks for the rest, on a terminal\n  sourcebook new event charter-1945 --date 1945-06-26 --title 'The Charter is signed' --title 'ar=توقيع الميثاق' \\\n    --source 'un-charter-1945, art. 110' --page documents/charter"
)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// Its id, by which pages and charts name it
    id: String,
    /// When: a day, a month, a year, an interval
    #[arg(long)]
    date: Option<String>,
    /// What happened; `LANG=TEXT` in another language than the site's first
    #[arg(long, value_name = "[LANG=]TEXT")]
    title: Vec<String>,
    /// One or two sentences more
    #[arg(long, value_name = "[LANG=]TEXT")]
    text: Vec<String>,
    /// In two or three words, for the mark in a chart
    #[arg(long, value_name = "[LANG=]TEXT")]
    short: Vec<String>,
    /// Who says so: `KEY`, `KEY, p. 3` or `KEY#q1`; may be given several times
    #[arg(long, value_name = "KEY")]
    source: Vec<String>,
    /// A theme of content/themes.yaml; may be given several times
    #[arg(long, value_name = "ID")]
    theme: Vec<String>,
    /// The page that tells more
    #[arg(long)]
    page: Option<String>,
    /// The file of the events folder to which it is added [default: the only one, or events.yaml]
    #[arg(long, value_name = "NAME")]
    file: Option<String>,
    /// Ask for what is missing, even where standard input is no terminal
    #[arg(long)]
    ask: bool,
}

/// Adds an event.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Exit> {
    let root = arguments.root.find().ok_or(Exit::Usage)?;
    let opened = begin::open(&root)?;
    let id = EventId::parse(&arguments.id).ok_or_else(|| begin::no_id(&arguments.id))?;
    if let Some(event) = opened.book.library.event(&id) {
        return Err(begin::taken("an event", id.as_str(), &opened, event.span));
    }
    if let Some(page) = &arguments.page {
        names::page(&opened.book, page).map_err(begin::no_page)?;
    }
    let path = begin::file_in(&opened, "events", arguments.file.as_deref(), "events.yaml")?;
    let new = record(arguments, Form::new(arguments.ask, begin::languages(&opened)))?;
    let (step, at) = begin::added(&opened, path, (id.as_str(), &new.text()), HEAD);
    let left = begin::keep(&root, &opened, &[step])?;
    report::say(&format!("Added the event `{id}` at {at}; it stands on the timeline"));
    left.tell();
    report::say(&format!("  [words](event:{id})    a link to it, for a page"));
    report::help("a chart marks it with `events: […]`; then `sourcebook check`");
    Ok(Exit::Done)
}

/// What the record says; nothing that was not said.
fn record(arguments: &Arguments, mut form: Form) -> Result<Record, Exit> {
    let date = form.required(arguments.date.as_ref(), "--date", "When, such as 1945-06-26 or 1945")?;
    let title = form.by_lang(&arguments.title, "--title", "What happened")?;
    let first = form.required(
        arguments.source.first(),
        "--source",
        "Who says so: the key of a source, such as `key` or `key, p. 3`",
    )?;
    let sources: Vec<String> = first.into_iter().chain(arguments.source.iter().skip(1).cloned()).collect();
    let page = form.optional(arguments.page.as_ref(), "The page that tells more")?;
    let new = Record::new(&arguments.id)
        .with("date", word(date))
        .with("title", title)
        .with("short", form.optional_by_lang(&arguments.short))
        .with("text", form.optional_by_lang(&arguments.text))
        .with("themes", list(arguments.theme.clone()))
        .with("sources", evidence(&sources))
        .with("page", word(page));
    form.finish(
        "sourcebook new event charter-1945 --date 1945-06-26 --title 'The Charter is signed' --source un-charter-1945",
    )?;
    Ok(new)
}
