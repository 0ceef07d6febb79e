//! The names that the book has for what is begun.

use super::Offer;
use super::cursor::What;
use crate::book::{Book, Language, navigation};
use crate::citation::Source;
use crate::citation::entry::short_name;
use crate::ids::{FigureId, SourceId};
use crate::locale::Locale;
use crate::lsp::view::View;
use crate::markdown::citation::Relation;
use crate::markdown::tree::{CalloutKind, DrawingKind, FigureForm};
use crate::workspace::Localized;
use lsp_types::CompletionItemKind as Kind;

/// What may follow in a file.
pub(super) fn offers(view: &View<'_>, path: &str, what: &What) -> Vec<Offer> {
    let Some(namer) = Namer::of(view, path) else { return Vec::new() };
    match what {
        What::Source => namer.sources().into_iter().chain(relations()).collect(),
        What::RelatedSource => namer.sources(),
        What::Quote(source) => namer.quotes(source),
        What::Figure => namer.figures(),
        What::Point(id) => namer.points(id),
        What::Form(id) => namer.forms(id),
        What::Link => namer.pages().into_iter().chain(schemes(&["term", "event", "actor"])).collect(),
        What::Place(page) => namer.places(page),
        What::Term => namer.terms(),
        What::Event => namer.events(),
        What::Actor => namer.actors(),
        What::Picture => {
            let drawn: Vec<&str> = DrawingKind::ALL.iter().map(|kind| kind.name()).collect();
            schemes(&drawn)
        }
        What::Drawing(kind) => namer.drawings(*kind),
        What::Callout => {
            CalloutKind::ALL.iter().map(|kind| Offer::new(kind.name(), Kind::KEYWORD, "callout")).collect()
        }
    }
}

fn relations() -> impl Iterator<Item = Offer> {
    Relation::ALL.iter().map(|relation| Offer::new(format!("{}:", relation.name()), Kind::KEYWORD, "relation"))
}

fn schemes(names: &[&str]) -> Vec<Offer> {
    names.iter().map(|name| Offer::new(format!("{name}:"), Kind::KEYWORD, "")).collect()
}

/// Names things in the language of a page.
pub(super) struct Namer<'a> {
    book: &'a Book,
    language: &'a Language,
    /// The page's path below its language's folder.
    home: String,
}

impl<'a> Namer<'a> {
    /// For whoever works at the file of that path.
    pub(super) fn of(view: &View<'a>, path: &str) -> Option<Self> {
        let book = view.book();
        let below = path.strip_prefix(&format!("{}/", book.config.content_dir)).unwrap_or(path);
        let (folder, home) = below.split_once('/').unwrap_or(("", below));
        let own = book.languages.iter().find(|language| language.lang.as_str() == folder);
        Some(Self { book, language: own.or_else(|| book.source_language())?, home: home.to_owned() })
    }

