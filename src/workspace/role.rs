//! What each file of the content folder is, by its path alone.
//!
//! Uses `config` for the languages of the site. Reads nothing.

use super::BOOK;
use super::config::Config;
use super::disk;
use crate::diagnostic::did_you_mean;
use crate::ids::{Lang, PageId, is_portable};

/// Pictures that may stand beside pages. No SVG: it can carry scripts.
const IMAGES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "avif"];

/// What a file in the content folder is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// A page: its language, its address, its path below the language's folder.
    Page(Lang, PageId, String),
    /// A picture beside pages.
    Image(Lang, String),
    /// Sources.
    Source,
    /// Figures.
    Figure,
    /// What a series counts.
    SeriesHeader(String),
    /// The points of a series.
    SeriesPoints(String),
    /// Events.
    Event,
    /// Themes of events.
    Themes,
    /// Charts.
    Chart,
    /// Actors.
    Actors,
    /// Groups of actors.
    ActorGroups,
    /// Words that the site does not say in its own voice.
    HouseStyle(Lang),
    /// Menus and labels in the site's own words.
    Strings(Lang),
    /// What terms mean.
    Terms,
    /// How a language calls them.
    TermNames(Lang),
    /// Maps.
    Map,
    /// What maps are drawn from.
    MapData(String),
    /// A kept copy whose text is read.
    SnapshotText,
    /// A kept copy that is only measured.
    Snapshot,
}

impl Role {
    /// How many bytes such a file may have: far more than any has, and so few that what is made of them fits into memory. A page takes some eighty times its
    /// size, a record some thirty times.
    pub fn limit(&self) -> u64 {
        match self {
            Self::Page(..) => 4 << 20,
            Self::Image(..) | Self::Snapshot | Self::SnapshotText => disk::MAX_TEXT,
            _ => 16 << 20,
        }
    }

    /// What the file at a path below the content folder is; else why it has no place, and what to do.
    pub fn of(path: &str, config: &Config) -> Result<Self, (String, String)> {
        let (first, rest) = path.split_once('/').unwrap_or(("", path));
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        let stem =
            |suffix: &str| rest.rsplit_once('/').map_or(rest, |(_, name)| name).strip_suffix(suffix).map(str::to_owned);
        match (first, extension) {
            ("sources", "yaml" | "yml") => Ok(Self::Source),
            ("events", "yaml" | "yml") => Ok(Self::Event),
            ("", "yaml") if rest == "themes.yaml" => Ok(Self::Themes),
            ("charts", "yaml" | "yml") => Ok(Self::Chart),
            ("actors", "yaml" | "yml") if matches!(rest, "groups.yaml" | "groups.yml") => Ok(Self::ActorGroups),
            ("actors", "yaml" | "yml") => Ok(Self::Actors),
            ("style", "yaml") => language_file(config, path, rest).map(Self::HouseStyle),
            ("strings", "yaml") => language_file(config, path, rest).map(Self::Strings),
            ("terms", "yaml") if rest == "terms.yaml" => Ok(Self::Terms),
            ("terms", "yaml") => language_file(config, path, rest).map(Self::TermNames),
            ("maps", "yaml" | "yml") => Ok(Self::Map),
            ("maps", "txt") => stem(".txt").map(Self::MapData).ok_or_else(|| unplaced(path)),
            ("figures", "yaml" | "csv") if rest.matches('/').count() > 1 => Err((
                format!("`{path}` lies too deep"),
                "a series is two files in `figures/series/`, and its name is its id".to_owned(),
            )),
            ("figures", "yaml") if rest.starts_with("series/") => {
                stem(".yaml").map(Self::SeriesHeader).ok_or_else(|| unplaced(path))
            }
            ("figures", "csv") if rest.starts_with("series/") => {
                stem(".csv").map(Self::SeriesPoints).ok_or_else(|| unplaced(path))
            }
            ("figures", "yaml" | "yml") => Ok(Self::Figure),
            ("snapshots", "txt") => Ok(Self::SnapshotText),
            ("snapshots", _) => Ok(Self::Snapshot),
            (lang, "md") if config.has_language(lang) => {
                let lang = Lang::parse(lang).ok_or_else(|| unplaced(path))?;
                PageId::from_file(rest).map(|id| Self::Page(lang, id, rest.to_owned())).ok_or_else(|| {
                    (
                        format!("`{rest}` cannot be an address"),
                        "name pages and folders with lower-case letters `a`–`z`, digits and `-`, and not with a name that Windows keeps for itself, such as `con`".to_owned(),
                    )
                })
            }
            (lang, extension) if config.has_language(lang) && IMAGES.contains(&extension) => {
                let lang = Lang::parse(lang).ok_or_else(|| unplaced(path))?;
                if !rest.split('/').all(is_portable) {
                    return Err((
                        format!("`{rest}` cannot be an address"),
                        "name pictures with letters `a`–`z`, digits, `.`, `-` and `_`".to_owned(),
                    ));
                }
                Ok(Self::Image(lang, rest.to_owned()))
            }
            (folder, _) => {
                let languages = config.languages.iter().map(|language| language.lang.as_str());
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
}

/// The language whose file of names or words this is: `he.yaml`.
fn language_file(config: &Config, path: &str, rest: &str) -> Result<Lang, (String, String)> {
    let name = rest.strip_suffix(".yaml").filter(|name| config.has_language(name));
    name.and_then(Lang::parse).ok_or_else(|| {
        let languages: Vec<String> =
            config.languages.iter().map(|language| format!("`{}.yaml`", language.lang)).collect();
        (format!("`{path}` is of no language of the site"), format!("name it after one: {}", languages.join(", ")))
    })
}

fn unplaced(path: &str) -> (String, String) {
    (format!("`{path}` cannot be placed"), "rename it".to_owned())
}
