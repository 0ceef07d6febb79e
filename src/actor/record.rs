//! An actor as the editor recorded it.

use crate::citation::Evidence;
use crate::date::Date;
use crate::ids::{ActorId, DrawingId, FigureId, PageId};
use crate::span::Span;
use crate::workspace::{Localized, Placed};

/// Somebody who takes part: a movement, a state, a body, an association.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Its id.
    pub id: ActorId,
    /// Where the id is written.
    pub span: Span,
    /// What it is called.
    pub name: Placed<Localized>,
    /// The same in full, where the name is a short one.
    pub full_name: Option<Placed<Localized>>,
    /// What it calls itself, by language.
    pub native: Option<Localized>,
    /// An abbreviation.
    pub short: Option<Placed<Localized>>,
    /// What kind of actor it is.
    pub kind: ActorKind,
    /// What is known of it, in the order of [`FactKind`]; the first says what it is.
    pub facts: Vec<Fact>,
    /// What it is part of.
    pub part_of: Vec<Membership>,
    /// Who leads or led it.
    pub leaders: Vec<Leader>,
    /// How large it is, as figures.
    pub size: Vec<Placed<FigureId>>,
    /// Who lists it as what, and who does not.
    pub designations: Vec<Designation>,
    /// What could not be found out.
    pub unknown: Option<Placed<Localized>>,
    /// The page that tells more.
    pub page: Option<Placed<PageId>>,
}

impl Actor {
    /// What its record rests on.
    pub fn evidence(&self) -> impl Iterator<Item = &Evidence> {
        let facts = self.facts.iter().map(|fact| &fact.evidence);
        let wholes = self.part_of.iter().map(|membership| &membership.evidence);
        let leaders = self.leaders.iter().map(|leader| &leader.evidence);
        let lists = self.designations.iter().map(|designation| &designation.evidence);
        facts.chain(wholes).chain(leaders).chain(lists).flatten()
    }
}

/// What kind of actor somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActorKind {
    /// A movement with fighters of its own.
    ArmedMovement,
    /// A party or an umbrella of parties.
    PoliticalOrganisation,
    /// A state.
    State,
    /// The government of a state, or a public authority.
    Government,
    /// An army.
    ArmedForce,
    /// Whoever gathers intelligence.
    SecurityService,
    /// An organisation of states.
    InternationalOrganisation,
    /// A body of the United Nations.
    UnBody,
    /// A court.
    Court,
    /// An organisation that brings help.
    AidOrganisation,
    /// An organisation that watches over rights.
    RightsOrganisation,
    /// Those whose relatives were killed or taken.
    FamilyAssociation,
}

impl ActorKind {
    /// Every kind with the word for it in the files, in the order in which lists show them.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("state", Self::State),
        ("government", Self::Government),
        ("armed-force", Self::ArmedForce),
        ("security-service", Self::SecurityService),
        ("armed-movement", Self::ArmedMovement),
        ("political-organisation", Self::PoliticalOrganisation),
        ("international-organisation", Self::InternationalOrganisation),
        ("un-body", Self::UnBody),
        ("court", Self::Court),
        ("aid-organisation", Self::AidOrganisation),
        ("rights-organisation", Self::RightsOrganisation),
        ("family-association", Self::FamilyAssociation),
    ];

    /// The word for it in the files.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// Something that is known of an actor, and who says so.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Where it is written.
    pub span: Span,
    /// What it is about.
    pub kind: FactKind,
    /// When.
    pub date: Option<Date>,
    /// In words; of a quotation, the stored words.
    pub text: Option<Placed<Localized>>,
    /// Whose words it gives, where they are somebody's.
    pub by: Option<Placed<Localized>>,
    /// Who says so; never empty.
    pub evidence: Vec<Evidence>,
}

