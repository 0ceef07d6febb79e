//! What a move comes to: which files go where, what changes in which, and which records say what.

use super::links::{self, Unfound};
use super::paths::Paths;
use super::records::{self, Names};
use super::{Edits, Refusal, edited, head};
use crate::book::navigation::{GLOSSARY, resolve_path};
use crate::book::{Book, BookPage, Version, read_again, reading};
use crate::ids::{Lang, PageId};
use crate::span::{FileId, Span};
use crate::translation::status::Wordings;
use crate::translation::{Hash, Kind, Record};
use crate::workspace::RecordFile;
use std::collections::{BTreeMap, BTreeSet};

/// What is to be done.
#[derive(Debug, Default)]
pub struct Plan {
    /// The pages with their addresses, old and new.
    pub pages: Vec<(PageId, PageId)>,
    /// Texts that change, by path: what is there, and what will be. Pages that go elsewhere are among them, under their old paths.
    pub texts: BTreeMap<String, (String, String)>,
    /// Files that go elsewhere, old path and new: the pages, and the pictures beside them.
    pub files: BTreeMap<String, String>,
    /// Records under their new addresses.
    pub records: BTreeMap<(Lang, PageId), Record>,
    /// Addresses whose records are there no more.
    pub gone: BTreeSet<(Lang, PageId)>,
    /// Wordings that records name from now on.
    pub wordings: Wordings,
    /// How many links are mended, by file.
    pub links: BTreeMap<String, usize>,
}

/// Plans the move of a page, or of a section with all its pages.
pub fn plan(book: &Book, page: &BookPage, to: &PageId) -> Result<Plan, Vec<Refusal>> {
    refusal(book, page, to).map_or(Ok(()), |refusal| Err(vec![refusal]))?;
    let mut planner = Planner {
        book,
        paths: Paths { from: &page.id, to },
        plan: Plan::default(),
        edits: BTreeMap::new(),
        refusals: Vec::new(),
    };
    planner.pages();
    planner.data();
    planner.pictures();
    planner.write();
    planner.records();
    if planner.refusals.is_empty() { Ok(planner.plan) } else { Err(planner.refusals) }
}

/// Why an address cannot be the new one.
fn refusal(book: &Book, page: &BookPage, to: &PageId) -> Option<Refusal> {
    let from = &page.id;
    if from.is_home() || book.is_glossary(page) {
        let message = format!("`{}` has its address for good", from.name());
        return Some((message, "name a page below the home page that somebody wrote".to_owned()));
    }
    if to == from {
        return Some((format!("`{from}` is there already"), "name another address".to_owned()));
    }
    let inside = to.as_str().strip_prefix(from.as_str()).is_some_and(|rest| rest.starts_with('/'));
    if inside {
        return Some((format!("`{to}` lies within `{from}` itself"), "name an address outside it".to_owned()));
    }
    if let Some((owner, there)) = book.owner_of(to) {
        return Some((format!("the address `{to}` belongs to {owner}"), format!("name another; {there}")));
    }
    let name = from.as_str().rsplit('/').next().unwrap_or_default();
    if book.find(to).is_some() || book.is_draft(to) {
        let help = format!("nothing is overwritten: name an address that is free, such as `{}/{name}`", to.name());
        return Some((format!("there is a page at `{}` already", to.name()), help));
    }
    let paths = Paths { from, to };
    let moved = book.pages.iter().filter_map(|page| Some((page, paths.page(&page.id)?)));
    for (own, target) in moved {
        let taken = |other: &&BookPage| other.id != own.id && book.aliases(other).iter().any(|old| old.value == target);
        if let Some(other) = book.pages.iter().find(taken) {
            let message = format!("`{target}` is an older address of `{}`, and leads there", other.id.name());
            return Some((message, "name another, or take it out of that page's `aliases`".to_owned()));
        }
        if let Some((lang, _)) = book.records.keys().find(|(_, id)| *id == target) {
            let path = RecordFile::path(lang, &target);
            let message = format!("there is a record of a translation at `{path}` already");
            return Some((message, "delete it where no page belongs to it".to_owned()));
        }
    }
    let parent = to.parent().filter(|parent| book.find(parent).is_none())?;
    let lang = book.source_language().map_or("", |language| language.lang.as_str());
    let file = format!("{}/{lang}/{parent}/index.md", book.config.content_dir);
    Some((format!("there is no section `{parent}`"), format!("write `{file}` with its title first")))
}

