//! The site as it lies on the disk: bytes, places, `book.toml`.
//!
//! In: a folder. Out: a [`Workspace`]: every file that matters, read once, in an order that no file system decides. Nothing after it reads a file.
//! [`node`], [`yaml`], [`toml`], [`fields`] and [`names`] turn the text of records into values with places; what the records mean is for the rooms above.
//! [`shape`] is what their readers ask for.
//! [`byproduct`] knows what editors leave beside a file, and `portable` which names every computer can keep.
//! [`machine`] does so for files that the program writes itself, and [`quote`] is how text gets into YAML.
//! Uses `span`, `ids`, `date`, `diagnostic`.

pub mod byproduct;
pub mod config;
pub mod disk;
pub mod fields;
mod fingerprint;
pub mod front_matter;
mod loader;
pub mod localized;
pub mod machine;
pub mod names;
pub mod node;
mod portable;
pub mod quote;
mod role;
pub mod shape;
pub mod toml;
mod unsaved;
pub mod yaml;

use crate::diagnostic::Diagnostic;
use crate::ids::{Lang, PageId};
use crate::span::{FileId, Files};
use config::Config;
pub use disk::Digest;
use loader::{Content, Loader};
pub use localized::Localized;
pub use node::Placed;
pub use role::Role;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
pub use unsaved::Unsaved;

/// The file that makes a folder a site.
pub const BOOK: &str = "book.toml";

/// The file beside it that says how the addresses of the site answered when they were visited.
pub const LINKS: &str = "links.lock.yaml";

/// The file beside it that says what every figure was when the site was last built, and what has changed.
pub const FIGURES: &str = "figures.lock.yaml";
/// The folder beside it with the files of others that the web editor is made of.
pub const EDITOR: &str = "editor";

/// The folder beside it with files that are published as they are.
const STATIC: &str = "static";

/// A site's own rules and colours.
pub const CUSTOM_STYLE: &str = "static/custom.css";

/// The folder beside it that says what each passage was translated from.
pub const TRANSLATIONS: &str = "translations";

/// A site as it was read.
#[derive(Debug)]
pub struct Workspace {
    /// The site's folder.
    pub root: PathBuf,
    /// Every text file.
    pub files: Files,
    /// `book.toml`.
    pub config: Config,
    /// The pages of every language, by language and path.
    pub pages: Vec<PageFile>,
    /// `content/sources/*.yaml`.
    pub sources: Vec<FileId>,
    /// `content/figures/*.yaml`.
    pub figures: Vec<FileId>,
    /// `content/figures/series/*`.
    pub series: Vec<SeriesFile>,
    /// `content/events/*.yaml`.
    pub events: Vec<FileId>,
    /// `content/themes.yaml`, where there is one.
    pub themes: Option<FileId>,
    /// `content/charts/*.yaml`.
    pub charts: Vec<FileId>,
    /// `content/actors/*.yaml`, but for the next.
    pub actors: Vec<FileId>,
    /// `content/actors/groups.yaml`.
    pub actor_groups: Vec<FileId>,
    /// `content/style/<lang>.yaml`: words that the site does not say in its own voice.
    pub house_styles: Vec<(Lang, FileId)>,
    /// `content/strings/<lang>.yaml`: menus and labels in the site's own words.
    pub strings: Vec<(Lang, FileId)>,
    /// `content/terms/terms.yaml`: what the site's terms mean.
    pub terms: Vec<FileId>,
    /// `content/terms/<lang>.yaml`: how a language calls them.
    pub term_names: Vec<(Lang, FileId)>,
    /// `translations/<lang>/<page>.yaml`: what each page was translated from.
    pub records: Vec<RecordFile>,
    /// `translations/source/??/*.md`: wordings of the source that were translated, by the name that the records give them.
    pub wordings: BTreeMap<String, FileId>,
    /// `content/maps/*.yaml`.
    pub maps: Vec<FileId>,
    /// `content/maps/*.txt`, by name: outlines, lines and places.
    pub map_data: Vec<(String, FileId)>,
    /// `links.lock.yaml`, where there is one.
    pub links: Option<FileId>,
    /// `figures.lock.yaml`, where there is one.
    pub changes: Option<FileId>,
    /// The citation style, where the site has one of its own that can be read.
    pub style: Option<FileId>,
    /// The fonts that the site names for pictures and that can be read, each with the file's bytes.
    pub social_fonts: Vec<(Placed<String>, Arc<[u8]>)>,
    /// Those that it names for the text of a language.
    pub language_fonts: Vec<(Lang, Placed<String>, Arc<[u8]>)>,
    /// The site's own templates, by name.
    pub templates: BTreeMap<String, FileId>,
    /// The site's own `static/`, by path.
    pub assets: BTreeMap<String, Arc<[u8]>>,
    /// `editor/`, by name: read where the site has a web editor.
    pub editor: BTreeMap<String, Arc<[u8]>>,
    /// `static/custom.css`, where there is one: it is put after the theme's style sheet.
    pub custom_style: Option<FileId>,
    /// Pictures beside pages: by language and path below it.
    pub images: BTreeMap<(Lang, String), Arc<[u8]>>,
    /// `content/snapshots/*`: by path below the content folder.
    pub snapshots: BTreeMap<String, SnapshotFile>,
}

