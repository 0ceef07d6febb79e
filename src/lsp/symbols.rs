//! What a file holds, and what the site holds: headings, records, pages.

use super::position::Lines;
use super::view::View;
use crate::book::mentions::{Role, Thing};
use crate::book::{Book, Heading};
use crate::span::{FileId, Span};
use crate::workspace::Localized;
use lsp_types::{
    DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind, TextDocumentIdentifier,
    WorkspaceSymbolResponse,
};

/// An editor shows no longer list.
const MOST: usize = 256;

/// The headings of a page, each with those below it, or the records of a file.
pub(super) fn of_document(view: &View<'_>, document: &TextDocumentIdentifier) -> Option<DocumentSymbolResponse> {
    let file = view.file(&document.uri)?;
    let symbols = match view.version(file) {
        Some(version) => {
            nested(&mut version.outline.iter().peekable(), 0, &Page { view, file, headings: &version.outline })
        }
        None => records(view, file),
    };
    Some(DocumentSymbolResponse::Nested(symbols))
}

struct Page<'p> {
    view: &'p View<'p>,
    file: FileId,
    headings: &'p [Heading],
}

fn nested<'h>(
    rest: &mut std::iter::Peekable<impl Iterator<Item = &'h Heading>>,
    level: u8,
    page: &Page<'_>,
) -> Vec<DocumentSymbol> {
    let mut symbols = Vec::new();
    while let Some(heading) = rest.next_if(|heading| heading.level > level) {
        let after = page.headings.iter().skip_while(|other| other.span.start <= heading.span.start);
        let end = after.filter(|other| other.level <= heading.level).map(|other| other.span.start as usize).next();
        let end = end.unwrap_or_else(|| page.view.book().files.text(page.file).trim_end().len());
        let whole = Span::new(page.file, heading.span.start as usize, end.max(heading.span.end as usize));
        let children = nested(rest, heading.level, page);
        let lines = page.view.lines(page.file);
        symbols.push(symbol(&lines, (&heading.text, None), SymbolKind::STRING, (whole, heading.span), children));
    }
    symbols
}

/// Every record of a file, up to the next.
fn records(view: &View<'_>, file: FileId) -> Vec<DocumentSymbol> {
    let book = view.book();
    let defined = view.snapshot.mentions().in_file(file);
    let defined = defined.filter(|mention| mention.is_written && mention.role != Role::Names);
    // Quotations belong to their source.
    let defined: Vec<_> =
        defined.filter(|mention| is_record(&mention.thing) && starts_line(book, mention.span)).collect();
    let lines = view.lines(file);
    let end_of_file = book.files.text(file).trim_end().len();
    let ends = defined.iter().skip(1).map(|next| next.span.start as usize).chain([end_of_file]);
    let symbols = defined.iter().zip(ends).map(|(mention, end)| {
        let name = book.files.slice(mention.span);
        let whole = Span::new(file, mention.span.start as usize, end.max(mention.span.end as usize));
        let detail = title(book, &mention.thing);
        symbol(&lines, (name, detail), kind(&mention.thing), (whole, mention.span), Vec::new())
    });
    symbols.collect()
}

fn is_record(thing: &Thing) -> bool {
    !matches!(thing, Thing::Quote(..) | Thing::Page(_))
}

fn starts_line(book: &Book, span: Span) -> bool {
    let before = book.files.text(span.file).get(..span.start as usize).unwrap_or("");
    before.trim_end_matches(['"', '\'']).ends_with('\n') || before.trim_end_matches(['"', '\'', '\u{feff}']).is_empty()
}

fn symbol(
    lines: &Lines<'_>,
    (name, detail): (&str, Option<String>),
    kind: SymbolKind,
    (whole, own): (Span, Span),
    children: Vec<DocumentSymbol>,
) -> DocumentSymbol {
    #[allow(deprecated, reason = "the type has a field that is no longer used")]
    DocumentSymbol {
        // A symbol must have a name.
        name: if name.trim().is_empty() { "…".to_owned() } else { name.to_owned() },
        detail,
        kind,
        tags: None,
        deprecated: None,
        range: lines.range(whole.range()),
        selection_range: lines.range(own.range()),
        children: (!children.is_empty()).then_some(children),
    }
}

