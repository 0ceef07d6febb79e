//! What is told of actors, drawing by drawing: each fact once, in the order in which it stands there, with what it rests on.
//!
//! The list at a page's end, the ledger and the drawing itself all walk [`told`], so that the same fact has the same place for each.

use super::{Book, Library};
use crate::actor::Actor;
use crate::actor::record::{Designation, Designator, Fact, FactKind, Leader, Membership};
use crate::citation::Evidence;
use crate::figure::Figure;
use crate::ids::{QuoteId, SourceId};
use crate::markdown::locator::Locator;
use crate::markdown::tree::{DrawingKind, DrawingRef};
use crate::span::Span;

/// Something that is told of an actor.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Of whom.
    pub actor: &'a Actor,
    /// What.
    pub item: Item<'a>,
}

/// What is told.
#[derive(Debug, Clone, Copy)]
pub enum Item<'a> {
    /// A fact.
    Fact(&'a Fact),
    /// That it is part of another.
    PartOf(&'a Membership),
    /// That another is part of it.
    Part(&'a Actor, &'a Membership),
    /// Who leads or led it.
    Leader(&'a Leader),
    /// How large it is.
    Size(&'a Figure),
    /// Who lists it as what.
    Designation(&'a Designation),
}

/// A source that something rests on, with the place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ground<'a> {
    /// The source.
    pub source: &'a SourceId,
    /// The place in it.
    pub locator: Option<&'a Locator>,
    /// The stored quotation that says so.
    pub quote: Option<&'a QuoteId>,
}

impl<'a> Item<'a> {
    /// What it rests on.
    pub fn grounds(&self, library: &'a Library) -> Vec<Ground<'a>> {
        let evidence: &[Evidence] = match self {
            Self::Fact(fact) => &fact.evidence,
            Self::PartOf(membership) | Self::Part(_, membership) => &membership.evidence,
            Self::Leader(leader) => &leader.evidence,
            Self::Designation(designation) => &designation.evidence,
            Self::Size(figure) => {
                let sources = library.sources_of(figure).into_iter().enumerate();
                let own = |index: usize| figure.locator.as_ref().filter(|_| index == 0);
                return sources
                    .map(|(index, source)| Ground { source: &source.id, locator: own(index), quote: None })
                    .collect();
            }
        };
        let ground = |evidence: &'a Evidence| {
            let source = library.source(&evidence.source.value)?;
            let quote = evidence.quote.as_ref().map(|quote| &quote.value);
            Some(Ground { source: &source.id, locator: evidence.locator.as_ref(), quote })
        };
        evidence.iter().filter_map(ground).collect()
    }

    /// Where it is written.
    pub fn span(&self) -> Span {
        match self {
            Self::Fact(fact) => fact.span,
            Self::PartOf(membership) | Self::Part(_, membership) => membership.whole.span,
            Self::Leader(leader) => leader.span,
            Self::Size(figure) => figure.span,
            Self::Designation(designation) => designation.span,
        }
    }
}

/// Whether a drawing shows actors.
pub fn is_of_actors(kind: DrawingKind) -> bool {
    match kind {
        DrawingKind::Facts
        | DrawingKind::Leaders
        | DrawingKind::Designations
        | DrawingKind::Actors
        | DrawingKind::Who => true,
        DrawingKind::Chart | DrawingKind::Timeline | DrawingKind::Map => false,
    }
}

/// The actors that a drawing shows: one, or those of a group.
fn shown<'a>(library: &'a Library, drawing: &DrawingRef) -> Vec<&'a Actor> {
    match drawing.kind {
        DrawingKind::Facts | DrawingKind::Leaders | DrawingKind::Designations => {
            library.actor(drawing.id.as_str()).into_iter().collect()
        }
        DrawingKind::Actors | DrawingKind::Who => {
            let group = library.group(&drawing.id).map(|group| group.actors.as_slice()).unwrap_or_default();
            group.iter().filter_map(|actor| library.actor(actor.value.as_str())).collect()
        }
        DrawingKind::Chart | DrawingKind::Timeline | DrawingKind::Map => Vec::new(),
    }
}

/// Everything that a drawing tells, in its order.
pub fn told<'a>(library: &'a Library, drawing: &DrawingRef) -> Vec<Told<'a>> {
    let of = |actor: &'a Actor| {
        let items = match drawing.kind {
            DrawingKind::Leaders => leaders(actor),
            DrawingKind::Designations => designations(actor),
            DrawingKind::Who => in_short(actor),
            _ => in_full(library, actor),
        };
        items.into_iter().map(move |item| Told { actor, item })
    };
    shown(library, drawing).into_iter().flat_map(of).collect()
}

/// What a card tells: what the actor is, and who leads it.
fn in_short(actor: &Actor) -> Vec<Item<'_>> {
    let about = actor.facts.iter().filter(|fact| fact.kind == FactKind::About).map(Item::Fact);
    about.chain(latest(actor).map(Item::Leader)).collect()
}

/// What a fact box tells. Of the leaders only the latest: the others have a table of their own.
fn in_full<'a>(library: &'a Library, actor: &'a Actor) -> Vec<Item<'a>> {
    let parts = library.actors().flat_map(|other| {
        let own = other.part_of.iter().filter(|membership| membership.whole.value == actor.id);
        own.map(move |membership| Item::Part(other, membership))
    });
    let size = actor.size.iter().filter_map(|figure| library.figure_by_id(&figure.value));
    (actor.facts.iter().map(Item::Fact))
        .chain(actor.part_of.iter().map(Item::PartOf))
        .chain(parts)
        .chain(latest(actor).map(Item::Leader))
        .chain(size.map(Item::Size))
        .chain(designations(actor))
        .collect()
}

/// All that is recorded of an actor.
pub fn everything<'a>(library: &'a Library, actor: &'a Actor) -> Vec<Item<'a>> {
    let mut items = in_full(library, actor);
    items.extend(leaders(actor));
    items
}

/// The latest leadership on record.
fn latest(actor: &Actor) -> impl Iterator<Item = &Leader> {
    actor.leaders.iter().filter(|leader| leader.latest)
}

/// Who lists an actor and who does not, by date.
fn designations(actor: &Actor) -> Vec<Item<'_>> {
    let mut designations: Vec<&Designation> = actor.designations.iter().collect();
    designations.sort_by_key(|designation| designation.order());
    designations.into_iter().map(Item::Designation).collect()
}

/// Who led an actor, by date.
fn leaders(actor: &Actor) -> Vec<Item<'_>> {
    let mut leaders: Vec<&Leader> = actor.leaders.iter().collect();
    leaders.sort_by_key(|leader| (leader.order(), leader.from));
    leaders.into_iter().map(Item::Leader).collect()
}

/// The id, on a page, of what a drawing at `place` tells: the item of that number there, and of its grounds that of this number, both from 0.
pub fn item_place(place: &str, item: usize, ground: usize) -> String {
    let item = item + 1;
    match ground {
        0 => format!("{place}-{item}"),
        ground => format!("{place}-{item}-{}", ground + 1),
    }
}

impl Book {
    /// The actor who has a list, where it has a record.
    pub fn designator(&self, by: &Designator) -> Option<&Actor> {
        match by {
            Designator::Actor(id) => self.library.actor(id.value.as_str()),
            Designator::Named(_) => None,
        }
    }
}
