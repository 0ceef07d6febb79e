//! Reads the files of a site into memory, each as what it is.
//!
//! Uses `disk` for the bytes, `unsaved` for those that an editor holds back, and `role` for what they are. What cannot be read is reported, and the rest goes on.

use super::config::Config;
use super::disk::{self, Decoded, Digest, Found};
use super::role::Role;
use super::unsaved::Unsaved;
use super::{CUSTOM_STYLE, EDITOR, PageFile, Placed, RecordFile, STATIC, SeriesFile, SnapshotFile, TRANSLATIONS};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{Lang, PageId, is_portable};
use crate::span::{FileId, Files, Span};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::string::FromUtf8Error;
use std::sync::Arc;

/// Takes in one site.
pub(super) struct Loader<'a> {
    pub(super) root: &'a Path,
    pub(super) unsaved: &'a Unsaved,
    pub(super) config: &'a Config,
    pub(super) files: Files,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What the content folder holds.
#[derive(Default)]
pub(super) struct Content {
    pub(super) house_styles: Vec<(Lang, FileId)>,
    pub(super) strings: Vec<(Lang, FileId)>,
    pub(super) pages: Vec<PageFile>,
    pub(super) sources: Vec<FileId>,
    pub(super) figures: Vec<FileId>,
    pub(super) series: Vec<SeriesFile>,
    pub(super) events: Vec<FileId>,
    pub(super) themes: Option<FileId>,
    pub(super) charts: Vec<FileId>,
    pub(super) actors: Vec<FileId>,
    pub(super) actor_groups: Vec<FileId>,
    pub(super) terms: Vec<FileId>,
    pub(super) term_names: Vec<(Lang, FileId)>,
    pub(super) maps: Vec<FileId>,
    pub(super) map_data: Vec<(String, FileId)>,
    pub(super) images: BTreeMap<(Lang, String), Arc<[u8]>>,
    pub(super) snapshots: BTreeMap<String, SnapshotFile>,
}

/// What was taken from a file.
enum Taken {
    Text(Result<String, FromUtf8Error>),
    Image(Vec<u8>),
    Digest(Digest),
}

impl Taken {
    fn of(role: &Role, full: &Path, unsaved: Option<&str>) -> Result<Self, String> {
        match role {
            Role::Snapshot => disk::digest(full).map(Self::Digest),
            Role::Image(..) => bytes(full, unsaved, role.limit()).map(Self::Image),
            _ => text(full, unsaved, role.limit()).map(Self::Text),
        }
    }
}

/// A text as an editor holds it, else as the file has it.
fn bytes(full: &Path, unsaved: Option<&str>, limit: u64) -> Result<Vec<u8>, String> {
    match unsaved {
        Some(text) if text.len() as u64 > limit => Err(disk::too_large(limit)),
        Some(text) => Ok(text.as_bytes().to_vec()),
        None => disk::read_text_bytes(full, limit),
    }
}

/// The same, if it is text.
fn text(full: &Path, unsaved: Option<&str>, limit: u64) -> Decoded {
    bytes(full, unsaved, limit).map(String::from_utf8)
}

