//! `sourcebook new term`

use super::ask::{Form, evidence, list, word, words};
use super::begin;
use crate::cli::root::RootArguments;
use crate::cli::{Exit, names, report};
use crate::ids::{Lang, TermId};
use crate::scaffold::record::{Record, Value};

/// What a new file of meanings begins with.
const MEANINGS: &str = "# What the site's terms mean, and who says so. Names are in the file of each language.\n";
/// What a new file of names begins with.
const NAMES: &str =
    "# How the terms are called in this language: the approved name, and with `forms` and `avoid` other ones.\n";

/// `sourcebook new term ID --term NAME… --definition TEXT… (--source KEY… | --uncited REASON…)`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook new term census                               asks for the rest, on a terminal\n  sourcebook new term census --term census --term ar=تعداد --definition 'A count of all people at a given time.' \\\n    --definition 'ar=عدّ جميع الناس في وقت محدد.' --source oecd-census"
)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// Its id, by which pages name it
    id: String,
    /// What it is called; `LANG=NAME` in another language than the site's first
    #[arg(long, value_name = "[LANG=]NAME")]
    term: Vec<String>,
    /// What it means, in one to three sentences of Markdown
    #[arg(long, value_name = "[LANG=]TEXT")]
    definition: Vec<String>,
    /// Who says so: `KEY`, `KEY, p. 3` or `KEY#q1`; may be given several times
    #[arg(long, value_name = "KEY")]
    source: Vec<String>,
    /// Instead of a source, why it needs none: because it explains a word only
    #[arg(long, value_name = "[LANG=]REASON", conflicts_with = "source")]
    uncited: Vec<String>,
    /// The page that tells more
    #[arg(long)]
    page: Option<String>,
    /// Another term to look at; may be given several times
    #[arg(long, value_name = "ID")]
    see: Vec<String>,
    /// The name in Latin letters
    #[arg(long)]
    transliteration: Option<String>,
    /// Ask for what is missing, even where standard input is no terminal
    #[arg(long)]
    ask: bool,
}

/// Adds a term.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Exit> {
    let root = arguments.root.find().ok_or(Exit::Usage)?;
    let opened = begin::open(&root)?;
    let id = TermId::parse(&arguments.id).ok_or_else(|| begin::no_id(&arguments.id))?;
    if let Some(term) = opened.book.terms.glossary.term(&id) {
        return Err(begin::taken("a term", id.as_str(), &opened, term.span));
    }
    if let Some(page) = &arguments.page {
        names::page(&opened.book, page).map_err(begin::no_page)?;
    }
    let mut form = Form::new(arguments.ask, begin::languages(&opened));
    let called = form.texts(&arguments.term, "--term", "What it is called")?;
    let meaning = meaning(arguments, form)?;
    let file = |name: &str, head: &str, new: &Record| {
        let path = format!("{}/terms/{name}", opened.book.config.content_dir);
        begin::added(&opened, path, (id.as_str(), &new.text()), head)
    };
    let mut added = vec![file("terms.yaml", MEANINGS, &meaning)];
    added.extend(called.iter().map(|(lang, name)| {
        let naming = Record::new(id.as_str()).with("term", Some(Value::Text(name.clone())));
        file(&format!("{lang}.yaml"), NAMES, &naming)
    }));
    let (steps, places): (Vec<_>, Vec<_>) = added.into_iter().unzip();
    let left = begin::keep(&root, &opened, &steps)?;
    let languages: Vec<&str> = called.iter().map(|(lang, _)| Lang::as_str(lang)).collect();
    report::say(&format!("Added the term `{id}`, named in {}: {}", languages.join(", "), places.join(", ")));
    left.tell();
    report::say(&format!("  [words](term:{id})    a link that opens what it means, for a page"));
    report::help(
        "other forms of the name, and names that the site avoids, are written by hand: `forms: […]`, `avoid: […]`; then `sourcebook check`",
    );
    Ok(Exit::Done)
}

/// What the term means; nothing that was not said.
fn meaning(arguments: &Arguments, mut form: Form) -> Result<Record, Exit> {
    let definition = form.by_lang(&arguments.definition, "--definition", "What it means, in one to three sentences")?;
    let uncited = form.optional_by_lang(&arguments.uncited);
    let first = match uncited {
        None => form.required(
            arguments.source.first(),
            "--source",
            "Who says so: the key of a source, such as `key` or `key, p. 3`",
        )?,
        Some(_) => None,
    };
    let sources: Vec<String> = first.into_iter().chain(arguments.source.iter().skip(1).cloned()).collect();
    let page = form.optional(arguments.page.as_ref(), "The page that tells more")?;
    let new = Record::new(&arguments.id)
        .with("definition", definition)
        .with("sources", evidence(&sources))
        .with("uncited", uncited)
        .with("page", word(page))
        .with("see", list(arguments.see.clone()))
        .with("transliteration", words(arguments.transliteration.clone()));
    form.finish("sourcebook new term census --term census --definition 'A count of all people.' --source oecd-census")?;
    Ok(new)
}
