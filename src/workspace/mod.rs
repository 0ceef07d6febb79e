//! The site as it lies on the disk: bytes, places, `book.toml`.
//!
//! In: a folder. Out: a [`Workspace`]: every file that matters, read once, in an order that no file system decides. Nothing after it reads a file.
//! [`node`], [`yaml`], [`toml`], [`fields`] and [`names`] turn the text of records into values with places; what the records mean is for the rooms above.
//! [`machine`] does so for files that the program writes itself, and [`quote`] is how text gets into YAML.
//! Uses `span`, `ids`, `date`, `diagnostic`.

pub mod config;
pub mod disk;
pub mod fields;
pub mod front_matter;
pub mod localized;
pub mod machine;
pub mod names;
pub mod node;
pub mod quote;
pub mod toml;
pub mod yaml;

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::ids::{Lang, PageId};
use crate::span::{FileId, Files, Span};
use config::Config;
pub use disk::Digest;
use disk::Found;
pub use localized::Localized;
pub use node::Placed;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The file that makes a folder a site.
pub const BOOK: &str = "book.toml";

/// The file beside it that says how the addresses of the site answered when they were visited.
pub const LINKS: &str = "links.lock.yaml";

/// The file beside it that says what every figure was when the site was last built, and what has changed.
pub const FIGURES: &str = "figures.lock.yaml";

/// The folder beside it that says what each passage was translated from.
pub const TRANSLATIONS: &str = "translations";

/// Pictures that may stand beside pages. No SVG: it can carry scripts.
const IMAGES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "avif"];

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
    /// The site's own templates, by name.
    pub templates: BTreeMap<String, FileId>,
    /// The site's own `static/`, by path.
    pub assets: BTreeMap<String, Arc<[u8]>>,
    /// Pictures beside pages: by language and path below it.
    pub images: BTreeMap<(Lang, String), Arc<[u8]>>,
    /// `content/snapshots/*`: by path below the content folder.
    pub snapshots: BTreeMap<String, SnapshotFile>,
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

/// The output folder that `book.toml` names; `None` where it cannot be read, which [`load`] reports.
pub fn output_folder(root: &Path) -> Option<PathBuf> {
    let config = read_config(root, &mut Files::default(), &mut Vec::new())?;
    Some(root.join(config.build_dir))
}

fn read_config(root: &Path, files: &mut Files, diagnostics: &mut Vec<Diagnostic>) -> Option<Config> {
    let file = disk::read_text(&root.join(BOOK), BOOK, files, diagnostics)?;
    config::read(file, files.text(file), diagnostics)
}

/// Reads a site.
pub fn load(root: &Path) -> Result<(Workspace, Vec<Diagnostic>), Box<Unreadable>> {
    let mut files = Files::default();
    let mut diagnostics = Vec::new();
    let Some(config) = read_config(root, &mut files, &mut diagnostics) else {
        return Err(Box::new(Unreadable { files, diagnostics }));
    };

    let mut loader = Loader { root, config: &config, files, diagnostics };
    let content = loader.content();
    let (records, wordings) = loader.translations();
    let links = loader.beside(LINKS);
    let changes = loader.beside(FIGURES);
    let style = loader.style();
    let templates = loader.templates();
    let assets = loader.assets();
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
        templates,
        assets,
        images,
        snapshots,
    };
    Ok((workspace, diagnostics))
}

struct Loader<'a> {
    root: &'a Path,
    config: &'a Config,
    files: Files,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Default)]
struct Content {
    house_styles: Vec<(Lang, FileId)>,
    strings: Vec<(Lang, FileId)>,
    pages: Vec<PageFile>,
    sources: Vec<FileId>,
    figures: Vec<FileId>,
    series: Vec<SeriesFile>,
    events: Vec<FileId>,
    themes: Option<FileId>,
    charts: Vec<FileId>,
    actors: Vec<FileId>,
    actor_groups: Vec<FileId>,
    terms: Vec<FileId>,
    term_names: Vec<(Lang, FileId)>,
    maps: Vec<FileId>,
    map_data: Vec<(String, FileId)>,
    images: BTreeMap<(Lang, String), Arc<[u8]>>,
    snapshots: BTreeMap<String, SnapshotFile>,
}

/// What a file in the content folder is.
enum Role {
    Page(Lang, PageId, String),
    Image(Lang, String),
    Source,
    Figure,
    SeriesHeader(String),
    SeriesPoints(String),
    Event,
    Themes,
    Chart,
    Actors,
    ActorGroups,
    HouseStyle(Lang),
    Strings(Lang),
    Terms,
    TermNames(Lang),
    Map,
    MapData(String),
    /// A kept copy whose text is read.
    SnapshotText,
    /// A kept copy that is only measured.
    Snapshot,
}

