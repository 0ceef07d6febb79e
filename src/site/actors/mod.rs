//! Actors in pages: fact boxes, tables of leaders and of who lists them as what, comparisons, cards; and the who's who of the site.
//!
//! 1. [`book::actors`](crate::book::actors) says what is told, in which order; here it becomes HTML. [`words`] has the words of one item.
//! 2. [`rows`] sorts the items of an actor under what they are about: the rows of a fact box ([`cards`]) and of a comparison ([`tables`]).
//! 3. [`people`] is the page of all actors, [`data`](mod@data) the same for programs.
//!
//! Whoever draws says where the marks of an item lead and where a link to an actor goes: on a page of the book into its list of sources.

mod cards;
mod data;
mod people;
mod rows;
mod tables;
mod words;

pub(super) use data::file as data;
pub(super) use people::{PeopleContext, context, named, ordered};

use super::address::{self, Profile};
use super::edition::OutPath;
use super::html::Html;
use crate::actor::Actor;
use crate::book::Book;
use crate::book::actors::{Told, told};
use crate::ids::Lang;
use crate::locale::Locale;
use crate::markdown::tree::{DrawingKind, DrawingRef};

/// Writes what is told of actors for readers of one language.
pub(super) struct Teller<'t, 'a> {
    pub(super) book: &'a Book,
    pub(super) locale: &'a Locale,
    /// Where a link to an actor goes.
    pub(super) link: &'t dyn Fn(&Actor) -> Option<String>,
    /// The marks of the item of that number.
    pub(super) marks: &'t mut dyn FnMut(usize, &Told<'a>) -> Html,
}

impl Teller<'_, '_> {
    /// A drawing with the id `place`.
    pub(super) fn draw(&mut self, drawing: &DrawingRef, place: &str) -> Html {
        let told = told(&self.book.library, drawing);
        match drawing.kind {
            DrawingKind::Facts => self.fact_box(&told, place),
            DrawingKind::Leaders => self.leaders(&told),
            DrawingKind::Designations => self.designations(&told),
            DrawingKind::Actors => self.comparison(&drawing.id, &told),
            DrawingKind::Who => self.who(&drawing.id, &told),
            DrawingKind::Chart | DrawingKind::Timeline | DrawingKind::Map => Html::new(),
        }
    }
}

/// The id of an actor in the who's who.
pub(super) fn anchor(actor: &Actor) -> String {
    format!("a-{}", actor.id)
}

/// The link to an actor: to the page that tells more, or else to its place in the who's who.
pub(super) fn link(book: &Book, profile: Profile, lang: &Lang, from: &OutPath, actor: &Actor) -> Option<String> {
    page_link(book, profile, lang, from, actor)
        .or_else(|| Some(address::link(profile, from, &address::of_people(lang)?, Some(&anchor(actor)))))
}

/// The link to the page that tells more of an actor.
fn page_link(book: &Book, profile: Profile, lang: &Lang, from: &OutPath, actor: &Actor) -> Option<String> {
    let page = book.find(&actor.page.as_ref()?.value)?;
    Some(address::link(profile, from, &address::of_page(lang, &page.id)?, None))
}
