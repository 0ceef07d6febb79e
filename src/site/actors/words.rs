//! One item in words: a name, a date, what is said and by whom.

use super::Teller;
use crate::actor::Actor;
use crate::actor::record::{Designation, DesignationStatus, Designator, Fact, Leader};
use crate::book::actors::{Item, Told};
use crate::figure::phrase::{self, phrase};
use crate::locale::Key;
use crate::markdown::tree::FigureForm;
use crate::site::html::Html;
use crate::site::words::{self, WithLang};
use crate::workspace::Localized;

impl<'a> Teller<'_, 'a> {
    /// A text of a record, isolated.
    pub(super) fn text(&self, text: &Localized) -> Html {
        words::localized(self.book, self.locale, text)
    }

    /// A text of a record as plain words.
    pub(super) fn plain<'t>(&self, text: &'t Localized) -> &'t str {
        let source = self.book.source_language().map_or(self.locale.lang(), |language| &language.lang);
        phrase::words(text, self.locale, source).0
    }

    /// The name of an actor, leading to where more is told of it.
    pub(super) fn name(&self, actor: &Actor) -> Html {
        let name = self.text(&actor.name.value);
        match (self.link)(actor) {
            Some(url) => {
                let mut html = Html::new();
                html.open("a", &[("href", &url)]).html(&name).close("a");
                html
            }
            None => name,
        }
    }

    /// Words and dates of the program's own, isolated.
    pub(super) fn dated(&self, text: &str) -> Html {
        words::isolated_sentence(text, WithLang::default(), self.locale)
    }

    /// What an item says, without its marks.
    pub(super) fn said(&self, told: &Told<'a>) -> Html {
        match told.item {
            Item::Fact(fact) => self.fact(fact),
            Item::PartOf(membership) => {
                let whole = self.book.library.actor(membership.whole.value.as_str());
                whole.map(|whole| self.name(whole)).unwrap_or_default()
            }
            Item::Part(part, _) => self.name(part),
            Item::Leader(leader) => self.leader(leader),
            Item::Size(figure) => {
                let source = self.book.source_language().map_or(self.locale.lang(), |language| &language.lang);
                let value = phrase(figure, FigureForm::Full, self.locale, source).unwrap_or_default();
                self.labelled(self.text(&figure.label), self.dated(&value))
            }
            Item::Designation(designation) => self.listing(designation),
        }
    }

    fn fact(&self, fact: &Fact) -> Html {
        let date = fact.date.as_ref().map(|date| self.dated(&self.locale.date(date)));
        let by = fact.by.as_ref().map(|by| self.text(&by.value));
        let lead: Vec<Html> = by.into_iter().chain(date).collect();
        let quote = fact.evidence.iter().find_map(|evidence| {
            let source = self.book.library.source(&evidence.source.value)?;
            source.quote(&evidence.quote.as_ref()?.value)
        });
        let said = match (&fact.text, quote) {
            (Some(text), _) => Some(self.text(&text.value)),
            (None, Some(quote)) => {
                let mut quoted = Html::new();
                quoted.markup("<q>").html(&self.text(&quote.exact)).markup("</q>");
                Some(quoted)
            }
            (None, None) => None,
        };
        let mut before = Html::new();
        for (index, part) in lead.into_iter().enumerate() {
            before.text(if index > 0 { self.locale.text(Key::Comma) } else { "" }).html(&part);
        }
        match said {
            Some(said) if before.is_empty() => said,
            Some(said) => self.labelled(before, said),
            None => before,
        }
    }

    /// "Covenant, 18 August 1988: …", with the colon of the language.
    fn labelled(&self, label: Html, value: Html) -> Html {
        words::sentence(self.locale, Key::LabelValue, &[("label", label), ("value", value)])
    }

    /// "Ahmed Yassin, founder, since December 1987".
    fn leader(&self, leader: &Leader) -> Html {
        let mut html = Html::new();
        html.markup("<strong>").html(&self.text(&leader.name.value)).markup("</strong>");
        html.text(self.locale.text(Key::Comma)).html(&self.text(&leader.role.value));
        html.text(self.locale.text(Key::Comma)).html(&self.dated(&self.dates(leader)));
        if let Some(note) = &leader.note {
            html.text(self.locale.text(Key::Comma)).html(&self.text(&note.value));
        }
        html
    }

    pub(super) fn dates(&self, leader: &Leader) -> String {
        self.locale.period(leader.from.as_ref(), leader.to.as_ref(), leader.as_of.as_ref())
    }

    /// "United Kingdom: the Brigades, since March 2001".
    fn listing(&self, designation: &Designation) -> Html {
        let mut listed = self.scope(designation);
        listed.text(self.locale.text(Key::Comma)).html(&self.dated(&self.term_of(designation)));
        self.labelled(self.designator(&designation.by), listed)
    }

    /// Whose list it is.
    pub(super) fn designator(&self, by: &Designator) -> Html {
        match (by, self.book.designator(by)) {
            (_, Some(actor)) => self.name(actor),
            (Designator::Named(name), None) => self.text(&name.value),
            (Designator::Actor(id), None) => Html::escaped(id.value.as_str()),
        }
    }

    /// The same as plain words, for the order of a table.
    pub(super) fn designator_name(&self, by: &Designator) -> String {
        match (by, self.book.designator(by)) {
            (_, Some(actor)) => self.plain(&actor.name.value).to_owned(),
            (Designator::Named(name), None) => self.plain(&name.value).to_owned(),
            (Designator::Actor(id), None) => id.value.to_string(),
        }
    }

    /// What is listed; that nothing is.
    pub(super) fn scope(&self, designation: &Designation) -> Html {
        match &designation.scope {
            Some(scope) => self.text(&scope.value),
            None if designation.status == DesignationStatus::NotListed => {
                Html::escaped(self.locale.text(Key::NotListed))
            }
            None => Html::new(),
        }
    }

    /// Since when, until when.
    pub(super) fn term_of(&self, designation: &Designation) -> String {
        let Designation { since, until, as_of, .. } = designation;
        self.locale.period(since.as_ref(), until.as_ref(), as_of.as_ref())
    }
}
