//! `sourcebook new source`

use super::ask::{Form, words};
use super::begin;
use crate::citation::{Source, read};
use crate::cli::root::RootArguments;
use crate::cli::source::{FormatName, parse_lang};
use crate::cli::{Exit, input, report};
use crate::compile::Opened;
use crate::diagnostic::{has_errors, settle};
use crate::exchange::{self, Format, Known, keys, yaml};
use crate::ids::{Lang, SourceId};
use crate::scaffold::record::{Record, Value};
use crate::span::Files;

/// What a new file of sources begins with.
const HEAD: &str =
    "# Every document that pages rest on, once; pages cite it as [@key]. `checked` says how it was verified.\n";

/// `sourcebook new source [KEY] --title TEXT …`, or with an entry of another program on standard input
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook new source                                    asks for everything, on a terminal\n  sourcebook new source un-charter-1945 --type treaty --title 'Charter of the United Nations' --date 1945-06-26 \\\n    --place 'San Francisco' --kind legal --checked corroborated\n  sourcebook new source --checked stored-page < entry.bib  BibLaTeX, RIS or CSL-JSON, as other programs copy it\n\nA source that nobody has verified (`checked: known`) cannot be cited. Say `--checked stored-page` when the document, or a copy of it, was read,\n`--checked corroborated` when two independent pages agree."
)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// Its key, by which pages cite it [default: made of who wrote it and the year]
    key: Option<String>,
    /// Its title in the document's own language; `LANG=TITLE` in another. Without it an entry is read from standard input
    #[arg(long, value_name = "[LANG=]TITLE")]
    title: Vec<String>,
    /// A person, as `Family, Given`, or a body without a comma; may be given several times
    #[arg(long, value_name = "NAME")]
    author: Vec<String>,
    /// A body whose name has a comma; may be given several times
    #[arg(long, value_name = "NAME")]
    organisation: Vec<String>,
    /// When it appeared: 2024-01-26, 2024-01, 2024, ~1948
    #[arg(long)]
    date: Option<String>,
    /// Its address
    #[arg(long)]
    url: Option<String>,
    /// The newspaper or journal it stands in
    #[arg(long)]
    container: Option<String>,
    /// Who published it
    #[arg(long)]
    publisher: Option<String>,
    /// Where it was published
    #[arg(long)]
    place: Option<String>,
    /// What it is: report, treaty, article-newspaper, article-journal, book, webpage, … [default: webpage with an address, else document]
    #[arg(long = "type", value_name = "TYPE")]
    form: Option<String>,
    /// The document's own language [default: the site's first]
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
    /// What kind of witness it is: primary, official-statement, un, ngo, media, academic, legal, data, eyewitness, social
    #[arg(long)]
    kind: Option<String>,
    /// The party that it is, or speaks for
    #[arg(long, value_name = "PARTY")]
    affiliation: Option<String>,
    /// UN symbol, court reference, docket
    #[arg(long)]
    symbol: Option<String>,
    /// Its DOI
    #[arg(long)]
    doi: Option<String>,
    /// Its ISBN
    #[arg(long)]
    isbn: Option<String>,
    /// The day on which the address was seen
    #[arg(long, value_name = "DATE")]
    accessed: Option<String>,
    /// How it was verified: stored-page, corroborated, known [default: known]
    #[arg(long)]
    checked: Option<String>,
    /// The format of the entry on standard input [default: by what it holds]
    #[arg(long, value_enum)]
    format: Option<FormatName>,
    /// The file of the sources folder to which it is added [default: the only one, or sources.yaml]
    #[arg(long, value_name = "NAME")]
    file: Option<String>,
    /// Ask for what is missing, even where standard input is no terminal
    #[arg(long)]
    ask: bool,
}

/// Adds a source.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Exit> {
    let root = arguments.root.find().ok_or(Exit::Usage)?;
    let mut opened = begin::open(&root)?;
    let key = arguments.key.as_deref().map(|key| SourceId::parse(key).ok_or_else(|| begin::no_id(key))).transpose()?;
    if let Some((key, source)) = key.as_ref().and_then(|key| Some((key, opened.book.library.source(key)?))) {
        return Err(begin::taken("a source", key.as_str(), &opened, source.span));
    }
    let path = begin::file_in(&opened, "sources", arguments.file.as_deref(), "sources.yaml")?;
    let form = Form::new(arguments.ask, begin::languages(&opened));
    let source = if arguments.title.is_empty() && !form.asks() {
        entry(arguments, key.as_ref(), &mut opened)?
    } else {
        written(arguments, key, &opened, form)?
    };
    let (step, at) = begin::added(&opened, path, (source.id.as_str(), &yaml::record(&source)), HEAD);
    let left = begin::keep(&root, &opened, &[step])?;
    report::say(&format!("Added the source `{}` at {at}", source.id));
    left.tell();
    tell(&source, &at);
    Ok(Exit::Done)
}

