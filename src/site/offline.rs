//! The page on which readers take copies of the site and learn to check them.
//!
//! On the site it lists the files that lie beside the pages ([`Offered`]), each with its size and its fingerprint. In a copy there are no such
//! files: it says which copy this is, where a newer one is, and how to check the file that the copy came in. A preview of a site has neither.
//! Who makes the files is no concern of this room.

use super::address;
use super::context::Alternate;
use super::edition::OutPath;
use super::frame::paths_of;
use super::html::Html;
use super::page::{PageWriter, alternates};
use super::words;
use super::{Offline, SiteOptions};
use crate::book::Language;
use crate::book::navigation::{Made, OFFLINE};
use crate::ids::Lang;
use crate::locale::{Key, Locale};
use crate::number::Number;
use schemars::JsonSchema;
use serde::Serialize;

/// The folder of the files.
pub const DOWNLOADS: &str = "downloads";

/// The file that lists their fingerprints, in the form that `sha256sum --check` reads.
pub const SUMS: &str = "SHA256SUMS";

/// What stands for the name of a file that is not known.
const ANY_FILE: &str = "FILE";

/// A form in which readers know copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A folder of pages, packed.
    Zip,
    /// One file for a browser.
    Html,
    /// A book for reading programs.
    Epub,
    /// A file for Kiwix.
    Zim,
    /// Pages to print.
    Pdf,
}

impl Form {
    /// Every one with its name.
    const ALL: &'static [(&'static str, Self)] =
        &[("zip", Self::Zip), ("html", Self::Html), ("epub", Self::Epub), ("zim", Self::Zim), ("pdf", Self::Pdf)];

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(own, _)| *own == name).map(|(_, form)| *form)
    }

    /// What it is, in plain words, and what it is good for.
    fn words(self) -> (Key, Key) {
        match self {
            Self::Zip => (Key::OfflineZip, Key::OfflineZipText),
            Self::Html => (Key::OfflineHtml, Key::OfflineHtmlText),
            Self::Epub => (Key::OfflineEpub, Key::OfflineEpubText),
            Self::Zim => (Key::OfflineZim, Key::OfflineZimText),
            Self::Pdf => (Key::OfflinePdf, Key::OfflinePdfText),
        }
    }
}

/// A file that readers are offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Its form.
    pub form: Form,
    /// Its name in [`DOWNLOADS`].
    pub name: String,
    /// Its language, where it has one alone.
    pub lang: Option<Lang>,
    /// How many bytes it has.
    pub size: u64,
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// Whether its signature lies beside it.
    pub is_signed: bool,
}

/// What `offline.html` gets besides.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct OfflineContext {
    /// Its title.
    title: String,
    /// What the page is, for `<meta>`.
    description: String,
    /// Its whole address; null without `base-url`.
    canonical_url: Option<String>,
    /// The page in all languages, by whole addresses; empty without `base-url`.
    alternates: Vec<Alternate>,
    /// Whether the page stands in a copy; else on the site, which offers copies.
    is_copy: bool,
    /// How old the files are, and which version they have; null where there are none.
    about: Option<Html>,
    /// The files by their form; empty in a copy and in a preview.
    forms: Vec<FormEntry>,
    /// How the zip is opened, by the kind of machine; empty where no zip is offered.
    opening: Vec<Told>,
    /// Where a newer copy is; null on the site itself.
    newer: Option<Html>,
    /// Where the fingerprint of the file stands that this copy came in; null on the site itself.
    fingerprint_is: Option<String>,
    /// The fingerprints of all files as one file.
    sums_url: Option<String>,
    /// What is typed to work out a fingerprint, by system.
    hashing: Vec<Command>,
    /// What is typed to look into a copy.
    looking: String,
    /// Whether signatures are explained: where files have one, or the site has a key.
    has_signatures: bool,
    /// What is typed to check a signature.
    signatures: Vec<String>,
    /// The publisher's public key, where the site gives one.
    key: Option<String>,
}

