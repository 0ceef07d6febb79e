//! One page in one language: its context for the template.

use super::address::{self, Profile};
use super::bidi;
use super::body::Body;
use super::changes::History;
use super::changes::past::past;
use super::context::{Alternate, Child, ContentsEntry, Link, Notice, PageContext};
use super::edition::OutPath;
use super::extent::Extent;
use super::faces::Faces;
use super::hosting::counterparts::Counterparts;
use super::html::Html;
use super::linked_data::About;
use super::places::Places;
use super::sentences::Sentences;
use super::words::{self, WithLang};
use super::{citing, corrections, downloads, figures, glossary, sources, translation};
use crate::book::{Book, BookPage, PageIndex, View, navigation, reading};
use crate::ids::{FigureId, Lang, SourceId};
use crate::ledger::Tally;
use crate::locale::Key;
use crate::markdown::tree::{InlineKind, Target};
use crate::number::Number;
use crate::wording::is_ideograph;
use std::collections::BTreeSet;

/// So many pages of a section stand beside a page; a section of thousands must not be copied into each of its pages.
const SIBLINGS: usize = 24;

/// Words a minute, as grown-up readers read one text in their own languages aloud (Trauzettel-Klosinski and Dietz 2012); the mean of all languages for
/// those that were not measured.
fn words_a_minute(lang: &Lang) -> usize {
    match lang.as_str().split('-').next().unwrap_or_default() {
        "ar" => 138,
        "de" => 179,
        "en" => 228,
        "es" => 218,
        "fr" => 195,
        "he" => 187,
        "zh" => 158,
        _ => 184,
    }
}

/// Makes the context of a page as a reader of `language` (its place in the book) gets it.
pub(super) struct PageWriter<'a> {
    pub(super) book: &'a Book,
    pub(super) places: &'a Places,
    pub(super) profile: Profile,
    pub(super) extent: Extent,
    pub(super) language: usize,
    pub(super) from: &'a OutPath,
}

impl<'a> PageWriter<'a> {
    pub(super) fn context(
        &self,
        page: &'a BookPage,
        view: View<'a>,
        faces: &'a Faces<'a>,
        history: &History<'_>,
    ) -> PageContext {
        let mut body = Body::new(self, view, faces);
        let version = view.version;
        let front = &version.page.front;
        let summary_html = version.page.summary.as_ref().map(|line| body.line(line));
        let key_facts = version.page.key_facts.iter().map(|line| body.key_fact(line)).collect();
        let facts_html = body.fact_box();
        let is_glossary = self.book.is_glossary(page);
        let body_html = if is_glossary { glossary::body(self, view, &mut body) } else { body.body() };
        let footnotes_html = body.footnotes();
        let sentences = Sentences::of(self.book, view);
        let way = |id: &FigureId| Some(self.places.figure(&view.language.lang, id)?.link(self.profile, self.from));
        let figures = figures::entries(self.book, view, &body, &sentences, &way);
        let sources = sources::entries(self, view, faces, &body, &sentences);
        let contents = version
            .outline
            .iter()
            .filter(|heading| heading.level <= 3 && !is_glossary)
            .map(|heading| ContentsEntry { id: heading.id.clone(), level: heading.level, text: heading.text.clone() })
            .collect();
        let description = description(self.book, view);
        let canonical_url = self.canonical(page, view);
        let (url, language) = (canonical_url.as_deref(), self.language);
        let about = About { book: self.book, page, view, faces, language, description: description.as_deref(), url };
        let permalink =
            canonical_url.clone().unwrap_or_else(|| address::link(self.profile, self.from, self.from, None));
        let (tags, json_ld) = match self.extent {
            Extent::Site => (about.tags(), about.blocks()),
            Extent::Copy => (Vec::new(), Html::new()),
        };
        PageContext {
            title: front.title.value.clone(),
            lang: view.text_language.lang.as_str().to_owned(),
            dir: view.text_language.locale.direction().name(),
            is_home: page.id.is_home(),
            is_section: !page.id.is_home() && !page.children.is_empty(),
            is_fallback: view.is_fallback(),
            is_draft: front.draft,
            section: page
                .parent
                .and_then(|index| self.book.page(index))
                .filter(|parent| !parent.id.is_home())
                .and_then(|parent| self.link(parent, false)),
            description: if is_glossary {
                Some(view.language.locale.text(Key::GlossaryIntro).to_owned())
            } else {
                description
            },
            canonical_url,
            alternates: Counterparts::of_page(self.book, page).alternates(self.book.config.base_url.as_deref()),
            summary_html,
            key_facts,
            meta: meta(view),
            notices: notices(self.book, view),
            contents,
            facts_html,
            body_html,
            footnotes_html,
            notes: std::mem::take(&mut body.notes),
            figures,
            sources,
            source_groups: sources::groups(self.book, view),
            terms: glossary::entries(self, view, &body),
            children: self.children(page, view),
            siblings: self.siblings(page),
            previous: page.previous.and_then(|index| self.book.page(index)).and_then(|page| self.link(page, false)),
            next: page.next.and_then(|index| self.book.page(index)).and_then(|page| self.link(page, false)),
            coverage: coverage(view, &version.tally),
            downloads: downloads::links(self.profile, self.from, |format| {
                downloads::of_page(self.extent, &page.id, format)
            }),
            changes: history.link(self.book, view, self.profile, self.from),
            cite: citing::context(self, view),
            past: past(self, history, view),
            permalink,
            tags,
            json_ld,
        }
    }