/// What is to be done next.
fn tell(source: &Source, at: &str) {
    let id = &source.id;
    report::say(&format!("  [@{id}]          behind the words that rest on it, before the full stop"));
    report::say(&format!("  [@{id}, p. 3]    with the place in it"));
    if source.is_publishable() {
        report::help("paste one of these into a sentence; then `sourcebook check`");
    } else {
        report::help(&format!(
            "nobody has verified it yet, so it cannot be cited: read the document, then write `checked: stored-page` there ({at})"
        ));
    }
}

/// The source of an entry on standard input, with what the options say of it besides.
fn entry(arguments: &Arguments, key: Option<&SourceId>, opened: &mut Opened) -> Result<Source, Exit> {
    let bytes = input::standard();
    if bytes.as_ref().is_ok_and(|bytes| bytes.iter().all(u8::is_ascii_whitespace)) {
        report::error("there is neither a title nor an entry on standard input");
        report::help(
            "give `--title` and what else is known, or `sourcebook new source < entry.bib`; on a terminal the command asks",
        );
        return Err(Exit::Usage);
    }
    let file = input::take("standard input", bytes, &mut opened.book.files)?;
    let book = &opened.book;
    let text = book.files.text(file);
    let Some(format) = arguments.format.map(Format::from).or_else(|| Format::guess("", text)) else {
        report::error("standard input: the format cannot be told from what it holds");
        report::help("name it with `--format biblatex`, `csl-json`, `csl-yaml` or `ris`");
        return Err(Exit::Usage);
    };
    let mut import = exchange::import(format, (file, text), arguments.lang.as_ref(), &book.library, Known::LeftOut);
    let found = settle(std::mem::take(&mut import.diagnostics), &book.config.levels);
    report::problems(&found, &book.files);
    if has_errors(&found) {
        return Err(Exit::Content);
    }
    let mut sources = import.sources.into_iter();
    let (Some(source), None) = (sources.next(), sources.next()) else {
        report::error("standard input does not hold one new source");
        report::help("for several at once: `sourcebook source import FILE`; nothing was written");
        return Err(Exit::Usage);
    };
    let mut problems = Vec::new();
    let amended = exchange::amended(&source, key, &said(arguments), &mut problems);
    report::problems(&problems, &book.files);
    amended.filter(|_| problems.is_empty()).ok_or(Exit::Usage)
}

/// What the options say of an entry besides.
fn said(arguments: &Arguments) -> Vec<(&'static str, &str)> {
    let fields = [
        ("type", &arguments.form),
        ("date", &arguments.date),
        ("url", &arguments.url),
        ("kind", &arguments.kind),
        ("affiliation", &arguments.affiliation),
        ("doc-symbol", &arguments.symbol),
        ("doi", &arguments.doi),
        ("isbn", &arguments.isbn),
        ("accessed", &arguments.accessed),
        ("checked", &arguments.checked),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))).collect()
}

