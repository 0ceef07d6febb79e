//! What can be done about what is wrong: put there what the help proposes, begin the record of a source that is missing, say why a sentence needs no source or ask for one.
//! And what can be done with what is right: make a number a figure ([`super::extract`]).

use super::extract::{Extraction, extraction};
use super::view::View;
use crate::book::mentions::Thing;
use crate::book::{Version, reading};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::SourceId;
use crate::manuscript::Line;
use crate::markdown::tree::BlockKind;
use crate::scaffold::record::{self, Record, Value};
use crate::span::{FileId, Span};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, NumberOrString, TextEdit, Uri, WorkspaceEdit,
};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// The word that a page needs no source here; its author writes why.
const UNCITED: &str = "<!-- uncited:  -->";

/// Everything that can be done at a place.
pub(super) fn actions(view: &View<'_>, params: &CodeActionParams) -> Option<Vec<CodeActionOrCommand>> {
    let file = view.file(&params.text_document.uri)?;
    let asked = view.lines(file).bytes(params.range);
    let meets = |span: Span| span.file == file && span.start as usize <= asked.end && asked.start <= span.end as usize;
    let diagnostics = view.snapshot.diagnostics.iter();
    let here: Vec<_> = diagnostics.filter(|diagnostic| diagnostic.span.is_some_and(meets)).collect();
    let mut actions = Vec::new();
    if is_wanted(params, &CodeActionKind::QUICKFIX) {
        actions.extend(here.iter().flat_map(|diagnostic| mend(view, diagnostic, params, file)));
    }
    let is_known = here.iter().any(|diagnostic| matches!(diagnostic.code, Code::SB317 | Code::SB318));
    if is_wanted(params, &CodeActionKind::REFACTOR_EXTRACT) && !is_known {
        actions.extend(make_figure(view, file, &asked));
    }
    Some(actions.into_iter().map(CodeActionOrCommand::CodeAction).collect())
}

/// Whether an editor asks for a kind of actions: for all, for this one, or for one that it belongs to.
fn is_wanted(params: &CodeActionParams, kind: &CodeActionKind) -> bool {
    let is_in = |wanted: &CodeActionKind| {
        let rest = kind.as_str().strip_prefix(wanted.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || wanted.as_str().is_empty())
    };
    params.context.only.as_ref().is_none_or(|only| only.iter().any(is_in))
}

/// What mends what is wrong.
fn mend(view: &View<'_>, diagnostic: &Diagnostic, params: &CodeActionParams, file: FileId) -> Vec<CodeAction> {
    let told = params.context.diagnostics.iter();
    let is_it = |told: &&lsp_types::Diagnostic| {
        told.code == Some(NumberOrString::String(diagnostic.code.id().to_owned()))
            && diagnostic.span.is_some_and(|span| view.range(span) == told.range)
    };
    let mended: Vec<_> = told.filter(is_it).cloned().collect();
    let proposals = propose(view, diagnostic, file).into_iter();
    let actions = proposals.filter_map(|(title, file, edit, is_preferred)| {
        Some(CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: (!mended.is_empty()).then(|| mended.clone()),
            edit: Some(edits([(view.uri(file)?, edit)])),
            is_preferred: is_preferred.then_some(true),
            ..CodeAction::default()
        })
    });
    actions.collect()
}

/// A figure of a number that is typed here.
fn make_figure(view: &View<'_>, file: FileId, asked: &Range<usize>) -> Option<CodeAction> {
    let Extraction { id, mark, home, record } = extraction(view, file, asked)?;
    Some(CodeAction {
        title: format!("Make this number a figure: `{id}` in {}", view.book().files.path(home)),
        kind: Some(CodeActionKind::REFACTOR_EXTRACT),
        edit: Some(edits([(view.uri(file)?, mark), (view.uri(home)?, record)])),
        ..CodeAction::default()
    })
}

/// One edit in each of some texts.
fn edits<const N: usize>(edits: [(Uri, TextEdit); N]) -> WorkspaceEdit {
    #[allow(clippy::mutable_key_type, reason = "the type of the protocol; an address never changes")]
    let changes: HashMap<Uri, Vec<TextEdit>> = edits.into_iter().map(|(uri, edit)| (uri, vec![edit])).collect();
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}

/// What is done, in which file, by which edit, and whether it is what is most likely meant.
type Proposal = (String, FileId, TextEdit, bool);

