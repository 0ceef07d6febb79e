//! The texts that an editor has open, as it has them.

use super::paths;
use super::position::{Encoding, Lines};
use lsp_types::{TextDocumentContentChangeEvent, Uri};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A text that is open.
#[derive(Debug, Clone)]
pub(super) struct Document {
    /// By which address the editor knows it.
    pub(super) uri: Uri,
    /// The file.
    file: PathBuf,
    /// Which version it is, for the editor.
    pub(super) version: i32,
    /// The text.
    pub(super) text: Arc<str>,
}

/// All of them, by file.
#[derive(Debug, Default)]
pub(super) struct Documents(BTreeMap<PathBuf, Document>);

impl Documents {
    /// Takes a text in. What is no file is none of ours.
    pub(super) fn open(&mut self, uri: Uri, version: i32, text: &str) {
        if let Some(file) = paths::file(&uri) {
            self.0.insert(file.clone(), Document { uri, file, version, text: text.into() });
        }
    }

    /// Changes a text as its editor did.
    pub(super) fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: &[TextDocumentContentChangeEvent],
        encoding: Encoding,
    ) {
        let Some(document) = paths::file(uri).and_then(|file| self.0.get_mut(&file)) else { return };
        let mut text = document.text.to_string();
        for change in changes {
            match change.range {
                Some(range) => {
                    let bytes = Lines::new(&text, encoding).bytes(range);
                    text.replace_range(bytes, &change.text);
                }
                None => text.clone_from(&change.text),
            }
        }
        document.text = text.into();
        document.version = version;
    }

    /// Lets a text go.
    pub(super) fn close(&mut self, uri: &Uri) {
        if let Some(file) = paths::file(uri) {
            self.0.remove(&file);
        }
    }

    /// The text of an address.
    pub(super) fn get(&self, uri: &Uri) -> Option<&Document> {
        self.0.get(&paths::file(uri)?)
    }

    /// The text of a file of the site.
    pub(super) fn of_path(&self, root: &Path, path: &str) -> Option<&Document> {
        self.0
            .get(&root.join(path))
            .or_else(|| self.0.values().find(|document| paths::relative(root, &document.file).as_deref() == Some(path)))
    }

    /// The files that are open.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.0.keys().map(PathBuf::as_path)
    }

    /// The texts of the site that lies in a folder, by their paths in it.
    pub(super) fn of_site(&self, root: &Path) -> Vec<(String, Arc<str>)> {
        let documents = self.0.values();
        documents
            .filter_map(|document| Some((paths::relative(root, &document.file)?, Arc::clone(&document.text))))
            .collect()
    }
}