/// Pages, sources, figures, terms, events and actors whose name or title a query may mean.
pub(super) fn of_site(view: &View<'_>, query: &str) -> WorkspaceSymbolResponse {
    let mut found = Vec::new();
    let query = query.to_lowercase();
    let mut offer = |name: &str, title: Option<String>, kind: SymbolKind, span: Span| {
        if found.len() < MOST && is_meant(name, title.as_deref().unwrap_or_default(), &query) {
            found.extend(view.location(span).map(|location| information(name, title, kind, location)));
        }
    };
    let book = view.book();
    for (page, _, version) in book.versions().filter(|(page, ..)| !book.is_glossary(page)) {
        let name = format!("{}/{}", version.page.lang, page.id.name());
        offer(&name, Some(version.page.front.title.value.clone()), SymbolKind::FILE, Span::start_of(version.page.file));
    }
    for mention in view.snapshot.mentions().definitions() {
        if let Some(name) = name(&mention.thing) {
            offer(name, title(book, &mention.thing), kind(&mention.thing), mention.span);
        }
    }
    WorkspaceSymbolResponse::Flat(found)
}

/// Whether every word of a query stands in a name or its title, or the letters of the query in the name, in their order.
fn is_meant(name: &str, title: &str, query: &str) -> bool {
    let (name, title) = (name.to_lowercase(), title.to_lowercase());
    let mut rest = name.chars();
    query.split_whitespace().all(|word| name.contains(word) || title.contains(word))
        || query.chars().filter(|c| !c.is_whitespace()).all(|wanted| rest.any(|c| c == wanted))
}

fn information(name: &str, title: Option<String>, kind: SymbolKind, location: Location) -> SymbolInformation {
    #[allow(deprecated, reason = "the type has a field that is no longer used")]
    SymbolInformation { name: name.to_owned(), kind, tags: None, deprecated: None, location, container_name: title }
}

fn name(thing: &Thing) -> Option<&str> {
    Some(match thing {
        Thing::Source(id) => id.as_str(),
        Thing::Figure(id) => id.as_str(),
        Thing::Term(id) => id.as_str(),
        Thing::Event(id) => id.as_str(),
        Thing::Actor(id) => id.as_str(),
        Thing::Chart(id) | Thing::Map(id) | Thing::Group(id) => id.as_str(),
        Thing::Theme(id) => id.as_str(),
        Thing::Quote(..) | Thing::Page(_) => return None,
    })
}

fn kind(thing: &Thing) -> SymbolKind {
    match thing {
        Thing::Source(_) | Thing::Quote(..) => SymbolKind::OBJECT,
        Thing::Figure(_) => SymbolKind::NUMBER,
        Thing::Term(_) => SymbolKind::KEY,
        Thing::Event(_) | Thing::Theme(_) => SymbolKind::EVENT,
        Thing::Actor(_) | Thing::Group(_) => SymbolKind::CLASS,
        Thing::Chart(_) | Thing::Map(_) => SymbolKind::STRUCT,
        Thing::Page(_) => SymbolKind::FILE,
    }
}

/// What a record is called for people, in the site's first language.
fn title(book: &Book, thing: &Thing) -> Option<String> {
    let source = &book.source_language()?.lang;
    let say = |text: &Localized| text.pick(source, &[]).0.to_owned();
    let library = &book.library;
    match thing {
        Thing::Source(id) => library.source(id).map(|source| say(&source.title)),
        Thing::Figure(id) => {
            let figure = library.figure_by_id(id).map(|figure| say(&figure.label));
            figure.or_else(|| library.series(id).map(|series| say(&series.label)))
        }
        Thing::Term(id) => book.terms.glossary.naming(id, source).map(|naming| naming.term.clone()),
        Thing::Event(id) => library.event(id).map(|event| say(&event.title)),
        Thing::Actor(id) => library.actor(id.as_str()).map(|actor| say(&actor.name.value)),
        Thing::Chart(id) => library.chart(id).map(|chart| say(&chart.title)),
        Thing::Map(id) => library.map(id).map(|map| say(&map.title)),
        Thing::Group(id) => library.group(id).map(|group| say(&group.title.value)),
        Thing::Theme(id) => library.theme(id).map(|theme| say(&theme.name)),
        Thing::Quote(..) | Thing::Page(_) => None,
    }
}
