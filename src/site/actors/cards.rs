//! The fact box of an actor, and actors as cards.

use super::Teller;
use super::rows::{Numbered, Subject};
use crate::actor::Actor;
use crate::actor::record::FactKind;
use crate::book::actors::{Item, Told};
use crate::ids::DrawingId;
use crate::locale::Vocabulary;
use crate::site::html::Html;
use crate::site::words::{self, WithLang};
use crate::workspace::Localized;

impl<'a> Teller<'_, 'a> {
    /// The fact box: what the actor is, and below it everything else that is recorded, each with its source.
    pub(super) fn fact_box(&mut self, told: &[Told<'a>], place: &str) -> Html {
        let Some(actor) = told.first().map(|told| told.actor) else { return Html::new() };
        let numbered: Vec<Numbered<'a>> = told.iter().copied().enumerate().collect();
        let mut rows = self.rows(actor, &numbered);
        rows.remove(&Subject::Kind);
        let about = rows.remove(&Subject::Fact(FactKind::About));
        let mut html = Html::new();
        html.open("p", &[("class", "actor-name"), ("id", &format!("{place}-name"))]);
        html.html(&self.text(&actor.name.value)).close("p");
        html.html(&self.kind(actor));
        if let Some(about) = about {
            html.open("p", &[("class", "actor-about")]).html(&about).close("p");
        }
        if !rows.is_empty() {
            html.markup("<dl>");
            for (subject, row) in rows {
                html.markup("<div>").element("dt", &[], self.label(subject)).text(" ");
                html.markup("<dd>").html(&row).markup("</dd></div>\n");
            }
            html.markup("</dl>");
        }
        html
    }

    /// A card an actor: what it is and who leads it.
    pub(super) fn who(&mut self, id: &DrawingId, told: &[Told<'a>]) -> Html {
        let mut html = self.group_title(id);
        html.open("ul", &[("class", "who")]);
        for (actor, items) in by_actor(told) {
            html.markup("<li>").open("p", &[("class", "actor-name")]).html(&self.name(actor)).close("p");
            html.html(&self.kind(actor));
            for item in items {
                let class = if matches!(item.1.item, Item::Fact(_)) { "actor-about" } else { "actor-leader" };
                html.open("p", &[("class", class)]).html(&self.marked(&item)).close("p");
            }
            html.markup("</li>\n");
        }
        html.markup("</ul>");
        html
    }

    /// The title of a group.
    pub(super) fn group_title(&self, id: &DrawingId) -> Html {
        let mut html = Html::new();
        if let Some(group) = self.book.library.group(id) {
            html.open("p", &[("class", "drawing-title")]).html(&self.text(&group.title.value)).close("p");
        }
        html
    }

    fn kind(&self, actor: &Actor) -> Html {
        let mut html = Html::new();
        let kind = self.locale.term(Vocabulary::ActorKind, actor.kind.name()).unwrap_or(actor.kind.name());
        html.element("p", &[("class", "actor-kind")], kind);
        html
    }

    /// What an actor calls itself, in each language that it has.
    pub(super) fn own_name(&self, name: &Localized) -> Html {
        let mut html = Html::new();
        let Localized::ByLang(names) = name else { return self.text(name) };
        for (index, (lang, name)) in names.iter().enumerate() {
            if index > 0 {
                html.text("; ");
            }
            html.html(&words::isolated_sentence(name, WithLang::of(Some(lang), self.book), self.locale));
        }
        html
    }
}

/// What is told, actor by actor, each item with its number in the whole.
pub(super) fn by_actor<'a>(told: &[Told<'a>]) -> Vec<(&'a Actor, Vec<Numbered<'a>>)> {
    let numbered: Vec<Numbered<'a>> = told.iter().copied().enumerate().collect();
    let same = |one: &Numbered<'a>, other: &Numbered<'a>| one.1.actor.id == other.1.actor.id;
    let actors = numbered.chunk_by(same);
    actors.filter_map(|items| Some((items.first()?.1.actor, items.to_vec()))).collect()
}
