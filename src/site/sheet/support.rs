//! What a statement rests on, as the sheet shows it: the source, the passage, the figure, the ways to them.

use super::{Cell, Html, Writer, words};
use crate::book::evidence::{Mark, MarkKind};
use crate::citation::record::Quote;
use crate::citation::ways::{Passage, ways};
use crate::citation::{Source, entry};
use crate::figure::Figure;
use crate::figure::phrase::{interval, phrase};
use crate::ids::{Lang, QuoteId};
use crate::locale::{Key, Vocabulary};
use crate::markdown::citation::Cite;
use crate::markdown::locator::Locator;
use crate::markdown::tree::FigureForm;
use crate::site::words::{WithLang, drawing_name};
use crate::workspace::Localized;
use schemars::JsonSchema;
use serde::Serialize;

/// What a statement rests on.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FactSheetSupport")]
pub(super) struct Support {
    /// Who says so, when, and where in it.
    reference: Html,
    /// The title of the source.
    title: Option<Html>,
    /// Kind of source, for whom it speaks, how it was checked.
    standing: Vec<Html>,
    /// What the statement does with the source: agrees, disputes ….
    relation: Option<Html>,
    /// The words of the source.
    quotes: Vec<Html>,
    /// Of a figure: number and label.
    figure: Option<Html>,
    /// Of a figure: who counted whom, until when.
    facts: Vec<Cell>,
    /// Where it can be read, the best first.
    links: Vec<Link>,
}

/// A way to a source.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FactSheetLink")]
pub(super) struct Link {
    /// The address, continued to the passage.
    href: String,
    /// What is written.
    text: String,
    /// What it is, where it is a copy; else null.
    name: Option<String>,
}

/// Where in a source, as a mark says it.
#[derive(Default)]
struct Place<'a> {
    locator: Option<&'a Locator>,
    quote: Option<&'a QuoteId>,
    /// Words before and after.
    around: [Option<&'a str>; 2],
}

impl Support {
    /// What the library does not have: its id alone.
    fn unknown(id: &str) -> Self {
        let mut reference = Html::new();
        reference.element("code", &[("dir", "ltr")], id);
        Self {
            reference,
            title: None,
            standing: Vec::new(),
            relation: None,
            quotes: Vec::new(),
            figure: None,
            facts: Vec::new(),
            links: Vec::new(),
        }
    }
}

