//! YAML → the list of a language, strictly.

use super::{HouseStyle, LoadedWord, Needs};
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::Lang;
use crate::span::{FileId, Span};
use crate::workspace::fields::{Codes, Fields};
use crate::workspace::node::{Key, Node, Value};
use crate::workspace::shape::{Kind, Shape};
use crate::workspace::yaml::{self, Excerpt};

const CODES: Codes = Codes { unknown: Code::SB105, invalid: Code::SB106 };

/// Reads `style/<language>.yaml`.
pub fn read_file(lang: &Lang, file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<HouseStyle> {
    let root = match yaml::read(Excerpt { file, text, offset: 0 }, Code::SB106) {
        Ok(root) => root,
        Err(problem) => {
            diagnostics.push(problem);
            return None;
        }
    };
    let mut fields = Fields::open(&root, Span::start_of(file), "a list of words", CODES, diagnostics)?;
    let (names, words) = list(&mut fields);
    fields.finish();
    Some(HouseStyle::new(lang.clone(), names, words))
}

/// What the list of a language may hold.
pub fn shape() -> Shape {
    Shape::of("a list of words", |fields| drop(list(fields)))
}

fn list(fields: &mut Fields<'_, '_>) -> (Vec<String>, Vec<LoadedWord>) {
    let names = fields.texts("names").into_iter().map(|name| name.value).collect();
    fields.holds("words", || Kind::ByName(Box::new(Kind::Record(Shape::of("a word", |fields| word(None, fields))))));
    let words = match fields.node("words") {
        None => &[],
        Some(Node { value: Value::Map(entries), .. }) => entries.as_slice(),
        Some(node) => {
            fields.wrong(
                node.span,
                "`words` maps words to what they need",
                "write `word: {needs: attribution, why: …}`",
            );
            &[]
        }
    };
    let mut found = Vec::new();
    for (key, node) in words {
        found.extend(fields.record(node, "a word", |fields| word(Some(key), fields)));
    }
    (names, found)
}

fn word(key: Option<&Key>, fields: &mut Fields<'_, '_>) -> Option<LoadedWord> {
    let needs = fields.choice("needs", Needs::ALL);
    let needs = fields.required("needs", needs, "attribution");
    let why = fields.text("why");
    let why = fields.required("why", why, "the reason, which editors are told");
    let instead = fields.text("instead");
    let instead = fields.required("instead", instead, "what to write");
    let forms = fields.texts("forms").into_iter().map(|form| form.value).collect();
    let except = fields.texts("except").into_iter().map(|name| name.value).collect();
    Some(LoadedWord {
        word: key?.text.trim().to_owned(),
        span: key?.span,
        forms,
        except,
        needs: needs?.value,
        why: why?.value,
        instead: instead?.value,
    })
}