fn propose(view: &View<'_>, diagnostic: &Diagnostic, file: FileId) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    if let Some(suggestion) = diagnostic.suggestion(&view.book().files) {
        let title = match diagnostic.code {
            Code::SB317 | Code::SB318 => format!("Show the figure: {}", suggestion.text),
            _ => format!("Write “{}”", suggestion.text),
        };
        proposals.push((title, suggestion.span.file, view.edit(suggestion.span, suggestion.text), true));
    }
    match (diagnostic.code, diagnostic.span) {
        (Code::SB201 | Code::SB303, Some(span)) => proposals.extend(begin_source(view, span, file)),
        (Code::SB210, Some(span)) => {
            proposals.extend(view.version(file).into_iter().flat_map(|version| sentence(view, version, span)));
        }
        _ => {}
    }
    proposals
}

/// The beginning of a record for a source that has none. What it lacks is reported until it is written.
fn begin_source(view: &View<'_>, span: Span, file: FileId) -> Option<Proposal> {
    let book = view.book();
    let here = view.snapshot.mentions().in_file(file);
    let here = here.filter(|mention| span.start <= mention.span.start && mention.span.end <= span.end);
    let mut sources = here.filter_map(|mention| match &mention.thing {
        Thing::Source(id) => Some(id),
        _ => None,
    });
    let id = sources.find(|id| book.library.source(id).is_none())?;
    let home = home_of_sources(view, file)?;
    let lang = &view.language(file)?.lang;
    let text = book.files.text(home);
    let (word, empty) = (|word: &str| Some(Value::Word(word.to_owned())), || Some(Value::Text(String::new())));
    let record = Record::new(id.as_str()).with("type", word("document")).with("lang", word(lang.as_str()));
    let record = record.with("title", empty()).with("url", empty()).with("checked", word("known"));
    let whole = record::at_end(text, "", &record.text());
    let added = whole.get(text.len()..)?;
    let end = Span::new(home, text.len(), text.len());
    let title = format!("Begin the record of `{id}` in {}", book.files.path(home));
    Some((title, home, view.edit(end, added), false))
}

/// The file in which most sources of a page have their records; of what is no page, the first file of sources.
fn home_of_sources(view: &View<'_>, file: FileId) -> Option<FileId> {
    let library = &view.book().library;
    let cited: &[SourceId] = view.version(file).map(|version| version.sources.as_slice()).unwrap_or_default();
    let mut counts: BTreeMap<FileId, usize> = BTreeMap::new();
    for source in cited.iter().filter_map(|id| library.source(id)) {
        *counts.entry(source.span.file).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(file, count)| (*count, std::cmp::Reverse(*file)));
    most.map(|(file, _)| file).or_else(|| library.sources().map(|source| source.span.file).min())
}

/// What can be said of a sentence that shows no source.
fn sentence(view: &View<'_>, version: &Version, span: Span) -> Vec<Proposal> {
    let insert = |at: usize, text: &str| view.edit(Span::new(span.file, at, at), text);
    let ask = insert(span.end as usize, " [@? ]");
    let mut proposals = vec![("Ask for a source: [@? …]".to_owned(), span.file, ask, false)];
    if let Some((at, text)) = end_of_passage(view, version, span) {
        let title = "Say why no source is needed: <!-- uncited: … -->".to_owned();
        proposals.push((title, span.file, insert(at, &text), false));
    }
    proposals
}

/// Where the word that a passage needs no source stands, and how.
fn end_of_passage(view: &View<'_>, version: &Version, span: Span) -> Option<(usize, String)> {
    let text = view.book().files.text(span.file);
    let holds = |outer: Span| outer.start <= span.start && span.end <= outer.end;
    let end_of = |outer: Span| Some(outer.start as usize + text.get(outer.range())?.trim_end().len());
    let page = &version.page;
    let is_line = |line: &&Line| line.span.file == span.file && holds(line.span);
    if let Some(line) = page.summary.iter().chain(&page.key_facts).find(is_line) {
        // Without quotation marks, YAML would take the colon for one of its own.
        let is_quoted = text.get(line.span.range())?.ends_with(['"', '\'']);
        return is_quoted.then(|| (line.span.end as usize - 1, format!(" {UNCITED}")));
    }
    let mut inner = None;
    reading::blocks(&page.body, &mut |block| {
        if holds(block.span) {
            inner = Some(block);
        }
    });
    let block = inner?;
    let gap = if matches!(block.kind, BlockKind::Table { .. }) { "\n\n" } else { " " };
    Some((end_of(block.span)?, format!("{gap}{UNCITED}")))
}
