//! `sourcebook translate import`

use super::adopt::parse_method;
use super::store::{self, Records, Step};
use super::{day, open, scope, usage};
use crate::cli::root::RootArguments;
use crate::cli::{Exit, input, report};
use crate::date::Day;
use crate::diagnostic::{self, has_errors, settle};
use crate::exchange::po;
use crate::ids::Lang;
use crate::translation::status::Wordings;
use crate::translation::{read, update};
use crate::workspace::disk;
use crate::workspace::front_matter::Method;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// `sourcebook translate import FILE [--lang LANG] [--method METHOD] [--date DAY]`
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  sourcebook translate import he.po --method human")]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// The PO file
    file: PathBuf,
    /// Its language [default: the one that it names]
    #[arg(long)]
    lang: Option<String>,
    /// How the passages in it were translated [default: as it is recorded of them]
    #[arg(long, value_parser = parse_method)]
    method: Option<Method>,
    /// The day whose source they say [default: today]
    #[arg(long, value_name = "DAY", value_parser = read::parse_day)]
    date: Option<Day>,
}

/// Splices what is new into the files of the site, and records it.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Exit> {
    let root = arguments.root.find().ok_or(Exit::Usage)?;
    let mut opened = open(&root)?;
    let on = day(arguments.date)?;
    let lang =
        arguments.lang.as_deref().map(|lang| scope::languages(&opened.book, Some(lang))).transpose().map_err(usage)?;
    let lang: Option<Lang> =
        lang.and_then(|slots| opened.book.languages.get(*slots.first()?)).map(|language| language.lang.clone());
    let name = arguments.file.display().to_string();
    let bytes = disk::read_named_bytes(&arguments.file);
    let file = input::take(&name, bytes, &mut opened.book.files)?;
    let book = &opened.book;
    let terms = update::Terms { method: arguments.method, fallback: Method::Machine, on };
    let (slot, import) = po::import(book, file, lang.as_ref(), terms).map_err(|problems| {
        report::problems(&settle(problems, &book.config.levels), &book.files);
        Exit::Content
    })?;
    let refused = settle(import.diagnostics.clone(), &book.config.levels);
    report::problems(&refused, &book.files);
    let language = book.languages.get(slot).ok_or(Exit::Usage)?;
    let records: Records =
        import.records.iter().map(|(id, record)| ((language.lang.clone(), id.clone()), record.clone())).collect();
    // The pages and what is recorded of them are one: a page that was changed alone would be behind its own text.
    let mut steps: Vec<Step> = import.files.iter().map(|(path, change)| written(path, change)).collect();
    steps.extend(store::steps(book, &records, &BTreeSet::new(), &Wordings::new()));
    store::apply(&root, &steps)?;
    let files = import.files.len();
    report::say(&format!(
        "Took in {} units and changed {files} {}; {} are left open, {} refused",
        import.taken,
        if files == 1 { "file" } else { "files" },
        import.open,
        import.diagnostics.len()
    ));
    if has_errors(&refused) {
        report::say(&diagnostic::summary(&refused));
        return Ok(Exit::Content);
    }
    Ok(Exit::Done)
}

fn written(path: &str, change: &po::Change) -> Step {
    Step::Write { path: path.to_owned(), before: change.before.clone(), after: change.after.clone() }
}