/// What a fact is about. Its word in the files is the name of its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// What it is, in one sentence.
    About,
    /// When it came to be, and by whom.
    Founded,
    /// When it ended.
    Dissolved,
    /// Where it sits.
    Seat,
    /// What it says it wants or is.
    Aims,
    /// What it is charged with.
    Mandate,
    /// What it is made of.
    Structure,
    /// Where it acts.
    Area,
    /// How it stands in law or among states.
    Status,
    /// What it lives on.
    Funding,
    /// What it does in the war and around it.
    Role,
}

impl FactKind {
    /// Every kind with its word, in the order in which they are shown.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("about", Self::About),
        ("founded", Self::Founded),
        ("dissolved", Self::Dissolved),
        ("seat", Self::Seat),
        ("aims", Self::Aims),
        ("mandate", Self::Mandate),
        ("structure", Self::Structure),
        ("area", Self::Area),
        ("status", Self::Status),
        ("funding", Self::Funding),
        ("role", Self::Role),
    ];

    /// The word for it in the files.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// That an actor is part of another.
#[derive(Debug, Clone)]
pub struct Membership {
    /// The whole.
    pub whole: Placed<ActorId>,
    /// Who says so; never empty.
    pub evidence: Vec<Evidence>,
}

/// Who leads or led an actor.
#[derive(Debug, Clone)]
pub struct Leader {
    /// Where the name is written.
    pub span: Span,
    /// The person, or a body of several.
    pub name: Placed<Localized>,
    /// As what.
    pub role: Placed<Localized>,
    /// Since when.
    pub from: Option<Date>,
    /// Until when.
    pub to: Option<Date>,
    /// The day for which the source says it, where the beginning is not known or nothing later is.
    pub as_of: Option<Date>,
    /// Whether it is the latest leadership on record, which fact boxes and cards show.
    pub latest: bool,
    /// What else is to be said.
    pub note: Option<Placed<Localized>>,
    /// Who says so; never empty.
    pub evidence: Vec<Evidence>,
}

impl Leader {
    /// The date after which lists order them: of the beginning, or else the first that is known.
    pub fn order(&self) -> Option<Date> {
        self.from.or(self.as_of).or(self.to)
    }
}

/// That a government or a body lists an actor, or does not.
#[derive(Debug, Clone)]
pub struct Designation {
    /// Where it is written.
    pub span: Span,
    /// Whose list it is.
    pub by: Designator,
    /// What of the actor is listed.
    pub scope: Option<Placed<Localized>>,
    /// The term of that jurisdiction.
    pub term: Option<Placed<Localized>>,
    /// Since when.
    pub since: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
    /// The day for which the source says it.
    pub as_of: Option<Date>,
    /// Whether it is listed.
    pub status: DesignationStatus,
    /// What else is to be said.
    pub note: Option<Placed<Localized>>,
    /// Who says so; never empty.
    pub evidence: Vec<Evidence>,
}

impl Designation {
    /// The day after which lists order it: that of its beginning, or the first for which it is known.
    pub fn order(&self) -> Option<Date> {
        self.since.or(self.as_of)
    }
}

/// Who has a list.
#[derive(Debug, Clone)]
pub enum Designator {
    /// Another actor of the who's who.
    Actor(Placed<ActorId>),
    /// Somebody who has no record.
    Named(Placed<Localized>),
}

/// How an actor stands on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DesignationStatus {
    /// It is listed.
    Listed,
    /// It was, and is no longer.
    Ended,
    /// It is not.
    NotListed,
}

impl DesignationStatus {
    /// Every status with the word for it in the files.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("listed", Self::Listed), ("ended", Self::Ended), ("not-listed", Self::NotListed)];

    /// The word for it in the files.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, status)| *status == self).map_or("", |(name, _)| name)
    }
}

/// Actors that are shown together.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id.
    pub id: DrawingId,
    /// Where the id is written.
    pub span: Span,
    /// What they have in common.
    pub title: Placed<Localized>,
    /// The actors, in order; never empty.
    pub actors: Vec<Placed<ActorId>>,
}