/// What was taken from a file.
enum Taken {
    Bytes(Vec<u8>),
    Digest(Digest),
}

impl Taken {
    fn of(role: &Role, full: &Path) -> Result<Self, String> {
        match role {
            Role::Snapshot => disk::digest(full).map(Self::Digest),
            _ => disk::read_text_bytes(full).map(Self::Bytes),
        }
    }
}

impl Loader<'_> {
    fn content(&mut self) -> Content {
        let folder = self.config.content_dir.clone();
        let found = disk::walk(self.root, &folder, self.config.file, &mut self.diagnostics);
        if found.is_empty() {
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
            match self.role(&found.path) {
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
            roles.par_iter().map(|(role, found)| Taken::of(role, &found.full)).collect();
        let mut content = Content::default();
        let mut points = BTreeMap::new();
        let mut headers = Vec::new();
        for ((role, found), taken) in roles.into_iter().zip(read) {
            let path = format!("{folder}/{}", found.path);
            let bytes = match taken {
                Ok(Taken::Digest(digest)) => {
                    let file = self.files.add(path, "");
                    content.snapshots.insert(found.path, SnapshotFile { file, is_text: false, digest });
                    continue;
                }
                Ok(Taken::Bytes(bytes)) => Ok(bytes),
                Err(problem) => Err(problem),
            };
            let digest = bytes.as_deref().ok().filter(|_| matches!(role, Role::SnapshotText)).map(Digest::of);
            if let Role::Image(lang, below) = role {
                match bytes {
                    Ok(bytes) => {
                        content.images.insert((lang, below), bytes.into());
                    }
                    Err(problem) => {
                        disk::add_text(Err(problem), &path, &mut self.files, &mut self.diagnostics);
                    }
                }
                continue;
            }
            let Some(file) = disk::add_text(bytes, &path, &mut self.files, &mut self.diagnostics) else { continue };
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
                    let kept = digest.map(|digest| SnapshotFile { file, is_text: true, digest });
                    content.snapshots.extend(kept.map(|kept| (found.path, kept)));
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

    fn role(&self, path: &str) -> Result<Role, (String, String)> {
        let (first, rest) = path.split_once('/').unwrap_or(("", path));
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        let stem =
            |suffix: &str| rest.rsplit_once('/').map_or(rest, |(_, name)| name).strip_suffix(suffix).map(str::to_owned);
        match (first, extension) {
            ("sources", "yaml" | "yml") => Ok(Role::Source),
            ("events", "yaml" | "yml") => Ok(Role::Event),
            ("", "yaml") if rest == "themes.yaml" => Ok(Role::Themes),
            ("charts", "yaml" | "yml") => Ok(Role::Chart),
            ("actors", "yaml" | "yml") if matches!(rest, "groups.yaml" | "groups.yml") => Ok(Role::ActorGroups),
            ("actors", "yaml" | "yml") => Ok(Role::Actors),
            ("style", "yaml") => self.language_file(path, rest).map(Role::HouseStyle),
            ("strings", "yaml") => self.language_file(path, rest).map(Role::Strings),
            ("terms", "yaml") if rest == "terms.yaml" => Ok(Role::Terms),
            ("terms", "yaml") => self.language_file(path, rest).map(Role::TermNames),
            ("maps", "yaml" | "yml") => Ok(Role::Map),
            ("maps", "txt") => stem(".txt").map(Role::MapData).ok_or_else(|| unplaced(path)),
            ("figures", "yaml" | "csv") if rest.matches('/').count() > 1 => Err((
                format!("`{path}` lies too deep"),
                "a series is two files in `figures/series/`, and its name is its id".to_owned(),
            )),
            ("figures", "yaml") if rest.starts_with("series/") => {
                stem(".yaml").map(Role::SeriesHeader).ok_or_else(|| unplaced(path))
            }
            ("figures", "csv") if rest.starts_with("series/") => {
                stem(".csv").map(Role::SeriesPoints).ok_or_else(|| unplaced(path))
            }
            ("figures", "yaml" | "yml") => Ok(Role::Figure),
            ("snapshots", "txt") => Ok(Role::SnapshotText),
            ("snapshots", _) => Ok(Role::Snapshot),
            (lang, "md") if self.config.has_language(lang) => {
                let lang = Lang::parse(lang).ok_or_else(|| unplaced(path))?;
                PageId::from_file(rest).map(|id| Role::Page(lang, id, rest.to_owned())).ok_or_else(|| {
                    (
                        format!("`{rest}` cannot be an address"),
                        "name pages and folders with lower-case letters `a`–`z`, digits and `-`, and not with a name that Windows keeps for itself, such as `con`".to_owned(),
                    )
                })
            }
            (lang, extension) if self.config.has_language(lang) && IMAGES.contains(&extension) => {
                let lang = Lang::parse(lang).ok_or_else(|| unplaced(path))?;
                Ok(Role::Image(lang, rest.to_owned()))
            }
            (folder, _) => {
                let languages = self.config.languages.iter().map(|language| language.lang.as_str());
                let known = languages.chain([
                    "sources",
                    "figures",
                    "events",
                    "charts",
                    "maps",
                    "actors",
                    "terms",
                    "style",
                    "strings",
                    "snapshots",
                ]);
                let help = match did_you_mean(folder, known) {
                    Some(near) if near != folder => format!("did you mean the folder `{near}`?"),
                    _ if extension == "md" && Lang::parse(folder).is_some() => {
                        format!("add `[languages.{folder}]` to {BOOK}, or move the page to a language that is there")
                    }
                    _ => "pages are `<language>/….md`; data are `sources/*.yaml`, `figures/*.yaml`, `figures/series/*`, `events/*.yaml`, `themes.yaml`, `charts/*.yaml`, `maps/*`, `actors/*.yaml`, `terms/*.yaml`, `style/*.yaml`, `strings/*.yaml`, `snapshots/*`"
                        .to_owned(),
                };
                Err((format!("Sourcebook does not know what `{path}` is"), help))
            }
        }
    }

    /// The language whose file of names or words this is: `he.yaml`.
    fn language_file(&self, path: &str, rest: &str) -> Result<Lang, (String, String)> {
        let name = rest.strip_suffix(".yaml").filter(|name| self.config.has_language(name));
        name.and_then(Lang::parse).ok_or_else(|| {
            let languages: Vec<String> =
                self.config.languages.iter().map(|language| format!("`{}.yaml`", language.lang)).collect();
            (format!("`{path}` is of no language of the site"), format!("name it after one: {}", languages.join(", ")))
        })
    }

    fn language_example(&self) -> &str {
        self.config.source_language().map_or("en", Lang::as_str)
    }

    /// The records of translations, and the wordings that they name.
    fn translations(&mut self) -> (Vec<RecordFile>, BTreeMap<String, FileId>) {
        let (mut records, mut wordings) = (Vec::new(), BTreeMap::new());
        let found = disk::walk(self.root, TRANSLATIONS, self.config.file, &mut self.diagnostics);
        let read: Vec<Result<Vec<u8>, String>> =
            found.par_iter().map(|found| disk::read_text_bytes(&found.full)).collect();
        for (found, bytes) in found.into_iter().zip(read) {
            let path = format!("{TRANSLATIONS}/{}", found.path);
            let Some(file) = disk::add_text(bytes, &path, &mut self.files, &mut self.diagnostics) else { continue };
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
    fn beside(&mut self, name: &str) -> Option<FileId> {
        disk::read_text_if_any(self.root, name, self.config.file, &mut self.files, &mut self.diagnostics)
    }

    /// The citation style that `book.toml` names.
    fn style(&mut self) -> Option<FileId> {
        let path = self.config.citation_style.as_ref()?;
        if let Some(obstacle) = disk::obstacle(self.root, &path.value) {
            self.diagnostics.push(
                Diagnostic::new(Code::SB240, path.span, format!("the citation style cannot be read: {obstacle}"))
                    .help("name a CSL file by its path below the folder of book.toml, such as `styles/house.csl`"),
            );
            return None;
        }
        disk::read_text(&self.root.join(&path.value), &path.value, &mut self.files, &mut self.diagnostics)
    }

    fn templates(&mut self) -> BTreeMap<String, FileId> {
        let mut templates = BTreeMap::new();
        for found in disk::walk(self.root, "templates", self.config.file, &mut self.diagnostics) {
            let path = format!("templates/{}", found.path);
            if let Some(file) = disk::read_text(&found.full, &path, &mut self.files, &mut self.diagnostics) {
                templates.insert(found.path, file);
            }
        }
        templates
    }

    fn assets(&mut self) -> BTreeMap<String, Arc<[u8]>> {
        let mut assets = BTreeMap::new();
        for found in disk::walk(self.root, "static", self.config.file, &mut self.diagnostics) {
            let path = format!("static/{}", found.path);
            if let Some(bytes) = disk::read_asset(&found.full, &path, self.config.file, &mut self.diagnostics) {
                assets.insert(found.path, bytes);
            }
        }
        assets
    }
}

fn unplaced(path: &str) -> (String, String) {
    (format!("`{path}` cannot be placed"), "rename it".to_owned())
}
