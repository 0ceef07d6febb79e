//! `book.toml`: what the site is called, its languages, its checks and where it goes.
//!
//! mdBook's file and, where they mean the same, its keys (`[book] title, description, authors, language, src`, `[build] build-dir`).

mod editor;
mod external;

pub use editor::{Backend, Editor};
pub use external::External;

use super::fields::{Codes, Fields};
use super::node::{Node, Placed, Value};
use super::shape::{Kind, Named, Shape};
use crate::diagnostic::{Code, Diagnostic, Level, Levels, did_you_mean};
use crate::ids::Lang;
use crate::signature;
use crate::span::{FileId, Span};
use crate::web;

const CODES: Codes = Codes { unknown: Code::SB101, invalid: Code::SB102 };

/// The site as `book.toml` describes it.
#[derive(Debug, Clone)]
pub struct Config {
    /// The file, for diagnostics about the site as a whole.
    pub file: FileId,
    /// The site's name where a language has none of its own.
    pub title: String,
    /// One sentence about it.
    pub description: Option<String>,
    /// Who publishes it.
    pub authors: Vec<String>,
    /// The folder of the pages and the data, relative to the root.
    pub content_dir: String,
    /// The output folder, relative to the root.
    pub build_dir: String,
    /// Whether the site has a page for translators in each language.
    pub translation_status: bool,
    /// How files are compressed beside themselves.
    pub compress: Vec<Compression>,
    /// The forms of the copies that are offered on the site, by their names, each once.
    pub offline: Vec<Placed<String>>,
    /// The publisher's public key, with which readers check a copy.
    pub signing_key: Option<Placed<String>>,
    /// Whether pages have pictures for where they are shared.
    pub social_images: bool,
    /// Font files for these pictures, relative to the root, before those that the program carries.
    pub social_fonts: Vec<Placed<String>>,
    /// The address at which the site will be served, where it is known.
    pub base_url: Option<String>,
    /// Where a reader reports an error; `{url}` and `{title}` in it stand for the page's.
    pub report_url: Option<String>,
    /// The web editor, where the site has one.
    pub editor: Option<Editor>,
    /// How the addresses of other hosts are visited.
    pub external: External,
    /// The languages in the order of the file, the source language first. Never empty.
    pub languages: Vec<LanguageConfig>,
    /// How the list of a page's sources is divided.
    pub source_groups: Grouping,
    /// The CSL file of the citation style, relative to the root, where the site has one of its own.
    pub citation_style: Option<Placed<String>>,
    /// What is made of each code.
    pub levels: Levels,
}

/// How a copy of a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Compression {
    /// Brotli, which browsers take over an encrypted connection.
    Brotli,
    /// Gzip, which every browser takes.
    Gzip,
}

impl Compression {
    /// Every one with its word.
    const ALL: &'static [(&'static str, Self)] = &[("br", Self::Brotli), ("gz", Self::Gzip)];

    /// Its word, which is also the end of the copy's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
        }
    }
}

/// How a list of sources is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// Not at all: one list in the order of the numbers.
    #[default]
    None,
    /// By the kind of source.
    Kind,
}

/// A language of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageConfig {
    /// Its tag.
    pub lang: Lang,
    /// Where `book.toml` names it.
    pub span: Span,
    /// Its own name for itself.
    pub name: Option<String>,
    /// The site's name in it.
    pub title: Option<String>,
    /// The site's description in it.
    pub description: Option<String>,
    /// How it writes numbers and dates, as a BCP 47 locale.
    pub format_locale: Option<Placed<String>>,
    /// The calendar that stands second beside dates.
    pub second_calendar: Option<Placed<String>>,
    /// `ltr` or `rtl`, where the language's own is not meant.
    pub rtl: Option<bool>,
    /// Font files for its text, relative to the root, one for each weight.
    pub fonts: Vec<Placed<String>>,
}

impl Config {
    /// The language that the others are translated from.
    pub fn source_language(&self) -> Option<&Lang> {
        self.languages.first().map(|language| &language.lang)
    }

