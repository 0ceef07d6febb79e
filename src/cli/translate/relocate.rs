//! `sourcebook translate move`

use super::store::{self, Step};
use super::{open, usage};
use crate::book::Book;
use crate::cli::root::RootArguments;
use crate::cli::{Exit, names, report};
use crate::ids::PageId;
use crate::moving::{self, Plan};
use crate::publish::file;
use crate::workspace::{RecordFile, TRANSLATIONS};
use std::collections::BTreeSet;
use std::path::Path;

/// `sourcebook translate move OLD NEW [--dry-run]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook translate move actors/hamas parties/hamas\n  sourcebook translate move war history/war --dry-run"
)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// The page, such as `actors/hamas`, or a section with all its pages
    old: String,
    /// Its new address
    new: String,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
}

/// Moves a page in every language, with its records; the old address leads to the new one.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Exit> {
    let root = arguments.root.find().ok_or(Exit::Usage)?;
    let opened = open(&root)?;
    let book = &opened.book;
    let page = names::page_named(book, arguments.old.trim_matches('/')).map_err(usage)?;
    let new = address(&arguments.new).map_err(usage)?;
    let plan = moving::plan(book, page, &new).map_err(|refusals| {
        let told: BTreeSet<_> = refusals.into_iter().collect();
        for refusal in told {
            usage(refusal);
        }
        Exit::Usage
    })?;
    tell(&plan);
    if arguments.dry_run {
        report::say("Nothing was written (--dry-run)");
        return Ok(Exit::Done);
    }
    store::apply(&root, &steps(book, &plan))?;
    clear(&root, book, &plan);
    let (pages, old) = if plan.pages.len() == 1 {
        ("1 page".to_owned(), "its old address leads")
    } else {
        (format!("{} pages", plan.pages.len()), "their old addresses lead")
    };
    report::say(&format!("Moved {pages}; {old} to the new"));
    report::help(
        "run `sourcebook check`, and look at what else names the old address: templates, and sites that link here",
    );
    Ok(Exit::Done)
}

/// `parties/hamas`, also with a slash around it or as a file.
fn address(name: &str) -> Result<PageId, names::Unknown> {
    let name = name.trim_matches('/');
    let id =
        if name == "index" { Some(PageId::home()) } else { PageId::parse(name).or_else(|| PageId::from_file(name)) };
    id.ok_or_else(|| {
        let help = "lower-case letters, digits and `-`, parts separated by `/`, such as `parties/hamas`";
        (format!("`{name}` cannot be an address"), help.to_owned())
    })
}

/// One line a page, then one a file whose links change.
fn tell(plan: &Plan) {
    for (old, new) in &plan.pages {
        report::say(&format!("  {old} → {new}"));
        let file = |(from, to): (&String, &String)| report::say(&format!("    {from} → {to}"));
        let ends = [format!("/{old}.md"), format!("/{old}/index.md")];
        plan.files.iter().filter(|(from, _)| ends.iter().any(|end| from.ends_with(end.as_str()))).for_each(file);
    }
    for (file, count) in &plan.links {
        let links = if *count == 1 { "link" } else { "links" };
        report::say(&format!("  {file}: {count} {links}"));
    }
    if !plan.records.is_empty() {
        let records = if plan.records.len() == 1 { "record" } else { "records" };
        report::say(&format!("  {} {records} of translations", plan.records.len()));
    }
}

/// What is new comes first and what is old goes last, so that nothing is ever nowhere.
fn steps(book: &Book, plan: &Plan) -> Vec<Step> {
    let (mut first, mut last): (Vec<Step>, Vec<Step>) = (Vec::new(), Vec::new());
    for (path, (before, after)) in &plan.texts {
        let (before, after) = (before.clone(), after.clone());
        match plan.files.get(path) {
            Some(to) => {
                first.push(Step::Write { path: to.clone(), before: String::new(), after });
                last.push(Step::Remove { path: path.clone(), before });
            }
            None => first.push(Step::Write { path: path.clone(), before, after }),
        }
    }
    let pictures = plan.files.iter().filter(|(from, _)| !plan.texts.contains_key(*from));
    first.extend(pictures.map(|(from, to)| Step::Rename { from: from.clone(), to: to.clone() }));
    let records = store::steps(book, &plan.records, &plan.gone, &plan.wordings);
    let (unneeded, records): (Vec<Step>, Vec<Step>) =
        records.into_iter().partition(|step| matches!(step, Step::Forget { .. }));
    first.into_iter().chain(records).chain(last).chain(unneeded).collect()
}

/// Takes away the folders that nothing is left in.
fn clear(root: &Path, book: &Book, plan: &Plan) {
    let records = plan.gone.iter().map(|(lang, id)| RecordFile::path(lang, id));
    for path in plan.files.keys().cloned().chain(records) {
        // Those of the content and of the languages stay, whatever is in them; one that holds something cannot be taken away.
        let kept = [root.to_path_buf(), root.join(&book.config.content_dir), root.join(TRANSLATIONS)];
        for folder in root.join(&path).ancestors().skip(1) {
            let is_kept = kept.iter().any(|kept| kept == folder || folder.parent() == Some(kept));
            if is_kept || file::remove_folder(folder).is_err() {
                break;
            }
        }
    }
}
