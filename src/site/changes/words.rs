//! A change in the words of a language. The same words stand on the page and in the feed.

use crate::book::Book;
use crate::changes::{Change, Kind, Named, Reading, Side};
use crate::citation::Source;
use crate::date::Date;
use crate::figure::record::Qualifier;
use crate::ids::Lang;
use crate::locale::{Key, Locale, Vocabulary};
use crate::site::html::Html;
use crate::site::words::{self, WithLang};
use crate::workspace::Localized;

pub(super) struct Teller<'a> {
    pub(super) book: &'a Book,
    pub(super) locale: &'a Locale,
}

impl Teller<'_> {
    /// "Correction", "New figure", …
    pub(super) fn kind(&self, change: &Change) -> &str {
        if change.correction.is_some() {
            return self.locale.term(Vocabulary::Callout, "correction").unwrap_or_default();
        }
        self.locale.text(match change.kind {
            Kind::New => Key::ChangeNew,
            Kind::Changed => Key::ChangeChanged,
            Kind::Superseded(_) => Key::ChangeSuperseded,
            Kind::Removed => Key::ChangeRemoved,
            Kind::Newest => Key::ChangeNewest,
            Kind::Revised => Key::ChangeRevised,
        })
    }

    /// What is counted, in the reader's language or labelled with the one it is in.
    pub(super) fn text(&self, text: &Localized) -> Html {
        words::localized(self.book, self.locale, text)
    }

    /// Why something was corrected. A series says it in its file, without a language.
    pub(super) fn reason(&self, note: &Localized) -> Html {
        words::own_words(self.book, self.locale, note)
    }

    /// The same as plain text.
    pub(super) fn plain<'t>(&self, text: &'t Localized) -> &'t str {
        let fallback: Vec<&Lang> = self.book.source_language().map(|language| &language.lang).into_iter().collect();
        text.pick(self.locale.lang(), &fallback).0
    }

    /// "73,419 people (22 August 2026) → 73,500 people (25 August 2026)"
    pub(super) fn line(&self, change: &Change) -> Html {
        let side = |side: &Side| {
            let value = words::isolated_sentence(&self.value(&side.reading), WithLang::default(), self.locale);
            // A date stays whole: within it, numbers run as its language writes them.
            let date = Html::escaped(&self.locale.date(&side.reading.when));
            words::sentence(self.locale, Key::Dated, &[("text", value), ("date", date)])
        };
        self.between(change.from.as_ref().map(side), change.to.as_ref().map(side))
    }

    /// The same as plain text, its sides isolated by Unicode's marks.
    pub(super) fn plain_line(&self, change: &Change) -> String {
        let side = |side: &Side| self.dated(&side.reading);
        match (change.from.as_ref().map(side), change.to.as_ref().map(side)) {
            (Some(from), Some(to)) => {
                self.locale.fill_text(Key::ChangedFromTo, &[("from", (&from).into()), ("to", (&to).into())])
            }
            (from, to) => from.or(to).unwrap_or_default(),
        }
    }

    /// How the figure stood and stands; nothing where that is the same and ordinary.
    pub(super) fn status(&self, change: &Change) -> Option<Html> {
        let name = |side: &Side| {
            Html::escaped(self.locale.term(Vocabulary::FigureStatus, side.reading.status.name()).unwrap_or_default())
        };
        let (from, to) = (change.from.as_ref(), change.to.as_ref());
        let is_same = |(from, to): (&Side, &Side)| from.reading.status == to.reading.status;
        let is_told = from.zip(to).is_some_and(|sides| !is_same(sides)) && !matches!(change.kind, Kind::Superseded(_));
        is_told.then(|| self.between(from.map(name), to.map(name)))
    }

    /// Whose numbers these are, each source once.
    pub(super) fn sources(&self, change: &Change, link: &dyn Fn(&Source) -> Option<String>) -> Html {
        let source = |side: &Side| self.source(&side.reading, &side.source, link);
        match (&change.from, &change.to) {
            (Some(from), Some(to)) if from.reading.source != to.reading.source => {
                self.between(Some(source(from)), Some(source(to)))
            }
            (from, to) => to.as_ref().or(from.as_ref()).map(source).unwrap_or_default(),
        }
    }

    fn between(&self, from: Option<Html>, to: Option<Html>) -> Html {
        match (from, to) {
            (Some(from), Some(to)) => words::sentence(self.locale, Key::ChangedFromTo, &[("from", from), ("to", to)]),
            (from, to) => words::isolated_phrase(&from.or(to).unwrap_or_default(), self.locale.direction()),
        }
    }

    /// A source by its record, with the way to its page, or by the name that the log remembers.
    fn source(&self, reading: &Reading, named: &Named, link: &dyn Fn(&Source) -> Option<String>) -> Html {
        let Some(source) = self.book.library.source(&reading.source) else {
            let mut html = self.text(&named.name);
            if let Some(date) = &named.date {
                html.text(self.locale.text(Key::Comma)).element("bdi", &[], &self.locale.date(date));
            }
            return html;
        };
        let reference = words::short_reference(self.book, self.locale, source, None);
        let mut html = Html::new();
        match link(source) {
            Some(url) => html.open("a", &[("href", &url)]).html(&reference).close("a"),
            None => html.html(&reference),
        };
        html
    }

    /// "73,419 people (22 August 2026)"
    fn dated(&self, reading: &Reading) -> String {
        let date = self.locale.date(&reading.when);
        self.locale.fill_plain(Key::Dated, &[("text", (&self.value(reading)).into()), ("date", (&date).into())])
    }

    fn value(&self, reading: &Reading) -> String {
        let Reading { value, range, qualifier, unit, .. } = reading;
        let counted = self.locale.unit(unit, value).unwrap_or_else(|| self.locale.number(value));
        let key = match qualifier {
            Qualifier::Exact => None,
            Qualifier::AtLeast => Some(Key::AtLeast),
            Qualifier::MoreThan => Some(Key::MoreThan),
            Qualifier::Approximately => Some(Key::Approximately),
        };
        let qualified = match key {
            Some(key) => self.locale.fill_plain(key, &[("number", (&counted).into())]),
            None => counted,
        };
        match range {
            Some((low, high)) => {
                let range = self.locale.unit_range(unit, low, high).unwrap_or_else(|| self.locale.range(low, high));
                let interval = [("label", qualified.as_str().into()), ("value", (&range).into())];
                self.locale.fill_plain(Key::ValueWithRange, &interval)
            }
            None => qualified,
        }
    }

    /// The day on which a change was recorded.
    pub(super) fn noted(&self, change: &Change) -> String {
        self.locale.date(&Date::from(change.noted))
    }
}
