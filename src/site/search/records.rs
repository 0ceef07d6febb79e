//! Book → records of the index: what can be found, what it is called and says, and where it is.
//!
//! Pages and their sections first, in the order of reading, then terms, actors and those who lead them, events, sources and figures. A page that
//! is not translated is found by the words of the language in which it is shown.

use super::told::sections;
use crate::actor::Actor;
use crate::book::navigation::GLOSSARY;
use crate::book::register::Registered;
use crate::book::{BookPage, Language, View};
use crate::citation::record::Author;
use crate::citation::{Source, filing};
use crate::figure::phrase::{self, phrase};
use crate::ids::{Lang, PageId};
use crate::locale::{Key, Locale};
use crate::markdown::tree::FigureForm;
use crate::search::{Kind, Record};
use crate::site::context::{Frame, Link};
use crate::site::edition::OutPath;
use crate::site::renderer::Renderer;
use crate::site::words::{self, WithLang};
use crate::site::{actors, address};
use crate::workspace::Localized;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What can be found by readers of the language at `language`, from the page `from`, whose frame has the ways to the site's own pages.
pub(in crate::site) fn records(
    renderer: &Renderer<'_>,
    language: usize,
    from: &OutPath,
    frame: &Frame<'_>,
) -> Vec<Record> {
    let Some(reader) = renderer.book.languages.get(language) else { return Vec::new() };
    let gatherer = Gatherer { renderer, language, reader, locale: &reader.locale, from };
    let pages: Vec<Vec<Record>> = renderer.book.pages.par_iter().map(|page| gatherer.page(page)).collect();
    let mut records: Vec<Record> = pages.into_iter().flatten().collect();
    records.extend(gatherer.own_pages(frame));
    records.extend(gatherer.terms());
    records.extend(gatherer.actors());
    records.extend(gatherer.events());
    records.extend(gatherer.sources());
    records.extend(gatherer.figures());
    records
}

struct Gatherer<'g> {
    renderer: &'g Renderer<'g>,
    language: usize,
    reader: &'g Language,
    locale: &'g Locale,
    from: &'g OutPath,
}

