//! Workspace → Manuscript: every file through its own parser.
//!
//! What the authors wrote, typed, and nothing more: keys are still keys, links still paths. Pages are parsed in parallel and kept in the
//! order of their files. A page whose head cannot be read stays a page, so that links to it do not become errors of their own.
//! Uses `workspace`, `markdown`, `citation`, `figure`, `timeline`, `chart`, `map`, `actor`, `glossary`, `editorial`, `locale`, `ledger`, `links`, `changes`, `translation`, `social`.

pub mod alone;
pub mod pseudo;

use crate::actor::{self, Actor, Group};
use crate::changes::{self, FigureLock};
use crate::chart::{self, ChartRecord};
use crate::citation::csl::Style;
use crate::citation::{self, Source};
use crate::diagnostic::{Code, Diagnostic};
use crate::editorial::{self, HouseStyle};
use crate::exact::fit;
use crate::figure::{self, Figure, Series, series};
use crate::glossary::{self, Naming, Term};
use crate::ids::{DrawingId, Lang, PageId};
use crate::ledger::{self, Claim};
use crate::links::{self, Lock};
use crate::locale::{self, SiteStrings};
use crate::map::{self, MapData, MapRecord};
use crate::markdown::tree::{Document, DrawingKind, DrawingRef, Inline, Uncited};
use crate::markdown::{parse, parse_inlines};
use crate::social::typeface::Typefaces;
use crate::span::{FileId, Origin, Span};
use crate::timeline::{self, Event, Theme};
use crate::translation::status::Wordings;
use crate::translation::{self, Hash, Record};
use crate::workspace::front_matter::{self, FrontMatter};
use crate::workspace::node::Node;
use crate::workspace::{PageFile, Placed, SnapshotFile, Workspace};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Everything the authors wrote.
#[derive(Debug, Default)]
pub struct Manuscript {
    /// The pages of every language.
    pub pages: Vec<Page>,
    /// The sources.
    pub sources: Vec<Source>,
    /// The figures.
    pub figures: Vec<Figure>,
    /// The series.
    pub series: Vec<Series>,
    /// The copies of sources that the editors keep, by path below the content folder.
    pub snapshots: BTreeMap<String, SnapshotFile>,
    /// The events.
    pub events: Vec<Event>,
    /// The themes of events, in the order of their file.
    pub themes: Vec<Theme>,
    /// The charts.
    pub charts: Vec<ChartRecord>,
    /// The actors.
    pub actors: Vec<Actor>,
    /// Actors that are shown together.
    pub groups: Vec<Group>,
    /// What the site does not say in its own voice, by language.
    pub house_styles: Vec<HouseStyle>,
    /// Menus and labels in the site's own words, by language.
    pub strings: Vec<SiteStrings>,
    /// The terms.
    pub terms: Vec<Defined>,
    /// How the languages call them.
    pub namings: Vec<Naming>,
    /// What each page was translated from, by language and page.
    pub records: BTreeMap<(Lang, PageId), Kept>,
    /// Wordings of the source that were translated.
    pub wordings: Wordings,
    /// The maps.
    pub maps: Vec<MapRecord>,
    /// What they are drawn from.
    pub map_data: Vec<MapData>,
    /// How the addresses elsewhere answered; `None` where the file that says so cannot be read.
    pub links: Option<Lock>,
    /// What figures were when the site was last built; `None` where there is no file that says so.
    pub changes: Option<FigureLock>,
    /// The citation style.
    pub style: Style,
    /// The fonts of pictures.
    pub typefaces: Typefaces,
}

/// The record of a translation, and its file.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The file.
    pub file: FileId,
    /// What it says.
    pub record: Record,
}

/// A page in one language.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its language.
    pub lang: Lang,
    /// Which page.
    pub id: PageId,
    /// Its path below the language's folder.
    pub path: String,
    /// Its file.
    pub file: FileId,
    /// Its head.
    pub front: FrontMatter,
    /// The sentences under the title.
    pub summary: Option<Line>,
    /// Its key facts.
    pub key_facts: Vec<Line>,
    /// The fact box of the actor that it is about, drawn before the body.
    pub fact_box: Option<(Span, DrawingRef)>,
    /// Its body.
    pub body: Document,
    /// Its statements: of the summary, the key facts and the body, in this order.
    pub claims: Vec<Claim>,
}

