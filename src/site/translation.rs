//! What readers are told of a translation: at the head of the page how it was made and how far it is behind, and at each passage that is behind
//! what the source says now.
//!
//! A passage whose source only leads elsewhere or is punctuated otherwise is not marked. What a reader must not miss (another number, another
//! source, a correction) stands open; the rest is one tap away. What is not translated stands in the language of the source, in a box that says so.

use super::context::Notice;
use super::html::Html;
use super::words::{self, WithLang};
use crate::book::{Book, Language, Version, View};
use crate::date::{Date, Moment};
use crate::locale::Key;
use crate::markdown::tree::{CalloutKind, Inline, InlineKind};
use crate::markdown::{Origin, parse_inlines};
use crate::number::Number;
use crate::translation::{Block, Kind, Passage, State, Status};
use crate::workspace::front_matter::Method;
use std::collections::BTreeMap;

/// A translation and its source.
#[derive(Clone, Copy)]
struct Pair<'a> {
    book: &'a Book,
    view: View<'a>,
    source: &'a Version,
    language: &'a Language,
    status: &'a Status,
}

impl<'a> Pair<'a> {
    /// None for the source language, and where the source is shown instead.
    fn of(book: &'a Book, view: View<'a>) -> Option<Self> {
        if view.is_fallback() {
            return None;
        }
        let (source, language) = (view.page.versions.first()?.as_ref()?, book.source_language()?);
        Some(Self { book, view, source, language, status: view.version.translation.as_ref()? })
    }
}

/// How the page was translated, of which day's source, who read it, and how far it is behind.
pub(super) fn notices(book: &Book, view: View<'_>) -> Vec<Notice> {
    let Some(pair) = Pair::of(book, view) else { return Vec::new() };
    let locale = &view.language.locale;
    let language = words::language_name(locale, pair.language);
    let mut said = Html::new();
    let method = pair.status.method().or(view.version.page.front.translation.as_ref().map(|said| said.value));
    let own = if pair.status.was_read() { view.version.cut() } else { Vec::new() };
    let reviewed = pair.status.reviewed(&own);
    if let Some(method) = method {
        let key = match method {
            // Once a person has read every passage it is no longer unchecked.
            Method::Machine if reviewed.is_some() => Key::MachineEdited,
            Method::Machine => Key::MachineTranslation,
            Method::MachineEdited => Key::MachineEdited,
            Method::Human => Key::HumanTranslation,
        };
        said.html(&words::plain_sentence(locale, key, &[("language", &language)]));
    }
    if let Some(day) = pair.status.as_of() {
        let date = locale.date(&Date::At(Moment::Day(day)));
        said.text(". ").html(&words::plain_sentence(
            locale,
            Key::TranslationAsOf,
            &[("language", &language), ("date", &date)],
        ));
    }
    if let Some((day, name)) = reviewed {
        let date = locale.date(&Date::At(Moment::Day(day)));
        said.text(" ").html(&words::plain_sentence(
            locale,
            Key::TranslationReviewed,
            &[("name", name), ("date", &date)],
        ));
    }
    let mut notices = Vec::new();
    if !said.is_empty() {
        notices.push(Notice { kind: "translation", id: None, html: said });
    }
    notices.extend(behind(pair, &language));
    notices
}

/// "Since then 2 passages have changed in English; 1 is not translated. They are marked."
fn behind(pair: Pair<'_>, language: &str) -> Option<Notice> {
    let locale = &pair.view.language.locale;
    let marked = pair.status.passages.iter().filter(|passage| is_shown(pair, passage.source, passage.state));
    let (missing, changed): (Vec<&Passage>, Vec<&Passage>) =
        marked.partition(|passage| passage.state == State::Missing);
    let mut html = Html::new();
    let counted = [(Key::TranslationChanged, changed.len()), (Key::TranslationMissing, missing.len())];
    for (key, count) in counted.into_iter().filter(|(_, count)| *count > 0) {
        if !html.is_empty() {
            html.text(" ");
        }
        html.html(&words::pieces(&locale.count(key, &Number::from(count), &[("language", language.into())])));
    }
    (!html.is_empty()).then_some(Notice { kind: "behind", id: None, html })
}

/// Whether a reader is told of a passage in this state.
fn is_shown(pair: Pair<'_>, source: usize, state: State) -> bool {
    let block = || pair.source.blocks().get(source).filter(|block| !block.is_bare());
    match state {
        State::Stale(change) => block().is_some_and(|block| !change.is_slight() || block.kind().is_correction()),
        State::Missing => block().is_some(),
        State::Current | State::Unaligned => false,
    }
}