impl Workspace {
    /// A name for all that was read, the lock file of figures left out.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint(fingerprint::of(self))
    }

    /// The same for all but what stands in the pages below their front matter.
    pub fn fingerprint_around_pages(&self) -> Fingerprint {
        Fingerprint(fingerprint::around_pages(self))
    }

    /// What is read and only measured: files of which nothing but their digest goes on.
    pub fn measured(&self) -> impl Iterator<Item = (&str, &Digest)> {
        self.snapshots.iter().map(|(path, kept)| (path.as_str(), &kept.digest))
    }
}

/// A name for all that was read.
#[derive(Debug, Clone)]
pub struct Fingerprint(sha2::Sha256);

impl Fingerprint {
    /// The SHA-256 in hexadecimal digits, with the lock file of figures as it is or becomes.
    pub fn with_figures(&self, text: &str) -> String {
        let mut digest = self.0.clone();
        fingerprint::add(&mut digest, FIGURES, text.as_bytes());
        format!("{:x}", sha2::Digest::finalize(digest))
    }
}

/// A copy of a source, or the text in it, that the editors keep. It is held against the source's record and never published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotFile {
    /// The file; empty where it is no text, because then only its digest was taken.
    pub file: FileId,
    /// Whether its text was read.
    pub is_text: bool,
    /// What it was when it was read.
    pub digest: Digest,
}

/// A page's file.
#[derive(Debug, Clone)]
pub struct PageFile {
    /// Its language.
    pub lang: Lang,
    /// Which page.
    pub id: PageId,
    /// Its path below the language's folder.
    pub path: String,
    /// Its text.
    pub file: FileId,
}

/// The record of a translated page.
#[derive(Debug, Clone)]
pub struct RecordFile {
    /// The language that it was translated into.
    pub lang: Lang,
    /// Which page.
    pub id: PageId,
    /// The record.
    pub file: FileId,
}

impl RecordFile {
    /// Where the record of a page lies, relative to the root.
    pub fn path(lang: &Lang, id: &PageId) -> String {
        format!("{TRANSLATIONS}/{lang}/{}.yaml", id.name())
    }
}

/// A series: its header and its points.
#[derive(Debug, Clone)]
pub struct SeriesFile {
    /// Its name, which is its id.
    pub name: String,
    /// The header.
    pub header: FileId,
    /// The points; `None` where the file is missing.
    pub points: Option<FileId>,
}

/// A site that could not be read at all.
#[derive(Debug)]
pub struct Unreadable {
    /// What could be read of it.
    pub files: Files,
    /// Why not.
    pub diagnostics: Vec<Diagnostic>,
}

/// The site that a folder belongs to: the folder itself, or its nearest parent with a `book.toml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(BOOK).is_file()).map(Path::to_path_buf)
}

/// What `book.toml` says; `None` where it cannot be read, which [`load`] reports.
pub fn config_of(root: &Path) -> Option<Config> {
    read_config(root, &Unsaved::default(), &mut Files::default(), &mut Vec::new())
}

/// The output folder that `book.toml` names; `None` where it cannot be read.
pub fn output_folder(root: &Path) -> Option<PathBuf> {
    Some(root.join(config_of(root)?.build_dir))
}

fn read_config(root: &Path, unsaved: &Unsaved, files: &mut Files, diagnostics: &mut Vec<Diagnostic>) -> Option<Config> {
    let file = match unsaved.get(BOOK) {
        Some(text) => files.add(BOOK, text),
        None => disk::read_text(&root.join(BOOK), BOOK, files, diagnostics)?,
    };
    config::read(file, files.text(file), diagnostics)
}

/// Reads a site as it lies on the disk.
pub fn load(root: &Path) -> Result<(Workspace, Vec<Diagnostic>), Box<Unreadable>> {
    load_over(root, &Unsaved::default())
}

/// Reads a site, with the texts that an editor has not saved in the place of their files.
pub fn load_over(root: &Path, unsaved: &Unsaved) -> Result<(Workspace, Vec<Diagnostic>), Box<Unreadable>> {
    let mut files = Files::default();
    let mut diagnostics = Vec::new();
    let Some(config) = read_config(root, unsaved, &mut files, &mut diagnostics) else {
        return Err(Box::new(Unreadable { files, diagnostics }));
    };

    let mut loader = Loader { root, unsaved, config: &config, files, diagnostics };
    let content = loader.content();
    let (records, wordings) = loader.translations();
    let links = loader.beside(LINKS);
    let changes = loader.beside(FIGURES);
    let style = loader.style();
    let social_fonts = loader.social_fonts();
    let language_fonts = loader.language_fonts();
    let templates = loader.templates();
    let custom_style = loader.custom_style();
    let assets = loader.assets();
    let editor = loader.editor();
    let Loader { files, diagnostics, .. } = loader;
    let Content {
        pages,
        sources,
        figures,
        series,
        events,
        themes,
        charts,
        actors,
        actor_groups,
        house_styles,
        strings,
        terms,
        term_names,
        maps,
        map_data,
        images,
        snapshots,
    } = content;
    let root = root.to_path_buf();
    let workspace = Workspace {
        root,
        files,
        config,
        pages,
        sources,
        figures,
        series,
        events,
        themes,
        charts,
        actors,
        actor_groups,
        house_styles,
        strings,
        terms,
        term_names,
        records,
        wordings,
        maps,
        map_data,
        links,
        changes,
        style,
        social_fonts,
        language_fonts,
        templates,
        assets,
        editor,
        custom_style,
        images,
        snapshots,
    };
    Ok((workspace, diagnostics))
}