/// A term with its definitions, which are Markdown.
#[derive(Debug)]
pub struct Defined {
    /// The term.
    pub term: Term,
    /// What it means, by language in the order of the file.
    pub lines: Vec<(Lang, Line)>,
}

/// Markdown in one field of a record or of a page's head.
#[derive(Debug, Clone)]
pub struct Line {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub content: Vec<Inline>,
    /// The editor's word that it needs no source.
    pub uncited: Option<Uncited>,
}

/// Parses everything.
pub fn parse_workspace(workspace: &Workspace) -> (Manuscript, Vec<Diagnostic>) {
    let pages = workspace.pages.par_iter().map(|page| parse_page(page, workspace.files.text(page.file)));
    let (pages, (mut manuscript, problems)) =
        rayon::join(|| pages.collect::<Vec<(Page, Vec<Diagnostic>)>>(), || parse_records(workspace));
    let mut diagnostics = Vec::new();
    for (page, problems) in pages {
        manuscript.pages.push(page);
        diagnostics.extend(problems);
    }
    diagnostics.extend(problems);
    (manuscript, diagnostics)
}

/// Parses whatever is no page.
fn parse_records(workspace: &Workspace) -> (Manuscript, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut manuscript = Manuscript { snapshots: workspace.snapshots.clone(), ..Manuscript::default() };
    for &file in &workspace.sources {
        manuscript.sources.extend(citation::read::read_file(file, workspace.files.text(file), &mut diagnostics));
    }
    for &file in &workspace.figures {
        manuscript.figures.extend(figure::read::read_file(file, workspace.files.text(file), &mut diagnostics));
    }
    for &file in &workspace.events {
        manuscript.events.extend(timeline::read::read_file(file, workspace.files.text(file), &mut diagnostics));
    }
    if let Some(file) = workspace.themes {
        manuscript.themes = timeline::read::read_themes(file, workspace.files.text(file), &mut diagnostics);
    }
    for &file in &workspace.charts {
        manuscript.charts.extend(chart::read::read_file(file, workspace.files.text(file), &mut diagnostics));
    }
    for &file in &workspace.actors {
        manuscript.actors.extend(actor::read::read_file(file, workspace.files.text(file), &mut diagnostics));
    }
    for &file in &workspace.actor_groups {
        manuscript.groups.extend(actor::read::read_groups(file, workspace.files.text(file), &mut diagnostics));
    }
    for (lang, file) in &workspace.house_styles {
        let text = workspace.files.text(*file);
        manuscript.house_styles.extend(editorial::read::read_file(lang, *file, text, &mut diagnostics));
    }
    for (lang, file) in &workspace.strings {
        let text = workspace.files.text(*file);
        manuscript.strings.extend(locale::read::read_file(lang, *file, text, &mut diagnostics));
    }
    for &file in &workspace.terms {
        let terms = glossary::read::terms(file, workspace.files.text(file), &mut diagnostics);
        for term in terms {
            let definitions = term.definition.iter();
            let lines = definitions.map(|(lang, node)| (lang.clone(), read_line(node, &mut diagnostics))).collect();
            manuscript.terms.push(Defined { term, lines });
        }
    }
    for (lang, file) in &workspace.term_names {
        let text = workspace.files.text(*file);
        manuscript.namings.extend(glossary::read::namings(lang, *file, text, &mut diagnostics));
    }
    for &file in &workspace.maps {
        manuscript.maps.extend(map::read::read_file(file, workspace.files.text(file), &mut diagnostics));
    }
    for (name, file) in &workspace.map_data {
        let text = workspace.files.text(*file);
        manuscript.map_data.extend(map::data::read_file(*file, name, text, &mut diagnostics));
    }
    if let Some(file) = workspace.style {
        match Style::read(file, workspace.files.text(file)) {
            Ok(style) => manuscript.style = style,
            Err(problem) => diagnostics.push(*problem),
        }
    }
    for (path, bytes) in &workspace.social_fonts {
        if !manuscript.typefaces.add(bytes) {
            diagnostics.push(
                Diagnostic::new(Code::SB720, path.span, format!("`{}` is no font that can be drawn", path.value)).help(
                    "name a TrueType or OpenType font (`.ttf`, `.otf`), not one that is packed for the web (`.woff2`)",
                ),
            );
        }
    }
    for files in &workspace.series {
        let header = (files.header, workspace.files.text(files.header));
        let points = files.points.map(|file| (file, workspace.files.text(file)));
        manuscript.series.extend(series::read(&files.name, header, points, &mut diagnostics));
    }
    for kept in &workspace.records {
        let text = workspace.files.text(kept.file);
        if let Some(record) = translation::read::read(&kept.id, kept.file, text, &mut diagnostics) {
            let record = Kept { file: kept.file, record };
            manuscript.records.insert((kept.lang.clone(), kept.id.clone()), record);
        }
    }
    for (name, file) in &workspace.wordings {
        if let Some(hash) = Hash::parse(name) {
            manuscript.wordings.insert(hash, workspace.files.text(*file).trim_end_matches(['\n', '\r']).to_owned());
        }
    }
    manuscript.links = match workspace.links {
        Some(file) => links::read::read(file, workspace.files.text(file), &mut diagnostics),
        None => Some(Lock::default()),
    };
    manuscript.changes =
        workspace.changes.and_then(|file| changes::read::read(file, workspace.files.text(file), &mut diagnostics));
    (manuscript, diagnostics)
}

