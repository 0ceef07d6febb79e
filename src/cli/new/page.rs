//! `sourcebook new page`

use super::ask::Form;
use super::begin;
use crate::book::Book;
use crate::cli::root::RootArguments;
use crate::cli::translate::store::Step;
use crate::cli::{Exit, names, report};
use crate::compile::Opened;
use crate::ids::{Lang, PageId};
use crate::scaffold::page::{self, Beginning};

/// `sourcebook new page SECTION/NAME [--title TITLE]… [--lang LANG]…`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook new page counting/births --title \"Births\"\n  sourcebook new page counting/births --title \"Births\" --title ar=المواليد\n  sourcebook new page law/index --title \"Law\"             a section, in a folder of its own\n  sourcebook new page counting/births --title \"Births\" --lang en --lang he"
)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// Its address without the language: `counting/births`; `law/index` is the page of a section
    name: String,
    /// Its title; `LANG=TITLE` in another language than the site's first
    #[arg(long, value_name = "[LANG=]TITLE")]
    title: Vec<String>,
    /// Only in these languages, of which the site's first is one [default: every language that has pages]
    #[arg(long, value_name = "LANG")]
    lang: Vec<String>,
    /// Ask for what is missing, even where standard input is no terminal
    #[arg(long)]
    ask: bool,
}

/// A page that is begun.
struct Page {
    id: PageId,
    /// Its path below the folder of a language.
    path: String,
    titles: Vec<(Lang, String)>,
    is_section: bool,
}

/// Begins a page.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Exit> {
    let root = arguments.root.find().ok_or(Exit::Usage)?;
    let opened = begin::open(&root)?;
    let book = &opened.book;
    let languages = languages(&opened, &arguments.lang)?;
    let Some(source) = languages.first().cloned() else { return Err(Exit::Usage) };
    let path = format!("{}.md", arguments.name.trim_end_matches(".md"));
    let id = PageId::from_file(&path).ok_or_else(|| no_address(&arguments.name))?;
    free(book, &id)?;
    let mut form = Form::new(arguments.ask, languages.clone());
    let titles = form.texts(&arguments.title, "--title", "Title")?;
    form.finish("sourcebook new page counting/births --title \"Births\"")?;
    let is_section = path.ends_with("/index.md");
    let mut pages = sections(book, &id);
    pages.push(Page { id, path, titles, is_section });
    let files = pages.iter().flat_map(|page| languages.iter().map(|lang| file(book, page, lang, &source)));
    let steps: Vec<Step> = files.collect();
    let left = begin::keep(&root, &opened, &steps)?;
    tell(&steps, &pages, languages.len());
    left.tell();
    next(book, &pages, &languages);
    Ok(Exit::Done)
}

/// The languages that are asked for, in the order of the site.
fn languages(opened: &Opened, wanted: &[String]) -> Result<Vec<Lang>, Exit> {
    let all = &opened.book.languages;
    let known = || all.iter().map(|language| language.lang.as_str());
    for name in wanted {
        if !known().any(|known| known == name) {
            report::error(&format!("--lang: the site has no language `{name}`"));
            report::help(&names::near(name, known()));
            return Err(Exit::Usage);
        }
    }
    if wanted.is_empty() {
        return Ok(begin::languages(opened));
    }
    let chosen: Vec<Lang> = all
        .iter()
        .map(|language| language.lang.clone())
        .filter(|lang| wanted.iter().any(|name| name == lang.as_str()))
        .collect();
    let source = opened.book.source_language().map(|language| &language.lang);
    if chosen.first() == source {
        return Ok(chosen);
    }
    let source = source.map_or("en", Lang::as_str);
    report::error(&format!("--lang: a page begins in the language that the others are translated from, `{source}`"));
    report::help(&format!("add `--lang {source}`"));
    Err(Exit::Usage)
}

fn no_address(name: &str) -> Exit {
    report::error(&format!("`{name}` cannot be an address"));
    report::help("lower-case letters `a`–`z`, digits and `-`, folders with `/`: `counting/births`");
    Exit::Usage
}

fn free(book: &Book, id: &PageId) -> Result<(), Exit> {
    let version = book.find(id).and_then(|page| page.versions.iter().flatten().next());
    version.map_or(Ok(()), |version| {
        report::error(&format!("there is a page `{}` already: {}", id.name(), book.files.path(version.page.file)));
        report::help("nothing was written over; `sourcebook translate status` says in which languages it is missing");
        Err(Exit::Usage)
    })
}

/// The sections above the page that have no page of their own, the outermost first. A name for them is all that is known.
fn sections(book: &Book, id: &PageId) -> Vec<Page> {
    let parents = std::iter::successors(id.parent(), PageId::parent);
    let unnamed = parents.filter(|parent| !parent.is_home() && book.find(parent).is_none());
    let source = book.source_language().map(|language| language.lang.clone());
    let mut sections: Vec<Page> = unnamed
        .map(|id| Page {
            path: format!("{id}/index.md"),
            titles: source.iter().map(|lang| (lang.clone(), title_of(&id))).collect(),
            is_section: true,
            id,
        })
        .collect();
    sections.reverse();
    sections
}

/// `aid-and-access` → "Aid and access"
fn title_of(id: &PageId) -> String {
    let name = id.to_string();
    let words = name.rsplit('/').next().unwrap_or_default().replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn file(book: &Book, page: &Page, lang: &Lang, source: &Lang) -> Step {
    let title = page.titles.iter().find(|(own, _)| own == lang).or_else(|| page.titles.first());
    let title = title.map_or("", |(_, title)| title.as_str());
    let beginning = Beginning { title, is_source: lang == source, is_section: page.is_section };
    Step::Write {
        path: format!("{}/{lang}/{}", book.config.content_dir, page.path),
        before: String::new(),
        after: page::text(beginning, lang, source),
    }
}

fn tell(steps: &[Step], pages: &[Page], languages: usize) {
    let names: Vec<String> = pages.iter().map(|page| format!("`{}`", page.id.name())).collect();
    let plural = if languages == 1 { "language" } else { "languages" };
    report::say(&format!("Began {} in {languages} {plural}, as drafts:", names.join(" and ")));
    for step in steps {
        if let Step::Write { path, .. } = step {
            report::say(&format!("  {path}"));
        }
    }
}

/// What is to be done next.
fn next(book: &Book, pages: &[Page], languages: &[Lang]) {
    let (Some(page), Some(source)) = (pages.last(), languages.first()) else { return };
    let content = &book.config.content_dir;
    report::help(&format!(
        "write {content}/{source}/{}; a sentence is sourced with `[@key]` (`sourcebook source list` has the keys)",
        page.path
    ));
    report::help("`sourcebook serve` shows it while you write, `sourcebook check --drafts` says what is missing");
    let others: Vec<&str> = languages.iter().skip(1).map(Lang::as_str).collect();
    if let Some(first) = others.first() {
        report::help(&format!(
            "translate it to {}; then `sourcebook translate adopt {first} {}` records what it was made from, by machine where you do not say `--method human`",
            others.join(", "),
            page.id.name()
        ));
    }
    report::help("take `status: draft` out of the head in every language when readers are to have it");
}