    /// Whether the site has that language.
    pub fn has_language(&self, lang: &str) -> bool {
        self.languages.iter().any(|language| language.lang.as_str() == lang)
    }
}

/// Reads `book.toml`. `None` where there is no usable configuration; the diagnostics say why.
pub fn read(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Config> {
    let node = match super::toml::read(file, text) {
        Ok(node) => node,
        Err(errors) => {
            diagnostics.extend(errors);
            return None;
        }
    };
    let start = Span::start_of(file);
    let mut root = Fields::open(&node, start, "book.toml", CODES, diagnostics)?;
    let sections = read_sections(&mut root);
    root.finish();
    let Sections { book, build, site, editor, external, citations, languages, check } = sections;
    let (book, build, site, citations) = (book?, build?, site?, citations?);
    let languages = read_languages(languages, book.language.as_ref(), file, diagnostics);
    let levels = check.map(|check| read_levels(check, diagnostics)).unwrap_or_default();
    Some(Config {
        file,
        title: book.title?,
        description: book.description,
        authors: book.authors,
        content_dir: book.content_dir?,
        build_dir: build.folder?,
        translation_status: build.translation_status,
        compress: build.compress,
        offline: build.offline,
        signing_key: build.signing_key,
        social_images: build.social_images,
        social_fonts: build.social_fonts,
        base_url: site.base_url,
        report_url: site.report_url,
        editor,
        external: external?,
        languages,
        source_groups: citations.groups,
        citation_style: citations.style,
        levels,
    })
}

/// What the file may hold.
pub fn shape() -> Shape {
    Shape::of("book.toml", |root| drop(read_sections(root)))
}

/// The sections of the file; `None` for one that is something else.
struct Sections<'n> {
    book: Option<Book>,
    build: Option<Build>,
    site: Option<Site>,
    editor: Option<Editor>,
    external: Option<External>,
    citations: Option<Citations>,
    languages: Option<&'n Node>,
    check: Option<&'n Node>,
}

fn read_sections<'n>(root: &mut Fields<'n, '_>) -> Sections<'n> {
    let book = root.section("book", "[book]", read_book);
    root.needs(&["book"]);
    let build = root.section("build", "[build]", read_build);
    let site = root.section("site", "[site]", read_site);
    let editor = root.group("editor", "[editor]").and_then(editor::read);
    let external = root.section("external", "[external]", external::read);
    let citations = root.section("citations", "[citations]", read_citations);
    root.holds("languages", || {
        let language = Shape::of("a language", |fields| {
            Lang::parse("en").map(|lang| read_language(bare_language(lang, fields.place()), fields))
        });
        Kind::ByLanguage(Box::new(Kind::Record(language)))
    });
    let languages = root.node("languages");
    root.holds("check", || {
        let level = || Kind::Word(["deny", "warn", "allow"].map(str::to_owned).to_vec());
        let names = Code::ALL.iter().flat_map(|code| [(code, code.id()), (code, code.name())]);
        let with_level = |(code, name): (&Code, &str)| Named {
            name: name.to_owned(),
            about: code.title().to_owned(),
            kind: level(),
        };
        Kind::Named(names.map(with_level).collect())
    });
    let check = root.node("check");
    Sections { book, build, site, editor, external, citations, languages, check }
}

struct Book {
    title: Option<String>,
    description: Option<String>,
    authors: Vec<String>,
    language: Option<Placed<Lang>>,
    content_dir: Option<String>,
}

fn read_book(fields: &mut Fields<'_, '_>) -> Book {
    let title = fields.text("title");
    Book {
        title: fields.required("title", title, "\"The name of the site\"").map(|title| title.value),
        description: fields.text("description").map(|text| text.value),
        authors: fields.texts("authors").into_iter().map(|author| author.value).collect(),
        language: fields.parsed("language", parse_lang, "a BCP 47 tag such as `en` or `pt-BR`"),
        content_dir: folder(fields, "src", "content"),
    }
}

struct Build {
    folder: Option<String>,
    translation_status: bool,
    compress: Vec<Compression>,
    offline: Vec<Placed<String>>,
    signing_key: Option<Placed<String>>,
    social_images: bool,
    social_fonts: Vec<Placed<String>>,
}

