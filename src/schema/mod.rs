//! What every file of a site may hold, for editors: JSON Schemas, and how an editor is told of them.
//!
//! Nothing is described twice. The fields come from the readers of the records, which are asked what they ask for
//! ([`crate::workspace::shape`]); only what a field is for is written here ([`words`]), and a test holds that list against the fields.
//! Uses the rooms that read records; reads no file and writes none.

mod json;
mod wiring;
mod words;

pub use json::{MARK, write};
pub use wiring::Wiring;
pub use words::{about, all, place};

use crate::workspace::BOOK;
use crate::workspace::config;
use crate::workspace::front_matter;
use crate::workspace::shape::Shape;
use crate::{actor, chart, citation, editorial, figure, glossary, locale, map, timeline};

/// A kind of file.
#[derive(Debug, Clone, Copy)]
pub struct Sort {
    /// The name of its schema.
    pub name: &'static str,
    /// What it is.
    pub title: &'static str,
    /// The page of the documentation.
    pub guide: &'static str,
    /// Its files, below the content folder; none where it is no file of its own.
    pub files: &'static [&'static str],
    /// Whether it maps ids to records, or is one itself.
    pub by_id: bool,
    /// What it holds.
    pub shape: fn() -> Shape,
}

/// Every kind of file that people write.
pub const SORTS: &[Sort] = &[
    Sort {
        name: "book",
        title: "The site: book.toml",
        guide: "docs/configuration.md",
        files: &[],
        by_id: false,
        shape: config::shape,
    },
    Sort {
        name: "page",
        title: "The head of a page",
        guide: "docs/writing.md#a-page",
        files: &[],
        by_id: false,
        shape: front_matter::shape,
    },
    Sort {
        name: "sources",
        title: "Sources by their ids",
        guide: "docs/writing.md#a-source",
        files: &["sources/**/*.yaml"],
        by_id: true,
        shape: citation::read::shape,
    },
    Sort {
        name: "figures",
        title: "Figures by their ids",
        guide: "docs/writing.md#a-figure",
        files: &["figures/*.yaml"],
        by_id: true,
        shape: figure::read::shape,
    },
    Sort {
        name: "series",
        title: "The head of a series",
        guide: "docs/writing.md#a-series",
        files: &["figures/series/*.yaml"],
        by_id: false,
        shape: figure::series::shape,
    },
    Sort {
        name: "events",
        title: "Events by their ids",
        guide: "docs/writing.md#an-event",
        files: &["events/**/*.yaml"],
        by_id: true,
        shape: timeline::read::shape,
    },
    Sort {
        name: "themes",
        title: "Themes of events by their ids",
        guide: "docs/writing.md#an-event",
        files: &["themes.yaml"],
        by_id: true,
        shape: timeline::read::theme_shape,
    },
    Sort {
        name: "charts",
        title: "Charts by their ids",
        guide: "docs/writing.md#a-chart",
        files: &["charts/**/*.yaml"],
        by_id: true,
        shape: chart::read::shape,
    },
    Sort {
        name: "maps",
        title: "Maps by their ids",
        guide: "docs/writing.md#a-map",
        files: &["maps/**/*.yaml"],
        by_id: true,
        shape: map::read::shape,
    },
    Sort {
        name: "actors",
        title: "Actors by their ids",
        guide: "docs/writing.md#an-actor",
        files: &["actors/!(groups).yaml"],
        by_id: true,
        shape: actor::read::shape,
    },
    Sort {
        name: "actor-groups",
        title: "Groups of actors by their ids",
        guide: "docs/writing.md#an-actor",
        files: &["actors/groups.yaml"],
        by_id: true,
        shape: actor::read::group_shape,
    },
    Sort {
        name: "terms",
        title: "What terms mean, by their ids",
        guide: "docs/writing.md#a-term",
        files: &["terms/terms.yaml"],
        by_id: true,
        shape: glossary::read::shape,
    },
    Sort {
        name: "term-names",
        title: "What a language calls terms, by their ids",
        guide: "docs/writing.md#a-term",
        files: &["terms/!(terms).yaml"],
        by_id: true,
        shape: glossary::read::name_shape,
    },
    Sort {
        name: "style",
        title: "Words that a language's pages do not say in the site's own voice",
        guide: "docs/editorial-style.md",
        files: &["style/*.yaml"],
        by_id: false,
        shape: editorial::read::shape,
    },
    Sort {
        name: "strings",
        title: "Menus and labels of the site in a language",
        guide: "docs/translating.md#menus-and-labels",
        files: &["strings/*.yaml"],
        by_id: false,
        shape: locale::read::shape,
    },
];

impl Sort {
    /// The name of the file that its schema is written to.
    pub fn file(&self) -> String {
        format!("{}.schema.json", self.name)
    }

    /// The kind of a file by its path below the site's folder, where people write such files; `content` is the folder of the content.
    pub fn of(path: &str, content: &str) -> Option<&'static Self> {
        if path == BOOK {
            return named("book");
        }
        let below = path.strip_prefix(content)?.strip_prefix('/')?;
        let (folder, name) = below.split_once('/').unwrap_or(("", below));
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        match (folder, extension) {
            (_, "md") => named("page"),
            ("", "yaml") if stem == "themes" => named("themes"),
            ("actors", "yaml" | "yml") if stem == "groups" => named("actor-groups"),
            ("terms", "yaml") if stem != "terms" => named("term-names"),
            ("figures", "yaml") if stem.starts_with("series/") => named("series"),
            ("style" | "strings" | "terms", "yaml")
            | ("sources" | "figures" | "events" | "charts" | "maps" | "actors", "yaml" | "yml") => named(folder),
            _ => None,
        }
    }
}

fn named(name: &str) -> Option<&'static Sort> {
    SORTS.iter().find(|sort| sort.name == name)
}
