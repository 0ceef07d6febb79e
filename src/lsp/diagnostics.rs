//! Diagnostics as an editor shows them: by file, in its own counting, with the help below the message. Only files of which something else is to be said are told again.

use super::documents::Documents;
use super::paths;
use super::position::{Encoding, Lines};
use crate::diagnostic::{Diagnostic, Severity};
use crate::span::{FileId, Files, Span};
use crate::workspace::BOOK;
use lsp_types::{
    Diagnostic as Told, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
    PublishDiagnosticsParams, Range,
};
use std::collections::BTreeMap;
use std::path::Path;

/// What an editor was told last, by path.
#[derive(Debug, Default)]
pub(super) struct Published(BTreeMap<String, Vec<Told>>);

impl Published {
    /// What it must be told now.
    pub(super) fn update(
        &mut self,
        (diagnostics, files): (&[Diagnostic], &Files),
        (documents, root): (&Documents, &Path),
        encoding: Encoding,
    ) -> Vec<PublishDiagnosticsParams> {
        let mut teller = Teller { files, documents, root, encoding, lines: BTreeMap::new() };
        let mut now: BTreeMap<String, Vec<Told>> = BTreeMap::new();
        for diagnostic in diagnostics {
            let path = diagnostic.span.map_or(BOOK, |span| files.path(span.file));
            now.entry(path.to_owned()).or_default().push(teller.tell(diagnostic));
        }
        let before = std::mem::take(&mut self.0);
        let cleared = before.keys().filter(|path| !now.contains_key(*path)).map(|path| (path, Vec::new()));
        let changed = now.iter().filter(|(path, told)| before.get(*path) != Some(*told));
        let changed = changed.map(|(path, told)| (path, told.clone()));
        let news = cleared.chain(changed).filter_map(|(path, diagnostics)| {
            let open = documents.of_path(root, path);
            let uri = open.map(|document| document.uri.clone()).or_else(|| paths::uri(root, path))?;
            let version = open.map(|document| document.version);
            Some(PublishDiagnosticsParams { uri, diagnostics, version })
        });
        let news = news.collect();
        self.0 = now;
        news
    }
}

struct Teller<'a> {
    files: &'a Files,
    documents: &'a Documents,
    root: &'a Path,
    encoding: Encoding,
    lines: BTreeMap<FileId, Lines<'a>>,
}

impl Teller<'_> {
    fn tell(&mut self, diagnostic: &Diagnostic) -> Told {
        let related = diagnostic.related.iter().filter_map(|related| {
            let path = self.files.path(related.span.file);
            let open = self.documents.of_path(self.root, path).map(|document| document.uri.clone());
            let uri = open.or_else(|| paths::uri(self.root, path))?;
            let location = Location::new(uri, self.range(related.span));
            Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
        });
        let related: Vec<_> = related.collect();
        let help = diagnostic.help.as_ref().map(|help| format!("\nhelp: {help}"));
        Told {
            range: diagnostic.span.map_or_else(Range::default, |span| self.range(span)),
            severity: Some(match diagnostic.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
            }),
            code: Some(NumberOrString::String(diagnostic.code.id().to_owned())),
            source: Some("sourcebook".to_owned()),
            message: format!("{}{}", diagnostic.message, help.unwrap_or_default()),
            related_information: (!related.is_empty()).then_some(related),
            ..Told::default()
        }
    }

    fn range(&mut self, span: Span) -> Range {
        let (files, encoding) = (self.files, self.encoding);
        let lines = self.lines.entry(span.file).or_insert_with(|| Lines::new(files.text(span.file), encoding));
        lines.range(span.range())
    }
}
