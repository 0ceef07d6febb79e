//! Another name for a source, a figure, a term or an event, everywhere: in pages of every language, in records, and in the files that the program keeps about them.

use super::view::View;
use crate::book::mentions::Mention;
use crate::moving::{self, Renamed};
use crate::span::Span;
use lsp_types::{
    CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, PrepareRenameResponse, Range, ResourceOp, TextDocumentEdit,
    TextDocumentPositionParams, TextEdit, Uri, WorkspaceEdit,
};
use std::collections::HashMap;

/// What an editor can do to a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Reach {
    /// It edits files that are there.
    #[default]
    Edits,
    /// It makes new ones, too.
    Creates,
}

/// Whether what is named here can have another name, and which letters are its name; a message where it cannot.
pub(super) fn prepare(
    view: &View<'_>,
    place: &TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>, String> {
    let Some((mention, name)) = named(view, place) else { return Ok(None) };
    if moving::kind_of(&mention.thing).is_none() {
        return Err("only sources, figures, terms and events can be renamed here".to_owned());
    }
    let range = view.range(mention.span);
    Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: name.to_owned() }))
}

/// The edits that give what is named here another name; a message where that cannot be.
pub(super) fn rename(
    view: &View<'_>,
    place: &TextDocumentPositionParams,
    new: &str,
    reach: Reach,
) -> Result<Option<WorkspaceEdit>, String> {
    let Some((mention, old)) = named(view, place) else { return Ok(None) };
    if new == old {
        return Ok(None);
    }
    let renamed = moving::rename(view.book(), view.snapshot.mentions(), &mention.thing, old, new);
    let renamed = renamed.map_err(|(message, help)| format!("{message}: {help}"))?;
    Ok(Some(match reach {
        Reach::Creates => whole(view, &renamed),
        Reach::Edits => plain(view, &renamed),
    }))
}

fn named<'a>(view: &View<'a>, place: &TextDocumentPositionParams) -> Option<(&'a Mention, &'a str)> {
    let mention = view.mention(place).filter(|mention| mention.is_written)?;
    Some((mention, view.book().files.slice(mention.span)))
}

/// The edits of texts, by address.
fn of_texts(view: &View<'_>, renamed: &Renamed) -> Vec<(Uri, Vec<TextEdit>)> {
    let edits = renamed.edits.iter().filter_map(|(file, edits)| {
        let edit = |(range, text): &(std::ops::Range<usize>, String)| {
            view.edit(Span::new(*file, range.start, range.end), text.as_str())
        };
        Some((view.uri(*file)?, edits.iter().map(edit).collect()))
    });
    edits.collect()
}

/// New texts for files that the program keeps, by address.
fn of_kept(view: &View<'_>, renamed: &Renamed) -> Vec<(Uri, Vec<TextEdit>)> {
    let edits = renamed.kept.iter().filter_map(|(path, text)| {
        let file = view.snapshot.file(path)?;
        let whole = Span::new(file, 0, view.book().files.text(file).len());
        Some((view.uri(file)?, vec![view.edit(whole, text.as_str())]))
    });
    edits.collect()
}

/// For editors that make files: the wordings that records name come before the records.
fn whole(view: &View<'_>, renamed: &Renamed) -> WorkspaceEdit {
    let mut operations = Vec::new();
    for (path, text) in &renamed.new {
        let Some(uri) = view.uri_of(path) else { continue };
        let options = Some(CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) });
        let create = CreateFile { uri: uri.clone(), options, annotation_id: None };
        operations.push(DocumentChangeOperation::Op(ResourceOp::Create(create)));
        operations.push(edited(view, uri, vec![TextEdit::new(Range::default(), text.clone())]));
    }
    let texts = of_texts(view, renamed).into_iter().chain(of_kept(view, renamed));
    operations.extend(texts.map(|(uri, edits)| edited(view, uri, edits)));
    WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(operations)), ..WorkspaceEdit::default() }
}

fn edited(view: &View<'_>, uri: Uri, edits: Vec<TextEdit>) -> DocumentChangeOperation {
    let version = view.documents.get(&uri).map(|document| document.version);
    let text_document = OptionalVersionedTextDocumentIdentifier { uri, version };
    DocumentChangeOperation::Edit(TextDocumentEdit {
        text_document,
        edits: edits.into_iter().map(OneOf::Left).collect(),
    })
}

/// For editors that do not: records that name a wording which is not there would be broken, so where one is needed they stay, and the passages are reported as changed.
fn plain(view: &View<'_>, renamed: &Renamed) -> WorkspaceEdit {
    let mut texts = of_texts(view, renamed);
    if renamed.new.is_empty() {
        texts.extend(of_kept(view, renamed));
    }
    #[allow(clippy::mutable_key_type, reason = "the type of the protocol; an address never changes")]
    let changes: HashMap<Uri, Vec<TextEdit>> = texts.into_iter().collect();
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}