/// The files of one form.
#[derive(Debug, Serialize, JsonSchema)]
struct FormEntry {
    /// What it is, in plain words; write it with the filter `bidi`.
    title: String,
    /// What it is good for; write it with the filter `bidi`.
    text: String,
    /// The files, that of the reader's language first.
    files: Vec<FileEntry>,
}

/// A file that is offered.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OfferedFile")]
struct FileEntry {
    /// Its address.
    url: String,
    /// Its name.
    name: String,
    /// The name of its language in the reader's, or that it has all of them.
    language: String,
    /// Its language, where it has one alone.
    lang: Option<String>,
    /// Its size with the unit.
    size: Html,
    /// Its SHA-256.
    sha256: String,
    /// Its signature; null where it has none.
    signature_url: Option<String>,
}

/// What is done on a kind of machine.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OpeningWay")]
struct Told {
    /// The machine.
    name: String,
    /// What is done; write it with the filter `bidi`.
    text: String,
}

/// A line to be typed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TypedCommand")]
struct Command {
    /// The system on which it is.
    system: &'static str,
    /// The line.
    line: String,
}

/// Where the page of a language lies.
pub(super) fn path(lang: &Lang) -> Option<OutPath> {
    OutPath::parse(&format!("{lang}/{OFFLINE}/index.html"))
}

/// Where a file lies that is offered. `None` for a name that cannot be written.
pub fn path_of(name: &str) -> Option<OutPath> {
    OutPath::parse(&format!("{DOWNLOADS}/{name}"))
}

/// What the signature of a file is called.
pub fn signature_of(name: &str) -> String {
    format!("{name}.minisig")
}

/// The context of the page for readers of a language; `which` says which content the edition has.
pub(super) fn context(
    writer: &PageWriter<'_>,
    language: &Language,
    options: &SiteOptions,
    which: Html,
) -> OfflineContext {
    let SiteOptions { offered, offline, .. } = options;
    let teller = Teller { writer, language, locale: &language.locale };
    let key = writer.book.config.signing_key.as_ref().map(|key| key.value.clone());
    let file = offered.first().map_or(ANY_FILE, |offered| offered.name.as_str());
    let keyed = key.as_deref().unwrap_or("RWQ…");
    let is_zip = |offered: &&Offered| offered.form == Form::Zip;
    let text = |key: Key| teller.locale.text(key).to_owned();
    OfflineContext {
        title: text(Key::Offline),
        description: text(if offline.is_some() { Key::OfflineIsCopy } else { Key::OfflineIntro }),
        canonical_url: writer.book.config.base_url.as_deref().map(|base| address::absolute(base, writer.from)),
        alternates: alternates(writer.book, &paths_of(Made::Offline, writer.book)),
        is_copy: offline.is_some(),
        about: (!offered.is_empty()).then_some(which),
        forms: teller.forms(offered),
        opening: offered.iter().find(is_zip).map(|_| teller.opening()).unwrap_or_default(),
        newer: offline.as_ref().map(|offline| teller.newer(offline)),
        fingerprint_is: offline.as_ref().map(|offline| text(teller.fingerprint_of(offline))),
        sums_url: offered.first().and_then(|_| teller.url(SUMS)),
        hashing: hashing(file),
        looking: format!("sourcebook verify {file}"),
        has_signatures: key.is_some() || offered.iter().any(|offered| offered.is_signed),
        signatures: vec![format!("minisign -Vm {file} -P {keyed}"), format!("sourcebook verify {file} --key {keyed}")],
        key,
    }
}

/// What systems have of themselves.
fn hashing(file: &str) -> Vec<Command> {
    let lines = [
        ("Windows", format!("certutil -hashfile {file} SHA256")),
        ("macOS", format!("shasum -a 256 {file}")),
        ("Linux", format!("sha256sum {file}")),
    ];
    lines.into_iter().map(|(system, line)| Command { system, line }).collect()
}

struct Teller<'a> {
    writer: &'a PageWriter<'a>,
    language: &'a Language,
    locale: &'a Locale,
}

