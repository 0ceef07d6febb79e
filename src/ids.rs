//! The names by which things are called: languages, pages, sources, figures.
//!
//! Strings are parsed into these once, at the door; nothing later asks whether a name is well formed. Uses nothing else of the program.

use sha2::{Digest, Sha256};
use std::fmt::{self, Write};
use std::str::FromStr;
use std::sync::Arc;

/// A text that cannot be an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnId(Box<str>);

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be an id", self.0)
    }
}

impl std::error::Error for NotAnId {}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

/// What an id may be made of: letters, digits, `.`, `_` and `-`, beginning with a letter or a digit. No `:` and no `#`: the citation grammar needs them.
fn is_slug(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

macro_rules! slug {
    ($(#[$doc:meta])* $name:ident) => {
        name!($(#[$doc])* $name);

        impl $name {
            /// Reads a name; `None` when it holds a character that names may not hold.
            pub fn parse(text: &str) -> Option<Self> {
                is_slug(text).then(|| Self(text.into()))
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Self::parse(text).ok_or_else(|| NotAnId(text.into()))
            }
        }
    };
}

slug!(/// A source in `content/sources/`.
SourceId);
slug!(/// A stored quotation, within its source.
QuoteId);
slug!(/// A figure in `content/figures/`, or a series in `content/figures/series/`.
FigureId);
slug!(/// A term of the glossary.
TermId);
slug!(/// An event of the timeline.
EventId);
slug!(/// An actor of the who's who in `content/actors/`.
ActorId);
slug!(/// A chart, a timeline or a map that is drawn when the site is built.
DrawingId);

name!(
    /// A language by its BCP 47 tag, as in `book.toml` and as the first folder of an address.
    Lang
);

impl Lang {
    /// Reads a tag such as `en`, `zh-Hant` or `pt-BR`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let language = parts.next()?;
        let well_formed = (2..=3).contains(&language.len())
            && language.bytes().all(|b| b.is_ascii_lowercase())
            && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        well_formed.then(|| Self(text.into()))
    }
}

/// Whether a name can be that of a file or folder of a site, and a part of its address: ASCII, and nothing that a common file system refuses.
pub(crate) fn is_portable(part: &str) -> bool {
    (1..=120).contains(&part.len())
        // A dot at the end is dropped on Windows, and `.` and `..` are no names.
        && !part.ends_with('.')
        && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
        && !is_device(part)
}

/// The longest part of a file's name that is made of an id, so that file systems and archives can hold it.
const LONGEST: usize = 100;

/// The name of what is published of an id, without an ending.
///
/// Small letters only, because many file systems do not tell `A` from `a`; ids that come to one name are reported by `check`.
pub(crate) fn file_name(id: &str) -> String {
    let mut name = id.to_ascii_lowercase();
    if name.len() > LONGEST {
        let digest = Sha256::digest(id);
        // An id is ASCII, so it can be cut anywhere.
        name.truncate(LONGEST - 17);
        name.push('-');
        for byte in digest.iter().take(8) {
            // Writing to a string cannot fail.
            let _ = write!(name, "{byte:02x}");
        }
    }
    // Windows drops a dot at the end.
    if name.ends_with('.') {
        name.push('_');
    }
    // No id begins with `_`, so this can meet none.
    if is_device(&name) {
        name.insert(0, '_');
    }
    name
}

/// Names that Windows keeps for devices, whatever follows the first dot.
pub(crate) fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || (stem.len() == 4
            && (stem.starts_with("com") || stem.starts_with("lpt"))
            && stem.ends_with(|c: char| c.is_ascii_digit()))
}

name!(
    /// A page, the same in every language: its path under `content/<lang>/` without `.md`, `index` left out. The home page is the empty path.
    PageId
);

impl PageId {
    /// The home page.
    pub fn home() -> Self {
        Self("".into())
    }

    /// Reads the path of a Markdown file below its language folder, such as `actors/hamas.md` or `actors/index.md`.
    ///
    /// `None` unless every part is lower-case ASCII letters, digits and `-`: addresses must survive chat programs, zip files and every file system.
    pub fn from_file(path: &str) -> Option<Self> {
        let stem = path.strip_suffix(".md")?;
        let stem = if stem == "index" { "" } else { stem.strip_suffix("/index").unwrap_or(stem) };
        Self::parse(stem)
    }

    /// Reads the address of a page below its language, such as `actors/hamas`; the empty one is the home page.
    ///
    /// Nor may a part be a name that Windows keeps for a device, or the whole be longer than file systems and archives allow.
    pub fn parse(path: &str) -> Option<Self> {
        let part_ok = |part: &str| {
            !part.is_empty()
                && part.len() <= 80
                && !is_device(part)
                && !part.starts_with('-')
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        (path.is_empty() || (path.len() <= 200 && path.split('/').all(part_ok))).then(|| Self(path.into()))
    }

    /// Its name in formats and on the command line: its path, or `index` for the home page.
    pub fn name(&self) -> &str {
        if self.is_home() { "index" } else { self.as_str() }
    }

    /// Whether this is the home page.
    pub fn is_home(&self) -> bool {
        self.0.is_empty()
    }

    /// The page that names the folder this page lies in; `None` for the home page.
    pub fn parent(&self) -> Option<Self> {
        if self.is_home() {
            return None;
        }
        Some(self.0.rsplit_once('/').map_or_else(Self::home, |(parent, _)| Self(parent.into())))
    }

    /// How many folders the page's address is below its language's.
    pub fn depth(&self) -> usize {
        if self.is_home() { 0 } else { self.0.split('/').count() }
    }
}

name!(
    /// A theme of the timeline: also a folder of its address.
    ThemeId
);

impl ThemeId {
    /// Reads a theme such as `west-bank`: lower-case letters, digits and `-`.
    pub fn parse(text: &str) -> Option<Self> {
        PageId::parse(text).filter(|id| id.depth() == 1).map(|_| Self(text.into()))
    }
}

/// A number made from a text: a UUID of version 8, which leaves to each program how it is made.
pub fn uuid(text: &str) -> [u8; 16] {
    use sha2::{Digest, Sha256};
    let mut uuid = [0; 16];
    for (at, (byte, hashed)) in uuid.iter_mut().zip(Sha256::digest(text)).enumerate() {
        *byte = match at {
            6 => hashed & 0x0f | 0x80,
            8 => hashed & 0x0f | 0xa0,
            _ => hashed,
        };
    }
    uuid
}

/// The same number as a name.
pub fn urn(text: &str) -> String {
    let mut urn = "urn:uuid:".to_owned();
    for (at, byte) in uuid(text).into_iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            urn.push('-');
        }
        // Writing to a string cannot fail.
        let _ = write!(urn, "{byte:02x}");
    }
    urn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_ids_come_from_files() {
        let id = |path| PageId::from_file(path).map(|id| id.as_str().to_owned());
        assert_eq!(id("index.md").as_deref(), Some(""));
        assert_eq!(id("actors/index.md").as_deref(), Some("actors"));
        assert_eq!(id("actors/hamas.md").as_deref(), Some("actors/hamas"));
        for bad in ["Hamas.md", "a b.md", "../x.md", "a//b.md", "a.txt", "חמאס.md", "-a.md", "aux.md", "a/com1.md"]
        {
            assert_eq!(id(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_published_of_an_id_has_a_name_that_every_disk_keeps() {
        assert_eq!(file_name("OCHA-2024"), "ocha-2024");
        assert_eq!(file_name("con.txt"), "_con.txt");
        assert_eq!(file_name("a."), "a._");
        let (long, other) = (file_name(&"a".repeat(300)), file_name(&"a".repeat(301)));
        assert!(long != other && long.len() == 100 && is_portable(&long), "{long}");
        assert_eq!(file_name(&"a".repeat(100)), "a".repeat(100));
    }

    #[test]
    fn parents() {
        let parent = |path| PageId::parse(path).unwrap().parent().map(|id| id.as_str().to_owned());
        assert_eq!(parent("actors/hamas").as_deref(), Some("actors"));
        assert_eq!(parent("actors").as_deref(), Some(""));
        assert_eq!(parent(""), None);
    }

    #[test]
    fn tags() {
        assert!(Lang::parse("en").is_some());
        assert!(Lang::parse("zh-Hant").is_some());
        assert!(Lang::parse("english").is_none());
        assert!(Lang::parse("../x").is_none());
    }
}
