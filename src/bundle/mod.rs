//! Edition → one file that can be handed on by stick, chat or cable.
//!
//! In: an edition whose links open from a disk, and a name. Out: bytes, the same for the same edition. One room a format: [`zip`], [`html`], [`epub`], [`zim`], [`pdf`].
//! What is needed of a format is that it says what it is called and knows its own files again ([`Format`]), and makes bytes ([`pack`]).
//! [`archive`] reads what came back from a stick: it believes nothing. Knows no books, no disk and no clock. Uses `date`, `ids`, `xml`, `base64`,
//! `media`, `locale`, `social`, `manifest`, `site::address`, `site::edition`, `site::volume`. Formats that put pages together anew read them by way of [`pages`];
//! [`bound`] makes one document of a language, for those who read it on a screen and for those who print it. A PDF is made by a browser, and this room starts no program: whoever
//! packs brings a [`Printer`].

pub mod archive;
mod bound;
mod epub;
mod html;
mod pages;
mod pdf;
mod update;
mod zim;
mod zip;

use crate::ids::Lang;
use crate::manifest::{self, Manifest};
use crate::site::edition::{Clash, Edition, Stamp};
use archive::Archive;
pub use pdf::{CREATOR, Paper, Printer};
use std::collections::BTreeSet;
use std::fmt;
use std::io::Cursor;

/// So many characters of a path every system can unpack below a folder of its own (Windows stops at 260 with the drive).
const PATH_LIMIT: usize = 250;

/// A form of bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A folder of pages, packed: unpack, open `index.html`.
    Zip,
    /// All pages of a language in one file that a browser opens.
    Html,
    /// A book for reading programs, one a language.
    Epub,
    /// One file with everything, for Kiwix.
    Zim,
    /// Pages of paper, one file a language.
    Pdf,
}

impl Format {
    /// Every format, in the order in which they are made and shown.
    pub const ALL: &'static [Self] = &[Self::Zip, Self::Html, Self::Epub, Self::Zim, Self::Pdf];

    /// Its name, which is also the ending of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zip => "zip",
            Self::Html => "html",
            Self::Epub => "epub",
            Self::Zim => "zim",
            Self::Pdf => "pdf",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// Whether a file is a bundle of this format that Sourcebook made, and may be replaced by a newer one.
    pub fn recognises(self, bytes: &[u8]) -> bool {
        match self {
            Self::Zip => Archive::open(Cursor::new(bytes)).is_ok(),
            Self::Html => html::recognises(bytes),
            Self::Epub => epub::recognises(bytes),
            Self::Zim => zim::recognises(bytes),
            Self::Pdf => pdf::recognises(bytes),
        }
    }
}

/// A finished bundle: one file.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// Its form.
    pub format: Format,
    /// What part of the site it is, where it is not the whole.
    pub part: Option<String>,
    /// Its language, where the format makes a file for each.
    pub lang: Option<Lang>,
    /// The file.
    pub bytes: Vec<u8>,
    /// How many files are in it, the manifest not counted.
    pub files: usize,
    /// How many bytes they have unpacked.
    pub unpacked: u64,
}

impl Bundle {
    /// What its file is called: after the site ([`name_of`]), after its part, and after its language where it has one alone.
    pub fn file_name(&self, name: &str) -> String {
        let part = self.part.as_ref().map(|part| format!("-{part}")).unwrap_or_default();
        let lang = self.lang.as_ref().map(|lang| format!("-{lang}")).unwrap_or_default();
        format!("{name}{part}{lang}.{}", self.format.name())
    }
}

/// What a signature says of a file.
pub fn comment(stamp: &Stamp, file: &str, hash: &str) -> String {
    let date = stamp.date.map(|day| format!(" date:{day}")).unwrap_or_default();
    format!("file:{file} version:{}{date} sha256:{hash}", stamp.version())
}

/// What a signature says of the list in a copy.
pub fn comment_of_list(stamp: &Stamp, list: &[u8]) -> String {
    comment(stamp, manifest::NAME, &manifest::hash(list))
}

/// Makes the signature of a list of files: it lies beside the list, so that an unpacked copy can still say who made it.
pub type Seal<'s> = &'s dyn Fn(&[u8]) -> String;

/// What some formats need besides the edition.
#[derive(Clone, Copy, Default)]
pub struct Means<'a> {
    /// What is unpacked is sealed with it, where there is a key.
    pub seal: Option<Seal<'a>>,
    /// PDFs are printed with it.
    pub paper: Option<Paper<'a>>,
}

/// Why an edition cannot be bundled.
#[derive(Debug)]
#[non_exhaustive]
pub enum BundleError {
    /// Two files cannot lie in one folder on every computer.
    Names(Clash),
    /// A path that some computers cannot unpack.
    TooLong {
        /// The path, the top folder in it.
        path: String,
    },
    /// The library that packs has failed.
    Packing(String),
    /// The printer has failed, or there is none.
    Printing(String),
    /// There is no such page to be printed.
    NoPage {
        /// The page that was asked for.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
}

impl fmt::Display for BundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Names(Clash { first, second }) => write!(
                f,
                "the site has a file {first} and a file {second}, which cannot lie in one folder on every computer; rename one of them"
            ),
            Self::TooLong { path } => write!(
                f,
                "the path {path} has {} characters, and not every computer can unpack more than {PATH_LIMIT}; give its page a shorter name",
                path.len()
            ),
            Self::Packing(problem) => write!(f, "the bundle could not be packed: {problem}"),
            Self::Printing(problem) => write!(f, "the PDF could not be printed: {problem}"),
            Self::NoPage { name, .. } => write!(f, "the site has no page `{name}`"),
        }
    }
}