    /// The way to what is told of a source; `None` where nothing is.
    pub(super) fn source_url(&self, lang: &Lang, id: &SourceId) -> Option<String> {
        Some(self.places.source(lang, id)?.link(self.profile, self.from))
    }

    /// A link to a page, in the reader's language where it is translated.
    pub(super) fn link(&self, page: &BookPage, current: bool) -> Option<Link> {
        let view = self.book.view(page, self.language)?;
        let to = address::of_page(&view.language.lang, &page.id)?;
        let with = if view.is_fallback() {
            WithLang::of(Some(&view.text_language.lang), self.book)
        } else {
            WithLang::default()
        };
        Some(Link {
            title: view.version.page.front.title.value.clone(),
            url: address::link(self.profile, self.from, &to, None),
            current,
            lang: with.lang.map(str::to_owned),
            dir: with.dir,
        })
    }

    /// The pages of a section. Where its text leads to each of them, a list would say it twice.
    fn children(&self, page: &BookPage, view: View<'_>) -> Vec<Child> {
        let mut led_to = BTreeSet::new();
        reading::inlines(&view.version.page, &mut |inline| {
            if let InlineKind::Link { target, .. } = &inline.kind
                && let Target::Page { path, .. } = &**target
            {
                led_to.extend(navigation::resolve(&view.version.page.path, path));
            }
        });
        let mut ids = page.children.iter().filter_map(|index| self.book.page(*index)).map(|child| &child.id);
        if !page.id.is_home() && ids.all(|id| led_to.contains(id)) {
            return Vec::new();
        }
        page.children.iter().filter_map(|index| self.child(*index)).collect()
    }

    fn child(&self, index: PageIndex) -> Option<Child> {
        let page = self.book.page(index)?;
        let view = self.book.view(page, self.language)?;
        let link = self.link(page, false)?;
        // The child's own marks lead into its own lists, so its summary is told here in words alone.
        let summary_html =
            description(self.book, view).map(|text| bidi::running(&text, view.text_language.locale.direction()));
        let untranslated = view.is_fallback().then(|| words::untranslated(&view.language.locale, view.text_language));
        Some(Child { title: link.title, url: link.url, summary_html, lang: link.lang, dir: link.dir, untranslated })
    }

    /// The pages beside this one, at most [`SIBLINGS`] of them, this one in their middle.
    fn siblings(&self, page: &BookPage) -> Vec<Link> {
        let Some(parent) = page.parent.and_then(|index| self.book.page(index)) else { return Vec::new() };
        if parent.id.is_home() {
            return Vec::new();
        }
        let own = self.book.index_of(&page.id);
        let at = parent.children.iter().position(|index| Some(*index) == own).unwrap_or(0);
        let start = at.saturating_sub(SIBLINGS / 2).min(parent.children.len().saturating_sub(SIBLINGS));
        parent
            .children
            .iter()
            .skip(start)
            .take(SIBLINGS)
            .filter_map(|index| self.book.page(*index))
            .filter_map(|sibling| self.link(sibling, sibling.id == page.id))
            .collect()
    }

