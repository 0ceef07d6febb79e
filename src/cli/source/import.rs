//! `sourcebook source import`

use super::super::root::RootArguments;
use super::super::{Exit, check::parse_code, input, report};
use super::{FormatName, losses, parse_lang};
use crate::citation;
use crate::compile::Opened;
use crate::diagnostic::{self, Code, Diagnostic, Level, Levels, Severity, has_errors, settle};
use crate::exchange::{self, Format, Import, Known, yaml};
use crate::ids::Lang;
use crate::publish;
use crate::workspace::disk;
use std::path::{Path, PathBuf};

/// `sourcebook source import FILE [--root DIR] [--format …] [--lang LANG] [--duplicates] [--deny CODE]… [--dry-run] [--out FILE]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook source import zotero.bib\n  sourcebook source import --lang ar --out content/sources/reports.yaml reports.ris\n  curl … | sourcebook source import --format csl-json --dry-run -\n\nImported records say `checked: known`: nobody has verified them yet, and they cannot be cited until an editor has read the document and\nsays so. Nothing that is in the library is changed; the file is made, or the records are added at its end."
)]
pub(in super::super) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// The file to read; `-` for standard input
    file: PathBuf,
    /// Its format [default: by its name, or by what it holds]
    #[arg(long, value_enum)]
    format: Option<FormatName>,
    /// The language of entries that name none
    #[arg(long, value_name = "LANG", value_parser = parse_lang)]
    lang: Option<Lang>,
    /// Import also what the library has under another id
    #[arg(long)]
    duplicates: bool,
    /// Make a code an error, by number or name; then nothing is written
    #[arg(long, value_name = "CODE", value_parser = parse_code)]
    deny: Vec<Code>,
    /// Show the records, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// The file to write, or to add to [default: sources/imported.yaml in the content folder]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Imports a file.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let Some(root) = arguments.root.find() else { return Exit::Usage };
    let mut opened = match super::open(&root) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    // With half of a library nobody can say what it has already.
    let broken = |found: &&Diagnostic| {
        found.severity == Severity::Error && matches!(found.code, Code::SB105 | Code::SB106 | Code::SB107 | Code::SB108)
    };
    let broken: Vec<Diagnostic> = opened.diagnostics.iter().filter(broken).cloned().collect();
    if !broken.is_empty() {
        report::problems(&broken, &opened.book.files);
        report::say("Mend the records of the site first; nothing was written");
        return Exit::Content;
    }
    let import = match read(arguments, &mut opened) {
        Ok(import) => import,
        Err(exit) => return exit,
    };
    let files = &opened.book.files;
    report::problems(&import.diagnostics, files);
    if !import.losses.is_empty() {
        report::say("Not taken along:");
        report::say(&losses::told(&import.losses, Some(files)));
    }
    if has_errors(&import.diagnostics) {
        report::say(&format!("{}; nothing was written", diagnostic::summary(&import.diagnostics)));
        return Exit::Content;
    }
    if import.sources.is_empty() {
        report::say("There is nothing to import; nothing was written");
        return Exit::Done;
    }
    let records = import.sources.iter().map(yaml::record).collect::<Vec<_>>().join("\n");
    if arguments.dry_run {
        report::out(&records);
        return Exit::Done;
    }
    let default = || root.join(&opened.book.config.content_dir).join("sources/imported.yaml");
    let out = arguments.out.clone().unwrap_or_else(default);
    add(&out, &records, &import)
}

/// Reads the file into sources.
fn read(arguments: &Arguments, opened: &mut Opened) -> Result<Import, Exit> {
    let stdin = arguments.file.as_os_str() == "-";
    let (name, bytes) = if stdin {
        ("standard input".to_owned(), input::standard())
    } else {
        (arguments.file.display().to_string(), disk::read_named_bytes(&arguments.file))
    };
    let file = input::take(&name, bytes, &mut opened.book.files)?;
    let text = opened.book.files.text(file);
    let guess = || Format::guess(if stdin { "" } else { &name }, text);
    let Some(format) = arguments.format.map(Format::from).or_else(guess) else {
        report::error(&format!("{name}: the format cannot be told from its name or from what it holds"));
        report::help("name it with `--format biblatex`, `csl-json`, `csl-yaml` or `ris`");
        return Err(Exit::Usage);
    };
    let known = if arguments.duplicates { Known::Taken } else { Known::LeftOut };
    let mut import = exchange::import(format, (file, text), arguments.lang.as_ref(), &opened.book.library, known);
    let mut levels: Levels = opened.book.config.levels.clone();
    for code in &arguments.deny {
        levels.set(*code, Level::Deny);
    }
    import.diagnostics = settle(import.diagnostics, &levels);
    Ok(import)
}

/// Makes the file, or adds the records at its end; what is in it stays byte by byte.
fn add(out: &Path, records: &str, import: &Import) -> Exit {
    let old = match std::fs::read(out) {
        Ok(old) => old,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            report::error(&format!("{} cannot be read: {error}", out.display()));
            return Exit::Machine;
        }
    };
    let mut new = old.clone();
    if old.is_empty() {
        new.extend_from_slice(b"# Imported. A record that says `checked: known` was not verified by anybody yet, and cannot be cited.\n\n");
    } else {
        new.extend_from_slice(if old.ends_with(b"\n") { b"\n" } else { b"\n\n" });
    }
    new.extend_from_slice(records.as_bytes());
    if let Err(message) = holds_records(&new) {
        report::error(&format!("{} does not take records at its end: {message}", out.display()));
        report::help("name another file with `--out`");
        return Exit::Usage;
    }
    // Whoever wrote to the file since it was read keeps what they wrote.
    match publish::file::write(out, &new, |now| now == old) {
        Ok(()) => {
            let count = import.sources.len();
            let unchecked = import.sources.iter().filter(|source| !source.is_publishable()).count();
            report::say(&format!(
                "Imported {count} {} into {}",
                if count == 1 { "source" } else { "sources" },
                out.display()
            ));
            if unchecked > 0 {
                report::say(&format!(
                    "{unchecked} of them nobody has verified yet; they cannot be cited until somebody has"
                ));
            }
            Exit::Done
        }
        Err(error) => {
            report::error(&error.to_string());
            if error.is_usage() { Exit::Usage } else { Exit::Machine }
        }
    }
}

/// Whether the bytes are a file of records.
fn holds_records(bytes: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is no UTF-8 text".to_owned())?;
    let file = crate::span::Files::default().add("", text);
    let mut problems = Vec::new();
    citation::read::read_file(file, text, &mut problems);
    problems.first().map_or(Ok(()), |problem| Err(problem.message.clone()))
}