/// The source that options and answers describe.
fn written(arguments: &Arguments, key: Option<SourceId>, opened: &Opened, mut form: Form) -> Result<Source, Exit> {
    let first = opened.book.source_language().map_or("en", |language| language.lang.as_str());
    let lang = form.or(arguments.lang.as_ref().map(ToString::to_string).as_ref(), "Language of the document", first)?;
    let title = title(arguments, &lang, &mut form)?;
    let authors = form.several(&arguments.author, "Who wrote it: `Family, Given`, or a body")?;
    let date = form.optional(arguments.date.as_ref(), "When it appeared, such as 2024-01-26 or 2024")?;
    let url = form.optional(arguments.url.as_ref(), "Its address, https://…")?;
    let container = form.optional(arguments.container.as_ref(), "The newspaper or journal it stands in")?;
    let publisher = form.optional(arguments.publisher.as_ref(), "Who published it")?;
    let usual = if url.is_some() { "webpage" } else { "document" };
    let kind_of_text =
        form.or(arguments.form.as_ref(), "Type: report, treaty, article-newspaper, webpage, …", usual)?;
    let kind =
        form.optional(arguments.kind.as_ref(), "Kind of witness: primary, un, ngo, media, academic, legal, data, …")?;
    let checked = form.or(
        arguments.checked.as_ref(),
        "Verified how: stored-page (it was read), corroborated (two pages agree), known",
        "known",
    )?;
    let who = authors.first().or(arguments.organisation.first()).or(container.as_ref());
    let suggested = keys::suggest(who.map(String::as_str), &title.1, date.as_deref(), &opened.book.library);
    let key = match (key, suggested) {
        (Some(key), _) => key,
        (None, Some(suggested)) if form.asks() => {
            let key = form.or(None, "Key, by which pages cite it", suggested.as_str())?;
            SourceId::parse(&key).ok_or_else(|| begin::no_id(&key))?
        }
        (None, Some(suggested)) => suggested,
        (None, None) => return Err(begin::no_id("")),
    };
    if let Some(source) = opened.book.library.source(&key) {
        return Err(begin::taken("a source", key.as_str(), opened, source.span));
    }
    form.finish(
        "sourcebook new source --title 'Charter of the United Nations' --date 1945-06-26 --checked corroborated",
    )?;
    let word = super::ask::word;
    let new = Record::new(key.as_str())
        .with("type", word(Some(kind_of_text)))
        .with("lang", word(Some(lang)))
        .with("title", Some(title.0))
        .with("author", authors_of(&authors, &arguments.organisation))
        .with("container", words(container))
        .with("publisher", words(publisher))
        .with("place", words(arguments.place.clone()))
        .with("date", word(date))
        .with("doc-symbol", words(arguments.symbol.clone()))
        .with("url", word(url))
        .with("doi", word(arguments.doi.clone()))
        .with("isbn", words(arguments.isbn.clone()))
        .with("accessed", word(arguments.accessed.clone()))
        .with("kind", word(kind))
        .with("affiliation", word(arguments.affiliation.clone()))
        .with("checked", word(Some(checked)));
    strictly(&new.text())
}

/// The title as it is written, and in the document's own language.
fn title(arguments: &Arguments, lang: &str, form: &mut Form) -> Result<(Value, String), Exit> {
    let split = |text: &String| {
        let (named, rest) = text.split_once('=')?;
        Some((Lang::parse(named)?, rest.to_owned()))
    };
    let (others, own): (Vec<_>, Vec<_>) =
        arguments.title.iter().map(|text| split(text).ok_or_else(|| text.clone())).partition(Result::is_ok);
    let own = own.into_iter().find_map(Result::err);
    let mut texts: Vec<(Lang, String)> = others.into_iter().filter_map(Result::ok).collect();
    let is_own = |(named, _): &&(Lang, String)| named.as_str() == lang;
    let own = match (own, texts.iter().find(is_own)) {
        (None, Some((_, text))) => text.clone(),
        (own, _) => form.required(own.as_ref(), "--title", "Title, as the document has it")?.unwrap_or_default(),
    };
    if texts.is_empty() {
        return Ok((Value::Text(own.clone()), own));
    }
    if !texts.iter().any(|text| is_own(&text)) {
        texts.extend(Lang::parse(lang).map(|lang| (lang, own.clone())));
    }
    texts.sort_by_key(|(named, _)| named.as_str() != lang);
    Ok((Value::ByLang(texts), own))
}

fn authors_of(people: &[String], bodies: &[String]) -> Option<Value> {
    let body = |name: &str| Value::Group(vec![("org", Value::Text(name.to_owned()))]);
    let people = people.iter().map(|name| match name.split_once(',') {
        Some((family, given)) => Value::Group(vec![
            ("family", Value::Text(family.trim().to_owned())),
            ("given", Value::Text(given.trim().to_owned())),
        ]),
        None => body(name),
    });
    let all: Vec<Value> = people.chain(bodies.iter().map(|name| body(name))).collect();
    (!all.is_empty()).then_some(Value::List(all))
}

/// The record as its strict reader has it; everything that is wrong with it is told.
fn strictly(text: &str) -> Result<Source, Exit> {
    let mut files = Files::default();
    let file = files.add("the new record", text);
    let mut problems = Vec::new();
    let source = read::read_file(file, text, &mut problems).into_iter().next();
    report::problems(&problems, &files);
    source.filter(|_| problems.is_empty()).ok_or_else(|| {
        report::say("Nothing was written");
        Exit::Usage
    })
}
