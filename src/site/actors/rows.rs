//! What is told of an actor, sorted under what it is about.

use super::Teller;
use crate::actor::Actor;
use crate::actor::record::{DesignationStatus, FactKind};
use crate::book::actors::{Item, Told};
use crate::locale::{Key, Vocabulary};
use crate::site::html::Html;
use std::collections::BTreeMap;

/// What a row is about, in the order in which rows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Kind,
    FullName,
    OwnName,
    Abbreviation,
    Fact(FactKind),
    PartOf,
    Parts,
    Leaders,
    Size,
    Listed,
    NotListed,
    Unknown,
}

impl Subject {
    fn of(told: &Told<'_>) -> Self {
        match told.item {
            Item::Fact(fact) => Self::Fact(fact.kind),
            Item::PartOf(_) => Self::PartOf,
            Item::Part(..) => Self::Parts,
            Item::Leader(_) => Self::Leaders,
            Item::Size(_) => Self::Size,
            Item::Designation(designation) if designation.status == DesignationStatus::NotListed => Self::NotListed,
            Item::Designation(_) => Self::Listed,
        }
    }
}

/// Something told, with its number in the drawing.
pub(super) type Numbered<'a> = (usize, Told<'a>);

impl<'a> Teller<'_, 'a> {
    pub(super) fn label(&self, subject: Subject) -> &'a str {
        let key = match subject {
            Subject::Fact(kind) => {
                return self.locale.term(Vocabulary::ActorFact, kind.name()).unwrap_or(kind.name());
            }
            Subject::Kind => Key::KindLabel,
            Subject::FullName => Key::FullName,
            Subject::OwnName => Key::OwnName,
            Subject::Abbreviation => Key::Abbreviation,
            Subject::PartOf => Key::PartOf,
            Subject::Parts => Key::PartsOf,
            Subject::Leaders => Key::LatestLeaders,
            Subject::Size => Key::Size,
            Subject::Listed => Key::Designations,
            Subject::NotListed => Key::NotListedBy,
            Subject::Unknown => Key::UnknownFacts,
        };
        self.locale.text(key)
    }

    /// The rows of one actor.
    pub(super) fn rows(&mut self, actor: &'a Actor, told: &[Numbered<'a>]) -> BTreeMap<Subject, Html> {
        let mut items: BTreeMap<Subject, Vec<&Numbered<'a>>> = BTreeMap::new();
        for numbered in told {
            items.entry(Subject::of(&numbered.1)).or_default().push(numbered);
        }
        let mut rows: BTreeMap<Subject, Html> = BTreeMap::new();
        for (subject, items) in items {
            let html = match subject {
                Subject::Listed | Subject::NotListed => self.listings(&items),
                _ => self.paragraphs(&items),
            };
            rows.insert(subject, html);
        }
        let kind = self.locale.term(Vocabulary::ActorKind, actor.kind.name()).map(Html::escaped);
        let names = [
            (Subject::Kind, kind),
            (Subject::FullName, actor.full_name.as_ref().map(|name| self.text(&name.value))),
            (Subject::OwnName, actor.native.as_ref().map(|name| self.own_name(name))),
            (Subject::Abbreviation, actor.short.as_ref().map(|name| self.text(&name.value))),
            (Subject::Unknown, actor.unknown.as_ref().map(|text| self.text(&text.value))),
        ];
        rows.extend(names.into_iter().filter_map(|(subject, html)| Some((subject, html?))));
        rows
    }

    /// Each item, with its marks.
    pub(super) fn marked(&mut self, (number, told): &Numbered<'a>) -> Html {
        let mut html = self.said(told);
        html.html(&(self.marks)(*number, told));
        html
    }

    fn paragraphs(&mut self, items: &[&Numbered<'a>]) -> Html {
        let mut html = Html::new();
        if let [only] = items {
            return self.marked(only);
        }
        html.markup("<ul>");
        for item in items {
            html.markup("<li>").html(&self.marked(item)).markup("</li>");
        }
        html.markup("</ul>");
        html
    }

    /// Whose lists, each once; unfolded, what each lists and since when.
    fn listings(&mut self, items: &[&Numbered<'a>]) -> Html {
        let mut names: Vec<String> = Vec::new();
        for (_, told) in items.iter().copied() {
            if let Item::Designation(designation) = told.item {
                let name = self.designator_name(&designation.by);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        let mut html = Html::new();
        html.markup("<details><summary>").html(&self.dated(&self.locale.list(&names))).markup("</summary><ul>");
        for item in items {
            html.markup("<li>").html(&self.marked(item)).markup("</li>");
        }
        html.markup("</ul></details>");
        html
    }
}