    fn locale(&self) -> &'a Locale {
        &self.language.locale
    }

    fn say(&self, text: &Localized) -> String {
        let source: Vec<_> = self.book.source_language().map(|language| &language.lang).into_iter().collect();
        text.pick(&self.language.lang, &source).0.to_owned()
    }

    pub(super) fn sources(&self) -> Vec<Offer> {
        self.book
            .library
            .sources()
            .map(|source| Offer::new(source.id.as_str(), Kind::REFERENCE, self.told(source)))
            .collect()
    }

    fn told(&self, source: &Source) -> String {
        let title = self.say(&source.title);
        let name = short_name(source, self.locale()).0;
        let date = source.date.as_ref().map(|date| self.locale().date(date));
        let name = Some(name).filter(|name| *name != title);
        [name, Some(title), date].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    pub(super) fn quotes(&self, source: &str) -> Vec<Offer> {
        let source = SourceId::parse(source).and_then(|id| self.book.library.source(&id));
        let quotes = source.into_iter().flat_map(|source| &source.quotes);
        quotes.map(|quote| Offer::new(quote.id.as_str(), Kind::TEXT, self.say(&quote.exact))).collect()
    }

    pub(super) fn figures(&self) -> Vec<Offer> {
        let figures = self.book.library.figures();
        let single = figures.map(|figure| Offer::new(figure.id.as_str(), Kind::VALUE, self.say(&figure.label)));
        single.chain(self.series()).collect()
    }

    pub(super) fn series(&self) -> Vec<Offer> {
        let series = self.book.library.all_series();
        series.map(|series| Offer::new(series.id.as_str(), Kind::VALUE, self.say(&series.label))).collect()
    }

    fn points(&self, id: &str) -> Vec<Offer> {
        let series = FigureId::parse(id).and_then(|id| self.book.library.series(&id));
        let points = series.into_iter().flat_map(|series| series.points.iter().rev());
        points
            .map(|point| Offer::new(point.date.to_string(), Kind::VALUE, self.locale().number(&point.value)))
            .collect()
    }

    fn forms(&self, id: &str) -> Vec<Offer> {
        let (name, rest) = id.split_once([':', '@']).unwrap_or((id, ""));
        let id = FigureId::parse(name);
        let is_series = id.as_ref().is_some_and(|id| self.book.library.series(id).is_some());
        let latest = (is_series && rest.is_empty()).then_some("latest");
        let has_range =
            id.and_then(|id| self.book.library.figure_by_id(&id)).is_none_or(|figure| figure.range.is_some());
        let forms = FigureForm::ALL.iter().filter(|(_, form)| has_range || *form != FigureForm::Range);
        let names = latest.into_iter().chain(forms.map(|(name, _)| *name));
        names.map(|name| Offer::new(name, Kind::ENUM_MEMBER, "")).collect()
    }

    fn pages(&self) -> Vec<Offer> {
        let pages = self.book.pages.iter().filter_map(|page| {
            let title = &self.book.view_in(page, &self.language.lang)?.version.page.front.title.value;
            let path = navigation::relative_file(&self.home, &page.id, self.book);
            Some(Offer::new(path, Kind::FILE, title.as_str()))
        });
        pages.collect()
    }

    /// The addresses of pages, as records name them.
    pub(super) fn addresses(&self) -> Vec<Offer> {
        let pages = self.book.pages.iter().filter(|page| !page.id.is_home()).filter_map(|page| {
            let title = &self.book.view_in(page, &self.language.lang)?.version.page.front.title.value;
            Some(Offer::new(page.id.as_str(), Kind::FILE, title.as_str()))
        });
        pages.collect()
    }

    fn places(&self, page: &str) -> Vec<Offer> {
        let path = if page.is_empty() { self.home.clone() } else { page.to_owned() };
        let home = if page.is_empty() { "" } else { self.home.as_str() };
        let found = navigation::resolve(home, &path).and_then(|id| self.book.find(&id));
        let shown = found.and_then(|page| self.book.view_in(page, &self.language.lang));
        let headings = shown.into_iter().flat_map(|view| &view.version.outline);
        headings.map(|heading| Offer::new(heading.id.as_str(), Kind::REFERENCE, heading.text.as_str())).collect()
    }

    pub(super) fn terms(&self) -> Vec<Offer> {
        let listed = self.book.terms.listed(&self.language.lang).iter();
        listed.map(|listed| Offer::new(listed.id.as_str(), Kind::KEYWORD, listed.name.as_str())).collect()
    }

    pub(super) fn events(&self) -> Vec<Offer> {
        let events = self.book.library.events().into_iter();
        let told = |date: String, title: String| format!("{date}: {title}");
        let offers = events.map(|event| {
            let told = told(self.locale().date(&event.date), self.say(&event.title));
            Offer::new(event.id.as_str(), Kind::EVENT, told)
        });
        offers.collect()
    }

    pub(super) fn themes(&self) -> Vec<Offer> {
        let themes = self.book.library.themes().iter();
        themes.map(|theme| Offer::new(theme.id.as_str(), Kind::KEYWORD, self.say(&theme.name))).collect()
    }

    pub(super) fn actors(&self) -> Vec<Offer> {
        let actors = self.book.library.actors();
        actors.map(|actor| Offer::new(actor.id.as_str(), Kind::CLASS, self.say(&actor.name.value))).collect()
    }

    pub(super) fn languages(&self) -> Vec<Offer> {
        let languages = self.book.languages.iter();
        languages.map(|language| Offer::new(language.lang.as_str(), Kind::KEYWORD, language.locale.name())).collect()
    }

    fn drawings(&self, kind: DrawingKind) -> Vec<Offer> {
        let library = &self.book.library;
        match kind {
            DrawingKind::Chart => {
                let charts = library.charts();
                charts.map(|chart| Offer::new(chart.id.as_str(), Kind::VALUE, self.say(&chart.title))).collect()
            }
            DrawingKind::Map => {
                library.maps().map(|map| Offer::new(map.id.as_str(), Kind::VALUE, self.say(&map.title))).collect()
            }
            DrawingKind::Timeline => {
                let everything = Offer::new(crate::timeline::read::EVERYTHING, Kind::KEYWORD, "");
                std::iter::once(everything).chain(self.themes()).collect()
            }
            DrawingKind::Facts | DrawingKind::Leaders | DrawingKind::Designations => self.actors(),
            DrawingKind::Actors | DrawingKind::Who => {
                let groups = library.groups();
                groups.map(|group| Offer::new(group.id.as_str(), Kind::CLASS, self.say(&group.title.value))).collect()
            }
        }
    }
}