fn read_build(fields: &mut Fields<'_, '_>) -> Build {
    Build {
        folder: folder(fields, "build-dir", "public"),
        translation_status: fields.boolean("translation-status").unwrap_or(false),
        compress: read_compression(fields),
        offline: fields.texts("offline"),
        signing_key: fields.parsed(
            "signing-key",
            parse_signing_key,
            "the second line of minisign.pub, which `minisign -G` writes: 56 letters that begin with RW",
        ),
        social_images: fields.boolean("social-images").unwrap_or(false),
        social_fonts: fields.texts("social-fonts"),
    }
}

struct Site {
    base_url: Option<String>,
    report_url: Option<String>,
}

fn read_site(fields: &mut Fields<'_, '_>) -> Site {
    let base_url = fields.parsed("base-url", parse_base_url, "an address such as `https://example.org/explainer/`");
    let report_url = fields.parsed(
        "report-url",
        parse_report_url,
        "an `https://` or `mailto:` address; `{url}` and `{title}` stand for the page's",
    );
    Site { base_url: base_url.map(|url| url.value), report_url: report_url.map(|url| url.value) }
}

struct Citations {
    groups: Grouping,
    style: Option<Placed<String>>,
}

fn read_citations(fields: &mut Fields<'_, '_>) -> Citations {
    let groups = fields.choice("group-by", &[("none", Grouping::None), ("kind", Grouping::Kind)]);
    Citations { groups: groups.map(|groups| groups.value).unwrap_or_default(), style: fields.text("style") }
}

/// The kinds of copies, each once.
fn read_compression(fields: &mut Fields<'_, '_>) -> Vec<Compression> {
    let mut kinds = fields.choices("compress", Compression::ALL, |word| {
        (format!("there are no copies of the kind `{word}`"), "write `compress = [\"br\", \"gz\"]`, or one of the two")
    });
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

fn parse_lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| format!("`{text}` is not a language tag"))
}

fn parse_signing_key(text: &str) -> Result<String, String> {
    if signature::is_public_key(text) {
        Ok(text.to_owned())
    } else {
        Err(format!("`{text}` is no public key of minisign"))
    }
}