impl std::error::Error for BundleError {}

/// Makes the bundles of a format: one, or one for each language. `name` is that of the site ([`name_of`]).
pub fn pack(edition: &Edition, format: Format, name: &str, means: &Means<'_>) -> Result<Vec<Bundle>, BundleError> {
    match format {
        Format::Zip => Ok(vec![zip(edition, name, None, means.seal)?]),
        Format::Html => edition.volumes.iter().map(|volume| html::pack(edition, volume)).collect(),
        Format::Epub => edition.volumes.iter().map(|volume| epub::pack(edition, volume)).collect(),
        Format::Zim => Ok(vec![zim(edition, name)?]),
        Format::Pdf => {
            let paper = means.paper.ok_or_else(|| BundleError::Printing("nobody prints here".to_owned()))?;
            pdf::check(edition, paper.pages)?;
            edition.volumes.iter().filter_map(|volume| pdf::pack(edition, volume, &paper).transpose()).collect()
        }
    }
}

/// Makes a zip that is unpacked over an older copy: it has only what differs from what `old` lists.
pub fn pack_update(
    edition: &Edition,
    name: &str,
    old: &Manifest,
    seal: Option<Seal<'_>>,
) -> Result<Bundle, BundleError> {
    zip(edition, name, Some(old), seal)
}

/// `top` is the folder that it unpacks to.
fn zip(edition: &Edition, top: &str, since: Option<&Manifest>, seal: Option<Seal<'_>>) -> Result<Bundle, BundleError> {
    check_names(edition, top)?;
    let mut manifest = Manifest::of(edition);
    manifest.update = since.map(|old| update::between(old, &manifest));
    let brought: Option<BTreeSet<&String>> = manifest.update.as_ref().map(|update| update.brings.iter().collect());
    let files =
        manifest.files.iter().filter(|entry| brought.as_ref().is_none_or(|brought| brought.contains(&entry.path)));
    let (files, unpacked) = files.fold((0, 0), |(files, bytes), entry| (files + 1, bytes + entry.size));
    let bytes = zip::pack(edition, &manifest, top, seal)?;
    Ok(Bundle { format: Format::Zip, part: None, lang: None, bytes, files, unpacked })
}

/// All of the edition, as a zip has it.
fn zim(edition: &Edition, name: &str) -> Result<Bundle, BundleError> {
    check_names(edition, name)?;
    let manifest = Manifest::of(edition);
    let bytes = zim::pack(edition, &manifest, name)?;
    Ok(Bundle { format: Format::Zim, part: None, lang: None, bytes, files: edition.len(), unpacked: manifest.bytes() })
}

/// Refuses what some computer could not unpack. That names are plain ASCII, and none of them a device, [`crate::site::edition::OutPath`] sees to.
fn check_names(edition: &Edition, top: &str) -> Result<(), BundleError> {
    if let Some(clash) = edition.clash(&[manifest::NAME, manifest::SEAL]) {
        return Err(BundleError::Names(clash));
    }
    let paths = edition.iter().map(|(path, _)| format!("{top}/{path}"));
    match paths.max_by_key(String::len).filter(|path| path.len() > PATH_LIMIT) {
        Some(path) => Err(BundleError::TooLong { path }),
        None => Ok(()),
    }
}

/// A name for the folder and the file of a bundle, of the letters that every system knows: `The Israel–Hamas war: a …` gives `the-israel-hamas-war`.
/// It stands twice before every file of a zip, so it is short.
pub fn name_of(title: &str) -> String {
    const LIMIT: usize = 24;
    let title = title.split(':').next().unwrap_or(title);
    let mut name = String::new();
    for word in title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if name.len() + word.len() >= LIMIT {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(&word.to_ascii_lowercase());
    }
    if name.is_empty() || crate::site::edition::OutPath::parse(&name).is_none() { "site".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::edition::OutPath;

    fn edition(paths: &[&str]) -> Edition {
        let mut edition = Edition::default();
        for path in paths {
            assert!(edition.add(OutPath::parse(path).unwrap(), path.as_bytes()));
        }
        edition
    }

    #[test]
    fn names_are_those_that_every_system_knows() {
        let cases = [
            ("The Israel–Hamas war: a sourced background", "the-israel-hamas-war"),
            ("מלחמה", "site"),
            ("Con", "site"),
            ("  A  ", "a"),
            (&"x".repeat(60), "site"),
        ];
        for (title, name) in cases {
            assert_eq!(name_of(title), name, "{title}");
        }
    }

    #[test]
    fn what_some_computer_cannot_unpack_is_refused() {
        let long = ["abcdefghij"; 20].join("/") + "/index.html";
        let refused = |paths: &[&str], top: &str| {
            pack(&edition(paths), Format::Zip, top, &Means::default()).unwrap_err().to_string()
        };
        assert!(refused(&[&long], &"t".repeat(20)).starts_with("the path ttt"));
        assert!(pack(&edition(&[&long]), Format::Zip, "t", &Means::default()).is_ok());
        assert!(refused(&["A.html", "a.html"], "t").contains("A.html and a file a.html"));
        assert!(refused(&["Manifest.json"], "t").contains("manifest.json and a file Manifest.json"));
    }
}
