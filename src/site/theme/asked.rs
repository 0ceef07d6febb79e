//! What templates ask for, held against what they are given: a name that no template here is ever given is told where it is written.
//!
//! Every template is walked as it is rendered: with what it extends and includes. What cannot be known (a value that a filter made, the inside of a component) is
//! never complained of, and a name in a part that several pages include is wrong only where none of them is given it.

use super::reading::{Path, Step, Tag, Word, paths};
use crate::diagnostic::did_you_mean;
use crate::locale::Key;
use crate::site::given::Reference;
use crate::site::shape::{Field, Kind, Part};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// So deep are parts looked into; more than any theme has.
const DEPTH: usize = 16;

/// A name that nothing gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Missing {
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
    /// Whether the page cannot be written without it.
    pub(super) is_needed: bool,
}

/// What was found out about templates, by template and place.
#[derive(Debug, Default)]
pub(super) struct Findings {
    missing: BTreeMap<(String, usize), Missing>,
    given: BTreeSet<(String, usize)>,
    /// What may be null on the way to a value, by the place where the way ends.
    pub(super) nullable: BTreeMap<(String, usize), String>,
}

impl Findings {
    /// What each template asks for and is never given.
    pub(super) fn missing(&self) -> impl Iterator<Item = (&str, &Missing)> {
        let never = self.missing.iter().filter(|(place, _)| !self.given.contains(*place));
        never.map(|((template, _), missing)| (template.as_str(), missing))
    }
}

/// Templates by name, as tags.
pub(super) type Templates<'t> = BTreeMap<&'t str, Vec<Tag<'t>>>;

/// What a name stands for; `None` where that cannot be known.
type Value = Option<Kind>;

/// Looks through all templates that are rendered.
pub(super) fn look(templates: &Templates<'_>, given: &Reference) -> Findings {
    let mut look = Look { templates, given, assigned: assigned(templates), findings: Findings::default() };
    for template in &given.templates {
        let values =
            template.values.fields.iter().map(|field| (field.name.clone(), Some(field.kind.clone()))).collect();
        let mut scope = Scope { names: vec![values], guards: Vec::new(), root: &template.values };
        look.template(template.name, &mut scope, 0);
    }
    look.findings
}

/// Every name that some template gives itself: whoever includes it may rely on it.
fn assigned<'t>(templates: &Templates<'t>) -> BTreeSet<&'t str> {
    let tags = templates.values().flatten();
    tags.filter_map(|tag| match tag.head()? {
        "set" | "set_global" => tag.subject().map(|word| word.text),
        _ => None,
    })
    .collect()
}

struct Scope<'s> {
    /// From outside to inside.
    names: Vec<BTreeMap<String, Value>>,
    /// What is asked before the template goes on.
    guards: Vec<Vec<String>>,
    /// What the template is given that all this belongs to.
    root: &'s Part,
}