/// What is shown beside the passages of a translation, by the byte at which the passage begins.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// In the passage: what its source says now.
    changed: BTreeMap<u32, Html>,
    /// After the block in which a passage stands: what follows it in the source and is not translated.
    missing: BTreeMap<u32, Vec<Html>>,
}

impl Beside {
    /// Of the page that is shown.
    pub(super) fn of(book: &Book, view: View<'_>) -> Self {
        let mut beside = Self::default();
        let Some(pair) = Pair::of(book, view).filter(|pair| pair.status.record.is_some()) else { return beside };
        let mut last = 0;
        let passages = view.version.cut();
        for passage in &pair.status.passages {
            let own = passage.translation.and_then(|at| passages.get(at));
            if let Some(own) = own {
                last = own.span.start;
            }
            if !is_shown(pair, passage.source, passage.state) {
                continue;
            }
            let Some(block) = pair.source.blocks().get(passage.source) else { continue };
            let urgent = pair.status.is_urgent(passage, pair.source.blocks());
            match (passage.state, own) {
                (State::Stale(change), Some(own)) => {
                    beside.changed.insert(own.span.start, changed(pair, block, change.name(), urgent));
                }
                _ => beside.missing.entry(last).or_default().push(untranslated(pair, block)),
            }
        }
        beside
    }

    /// What the source says now of the passage that begins there.
    pub(super) fn changed_at(&self, start: u32) -> Option<&Html> {
        self.changed.get(&start)
    }

    /// What is not translated and belongs after the blocks up to there; each is given once.
    pub(super) fn missing_until(&mut self, end: u32) -> Vec<Html> {
        let later = self.missing.split_off(&end);
        std::mem::replace(&mut self.missing, later).into_values().flatten().collect()
    }
}

/// The present passage of the source, folded unless a reader must not miss it.
fn changed(pair: Pair<'_>, block: &Block, change: &str, urgent: bool) -> Html {
    let locale = &pair.view.language.locale;
    let language = words::language_name(locale, pair.language);
    let key = if urgent { Key::PassageChangedUrgent } else { Key::PassageChanged };
    let mut html = Html::new();
    html.open("details", &[("class", "stale"), ("data-stale", change), (if urgent { "open" } else { "" }, "")]);
    html.markup("<summary>").html(&words::plain_sentence(locale, key, &[("language", &language)])).markup("</summary>");
    html.html(&passage(pair, block)).close("details");
    html
}

/// A passage that the translation does not have.
fn untranslated(pair: Pair<'_>, block: &Block) -> Html {
    let locale = &pair.view.language.locale;
    let language = words::language_name(locale, pair.language);
    let kind = if block.kind().is_correction() { "not-translated not-translated-correction" } else { "not-translated" };
    let mut html = Html::new();
    html.open("div", &[("class", kind), ("role", "note")]).markup("<p class=\"not-translated-title\">");
    if block.kind().is_correction() {
        html.text(words::callout_title(locale, CalloutKind::Correction)).text(" · ");
    }
    html.html(&words::plain_sentence(locale, Key::PassageUntranslated, &[("language", &language)])).markup("</p>");
    html.html(&passage(pair, block)).close("div").markup("\n");
    html
}

/// The words of a passage of the source, figures written out, and the sources that it cites.
fn passage(pair: Pair<'_>, block: &Block) -> Html {
    let text = if matches!(block.kind(), Kind::Row | Kind::TableHead) {
        block.text.trim_matches('|').replace(" | ", " · ")
    } else {
        block.text.clone()
    };
    let content: Vec<Inline> = if block.kind().is_markdown() {
        parse_inlines(&text, Origin::Whole(block.span)).value.0
    } else {
        vec![Inline { span: block.span, kind: InlineKind::Text(text) }]
    };
    let source_view = View { version: pair.source, language: pair.language, text_language: pair.language, ..pair.view };
    let with = WithLang::of(Some(&pair.language.lang), pair.book);
    let mut html = Html::new();
    let mut attributes = words::attributes(with);
    attributes.insert(0, ("class", "source-passage"));
    html.open("p", &attributes).text(&words::told(&content, source_view, pair.book));
    let mut cited = Vec::new();
    crate::book::reading::within(&content, &mut |inline| {
        if let InlineKind::Cite(group) = &inline.kind {
            cited.extend(group.cites.iter().map(|cite| (cite.source.clone(), cite.locator.clone())));
        }
    });
    let locale = &pair.language.locale;
    let sources = cited.iter().filter_map(|(id, locator)| Some((pair.book.library.source(id)?, locator.as_ref())));
    for (index, (source, locator)) in sources.enumerate() {
        html.text(if index == 0 { " [" } else { "; " });
        html.html(&words::short_reference(pair.book, locale, source, locator));
    }
    if !cited.is_empty() {
        html.text("]");
    }
    html.close("p");
    html
}