impl Gatherer<'_> {
    fn url(&self, to: &OutPath, anchor: Option<&str>) -> String {
        address::link(self.renderer.options.profile, self.from, to, anchor)
    }

    fn lang(&self, lang: Option<&Lang>) -> Option<(String, &'static str)> {
        let foreign = lang.filter(|lang| **lang != self.reader.lang)?;
        let with = WithLang::of(Some(foreign), self.renderer.book);
        Some((foreign.to_string(), with.direction(self.locale).name()))
    }

    /// A text of a record for the reader, and its language.
    fn words<'t>(&self, text: &'t Localized) -> (&'t str, Option<&'t Lang>) {
        let source = self.renderer.book.source_language().map_or(&self.reader.lang, |language| &language.lang);
        phrase::words(text, self.locale, source)
    }

    fn page(&self, page: &BookPage) -> Vec<Record> {
        let book = self.renderer.book;
        let Some(view) = book.view(page, self.language) else { return Vec::new() };
        let Some(to) = address::of_page(&self.reader.lang, &page.id) else { return Vec::new() };
        let title = view.version.page.front.title.value.clone();
        if book.is_glossary(page) {
            // Its terms are found one by one.
            let text = self.locale.text(Key::GlossaryIntro).to_owned();
            return vec![self.page_record(view, title, text, self.url(&to, None))];
        }
        let records = sections(book, view).into_iter().map(|section| match section.heading {
            None => self.page_record(view, title.clone(), section.text, self.url(&to, None)),
            Some((id, heading)) => Record {
                kind: Kind::Section,
                within: Some(title.clone()),
                ..self.page_record(view, heading, section.text, self.url(&to, Some(&id)))
            },
        });
        records.collect()
    }

    fn page_record(&self, view: View<'_>, title: String, text: String, url: String) -> Record {
        let lang = self.lang(Some(&view.text_language.lang));
        Record { kind: Kind::Page, title, within: None, names: Vec::new(), text, url, lang }
    }

    /// The pages that the site makes itself.
    fn own_pages(&self, frame: &Frame<'_>) -> Vec<Record> {
        let pages: [(&Option<Link>, Option<Key>); 6] = [
            (&frame.made.people, Some(Key::PeopleIntro)),
            (&frame.made.timeline, Some(Key::TimelineIntro)),
            (&frame.made.library, None),
            (&frame.made.figures, Some(Key::AllFiguresIntro)),
            (&frame.made.changes, Some(Key::ChangesIntro)),
            (&frame.made.sourcing, Some(Key::SourcingIntro)),
        ];
        let records = pages.into_iter().filter_map(|(link, intro)| {
            let link = link.as_ref()?;
            Some(Record {
                kind: Kind::Page,
                title: link.title.clone(),
                within: None,
                names: Vec::new(),
                text: intro.map(|key| self.locale.text(key).to_owned()).unwrap_or_default(),
                url: link.url.clone(),
                lang: None,
            })
        });
        records.collect()
    }

    fn terms(&self) -> Vec<Record> {
        let book = self.renderer.book;
        let glossary =
            PageId::parse(GLOSSARY).and_then(|id| Some((book.find(&id)?, address::of_page(&self.reader.lang, &id)?)));
        let Some((page, to)) = glossary.filter(|(page, _)| book.is_glossary(page)) else { return Vec::new() };
        let Some(view) = book.view(page, self.language) else { return Vec::new() };
        let records = book.terms.listed(&self.reader.lang).iter().filter_map(|listed| {
            let term = book.terms.glossary.term(&listed.id)?;
            let lang = listed.definition_lang.as_ref().unwrap_or(&self.reader.lang);
            let line = book.terms.definition(&listed.id, lang)?;
            let namings = book.languages.iter().filter_map(|other| book.terms.glossary.naming(&term.id, &other.lang));
            let named = namings.flat_map(|naming| {
                let forms = naming.forms.iter().filter(|_| naming.lang == self.reader.lang);
                std::iter::once(&naming.term).chain(forms)
            });
            Some(Record {
                kind: Kind::Term,
                title: listed.name.clone(),
                within: None,
                names: others(&listed.name, named.chain(&term.transliteration).map(String::as_str)),
                text: words::told(&line.content, view, book),
                url: self.url(&to, Some(&crate::book::glossary::anchor(&listed.id))),
                lang: self.lang(listed.name_lang.as_ref()),
            })
        });
        records.collect()
    }

    fn actors(&self) -> Vec<Record> {
        let book = self.renderer.book;
        let Some(to) = address::of_people(&self.reader.lang) else { return Vec::new() };
        let mut records = Vec::new();
        for actor in actors::ordered(book, self.locale) {
            let url = self.url(&to, Some(&actors::anchor(actor)));
            let (title, lang) = self.words(&actor.name.value);
            let names = [Some(&actor.name), actor.full_name.as_ref(), actor.short.as_ref()];
            let names =
                names.into_iter().flatten().map(|name| &name.value).chain(&actor.native).flat_map(Localized::texts);
            let facts = actor.facts.iter().filter_map(|fact| fact.text.as_ref()).map(|text| self.words(&text.value).0);
            records.push(Record {
                kind: Kind::Actor,
                title: title.to_owned(),
                within: None,
                names: others(title, names),
                text: facts.collect::<Vec<_>>().join(" "),
                url: url.clone(),
                lang: self.lang(lang),
            });
            records.extend(self.leaders(actor, title, &url));
        }
        records
    }

    /// Those who lead or led an actor, each once.
    fn leaders(&self, actor: &Actor, of: &str, url: &str) -> Vec<Record> {
        let mut seen = BTreeSet::new();
        let records = actor.leaders.iter().filter_map(|leader| {
            let (name, lang) = self.words(&leader.name.value);
            seen.insert(name).then(|| Record {
                kind: Kind::Actor,
                title: name.to_owned(),
                within: Some(of.to_owned()),
                names: others(name, leader.name.value.texts()),
                text: self.words(&leader.role.value).0.to_owned(),
                url: url.to_owned(),
                lang: self.lang(lang),
            })
        });
        records.collect()
    }

    fn events(&self) -> Vec<Record> {
        let records = self.renderer.book.library.events().into_iter().filter_map(|event| {
            let (title, lang) = self.words(&event.title);
            let text = event.text.as_ref().map(|text| self.words(text).0);
            let place = self.renderer.places.event(&self.reader.lang, &event.id)?;
            Some(Record {
                kind: Kind::Event,
                title: title.to_owned(),
                within: Some(self.locale.date(&event.date)),
                names: Vec::new(),
                text: text.unwrap_or_default().to_owned(),
                url: place.link(self.renderer.options.profile, self.from),
                lang: self.lang(lang),
            })
        });
        records.collect()
    }

    fn sources(&self) -> Vec<Record> {
        let rows = self.renderer.shelf.rows(self.language).iter();
        rows.filter_map(|row| {
            let source: &Source = row.entry.source;
            let (title, lang) = filing::wording(&source.title, source, &self.reader.lang);
            let makers = source.authors.iter().flat_map(|author| match author {
                Author::Person { family, given } => given.iter().chain([family]).collect::<Vec<_>>(),
                Author::Body(name) => vec![name],
            });
            let makers = makers.chain(&source.publisher).chain(&source.container);
            let date = source.date.as_ref().map(|date| self.locale.date(date));
            let symbol = source.symbol.as_ref().map(|symbol| symbol.value.clone());
            let mut told: Vec<String> = Vec::new();
            for part in makers
                .map(|maker| filing::wording(maker, source, &self.reader.lang).0.to_owned())
                .chain(symbol)
                .chain(date)
            {
                if !told.contains(&part) {
                    told.push(part);
                }
            }
            let spellings = source.title.texts().chain(source.title_latn.as_deref());
            Some(Record {
                kind: Kind::Source,
                title: title.to_owned(),
                within: None,
                names: others(title, spellings.chain(source.names.iter().map(|(_, name)| name.as_str()))),
                text: told.join(" · "),
                url: self
                    .renderer
                    .places
                    .source(&self.reader.lang, &source.id)?
                    .link(self.renderer.options.profile, self.from),
                lang: self.lang(lang.as_ref()),
            })
        })
        .collect()
    }

    fn figures(&self) -> Vec<Record> {
        let Some(source_lang) = self.renderer.book.source_language().map(|language| &language.lang) else {
            return Vec::new();
        };
        let records = self.renderer.register.entries().filter_map(|entry| {
            let figure = match entry {
                Registered::Figure(figure) => figure.clone(),
                Registered::Series(series) => series.figure(series.points.last()?),
            };
            let (title, lang) = self.words(&figure.label);
            let value = phrase(&figure, FigureForm::Full, self.locale, source_lang);
            let place = self.renderer.places.figure(&self.reader.lang, entry.id())?;
            let population = figure.population.as_ref().map(|population| self.words(population).0.to_owned());
            let told: Vec<String> = value.into_iter().chain(population).collect();
            Some(Record {
                kind: Kind::Figure,
                title: title.to_owned(),
                within: None,
                names: Vec::new(),
                text: told.join(" · "),
                url: place.link(self.renderer.options.profile, self.from),
                lang: self.lang(lang),
            })
        });
        records.collect()
    }
}

/// The names that are not the title, each once.
fn others<'n>(title: &str, names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut others: Vec<String> = Vec::new();
    for name in names.filter(|name| *name != title) {
        if others.iter().all(|known| known != name) {
            others.push(name.to_owned());
        }
    }
    others
}
