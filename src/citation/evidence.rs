//! Who says what a record of events or actors says: sources, each with the place in it.

use super::read::locator;
use crate::ids::{QuoteId, SourceId};
use crate::markdown::locator::Locator;
use crate::workspace::Placed;
use crate::workspace::fields::Fields;
use crate::workspace::names;
use crate::workspace::node::Value;
use crate::workspace::shape::{Kind, Shape};

/// A source of what a record says, and the place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The source.
    pub source: Placed<SourceId>,
    /// The place in it.
    pub locator: Option<Locator>,
    /// The stored quotation that says so.
    pub quote: Option<Placed<QuoteId>>,
}

/// `sources: [id, {source: id, locator: p. 3, quote: q1}]`
pub fn read(fields: &mut Fields<'_, '_>) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    fields.holds("sources", || Kind::Either(vec![Kind::Text, Kind::Record(Shape::of("a source", one))]).some());
    for node in fields.list("sources") {
        if matches!(node.value, Value::Map(_)) {
            evidence.extend(fields.record(node, "a source", one));
        } else {
            match node.as_text().map(|text| names::id(text.trim())) {
                Some(Ok(value)) => {
                    let source = Placed { value, span: node.span };
                    evidence.push(Evidence { source, locator: None, quote: None });
                }
                Some(Err(message)) => fields.wrong(node.span, message, "the id of a record in content/sources"),
                None => fields.wrong(node.span, "`sources` is a list of ids", "write `sources: [some-id]`"),
            }
        }
    }
    evidence
}

fn one(fields: &mut Fields<'_, '_>) -> Option<Evidence> {
    let source = fields.id::<SourceId>("source", "the id of a record in content/sources");
    let source = fields.required("source", source, "some-id");
    let locator = locator(fields);
    let quote = fields.id::<QuoteId>("quote", "the id of one of the source's `quotes:`");
    source.map(|source| Evidence { source, locator, quote })
}
