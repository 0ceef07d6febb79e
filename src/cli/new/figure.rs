//! `sourcebook new figure`

use super::ask::{Form, word};
use super::begin;
use crate::cli::root::RootArguments;
use crate::cli::{Exit, report};
use crate::ids::FigureId;
use crate::scaffold::record::{Record, Value};

/// What a new file of figures begins with.
const HEAD: &str = "# Numbers that pages show, each once: pages write [=id]. Every one says its day, who counted, who or what is counted, and its source.\n";

/// `sourcebook new figure ID --label TEXT… --value NUMBER --unit UNIT --as-of DATE --reporter TEXT… --population TEXT… --source KEY …`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook new figure births-2023                        asks for the rest, on a terminal\n  sourcebook new figure judges --value 15 --unit people --as-of 1945-06-26 --source icj-statute --locator 'art. 3' \\\n    --label 'Judges of the Court' --label 'ar=قضاة المحكمة' --reporter 'Statute of the Court' --population 'Members of the Court'\n\nIt is added at the end of a file in the figures folder of the content; docs/writing.md has every field."
)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// Its id, by which pages name it
    id: String,
    /// What is counted; `LANG=TEXT` in another language than the site's first
    #[arg(long, value_name = "[LANG=]TEXT")]
    label: Vec<String>,
    /// The number, in digits
    #[arg(long, allow_hyphen_values = true)]
    value: Option<String>,
    /// The interval, `LOW HIGH`, instead of the number or around it
    #[arg(long, num_args = 2, value_names = ["LOW", "HIGH"], allow_hyphen_values = true)]
    range: Vec<String>,
    /// What the number is a number of: people, percent, usd-billion, …
    #[arg(long)]
    unit: Option<String>,
    /// The day, month or year that the number describes
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// The period that it describes, FROM/TO, instead
    #[arg(long, value_name = "FROM/TO", conflicts_with = "as_of")]
    period: Option<String>,
    /// Who counted
    #[arg(long, value_name = "[LANG=]TEXT")]
    reporter: Vec<String>,
    /// Who or what is counted, and who is not
    #[arg(long, value_name = "[LANG=]TEXT")]
    population: Vec<String>,
    /// The source that says so
    #[arg(long, value_name = "KEY")]
    source: Option<String>,
    /// The place in the source: `p. 3`
    #[arg(long)]
    locator: Option<String>,
    /// The stored quotation of the source
    #[arg(long, value_name = "ID")]
    quote: Option<String>,
    /// exact, at-least, more-than, approximately
    #[arg(long)]
    qualifier: Option<String>,
    /// reported, verified, estimate, disputed
    #[arg(long)]
    status: Option<String>,
    /// How it was found out
    #[arg(long, value_name = "[LANG=]TEXT")]
    method: Vec<String>,
    /// What a reader must know beside it
    #[arg(long, value_name = "[LANG=]TEXT")]
    caveat: Vec<String>,
    /// How the record was verified: stored-page, corroborated, known
    #[arg(long)]
    checked: Option<String>,
    /// The file of the figures folder to which it is added [default: the only one, or figures.yaml]
    #[arg(long, value_name = "NAME")]
    file: Option<String>,
    /// Ask for what is missing, even where standard input is no terminal
    #[arg(long)]
    ask: bool,
}

/// Adds a figure.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Exit> {
    let root = arguments.root.find().ok_or(Exit::Usage)?;
    let opened = begin::open(&root)?;
    let id = FigureId::parse(&arguments.id).ok_or_else(|| begin::no_id(&arguments.id))?;
    let library = &opened.book.library;
    let known =
        library.figure_by_id(&id).map(|figure| figure.span).or_else(|| library.series(&id).map(|series| series.span));
    if let Some(span) = known {
        return Err(begin::taken("a figure", id.as_str(), &opened, span));
    }
    let path = begin::file_in(&opened, "figures", arguments.file.as_deref(), "figures.yaml")?;
    let new = record(arguments, Form::new(arguments.ask, begin::languages(&opened)))?;
    let (step, at) = begin::added(&opened, path, (id.as_str(), &new.text()), HEAD);
    let left = begin::keep(&root, &opened, &[step])?;
    report::say(&format!("Added the figure `{id}` at {at}"));
    left.tell();
    report::say(&format!("  [={id}]         the number"));
    report::say(&format!("  [={id}:full]    with its unit, its day and who counted"));
    report::help("paste one of these into a sentence; the figure brings its source with it. Then `sourcebook check`");
    Ok(Exit::Done)
}

/// What the record says; nothing that was not said.
fn record(arguments: &Arguments, mut form: Form) -> Result<Record, Exit> {
    let label = form.by_lang(&arguments.label, "--label", "What is counted")?;
    let value = match arguments.range.as_slice() {
        [] => form.required(arguments.value.as_ref(), "--value", "The number, in digits")?,
        _ => arguments.value.clone(),
    };
    let range = arguments.range.iter().cloned().map(Value::Word).collect::<Vec<_>>();
    let unit = form.required(arguments.unit.as_ref(), "--unit", "Unit, such as people or percent")?;
    let as_of = match &arguments.period {
        None => {
            form.required(arguments.as_of.as_ref(), "--as-of", "The day that it describes, such as 2026-08-22 or 2026")?
        }
        Some(_) => None,
    };
    let reporter = form.by_lang(&arguments.reporter, "--reporter", "Who counted")?;
    let population = form.by_lang(&arguments.population, "--population", "Who or what is counted")?;
    let source = form.required(arguments.source.as_ref(), "--source", "The source that says so, by its key")?;
    let locator = form.optional(arguments.locator.as_ref(), "The place in the source, such as p. 3")?;
    let status = form.or(arguments.status.as_ref(), "reported, verified, estimate or disputed", "reported")?;
    let new = Record::new(&arguments.id)
        .with("label", label)
        .with("value", word(value))
        .with("range", (!range.is_empty()).then_some(Value::List(range)))
        .with("qualifier", word(arguments.qualifier.clone()))
        .with("unit", word(unit))
        .with("as-of", word(as_of))
        .with("period", word(arguments.period.clone()))
        .with("reporter", reporter)
        .with("population", population)
        .with("source", word(source))
        .with("locator", locator.map(Value::Text))
        .with("quote", word(arguments.quote.clone()))
        .with("status", word(Some(status)))
        .with("method", form.optional_by_lang(&arguments.method))
        .with("caveat", form.optional_by_lang(&arguments.caveat))
        .with("checked", word(arguments.checked.clone()));
    form.finish("sourcebook new figure births-2023 --value 15 --unit people --as-of 2023 --source some-key --label … --reporter … --population …")?;
    Ok(new)
}