struct Planner<'a> {
    book: &'a Book,
    paths: Paths<'a>,
    plan: Plan,
    edits: BTreeMap<FileId, Edits>,
    refusals: Vec<Refusal>,
}

impl Planner<'_> {
    /// Mends the links of all pages, and leaves the old address in the heads of those that go.
    fn pages(&mut self) {
        for (page, _, version) in self.book.versions().filter(|(page, ..)| !self.book.is_glossary(page)) {
            let (file, text) = (version.page.file, self.book.files.text(version.page.file));
            let mut edits = Edits::new();
            let unfound = links::of_page(&version.page, text, &self.paths, &mut edits);
            self.refuse(unfound);
            self.count(file, edits.len());
            if let Some(target) = self.paths.page(&page.id) {
                if head::keep_address(file, text, &page.id, &target, &mut edits).is_none() {
                    self.cannot_be_mended(file);
                }
                self.plan.files.insert(self.book.files.path(file).to_owned(), self.place(version));
            }
            self.edits.insert(file, edits);
        }
        let moved = self.book.pages.iter().filter_map(|page| Some((page.id.clone(), self.paths.page(&page.id)?)));
        self.plan.pages = moved.collect();
    }

    /// Mends what records of events, actors and terms say of pages.
    fn data(&mut self) {
        let book = self.book;
        let events = book.library.events().into_iter().filter_map(|event| event.page.as_ref());
        let actors = book.library.actors().filter_map(|actor| actor.page.as_ref());
        let terms = book.terms.glossary.terms().filter_map(|term| term.page.as_ref());
        for page in events.chain(actors).chain(terms) {
            let Some(target) = self.paths.page(&page.value) else { continue };
            let Some(at) = book.files.slice(page.span).find(page.value.as_str()) else { continue };
            let start = page.span.start as usize + at;
            let place = (start, start + page.value.as_str().len());
            self.edits.entry(page.span.file).or_default().insert(place, target.to_string());
            self.count(page.span.file, 1);
        }
        let home = format!("{GLOSSARY}.md");
        for line in book.terms.definitions() {
            let file = line.span.file;
            let edits = self.edits.entry(file).or_default();
            let before = edits.len();
            let unfound = links::of_line(&line.content, &home, book.files.text(file), &self.paths, edits);
            let mended = edits.len() - before;
            self.refuse(unfound);
            self.count(file, mended);
        }
    }

    /// The pictures beside the pages go with them.
    fn pictures(&mut self) {
        let content = &self.book.config.content_dir;
        for (lang, path) in self.book.images.keys() {
            let target = self.paths.file(path);
            if target != *path {
                self.plan.files.insert(format!("{content}/{lang}/{path}"), format!("{content}/{lang}/{target}"));
            }
        }
    }

    /// Where the file of a page lies afterwards.
    fn place(&self, version: &Version) -> String {
        let page = &version.page;
        format!("{}/{}/{}", self.book.config.content_dir, page.lang, self.paths.file(&page.path))
    }

    fn write(&mut self) {
        for (file, edits) in std::mem::take(&mut self.edits) {
            let (path, before) = (self.book.files.path(file).to_owned(), self.book.files.text(file));
            match edited(before, &edits) {
                Some(after) if after == before && !self.plan.files.contains_key(&path) => {}
                Some(after) => {
                    self.plan.texts.insert(path, (before.to_owned(), after));
                }
                None => self.cannot_be_mended(file),
            }
        }
    }

    /// Reads every page again, and gives its wordings their new names in the records.
    fn records(&mut self) {
        let mut wordings = std::mem::take(&mut self.plan.wordings);
        for page in self.book.pages.iter().filter(|page| !self.book.is_glossary(page)) {
            let mut names: Vec<Names> = Vec::new();
            for version in &page.versions {
                let Some(version) = version else {
                    names.push(Names::new());
                    continue;
                };
                let mend = |kind: Kind, text: &str| self.said(kind, text, version);
                names.push(records::named(version.blocks(), &mend, &mut wordings));
                if !self.is_as_meant(page, version) {
                    self.cannot_be_mended(version.page.file);
                }
            }
            for (language, own) in self.book.languages.iter().zip(&names) {
                let key = (language.lang.clone(), page.id.clone());
                let (Some(kept), Some(source)) = (self.book.records.get(&key), names.first()) else { continue };
                let home = page.versions.first().and_then(Option::as_ref);
                let mend =
                    |kind: Kind, text: &str| home.map_or_else(|| text.to_owned(), |home| self.said(kind, text, home));
                let record = records::renamed(self.book, &kept.record, (source, own), &mend, &mut wordings);
                match self.paths.page(&page.id) {
                    Some(target) => {
                        self.plan.records.insert((key.0.clone(), target), record);
                        self.plan.gone.insert(key);
                    }
                    None if record != kept.record => {
                        self.plan.records.insert(key, record);
                    }
                    None => {}
                }
            }
        }
        self.plan.wordings = wordings;
    }

    /// What a passage of a page says afterwards.
    fn said(&self, kind: Kind, text: &str, version: &Version) -> String {
        let page = &version.page;
        if kind.is_markdown() { links::in_wording(text, &page.path, page.file, &self.paths) } else { text.to_owned() }
    }

    /// Whether a page says afterwards what it said, and its links lead where they led.
    fn is_as_meant(&self, page: &BookPage, version: &Version) -> bool {
        let own = &version.page;
        let Some((_, after)) = self.plan.texts.get(self.book.files.path(own.file)) else { return true };
        let source = page.versions.first().and_then(Option::as_ref).unwrap_or(version);
        let (read, blocks, _) = read_again(own, after, &source.outline);
        let said = |text: &str, kind| Hash::of(kind, &self.said(kind, text, version));
        let same = blocks.len() == version.blocks().len()
            && blocks
                .iter()
                .zip(version.blocks())
                .all(|(new, old)| new.at == old.at && new.hash == said(&old.text, old.kind()));
        let led: Vec<Option<String>> =
            targets(own, &own.path).into_iter().map(|path| path.map(|path| self.paths.file(&path))).collect();
        same && led == targets(&read, &self.paths.file(&own.path))
    }

    fn count(&mut self, file: FileId, links: usize) {
        if links > 0 {
            *self.plan.links.entry(self.book.files.path(file).to_owned()).or_default() += links;
        }
    }

    fn refuse(&mut self, unfound: Vec<Unfound>) {
        for Unfound { span, path } in unfound {
            let help = format!("write it plainly first, as in `[words]({path})`");
            self.refusals.push((format!("the link to `{path}` at {} cannot be mended", self.named(span)), help));
        }
    }

    fn cannot_be_mended(&mut self, file: FileId) {
        let path = self.book.files.path(file);
        let message = format!("the links in `{path}` cannot be mended without changing something else there");
        self.refusals.push((message, "write their addresses plainly, as in `[words](page.md)`".to_owned()));
    }

    fn named(&self, span: Span) -> String {
        let line = self.book.files.positions(span).map_or(1, |(start, _)| start.line);
        format!("{}:{line}", self.book.files.path(span.file))
    }
}

/// Where the links and pictures of a page lead, in their order.
fn targets(page: &crate::manuscript::Page, home: &str) -> Vec<Option<String>> {
    let mut targets = Vec::new();
    reading::inlines(page, &mut |inline| {
        targets.extend(links::path_of(inline).map(|path| resolve_path(home, path)));
    });
    targets
}
