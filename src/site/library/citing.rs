//! What rests on a source: the sentences that cite it, page by page, and the figures that were taken from it.

use super::LibraryWriter;
use super::context::{CitingPage, CitingSentence, DrawnFigure};
use super::shelf::Row;
use crate::book::catalogue::Citing;
use crate::book::evidence::{Mark, MarkKind, Stated};
use crate::book::{PageIndex, View};
use crate::figure::phrase::{self, phrase};
use crate::locale::{Key, Vocabulary};
use crate::markdown::citation::Cite;
use crate::markdown::tree::{DrawingKind, FigureForm};
use crate::site::address;
use crate::site::context::Link;
use crate::site::html::Html;
use crate::site::marks::figure_anchor;
use crate::site::page::PageWriter;
use crate::site::words::{self, WithLang};

impl LibraryWriter<'_> {
    /// The pages with the sentences on them that rest on the source, so many of the sentences from a place among all of them. The events stand
    /// with the first.
    pub(super) fn citing_pages(&self, row: &Row<'_>, from: usize, most: usize) -> Vec<CitingPage> {
        let mut pages: Vec<CitingPage> = Vec::with_capacity(row.places().min(most));
        let mut last: Option<(PageIndex, View<'_>)> = None;
        let all = self.shelf.catalogue.citing(row.entry, self.language);
        for citing in all.skip(from).take(most) {
            let view = match last {
                Some((page, view)) if page == citing.page => view,
                _ => {
                    let Some((view, page)) = self.view(citing.page).zip(self.page_link(citing.page)) else { continue };
                    let untranslated = view.is_fallback().then(|| words::untranslated(self.locale, view.text_language));
                    pages.push(CitingPage { page, untranslated, sentences: Vec::with_capacity(1) });
                    last = Some((citing.page, view));
                    view
                }
            };
            if let Some(page) = pages.last_mut()
                && let Some(sentence) = self.sentence(view, &citing, &page.page)
            {
                page.sentences.push(sentence);
            }
        }
        if from == 0 {
            pages.extend(self.citing_events(row));
        }
        pages
    }

    /// The events of the timeline that rest on the source.
    fn citing_events(&self, row: &Row<'_>) -> Option<CitingPage> {
        if row.entry.events.is_empty() {
            return None;
        }
        let to = address::of_timeline(self.locale.lang(), None, 0)?;
        let title = self.locale.text(Key::Timeline).to_owned();
        let sentences = row.entry.events.iter().filter_map(|event| {
            Some(CitingSentence {
                url: self.places.event(self.locale.lang(), &event.id)?.link(self.profile, self.from),
                html: words::localized(self.book, self.locale, &event.title),
                detail_html: Some(words::isolated_sentence(
                    &self.locale.date(&event.date),
                    WithLang::default(),
                    self.locale,
                )),
            })
        });
        Some(CitingPage {
            page: Link {
                title,
                url: address::link(self.profile, self.from, &to, None),
                current: false,
                lang: None,
                dir: None,
            },
            untranslated: None,
            sentences: sentences.collect(),
        })
    }

    fn sentence(&self, view: View<'_>, citing: &Citing<'_, '_>, page: &Link) -> Option<CitingSentence> {
        let locale = &view.text_language.locale;
        let said = |stated: &Stated<'_>| stated.as_whose(stated.told(self.book, locale), locale);
        let told = citing.stated.map_or_else(|| self.unstated(view, citing), said);
        let details = citing.marks.iter().filter_map(Mark::cite).filter_map(|cite| self.detail(cite, view));
        Some(CitingSentence {
            url: address::to_place(&page.url, &citing.marks.first()?.anchor()),
            html: words::isolated_sentence(&told, WithLang::default(), locale),
            detail_html: joined(details, "; "),
        })
    }

    /// What to call a mark that stands in no statement: a drawing by its title, anything else by its page's.
    fn unstated(&self, view: View<'_>, citing: &Citing<'_, '_>) -> String {
        let chart = citing.marks.first().and_then(|mark| match mark.kind {
            MarkKind::Drawing(drawing) if drawing.kind == DrawingKind::Chart => self.book.library.chart(&drawing.id),
            _ => None,
        });
        let title = chart.zip(self.book.source_language()).map(|(chart, source)| {
            let (title, _) = phrase::words(&chart.title, &view.text_language.locale, &source.lang);
            format!("{}: {title}", view.text_language.locale.text(Key::Chart))
        });
        title.unwrap_or_else(|| view.version.page.front.title.value.clone())
    }

    /// What the source does for the sentence, which place in it a citation names, and what is said around that.
    fn detail(&self, cite: &Cite, view: View<'_>) -> Option<Html> {
        let with = WithLang::of(Some(&view.text_language.lang).filter(|_| view.is_fallback()), self.book);
        let relation = cite.relation.and_then(|relation| self.locale.term(Vocabulary::Relation, relation.name()));
        let relation = relation.map(|relation| words::isolated(relation, WithLang::default()));
        let around =
            |words: &Option<String>| words.as_ref().map(|words| words::isolated_sentence(words, with, self.locale));
        let place = cite.locator.as_ref().map(|locator| words::place(self.locale, locator));
        let place = place.map(|place| words::isolated_sentence(&place, WithLang::default(), self.locale));
        let details = [relation, around(&cite.prefix), place, around(&cite.suffix)];
        joined(details.into_iter().flatten(), self.locale.text(Key::Comma))
    }

    /// The figures that were taken from a source, with the pages that show them.
    pub(super) fn drawn_figures(&self, row: &Row<'_>) -> Vec<DrawnFigure> {
        let Some(source_lang) = self.book.source_language().map(|language| &language.lang) else { return Vec::new() };
        let drawn = self.shelf.catalogue.drawn(row.entry, self.language);
        drawn
            .iter()
            .filter_map(|drawn| {
                let figure = self.book.library.figure(&drawn.reference).ok()?;
                let value = phrase(&figure, FigureForm::Value, self.locale, source_lang)?;
                let value_html = words::isolated_sentence(&value, WithLang::default(), self.locale);
                let (label, label_lang) = phrase::words(&figure.label, self.locale, source_lang);
                let mut about_html =
                    words::isolated_sentence(&self.locale.date(&figure.when), WithLang::default(), self.locale);
                if let Some(reporter) = &figure.reporter {
                    about_html.text(" · ").html(&words::localized(self.book, self.locale, reporter));
                }
                let shown_on = drawn.places.iter().filter_map(|(page, beside)| {
                    let page = self.page_link(*page)?;
                    Some(Link { url: address::to_place(&page.url, &figure_anchor(beside)), ..page })
                });
                Some(DrawnFigure {
                    value_html,
                    label: label.to_owned(),
                    label_lang: label_lang.map(|lang| lang.as_str().to_owned()),
                    label_dir: WithLang::of(label_lang, self.book).dir,
                    about_html,
                    shown_on: shown_on.collect(),
                })
            })
            .collect()
    }

    fn view(&self, page: PageIndex) -> Option<View<'_>> {
        self.book.view(self.book.page(page)?, self.language)
    }

    fn page_link(&self, page: PageIndex) -> Option<Link> {
        let Self { book, places, profile, language, from, .. } = *self;
        let writer = PageWriter { book, places, profile, extent: self.shelf.extent, language, from };
        writer.link(self.book.page(page)?, false)
    }
}

/// Pieces with something between them; none where there are none.
fn joined(mut pieces: impl Iterator<Item = Html>, separator: &str) -> Option<Html> {
    let mut html = pieces.next()?;
    for piece in pieces {
        html.text(separator).html(&piece);
    }
    Some(html)
}