impl Loader<'_> {
    pub(super) fn content(&mut self) -> Content {
        let folder = self.config.content_dir.clone();
        let problems = self.diagnostics.len();
        let found = self.walk(&folder);
        // A folder that cannot be read has been told of.
        if found.is_empty() && self.diagnostics.len() == problems {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::SB109,
                    Span::start_of(self.config.file),
                    format!("there is nothing in `{folder}/`"),
                )
                .help(format!("write a first page: `{folder}/{}/index.md`", self.language_example())),
            );
        }
        let mut roles = Vec::new();
        for found in found {
            match Role::of(&found.path, self.config) {
                Ok(role) => roles.push((role, found)),
                Err((message, help)) => {
                    let path = format!("{folder}/{}", found.path);
                    let file = self.files.add(path.as_str(), "");
                    self.diagnostics.push(Diagnostic::new(Code::SB109, Span::start_of(file), message).help(help));
                }
            }
        }
        self.read_roles(&folder, roles)
    }

    /// Reads all files at once, then files them in order.
    fn read_roles(&mut self, folder: &str, roles: Vec<(Role, Found)>) -> Content {
        let read: Vec<Result<Taken, String>> =
            roles.par_iter().map(|(role, found)| Taken::of(role, &found.full, self.held(folder, found))).collect();
        let mut content = Content::default();
        let mut points = BTreeMap::new();
        let mut headers = Vec::new();
        for ((role, found), taken) in roles.into_iter().zip(read) {
            let path = format!("{folder}/{}", found.path);
            let text = match taken {
                Ok(Taken::Digest(digest)) => {
                    let file = self.files.add(path, "");
                    content.snapshots.insert(found.path, SnapshotFile { file, is_text: false, digest });
                    continue;
                }
                Ok(Taken::Image(bytes)) => {
                    if let Role::Image(lang, below) = role {
                        content.images.insert((lang, below), bytes.into());
                    }
                    continue;
                }
                Ok(Taken::Text(text)) => Ok(text),
                Err(problem) => Err(problem),
            };
            let Some(file) = disk::add_text(text, &path, &mut self.files, &mut self.diagnostics) else { continue };
            match role {
                Role::Page(lang, id, path) => content.pages.push(PageFile { lang, id, path, file }),
                Role::Source => content.sources.push(file),
                Role::Figure => content.figures.push(file),
                Role::Event => content.events.push(file),
                Role::Themes => content.themes = Some(file),
                Role::Chart => content.charts.push(file),
                Role::Actors => content.actors.push(file),
                Role::ActorGroups => content.actor_groups.push(file),
                Role::HouseStyle(lang) => content.house_styles.push((lang, file)),
                Role::Strings(lang) => content.strings.push((lang, file)),
                Role::Terms => content.terms.push(file),
                Role::TermNames(lang) => content.term_names.push((lang, file)),
                Role::Map => content.maps.push(file),
                Role::MapData(name) => content.map_data.push((name, file)),
                Role::SeriesHeader(name) => headers.push((name, file)),
                Role::SeriesPoints(name) => {
                    points.insert(name, file);
                }
                Role::SnapshotText => {
                    let digest = Digest::of(self.files.text(file).as_bytes());
                    content.snapshots.insert(found.path, SnapshotFile { file, is_text: true, digest });
                }
                Role::Image(..) | Role::Snapshot => {}
            }
        }
        for (name, header) in headers {
            let points = points.remove(&name);
            content.series.push(SeriesFile { name, header, points });
        }
        for (name, file) in points {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::SB109,
                    Span::start_of(file),
                    format!("the series `{name}` has points but no header"),
                )
                .help(format!("write `{name}.yaml` beside it: label, unit, reporter, source, kind")),
            );
        }
        content
    }

    /// All files below a folder, with those that only an editor has.
    fn walk(&mut self, folder: &str) -> Vec<Found> {
        let found = disk::walk(self.root, folder, &mut self.files, &mut self.diagnostics);
        self.unsaved.add_below(self.root, folder, found)
    }

    /// The text of a file that an editor holds back.
    fn held(&self, folder: &str, found: &Found) -> Option<&str> {
        self.unsaved.get(&format!("{folder}/{}", found.path))
    }

    /// Reads a text file; `None` (with a diagnostic) when it is no text.
    fn text(&mut self, full: &Path, path: &str) -> Option<FileId> {
        let text = text(full, self.unsaved.get(path), disk::MAX_TEXT);
        disk::add_text(text, path, &mut self.files, &mut self.diagnostics)
    }

    fn language_example(&self) -> &str {
        self.config.source_language().map_or("en", Lang::as_str)
    }

    /// The records of translations, and the wordings that they name.
    pub(super) fn translations(&mut self) -> (Vec<RecordFile>, BTreeMap<String, FileId>) {
        let (mut records, mut wordings) = (Vec::new(), BTreeMap::new());
        let found = self.walk(TRANSLATIONS);
        let read = |found: &Found| text(&found.full, self.held(TRANSLATIONS, found), disk::MAX_TEXT);
        let read: Vec<Decoded> = found.par_iter().map(read).collect();
        for (found, text) in found.into_iter().zip(read) {
            let path = format!("{TRANSLATIONS}/{}", found.path);
            let Some(file) = disk::add_text(text, &path, &mut self.files, &mut self.diagnostics) else { continue };
            let (folder, rest) = found.path.split_once('/').unwrap_or(("", &found.path));
            let name = rest.rsplit_once('/').map_or(rest, |(_, name)| name);
            match name.rsplit_once('.') {
                Some((hash, "md")) if folder == "source" => {
                    wordings.insert(hash.to_owned(), file);
                }
                Some((_, "yaml")) if self.config.has_language(folder) => {
                    let page = rest.strip_suffix(".yaml").map(|page| if page == "index" { "" } else { page });
                    if let (Some(lang), Some(id)) = (Lang::parse(folder), page.and_then(PageId::parse)) {
                        records.push(RecordFile { lang, id, file });
                    }
                }
                _ => self.diagnostics.push(
                    Diagnostic::new(
                        Code::SB109,
                        Span::start_of(file),
                        format!("Sourcebook does not know what `{path}` is"),
                    )
                    .help(format!("`{TRANSLATIONS}/` holds what `sourcebook translate` writes: `<language>/<page>.yaml` and `source/`")),
                ),
            }
        }
        (records, wordings)
    }

    /// A file of the program's own beside `book.toml`.
    pub(super) fn beside(&mut self, name: &str) -> Option<FileId> {
        match self.unsaved.get(name) {
            Some(text) => Some(self.files.add(name, text)),
            None => disk::read_text_if_any(self.root, name, &mut self.files, &mut self.diagnostics),
        }
    }

    /// The citation style that `book.toml` names.
    pub(super) fn style(&mut self) -> Option<FileId> {
        let path = self.config.citation_style.as_ref()?;
        if let Some(obstacle) = disk::obstacle(self.root, &path.value) {
            self.diagnostics.push(
                Diagnostic::new(Code::SB240, path.span, format!("the citation style cannot be read: {obstacle}"))
                    .help("name a CSL file by its path below the folder of book.toml, such as `styles/house.csl`"),
            );
            return None;
        }
        self.text(&self.root.join(&path.value), &path.value)
    }

    /// The font files that `book.toml` names for pictures.
    pub(super) fn social_fonts(&mut self) -> Vec<(Placed<String>, Arc<[u8]>)> {
        let paths = &self.config.social_fonts;
        paths.iter().filter_map(|path| Some((path.clone(), self.font(path, Code::SB720)?))).collect()
    }

    /// The font files that `book.toml` names for the text of languages.
    pub(super) fn language_fonts(&mut self) -> Vec<(Lang, Placed<String>, Arc<[u8]>)> {
        let mut fonts = Vec::new();
        for language in &self.config.languages {
            for path in &language.fonts {
                let bytes = self.font(path, Code::SB722);
                fonts.extend(bytes.map(|bytes| (language.lang.clone(), path.clone(), bytes)));
            }
        }
        fonts
    }

    fn font(&mut self, path: &Placed<String>, code: Code) -> Option<Arc<[u8]>> {
        if let Some(obstacle) = disk::obstacle(self.root, &path.value) {
            self.diagnostics.push(
                Diagnostic::new(code, path.span, format!("the font cannot be read: {obstacle}"))
                    .help("name a font file by its path below the folder of book.toml, such as `fonts/serif.ttf`"),
            );
            return None;
        }
        let read = disk::read_asset(&self.root.join(&path.value));
        let told = |problem: String| self.diagnostics.push(disk::unreadable_at(path.span, &path.value, &problem));
        read.map_err(told).ok()
    }

    pub(super) fn templates(&mut self) -> BTreeMap<String, FileId> {
        let mut templates = BTreeMap::new();
        for found in self.walk("templates") {
            let path = format!("templates/{}", found.path);
            if let Some(file) = self.text(&found.full, &path) {
                templates.insert(found.path, file);
            }
        }
        templates
    }

    /// The site's own rules and colours: text, so that what is wrong with it has a place.
    pub(super) fn custom_style(&mut self) -> Option<FileId> {
        // What else may lie there is told of with the other static files.
        let is_told = disk::obstacle(self.root, CUSTOM_STYLE).is_some() && self.unsaved.get(CUSTOM_STYLE).is_none();
        if is_told { None } else { self.beside(CUSTOM_STYLE) }
    }

    /// What the web editor is made of. A site without one may have a folder of that name for whatever it likes.
    pub(super) fn editor(&mut self) -> BTreeMap<String, Arc<[u8]>> {
        if self.config.editor.is_none() {
            return BTreeMap::new();
        }
        self.files_of(EDITOR).into_iter().map(|(path, _, bytes)| (path, bytes)).collect()
    }

    pub(super) fn assets(&mut self) -> BTreeMap<String, Arc<[u8]>> {
        let mut assets = BTreeMap::new();
        for (path, full, bytes) in self.files_of(STATIC) {
            if full == CUSTOM_STYLE {
                continue;
            }
            if path.split('/').all(is_portable) {
                assets.insert(path, bytes);
            } else {
                let place = Span::start_of(self.files.add(full.as_str(), ""));
                self.diagnostics.push(
                    Diagnostic::new(Code::SB109, place, format!("`{full}` cannot be an address"))
                        .help("name files with letters `a`–`z`, digits, `.`, `-` and `_`"),
                );
            }
        }
        assets
    }

    /// All files of a folder that are passed on as they are: their paths below it and below the root, and their bytes.
    fn files_of(&mut self, folder: &str) -> Vec<(String, String, Arc<[u8]>)> {
        let mut read = Vec::new();
        for found in disk::walk(self.root, folder, &mut self.files, &mut self.diagnostics) {
            let path = format!("{folder}/{}", found.path);
            match disk::read_asset(&found.full) {
                Ok(bytes) => read.push((found.path, path, bytes)),
                Err(problem) => self.diagnostics.push(disk::unreadable(&mut self.files, &path, &problem)),
            }
        }
        read
    }
}
