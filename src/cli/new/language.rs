//! `sourcebook new language`

use crate::cli::root::RootArguments;
use crate::cli::translate::store::{self, Step};
use crate::cli::{Exit, report};
use crate::publish::file;
use crate::scaffold::language::{self, Plan, Wanted};
use crate::workspace::{self, BOOK, Workspace};
use std::path::Path;

/// `sourcebook new language TAG [--name NAME] [--format-locale LOCALE]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook new language fa\n  sourcebook new language sw --name Kiswahili\n  sourcebook new language ar --format-locale ar-PS"
)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// The language's BCP 47 tag, such as `fa` or `pt-BR`: the first folder of its addresses
    tag: String,
    /// Its own name for itself [default: the one that the program knows, or the tag]
    #[arg(long)]
    name: Option<String>,
    /// How it writes numbers and dates, as a BCP 47 locale [default: what is usual in the language]
    #[arg(long, value_name = "LOCALE")]
    format_locale: Option<String>,
}

/// Adds a language.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Exit> {
    let root = arguments.root.find().ok_or(Exit::Usage)?;
    let (workspace, _) = workspace::load(&root).map_err(|unreadable| {
        report::problems(&unreadable.diagnostics, &unreadable.files);
        Exit::Usage
    })?;
    let wanted = Wanted { name: arguments.name.clone(), format_locale: arguments.format_locale.clone() };
    let plan = language::plan(&workspace, arguments.tag.trim(), &wanted).map_err(|(message, help)| {
        report::error(&message);
        report::help(&help);
        Exit::Usage
    })?;
    let (kept, new): (Vec<_>, Vec<_>) = plan.files.iter().partition(|(path, _)| root.join(path).exists());
    make_folder(&root, &plan)?;
    store::apply(&root, &steps(&workspace, &plan, &new))?;
    tell(&workspace, &plan, &new);
    for (path, _) in kept {
        report::say(&format!("  {path} was there already, and is as it was"));
    }
    next(&workspace, &plan);
    Ok(Exit::Done)
}

/// `book.toml` comes last: without it the other files are of no language, and with it all is there.
fn steps(workspace: &Workspace, plan: &Plan, new: &[&(String, String)]) -> Vec<Step> {
    let write = |path: &str, before: &str, after: &str| Step::Write {
        path: path.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
    };
    let files = new.iter().map(|(path, text)| write(path, "", text));
    let book = workspace.files.text(workspace.config.file);
    files.chain(std::iter::once(write(BOOK, book, &plan.book))).collect()
}

fn make_folder(root: &Path, plan: &Plan) -> Result<(), Exit> {
    file::make_folders(&root.join(&plan.folder)).map_err(|error| {
        report::error(&format!("{}: {error}", plan.folder));
        Exit::Machine
    })
}

fn tell(workspace: &Workspace, plan: &Plan, new: &[&(String, String)]) {
    let named = plan.name.as_deref().map_or(String::new(), |name| format!("{name}, "));
    report::say(&format!("Added `{}` ({named}{}); it writes {}", plan.lang, plan.direction.name(), plan.sample));
    report::say(&format!("  {BOOK} has `[languages.{}]`", plan.lang));
    report::say(&format!("  {}/ is for its pages", plan.folder));
    for (path, _) in new {
        let what = if path.starts_with(&format!("{}/strings/", workspace.config.content_dir)) {
            "has menus and labels"
        } else {
            "is for words that need attribution or quotation marks"
        };
        report::say(&format!("  {path} {what}"));
    }
}

/// What is to be done next.
fn next(workspace: &Workspace, plan: &Plan) {
    let config = &workspace.config;
    let (lang, content) = (&plan.lang, &config.content_dir);
    if plan.name.is_none() {
        report::help(&format!("write the language's own name for itself into its section: `name = \"…\"` ({BOOK})"));
    }
    if plan.strings_to_translate {
        report::help(&format!("translate {content}/strings/{lang}.yaml: the program has no words of this language"));
    }
    let source = config.source_language().map_or("en", crate::ids::Lang::as_str);
    report::help(&format!(
        "write `title` and `description` into its section, and translate {content}/{source}/index.md to {}/index.md; until then each page is shown whole in `{source}`",
        plan.folder
    ));
    report::help("`sourcebook serve` shows the language now; docs/translating.md says what else a language needs");
}