/// Parses a page.
pub fn parse_page(page: &PageFile, text: &str) -> (Page, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let file = page.file;
    let (front, body_text, body_offset) = match front_matter::split(file, text) {
        Ok(split) => (front_matter::read(split.head, &mut diagnostics), split.body, split.body_offset),
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            (None, text, 0)
        }
    };
    let front = front.unwrap_or_else(|| untitled(page));
    let mut line = |node: &Node| read_line(node, &mut diagnostics);
    let summary = front.summary.as_ref().map(&mut line);
    let key_facts: Vec<Line> = front.key_facts.iter().map(line).collect();
    let fact_box = front.actor.as_ref().and_then(|actor| {
        let id = DrawingId::parse(actor.value.as_str())?;
        Some((actor.span, DrawingRef { kind: DrawingKind::Facts, id, period: None }))
    });
    let parsed = parse(body_text, Origin::Verbatim { file, offset: body_offset });
    diagnostics.extend(parsed.diagnostics);
    let body = parsed.value;
    let claims = claims(summary.as_ref(), &key_facts, &body);
    let page = Page {
        lang: page.lang.clone(),
        id: page.id.clone(),
        path: page.path.clone(),
        file,
        front,
        summary,
        key_facts,
        fact_box,
        body,
        claims,
    };
    (page, diagnostics)
}

/// The statements of a page, in reading order.
fn claims(summary: Option<&Line>, key_facts: &[Line], body: &Document) -> Vec<Claim> {
    let heads = summary.into_iter().chain(key_facts);
    let of_heads = heads.flat_map(|line| ledger::claims_of_line(&line.content, line.uncited.as_ref()));
    let mut claims: Vec<Claim> = of_heads.chain(ledger::claims(body)).collect();
    for claim in &mut claims {
        fit(&mut claim.marks);
    }
    fit(&mut claims);
    claims
}

impl Page {
    /// A page that nobody wrote: the site makes it of records.
    pub fn made(lang: Lang, id: PageId, title: Placed<String>, body: Document) -> Self {
        let (path, file) = (format!("{id}.md"), title.span.file);
        let front = titled(title);
        Self {
            lang,
            id,
            path,
            file,
            front,
            summary: None,
            key_facts: Vec::new(),
            fact_box: None,
            body,
            claims: Vec::new(),
        }
    }
}

/// Markdown in a field.
fn read_line(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Line {
    let Some(text) = node.as_text() else { return Line { span: node.span, content: Vec::new(), uncited: None } };
    let parsed = parse_inlines(text, node.origin());
    diagnostics.extend(parsed.diagnostics);
    let (content, uncited) = parsed.value;
    Line { span: node.span, content, uncited }
}

/// The head of a page whose own cannot be read. Such a page is never published: the reading was an error.
fn untitled(page: &PageFile) -> FrontMatter {
    titled(Placed { value: page.path.clone(), span: Span::start_of(page.file) })
}

/// A head with nothing but a title.
fn titled(title: Placed<String>) -> FrontMatter {
    FrontMatter {
        title,
        summary: None,
        key_facts: Vec::new(),
        weight: 0,
        about_site: false,
        data_to: None,
        published: None,
        reviewed: None,
        draft: false,
        aliases: Vec::new(),
        translation: None,
        actor: None,
        corrections: Vec::new(),
    }
}
