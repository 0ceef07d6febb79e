//! The records of a page's figures: who counted, whom, until when, and who counts otherwise.

use super::body::Body;
use super::context::{CounterFigure, FigureEntry, FigureRow, OutLink};
use super::credentials;
use super::html::Html;
use super::marks::figure_anchor;
use super::sentences::Sentences;
use super::words::{self, WithLang};
use crate::book::{Book, View};
use crate::citation::Source;
use crate::citation::ways::Passage;
use crate::figure::phrase::{self, phrase};
use crate::figure::record::Figure;
use crate::ids::{FigureId, Lang};
use crate::locale::{Key, Locale, Vocabulary};
use crate::markdown::tree::{FigureForm, FigureRef};
use crate::workspace::Localized;

/// The entries of a page's figures; `way` leads to each in the list of all.
pub(super) fn entries(
    book: &Book,
    view: View<'_>,
    body: &Body<'_>,
    sentences: &Sentences<'_>,
    way: &dyn Fn(&FigureId) -> Option<String>,
) -> Vec<FigureEntry> {
    let Some(source_lang) = book.source_language().map(|language| &language.lang) else { return Vec::new() };
    let writer = Writer { book, view, locale: &view.language.locale, source_lang, sentences };
    view.version
        .figures
        .iter()
        .filter_map(|reference| {
            let figure = book.library.figure(reference).ok()?;
            let source = book.library.source(&figure.source.value)?;
            Some(FigureEntry { all_url: way(&reference.id), ..writer.entry(reference, &figure, source, body) })
        })
        .collect()
}

struct Writer<'a> {
    book: &'a Book,
    view: View<'a>,
    locale: &'a Locale,
    source_lang: &'a Lang,
    sentences: &'a Sentences<'a>,
}

impl Writer<'_> {
    fn entry(&self, reference: &FigureRef, figure: &Figure, source: &Source, body: &Body<'_>) -> FigureEntry {
        let (label, label_lang) = phrase::words(&figure.label, self.locale, self.source_lang);
        let counter = figure
            .counter_figures
            .iter()
            .filter_map(|counter| self.book.library.figure_by_id(&counter.value))
            .map(|counter| self.counter(counter))
            .collect();
        let quote = figure.quote.as_ref().and_then(|id| source.quote(id));
        let places = body.marks.of_figure(reference).iter().enumerate();
        FigureEntry {
            id: figure_anchor(reference),
            label: label.to_owned(),
            label_lang: label_lang.map(|lang| lang.as_str().to_owned()),
            label_dir: WithLang::of(label_lang, self.book).dir,
            value_html: self.value(figure),
            unit: figure.unit.clone(),
            status: figure.status.name(),
            status_text: self.status(figure).to_owned(),
            rows: self.rows(figure),
            counter,
            note_html: figure.caveat.as_ref().map(|caveat| self.words(caveat)),
            quote: quote.map(|quote| credentials::quote(self.book, source, quote, self.locale)),
            links: self.links(source, Passage { quote, locator: figure.locator.as_ref() }),
            backlinks: places.map(|(index, anchor)| self.sentences.backlink(index, anchor, None)).collect(),
            all_url: None,
        }
    }

    /// The ways to the passage, or else to the source.
    fn links(&self, source: &Source, passage: Passage<'_>) -> Vec<OutLink> {
        let at_passage = credentials::passage_links(source, passage, self.locale);
        if at_passage.is_empty() { credentials::links(source, self.locale) } else { at_passage }
    }

    fn status(&self, figure: &Figure) -> &str {
        self.locale.term(Vocabulary::FigureStatus, figure.status.name()).unwrap_or_default()
    }

    fn value(&self, figure: &Figure) -> Html {
        let written = phrase(figure, FigureForm::Value, self.locale, self.source_lang).unwrap_or_default();
        words::isolated_sentence(&written, WithLang::default(), self.locale)
    }

    /// A text of the record, isolated and labelled where it is in another language than the page's.
    fn words(&self, text: &Localized) -> Html {
        words::localized(self.book, self.locale, text)
    }

    fn rows(&self, figure: &Figure) -> Vec<FigureRow> {
        let mut rows = Vec::new();
        let mut add = |key: Key, value_html: Html| {
            rows.push(FigureRow { name: self.locale.text(key).to_owned(), value_html });
        };
        let mut date = Html::new();
        date.element("bdi", &[], &self.locale.date(&figure.when));
        add(Key::AsOfLabel, date);
        if let Some(reporter) = &figure.reporter {
            add(Key::ReportedByLabel, self.words(reporter));
        }
        if let Some(population) = &figure.population {
            add(Key::CountedPopulation, self.words(population));
        }
        if let Some((low, high)) = figure.range.as_ref().filter(|_| !figure.only_range) {
            let range = phrase::interval(figure, low, high, self.locale);
            add(Key::IntervalLabel, words::isolated_sentence(&range, WithLang::default(), self.locale));
        }
        if let Some(stated) = &figure.as_stated {
            add(Key::AsStated, self.words(stated));
        }
        if !figure.history.is_empty() {
            add(Key::OlderValues, self.history(figure));
        }
        if let Some(method) = &figure.method {
            add(Key::Method, self.words(method));
        }
        let mut sources = Html::new();
        for (index, source) in self.book.library.sources_of(figure).into_iter().enumerate() {
            let Some(number) = words::source_number(self.book, self.view, source, self.locale) else { continue };
            if !sources.is_empty() {
                sources.markup("; ");
            }
            // The place is one in the figure's own source, not in those of what it is worked out from.
            let locator = figure.locator.as_ref().filter(|_| index == 0);
            sources.html(&words::short_reference(self.book, self.locale, source, locator)).text(" ").html(&number);
        }
        if !sources.is_empty() {
            add(Key::Source, sources);
        }
        rows
    }

    /// What the figure was before, each value with its date.
    fn history(&self, figure: &Figure) -> Html {
        let mut html = Html::new();
        for (index, earlier) in figure.history.iter().enumerate() {
            if index > 0 {
                html.text(self.locale.text(Key::Comma));
            }
            let number = match figure.unit.as_str() {
                "percent" => self.locale.percent(&earlier.value),
                _ => self.locale.number(&earlier.value),
            };
            html.html(&words::isolated_sentence(&number, WithLang::default(), self.locale))
                .text(" (")
                .element("bdi", &[], &self.locale.date(&earlier.when))
                .text(")");
        }
        html
    }

    fn counter(&self, counter: &Figure) -> CounterFigure {
        let (label, lang) = phrase::words(&counter.label, self.locale, self.source_lang);
        let mut text = Html::new();
        text.element("bdi", &[], &self.locale.date(&counter.when));
        if let Some(reporter) = &counter.reporter {
            text.text(" · ").html(&self.words(reporter));
        }
        CounterFigure {
            value_html: self.value(counter),
            label: label.to_owned(),
            label_lang: lang.map(|lang| lang.as_str().to_owned()),
            label_dir: WithLang::of(lang, self.book).dir,
            text_html: text,
        }
    }
}