/// Whether a character ends an address, or the line that it stands in.
fn breaks(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn leads_where_it_says(address: &str) -> Result<(), String> {
    web::fault(address).map_or(Ok(()), |fault| Err(fault.message))
}

/// Reads the address of a site.
pub fn parse_base_url(text: &str) -> Result<String, String> {
    let after = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match after {
        Some(rest) if !rest.is_empty() && !rest.contains(['"', '<', '>', '?', '#']) && !rest.contains(breaks) => {
            leads_where_it_says(text).map(|()| format!("{}/", text.trim_end_matches('/')))
        }
        _ => Err(format!("`{text}` is no web address of a folder")),
    }
}

fn parse_report_url(text: &str) -> Result<String, String> {
    let known = ["https://", "http://", "mailto:"].iter().any(|prefix| text.starts_with(prefix));
    if !known || text.contains(['"', '<', '>']) || text.contains(breaks) {
        return Err(format!("`{text}` is no address"));
    }
    if text.replace("{url}", "").replace("{title}", "").contains(['{', '}']) {
        return Err(format!("`{text}` has braces around something else than `{{url}}` or `{{title}}`"));
    }
    if text.starts_with("http") {
        leads_where_it_says(text)?;
    }
    Ok(text.to_owned())
}

/// A folder below the root; `None` (with a diagnostic) for one that leaves it.
fn folder(fields: &mut Fields<'_, '_>, name: &'static str, default: &str) -> Option<String> {
    let Some(text) = fields.text(name) else { return Some(default.to_owned()) };
    let path = text.value.trim_end_matches('/');
    let inside = !path.is_empty()
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && !path.contains(['\\', ':', '\0']);
    if inside {
        return Some(path.to_owned());
    }
    fields.wrong(
        text.span,
        format!("`{name}` must be a folder inside the site's own, not `{}`", text.value),
        format!("write `{name} = \"{default}\"`; `build --out` takes any folder"),
    );
    None
}

fn read_languages(
    node: Option<&Node>,
    source: Option<&Placed<Lang>>,
    file: FileId,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<LanguageConfig> {
    let mut languages = Vec::new();
    let entries = match node.map(|node| &node.value) {
        Some(Value::Map(entries)) => entries.as_slice(),
        _ => &[],
    };
    if let Some(node) = node.filter(|node| !matches!(node.value, Value::Map(_))) {
        diagnostics.push(no_section(node, "languages", "[languages.en]"));
    }
    for (key, node) in entries {
        let Some(lang) = Lang::parse(&key.text) else {
            diagnostics.push(
                Diagnostic::new(Code::SB102, key.span, format!("`{}` is not a language tag", key.text))
                    .help("a BCP 47 tag such as `en` or `pt-BR`"),
            );
            continue;
        };
        let Some(mut fields) = Fields::open(node, key.span, "a language", CODES, diagnostics) else { continue };
        languages.push(read_language(bare_language(lang, key.span), &mut fields));
        fields.finish();
    }
    let fallback_span = Span::start_of(file);
    match source {
        Some(source) => match languages.iter().position(|language| language.lang == source.value) {
            Some(index) => {
                let first = languages.remove(index);
                languages.insert(0, first);
            }
            None if entries.is_empty() => languages.push(bare_language(source.value.clone(), source.span)),
            None => diagnostics.push(
                Diagnostic::new(
                    Code::SB102,
                    source.span,
                    format!("the language `{}` has no section of its own", source.value),
                )
                .help(format!("add `[languages.{}]`", source.value)),
            ),
        },
        None if languages.is_empty() => {
            if let Some(lang) = Lang::parse("en") {
                languages.push(bare_language(lang, fallback_span));
            }
        }
        None => {}
    }
    languages
}

/// What a section says of its language.
fn read_language(bare: LanguageConfig, fields: &mut Fields<'_, '_>) -> LanguageConfig {
    LanguageConfig {
        name: fields.text("name").map(|text| text.value),
        title: fields.text("title").map(|text| text.value),
        description: fields.text("description").map(|text| text.value),
        format_locale: fields.text("format-locale"),
        second_calendar: fields.text("second-calendar"),
        rtl: fields.choice("direction", &[("ltr", false), ("rtl", true)]).map(|choice| choice.value),
        fonts: fields.texts("font"),
        ..bare
    }
}

fn bare_language(lang: Lang, span: Span) -> LanguageConfig {
    LanguageConfig {
        lang,
        span,
        name: None,
        title: None,
        description: None,
        format_locale: None,
        second_calendar: None,
        rtl: None,
        fonts: Vec::new(),
    }
}

fn read_levels(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Levels {
    let mut levels = Levels::default();
    let Value::Map(entries) = &node.value else {
        diagnostics.push(no_section(node, "check", "[check]"));
        return levels;
    };
    for (key, value) in entries {
        let Some(code) = Code::parse(&key.text) else {
            let names = Code::ALL.iter().flat_map(|code| [code.id(), code.name()]);
            let help = did_you_mean(&key.text, names).map_or_else(
                || "the codes are listed in docs/diagnostics".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            diagnostics
                .push(Diagnostic::new(Code::SB101, key.span, format!("there is no check `{}`", key.text)).help(help));
            continue;
        };
        let level = match value.as_text() {
            Some("deny") => Level::Deny,
            Some("warn") => Level::Warn,
            Some("allow") => Level::Allow,
            _ => {
                diagnostics.push(
                    Diagnostic::new(Code::SB102, value.span, format!("`{}` is `deny`, `warn` or `allow`", key.text))
                        .help(format!("write `{} = \"warn\"`", key.text)),
                );
                continue;
            }
        };
        levels.set(code, level);
    }
    levels
}

fn no_section(node: &Node, name: &str, example: &str) -> Diagnostic {
    Diagnostic::new(Code::SB102, node.span, format!("`{name}` is a section, not {}", node.kind()))
        .help(format!("write `{example}` on a line of its own, and its keys below it"))
}
