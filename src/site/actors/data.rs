//! The actors as data: `data/actors.json`, the same for every language. `docs/writing.md` describes the fields.

use crate::actor::Actor;
use crate::actor::record::{Designation, Designator, Fact, Leader, Membership};
use crate::book::Book;
use crate::citation::Evidence;
use crate::date::Date;
use crate::site::GENERATOR;
use crate::site::edition::OutPath;
use crate::workspace::{Localized, Placed};
use serde_json::{Value, json};

/// The path of the file.
pub(super) fn path() -> Option<OutPath> {
    OutPath::parse("data/actors.json")
}

/// The file; none where there is no actor.
pub(in crate::site) fn file(book: &Book) -> Option<(OutPath, String)> {
    if !book.has_people() {
        return None;
    }
    let writer = Writer { book };
    let groups = book.library.groups().map(|group| {
        let actors: Vec<&str> = group.actors.iter().map(|actor| actor.value.as_str()).collect();
        json!({"id": group.id.as_str(), "title": writer.words(&group.title.value), "actors": actors})
    });
    let data = json!({
        "generator": GENERATOR,
        "actors": book.library.actors().map(|actor| writer.actor(actor)).collect::<Vec<_>>(),
        "groups": groups.collect::<Vec<_>>(),
    });
    // What is made of strings always serialises.
    Some((path()?, serde_json::to_string_pretty(&data).unwrap_or_default() + "\n"))
}

struct Writer<'a> {
    book: &'a Book,
}

impl Writer<'_> {
    fn actor(&self, actor: &Actor) -> Value {
        json!({
            "id": actor.id.as_str(),
            "kind": actor.kind.name(),
            "name": self.words(&actor.name.value),
            "full_name": self.maybe(actor.full_name.as_ref()),
            "native": actor.native.as_ref().map(|native| self.words(native)),
            "short": self.maybe(actor.short.as_ref()),
            "facts": actor.facts.iter().map(|fact| self.fact(fact)).collect::<Vec<_>>(),
            "part_of": actor.part_of.iter().map(|whole| self.membership(whole)).collect::<Vec<_>>(),
            "leaders": actor.leaders.iter().map(|leader| self.leader(leader)).collect::<Vec<_>>(),
            "size": actor.size.iter().map(|figure| figure.value.as_str()).collect::<Vec<_>>(),
            "designations": actor.designations.iter().map(|one| self.designation(one)).collect::<Vec<_>>(),
            "unknown": self.maybe(actor.unknown.as_ref()),
            "page": actor.page.as_ref().map(|page| page.value.as_str()),
        })
    }

    fn fact(&self, fact: &Fact) -> Value {
        json!({
            "about": fact.kind.name(),
            "date": date(fact.date.as_ref()),
            "text": self.maybe(fact.text.as_ref()),
            "by": self.maybe(fact.by.as_ref()),
            "sources": self.evidence(&fact.evidence),
        })
    }

    fn membership(&self, membership: &Membership) -> Value {
        json!({"actor": membership.whole.value.as_str(), "sources": self.evidence(&membership.evidence)})
    }

    fn leader(&self, leader: &Leader) -> Value {
        json!({
            "name": self.words(&leader.name.value),
            "role": self.words(&leader.role.value),
            "from": date(leader.from.as_ref()),
            "to": date(leader.to.as_ref()),
            "as_of": date(leader.as_of.as_ref()),
            "latest": leader.latest,
            "note": self.maybe(leader.note.as_ref()),
            "sources": self.evidence(&leader.evidence),
        })
    }

    fn designation(&self, designation: &Designation) -> Value {
        let by = match &designation.by {
            Designator::Actor(id) => json!({"actor": id.value.as_str()}),
            Designator::Named(name) => json!({"name": self.words(&name.value)}),
        };
        json!({
            "by": by,
            "what": self.maybe(designation.scope.as_ref()),
            "as": self.maybe(designation.term.as_ref()),
            "status": designation.status.name(),
            "since": date(designation.since.as_ref()),
            "until": date(designation.until.as_ref()),
            "as_of": date(designation.as_of.as_ref()),
            "note": self.maybe(designation.note.as_ref()),
            "sources": self.evidence(&designation.evidence),
        })
    }

    fn evidence(&self, evidence: &[Evidence]) -> Vec<Value> {
        let locale = self.book.source_language().map(|language| &language.locale);
        let record = |evidence: &Evidence| {
            json!({
                "id": evidence.source.value.as_str(),
                "locator": evidence.locator.as_ref().zip(locale).map(|(locator, locale)| locale.place(locator)),
                "quote": evidence.quote.as_ref().map(|quote| quote.value.as_str()),
            })
        };
        evidence.iter().map(record).collect()
    }

    fn maybe(&self, text: Option<&Placed<Localized>>) -> Option<Value> {
        text.map(|text| self.words(&text.value))
    }

    /// A text in each language in which it is written; one of no stated language is the first language's.
    fn words(&self, text: &Localized) -> Value {
        match text {
            Localized::Plain(text) => {
                let lang = self.book.source_language().map_or("und", |language| language.lang.as_str());
                json!({ lang: text })
            }
            Localized::ByLang(texts) => {
                Value::Object(texts.iter().map(|(lang, text)| (lang.to_string(), json!(text))).collect())
            }
        }
    }
}

/// As it was recorded, in EDTF.
fn date(date: Option<&Date>) -> Option<String> {
    date.map(ToString::to_string)
}