    /// The address that counts: of an untranslated page, the source page's.
    fn canonical(&self, page: &BookPage, view: View<'_>) -> Option<String> {
        let base = self.book.config.base_url.as_deref()?;
        Some(address::absolute(base, &address::of_page(&view.text_language.lang, &page.id)?))
    }
}

/// The same page of the site's own in each language, at these paths.
pub(super) fn alternates(book: &Book, paths: &[OutPath]) -> Vec<Alternate> {
    Counterparts::of_paths(book, paths).alternates(book.config.base_url.as_deref())
}

/// The summary in words alone.
fn description(book: &Book, view: View<'_>) -> Option<String> {
    let summary = view.version.page.summary.as_ref()?;
    let words = words::told(&summary.content, view, book);
    (!words.is_empty()).then_some(words)
}

/// Under the title: until when, reviewed or not, how many sources, how long.
fn meta(view: View<'_>) -> Vec<Html> {
    let locale = &view.language.locale;
    let front = &view.version.page.front;
    let mut meta = Vec::new();
    if let Some(date) = &front.data_to {
        meta.push(words::plain_sentence(locale, Key::DataTo, &[("date", &locale.date_in_full(date))]));
    }
    meta.push(match &front.reviewed {
        Some((date, by)) => {
            words::plain_sentence(locale, Key::ReviewedOn, &[("date", &locale.date_in_full(date)), ("name", by)])
        }
        None => Html::escaped(locale.text(Key::NotReviewed)),
    });
    if !view.version.sources.is_empty() {
        meta.push(counted(view, Key::SourceCount, view.version.sources.len()));
    }
    let minutes = word_count(view).div_ceil(words_a_minute(&view.text_language.lang)).max(1);
    meta.push(counted(view, Key::ReadingTime, minutes));
    meta
}

fn counted(view: View<'_>, key: Key, count: usize) -> Html {
    words::pieces(&view.language.locale.count(key, &Number::from(count), &[]))
}

/// Words between blanks; where a language has none, two characters are about a word.
fn word_count(view: View<'_>) -> usize {
    let (mut words, mut characters) = (0, 0);
    reading::inlines(&view.version.page, &mut |inline| {
        if let InlineKind::Text(text) = &inline.kind {
            words += text.split_whitespace().count();
            characters += text.chars().filter(|c| is_ideograph(*c)).count();
        }
    });
    words + characters.div_ceil(2)
}

/// What a reader must know before reading: a draft, corrected, not translated, translated by a machine.
fn notices(book: &Book, view: View<'_>) -> Vec<Notice> {
    let locale = &view.language.locale;
    let mut notices = Vec::new();
    if view.version.page.front.draft {
        notices.push(Notice { kind: "draft", id: None, html: Html::escaped(locale.text(Key::Draft)) });
    }
    notices.extend(corrections::notices(book, view));
    if view.is_fallback() {
        let own = words::language_name(locale, view.language);
        let source = words::language_name(locale, view.text_language);
        let arguments = [("language", own.as_str()), ("source_language", source.as_str())];
        notices.push(Notice {
            kind: "fallback",
            id: None,
            html: words::plain_sentence(locale, Key::Fallback, &arguments),
        });
        return notices;
    }
    notices.extend(translation::notices(book, view));
    notices
}

/// How many statements of the page show a source; nothing where it states nothing.
fn coverage(view: View<'_>, tally: &Tally) -> String {
    let locale = &view.language.locale;
    let total = tally.total.saturating_sub(tally.exempt);
    if total == 0 {
        return String::new();
    }
    let (covered, total) = (Number::from(tally.covered), Number::from(total));
    locale.fill_text(Key::Coverage, &[("covered", (&covered).into()), ("total", (&total).into())])
}