impl Scope<'_> {
    fn find(&self, name: &str) -> Option<&Value> {
        self.names.iter().rev().find_map(|names| names.get(name))
    }

    fn set(&mut self, name: &str, value: Value) {
        if let Some(inner) = self.names.last_mut() {
            inner.insert(name.to_owned(), value);
        }
    }

    fn is_guarded(&self, path: &str) -> bool {
        let covers = |guard: &String| {
            path.strip_prefix(guard.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        self.guards.iter().flatten().any(covers)
    }
}

struct Look<'a, 't> {
    templates: &'a Templates<'t>,
    given: &'a Reference,
    assigned: BTreeSet<&'t str>,
    findings: Findings,
}

impl<'t> Look<'_, 't> {
    fn template(&mut self, name: &str, scope: &mut Scope<'_>, depth: usize) {
        let templates = self.templates;
        let Some((name, tags)) = templates.get_key_value(name).filter(|_| depth < DEPTH) else { return };
        let mut within_component = false;
        for tag in tags {
            within_component |= tag.head() == Some("component");
            if !within_component {
                self.tag(name, tag, scope, depth);
            }
            within_component &= tag.head() != Some("endcomponent");
        }
    }

    fn tag(&mut self, template: &str, tag: &Tag<'t>, scope: &mut Scope<'_>, depth: usize) {
        let words = tag.words.as_slice();
        // The call of a component: its attributes are no paths.
        if words.first().is_some_and(|word| word.is_sign("<")) {
            return;
        }
        match tag.head() {
            None => self.words(template, words, scope, true),
            Some("if") => {
                self.words(template, words.get(1..).unwrap_or_default(), scope, false);
                scope.guards.push(asked(words));
            }
            Some("elif") => {
                self.words(template, words.get(1..).unwrap_or_default(), scope, false);
                if let Some(guard) = scope.guards.last_mut() {
                    guard.extend(asked(words));
                }
            }
            Some("endif") => _ = scope.guards.pop(),
            Some("for") => {
                let place = words.iter().position(|word| word.is_name("in")).unwrap_or(words.len());
                let (names, rest) = words.split_at(place);
                let rest = rest.get(1..).unwrap_or_default();
                self.words(template, rest, scope, true);
                let item = match self.value(rest, scope) {
                    Some(Kind::List(item)) => Some(*item),
                    Some(Kind::Part(_) | Kind::Words) | None => None,
                    Some(kind) => {
                        self.no_list(template, rest, &kind);
                        None
                    }
                };
                let names = names.iter().skip(1).filter(|word| !word.is_sign(","));
                scope.names.push(names.map(|word| (word.text.to_owned(), item.clone())).collect());
            }
            Some("endfor") if scope.names.len() > 1 => _ = scope.names.pop(),
            Some("set" | "set_global") => {
                let rest = words.get(3..).unwrap_or_default();
                self.words(template, rest, scope, false);
                let value = self.value(rest, scope);
                if let Some(name) = tag.subject() {
                    scope.set(name.text, value);
                }
            }
            Some("include" | "extends") => {
                if let Some(name) = tag.subject() {
                    self.template(name.text, scope, depth + 1);
                }
            }
            Some(_) => {}
        }
    }

    /// Tells that a loop goes through what is no list.
    fn no_list(&mut self, template: &str, words: &[Word<'t>], kind: &Kind) {
        let Some(path) = paths(words).into_iter().next() else { return };
        let missing = Missing {
            at: path.at(),
            message: format!("`for` goes through a list, and `{}` is {}", path.written(), called(kind)),
            help: "docs/template-context.md says what each value is".to_owned(),
            is_needed: true,
        };
        self.findings.missing.insert((template.to_owned(), path.at().end), missing);
    }

    /// The value of words that are nothing but a path.
    fn value(&self, words: &[Word<'t>], scope: &Scope<'_>) -> Value {
        let path = paths(words).into_iter().next().filter(|path| path.words == words.len())?;
        self.follow(&path, scope).ok()?.0
    }

    fn words(&mut self, template: &str, words: &[Word<'t>], scope: &Scope<'_>, is_needed: bool) {
        // The variables of a comprehension are its own.
        let own: Vec<&str> = words
            .windows(2)
            .filter_map(|pair| match pair {
                [word, name] if word.is_name("for") => Some(name.text),
                _ => None,
            })
            .collect();
        for path in paths(words) {
            if own.contains(&path.first.text) {
                continue;
            }
            let place = |at: &Range<usize>| (template.to_owned(), at.start);
            match self.follow(&path, scope) {
                Ok((_, null)) => {
                    for at in std::iter::once(&path.first.at).chain(path.steps.iter().map(|(_, at)| at)) {
                        self.findings.given.insert(place(at));
                    }
                    if let Some(null) = null {
                        let last = path.steps.last().map_or(&path.first.at, |(_, at)| at);
                        self.findings.nullable.insert(place(last), null);
                    }
                }
                Err(_) if path.is_forgiving || (is_needed && scope.is_guarded(&path.written())) => {}
                Err(missing) => {
                    let missing = Missing { is_needed, ..missing };
                    self.findings.missing.entry(place(&missing.at)).or_insert(missing);
                }
            }
        }
    }

    /// Where a path leads, and what may be null on the way.
    fn follow(&self, path: &Path<'t>, scope: &Scope<'_>) -> Result<(Value, Option<String>), Missing> {
        let name = path.first.text;
        let Some(value) = scope.find(name) else {
            if self.assigned.contains(name) || ["loop", "body"].contains(&name) || name.starts_with("__tera") {
                return Ok((None, None));
            }
            let known = scope.names.iter().flat_map(BTreeMap::keys).map(String::as_str);
            return Err(Missing {
                at: path.first.at.clone(),
                message: format!("the template is given no `{name}`"),
                help: help(did_you_mean(name, known), &listed(scope.root.fields.iter())),
                is_needed: false,
            });
        };
        let mut value = value.clone();
        let mut written = name.to_owned();
        let mut null = scope.root.field(name).filter(|field| field.optional).map(|_| written.clone());
        let last = path.steps.len().saturating_sub(1);
        for (number, (step, at)) in path.steps.iter().enumerate() {
            let Some(kind) = value else { return Ok((None, null)) };
            value = match step {
                Step::Item => match kind {
                    Kind::List(item) => Some(*item),
                    _ => None,
                },
                Step::Field(name) => {
                    let (kind, is_optional) = self.field(&kind, name, &written, at)?;
                    if is_optional && number < last {
                        null = Some(format!("{written}.{name}"));
                    }
                    Some(kind)
                }
            };
            match step {
                Step::Field(name) => written = format!("{written}.{name}"),
                Step::Item => written.push_str("[…]"),
            }
        }
        Ok((value, null))
    }

    fn field(&self, kind: &Kind, name: &str, of: &str, at: &Range<usize>) -> Result<(Kind, bool), Missing> {
        let wrong = |message: String, help: String| Missing { at: at.clone(), message, help, is_needed: false };
        match kind {
            Kind::Part(part) => {
                let fields = self.given.parts.get(part).map(|part| part.fields.as_slice()).unwrap_or_default();
                let field = fields.iter().find(|field| field.name == name).ok_or_else(|| {
                    let near = did_you_mean(name, fields.iter().map(|field| field.name.as_str()));
                    wrong(format!("`{of}` has no `{name}`"), help(near, &listed(fields.iter())))
                })?;
                Ok((field.kind.clone(), field.optional))
            }
            Kind::Words if Key::parse(name).is_some() => Ok((Kind::Text, false)),
            Kind::Words => {
                let near = did_you_mean(name, Key::ALL.iter().map(|key| key.name()));
                Err(wrong(
                    format!("there is no word `{name}`"),
                    help(near, "the words of the interface are those of `content/strings/`"),
                ))
            }
            Kind::List(_) => Err(wrong(
                format!("`{of}` is a list and has no `{name}`"),
                format!("take one after the other: `{{% for one in {of} %}}`, and then `one.{name}`"),
            )),
            Kind::Text | Kind::Html | Kind::Number | Kind::Flag => Err(wrong(
                format!("`{of}` is {} and has no `{name}`", called(kind)),
                "docs/template-context.md says what each value is".to_owned(),
            )),
        }
    }
}

/// What a value is that has no parts.
fn called(kind: &Kind) -> &'static str {
    match kind {
        Kind::Number => "a number",
        Kind::Flag => "yes or no",
        _ => "text",
    }
}

/// The paths that a condition asks for.
fn asked(words: &[Word<'_>]) -> Vec<String> {
    paths(words.get(1..).unwrap_or_default()).iter().map(Path::written).collect()
}

fn listed<'f>(fields: impl Iterator<Item = &'f Field>) -> String {
    let names: Vec<String> = fields.map(|field| format!("`{}`", field.name)).collect();
    format!("there is {}; docs/template-context.md tells what each is", names.join(", "))
}

fn help(near: Option<&str>, otherwise: &str) -> String {
    near.map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{near}`?"))
}
