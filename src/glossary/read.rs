//! YAML → terms and names, strictly.

use super::record::{Avoided, Naming, Setting, Term};
use crate::citation::evidence;
use crate::citation::read::records;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{Lang, PageId, TermId};
use crate::span::FileId;
use crate::workspace::Placed;
use crate::workspace::fields::{Codes, Fields};
use crate::workspace::node::{Key, Node, Value};
use crate::workspace::shape::{Kind, Shape};

const CODES: Codes = Codes { unknown: Code::SB105, invalid: Code::SB106 };

/// How severe an avoided name is, by the words of the files.
const LEVELS: &[(&str, bool)] = &[("warning", false), ("error", true)];

/// Reads the meanings of terms: `terms/terms.yaml`.
pub fn terms(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Term> {
    let entries = records(file, text, diagnostics);
    entries.iter().filter_map(|(key, node)| term(key, node, diagnostics)).collect()
}

/// Reads how a language calls them: `terms/<language>.yaml`.
pub fn namings(lang: &Lang, file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Naming> {
    let entries = records(file, text, diagnostics);
    entries.iter().filter_map(|(key, node)| naming(lang, key, node, diagnostics)).collect()
}

fn term(key: &Key, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Term> {
    let id = key.id::<TermId>(diagnostics);
    let mut fields = Fields::open(node, key.span, "a term", CODES, diagnostics)?;
    let record = term_fields(id, &mut fields);
    fields.finish();
    record
}

/// What the record of a term's meaning may hold.
pub fn shape() -> Shape {
    Shape::of("a term", |fields| term_fields(None, fields))
}

fn term_fields(id: Option<TermId>, fields: &mut Fields<'_, '_>) -> Option<Term> {
    let definition = definition(fields);
    let uncited_at = fields.key_span("uncited").unwrap_or(fields.place());
    let uncited = fields.localized("uncited").map(|value| Placed { value, span: uncited_at });
    let evidence = evidence::read(fields);
    fields.needs(&["sources", "uncited"]);
    if evidence.is_empty() && uncited.is_none() {
        let place = fields.place();
        fields.wrong(
            place,
            "the term has no source",
            "add `sources: [some-id]`, or say under `uncited:` why it needs none",
        );
    }
    let page = fields.parsed(
        "page",
        |text| PageId::parse(text).ok_or_else(|| format!("`{text}` is no page")),
        "a page's path without language and `.md`, such as `actors/hamas`",
    );
    let see = fields.ids::<TermId>("see");
    let transliteration = fields.text("transliteration").map(|text| text.value);
    (!definition.is_empty()).then_some(())?;
    Some(Term { id: id?, span: fields.place(), definition, evidence, uncited, page, see, transliteration })
}

fn naming(lang: &Lang, key: &Key, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Naming> {
    let id = key.id::<TermId>(diagnostics);
    let mut fields = Fields::open(node, key.span, "a name of a term", CODES, diagnostics)?;
    let record = name_fields(id, Some(lang), &mut fields);
    fields.finish();
    record
}

/// What the record of a term's name may hold.
pub fn name_shape() -> Shape {
    Shape::of("a name of a term", |fields| name_fields(None, None, fields))
}

fn name_fields(id: Option<TermId>, lang: Option<&Lang>, fields: &mut Fields<'_, '_>) -> Option<Naming> {
    let name = fields.text("term");
    let name = fields.required("term", name, "the approved name");
    let forms = fields.texts("forms").into_iter().map(|form| form.value).collect();
    let avoid = fields.records("avoid", "an avoided name", avoided);
    let allow_in = settings(fields);
    Some(Naming { id: id?, span: fields.place(), lang: lang?.clone(), term: name?.value, forms, avoid, allow_in })
}

fn avoided(fields: &mut Fields<'_, '_>) -> Option<Avoided> {
    let term = fields.text("term");
    let term = fields.required("term", term, "the name that is not used");
    let instead = fields.text("use");
    let instead = fields.required("use", instead, "what is written in its stead");
    let why = fields.text("why");
    let why = fields.required("why", why, "the reason, which editors are told");
    let is_error = fields.choice("level", LEVELS).is_some_and(|level| level.value);
    Some(Avoided { term: term?.value, instead: instead?.value, why: why?.value, is_error })
}

/// `definition: {en: …, he: …}`: one for each language, because it is Markdown that every language reads for itself.
fn definition(fields: &mut Fields<'_, '_>) -> Vec<(Lang, Node)> {
    const HELP: &str = "write `definition: {en: \"…\", he: \"…\"}`";
    fields.holds("definition", || Kind::ByLanguage(Box::new(Kind::Text)));
    fields.needs(&["definition"]);
    let Some(node) = fields.node("definition") else {
        let place = fields.place();
        fields.wrong(place, "`definition` is missing", HELP);
        return Vec::new();
    };
    let Value::Map(entries) = &node.value else {
        fields.wrong(node.span, format!("`definition` is a text for each language, not {}", node.kind()), HELP);
        return Vec::new();
    };
    let mut texts = Vec::new();
    for (key, node) in entries {
        match (Lang::parse(&key.text), node.as_text().map(str::trim)) {
            (None, _) => fields.wrong(key.span, format!("`{}` is not a language tag", key.text), HELP),
            (Some(_), None | Some("")) => {
                fields.wrong(node.span, format!("the definition in `{}` is empty", key.text), HELP);
            }
            (Some(lang), Some(_)) => texts.push((lang, node.clone())),
        }
    }
    texts
}

/// Where avoided names may stand; everywhere but in the page's own voice where nothing is said.
fn settings(fields: &mut Fields<'_, '_>) -> Vec<Setting> {
    let is_said = !fields.list("allow-in").is_empty();
    let settings = fields.choices("allow-in", Setting::ALL, |word| {
        (format!("`{word}` is no setting"), "`quotation`, `title` or `citation`")
    });
    if is_said { settings } else { Setting::ALL.iter().map(|(_, setting)| *setting).collect() }
}