impl Writer<'_> {
    /// What a mark brings: a source, or all sources of a figure that is worked out from others or of a drawing.
    pub(super) fn support(&self, mark: &Mark<'_>) -> Vec<Support> {
        let first = match mark.kind {
            MarkKind::Cite(cite) => self.citation(cite),
            MarkKind::Figure(reference) => match self.book.library.figure(reference) {
                Ok(figure) => self.counted(&figure),
                Err(_) => Support::unknown(reference.id.as_str()),
            },
            MarkKind::Drawing(drawing) => {
                let mut drawn =
                    mark.sources(self.book).into_iter().map(|source| self.source(source, &Place::default()));
                let Some(mut first) = drawn.next() else { return vec![Support::unknown(drawing.id.as_str())] };
                first.figure = Some(Html::escaped(drawing_name(drawing.kind, self.locale)));
                return std::iter::once(first).chain(drawn).collect();
            }
        };
        // The first of a mark's sources is told with the mark.
        let others = mark.sources(self.book).into_iter().skip(1).map(|source| self.source(source, &Place::default()));
        std::iter::once(first).chain(others).collect()
    }

    fn citation(&self, cite: &Cite) -> Support {
        let Some(source) = self.book.library.source(&cite.source) else {
            return Support::unknown(cite.source.as_str());
        };
        let place = Place {
            locator: cite.locator.as_ref(),
            quote: cite.quote.as_ref(),
            around: [cite.prefix.as_deref(), cite.suffix.as_deref()],
        };
        let relation = cite.relation.map(|relation| {
            let name = relation.name().replace('_', " ");
            words::plain_sentence(self.locale, Key::Relation, &[("relation", &name)])
        });
        Support { relation, ..self.source(source, &place) }
    }

    fn counted(&self, figure: &Figure) -> Support {
        let id = &figure.source.value;
        let Some(source) = self.book.library.source(id) else { return Support::unknown(id.as_str()) };
        let place = Place { locator: figure.locator.as_ref(), quote: figure.quote.as_ref(), around: [None, None] };
        Support { figure: Some(self.figure(figure)), facts: self.facts(figure), ..self.source(source, &place) }
    }

    fn source(&self, source: &Source, place: &Place<'_>) -> Support {
        let quote = place.quote.and_then(|id| source.quote(id));
        let mut reference = words::short_reference(self.book, self.locale, source, place.locator);
        for around in place.around.iter().flatten() {
            reference.text(self.locale.text(Key::Comma)).html(&words::isolated_sentence(
                around,
                WithLang::default(),
                self.locale,
            ));
        }
        let (title, lang) = entry::original(&source.title, &source.lang);
        let mut cite = Html::new();
        cite.markup("<cite>").html(&words::isolated(title, self.labelled(Some(lang)))).markup("</cite>");
        if let Some(translated) = source.title.exact(&self.language.lang).filter(|_| *lang != self.language.lang) {
            cite.text(" [").html(&self.text(translated)).text("]");
        }
        let passage = Passage { quote, locator: place.locator };
        let links = ways(source, passage).into_iter().map(|way| match way.copy {
            None => Link {
                text: source.url.as_ref().map_or_else(String::new, |url| url.value.clone()),
                href: way.href,
                name: None,
            },
            Some(copy) => {
                let name = self.locale.text(Key::ArchivedCopy).to_owned();
                Link { text: copy.url.clone(), href: way.href, name: Some(name) }
            }
        });
        Support {
            reference,
            title: Some(cite),
            standing: self.standing(source),
            relation: None,
            quotes: quote.map(|quote| self.quote(source, quote)).unwrap_or_default(),
            figure: None,
            facts: Vec::new(),
            links: links.collect(),
        }
    }

    /// The language of a text, where it is not the page's.
    fn labelled<'l>(&self, lang: Option<&'l Lang>) -> WithLang<'l> {
        WithLang::of(lang.filter(|lang| **lang != self.language.lang), self.book)
    }

    fn standing(&self, source: &Source) -> Vec<Html> {
        let term = |vocabulary, word| self.locale.term(vocabulary, word).unwrap_or(word);
        let kind = source.kind.map(|kind| Html::escaped(term(Vocabulary::SourceKind, kind)));
        let party = source.affiliation.as_deref().map(|party| {
            let name = term(Vocabulary::Affiliation, party);
            words::plain_sentence(self.locale, Key::SpeaksFor, &[("name", name)])
        });
        let symbol = source.symbol.as_ref().map(|symbol| words::isolated(&symbol.value, WithLang::default()));
        let checked = Html::escaped(term(Vocabulary::Check, source.checked.level.name()));
        symbol.into_iter().chain(kind).chain(party).chain([checked]).collect()
    }

    /// The passage in the original and, where there is one, in the language of the page.
    fn quote(&self, source: &Source, quote: &Quote) -> Vec<Html> {
        let (original, lang) = entry::original(&quote.exact, &source.lang);
        let with = self.labelled(Some(lang));
        let mut html = Html::new();
        html.open("p", &words::attributes(with)).element("q", &[], original).close("p");
        let mut quotes = vec![html];
        if let Some(translation) = quote.exact.exact(&self.language.lang).filter(|_| *lang != self.language.lang) {
            let mut html = Html::new();
            html.markup("<p><q>").html(&self.text(translation)).markup("</q>");
            let by = match quote.translated_by {
                Some("official") => None,
                Some("machine") => Some(Key::QuoteTranslationMachine),
                _ => Some(Key::QuoteTranslationOurs),
            };
            if let Some(by) = by {
                html.text(" (").text(self.locale.text(by)).text(")");
            }
            html.markup("</p>");
            quotes.push(html);
        }
        quotes
    }

    fn figure(&self, figure: &Figure) -> Html {
        let value = phrase(figure, FigureForm::Value, self.locale, self.source_lang()).unwrap_or_default();
        let mut html = Html::new();
        html.markup("<strong>")
            .html(&words::isolated_sentence(&value, WithLang::default(), self.locale))
            .markup("</strong> ");
        html.html(&self.words(&figure.label));
        html
    }

    fn facts(&self, figure: &Figure) -> Vec<Cell> {
        let isolated = |text: &str| words::isolated_sentence(text, WithLang::default(), self.locale);
        let status = self.locale.term(Vocabulary::FigureStatus, figure.status.name()).unwrap_or_default();
        let range = figure.range.as_ref().map(|(low, high)| interval(figure, low, high, self.locale));
        let facts = [
            (Key::AsOfLabel, Some(isolated(&self.locale.date(&figure.when)))),
            (Key::ReportedByLabel, figure.reporter.as_ref().map(|reporter| self.words(reporter))),
            (Key::CountedPopulation, figure.population.as_ref().map(|population| self.words(population))),
            (Key::IntervalLabel, range.as_deref().map(isolated)),
            (Key::Method, figure.method.as_ref().map(|method| self.words(method))),
            (Key::Caveat, figure.caveat.as_ref().map(|caveat| self.words(caveat))),
            (Key::Status, Some(Html::escaped(status))),
        ];
        facts
            .into_iter()
            .filter_map(|(key, html)| Some(Cell { name: self.locale.text(key).to_owned(), html: html? }))
            .collect()
    }

    fn words(&self, text: &Localized) -> Html {
        words::localized(self.book, self.locale, text)
    }

    fn source_lang(&self) -> &Lang {
        self.book.source_language().map_or(&self.language.lang, |language| &language.lang)
    }
}