impl Teller<'_> {
    fn forms(&self, offered: &[Offered]) -> Vec<FormEntry> {
        let entry = |(_, form): &(&str, Form)| {
            let mut own: Vec<&Offered> = offered.iter().filter(|offered| offered.form == *form).collect();
            // Who reads the page in a language most likely wants that one, and the rest may be dear to load.
            own.sort_by_key(|offered| match &offered.lang {
                Some(lang) if *lang == self.language.lang => 0,
                None => 1,
                Some(_) => 2,
            });
            let (title, text) = form.words();
            let files: Vec<FileEntry> = own.into_iter().filter_map(|offered| self.file(offered)).collect();
            let words = |key: Key| self.locale.text(key).to_owned();
            (!files.is_empty()).then(|| FormEntry { title: words(title), text: words(text), files })
        };
        Form::ALL.iter().filter_map(entry).collect()
    }

    fn file(&self, offered: &Offered) -> Option<FileEntry> {
        let book = self.writer.book;
        // Of a site of one language, the file with all languages is the file of this one.
        let only = book.languages.first().filter(|_| book.languages.len() == 1).map(|language| &language.lang);
        let lang = offered.lang.as_ref().or(only);
        let language = match lang {
            Some(lang) => words::language_name(self.locale, book.language(lang)?),
            None => self.locale.text(Key::OfflineAllLanguages).to_owned(),
        };
        Some(FileEntry {
            url: self.url(&offered.name)?,
            name: offered.name.clone(),
            language,
            lang: lang.map(|lang| lang.as_str().to_owned()),
            size: self.size(offered.size),
            sha256: offered.sha256.clone(),
            signature_url: self.url(&signature_of(&offered.name)).filter(|_| offered.is_signed),
        })
    }

    fn url(&self, name: &str) -> Option<String> {
        Some(address::link(self.writer.profile, self.writer.from, &path_of(name)?, None))
    }

    /// "11.8 MB", of a million bytes each, rounded up.
    fn size(&self, bytes: u64) -> Html {
        let tenths = bytes.div_ceil(100_000);
        let text = if tenths.is_multiple_of(10) {
            (tenths / 10).to_string()
        } else {
            format!("{}.{}", tenths / 10, tenths % 10)
        };
        let number = Number::parse(&text).unwrap_or_else(|| Number::from(0_u32));
        words::pieces(&self.locale.fill_pieces(Key::OfflineSize, &[("n", (&number).into())]))
    }

    fn opening(&self) -> Vec<Told> {
        let told = |name: &str, key: Key| {
            // Without the marks that isolate in plain text: the filter does it with elements.
            let pieces = self.locale.fill_pieces(key, &[("file", "index.html".into())]);
            Told { name: name.to_owned(), text: words::joined(&pieces) }
        };
        vec![
            told(self.locale.text(Key::OfflineOnComputer), Key::OfflineOnComputerText),
            told("Android", Key::OfflineOnAndroidText),
            told("iPhone, iPad", Key::OfflineOnIphoneText),
        ]
    }

    /// Where a newer copy is: on the page of this name, where the site has one.
    fn newer(&self, offline: &Offline) -> Html {
        let Some(live) = offline.live_url.as_deref() else {
            return Html::escaped(self.locale.text(Key::OfflineNewerUnknown));
        };
        let page = path(&self.language.lang).filter(|_| self.writer.book.offers_copies());
        let (key, url) = match page {
            Some(page) => (Key::OfflineNewerAt, address::absolute(live, &page)),
            None => (Key::OfflineLiveSite, live.to_owned()),
        };
        let mut link = Html::new();
        link.open("a", &[("class", "external"), ("rel", "noopener"), ("href", &url)]).text(&url).close("a");
        words::sentence(self.locale, key, &[("url", link)])
    }

    fn fingerprint_of(&self, offline: &Offline) -> Key {
        if offline.live_url.is_some() && self.writer.book.offers_copies() {
            Key::OfflineCopyCheckAt
        } else {
            Key::OfflineCopyCheckAsk
        }
    }
}
