//! YAML → the strings of a file: those of a site strictly, held against English, and those built in by the same reader.
//!
//! A site's file need not have every string: what it lacks is taken from elsewhere, and said once for the language.

use std::collections::BTreeMap;
use std::sync::Arc;

use icu::plurals::{PluralCategory, PluralRules};

use super::keys::Key;
use super::strings::{Forms, Section, Strings, plural_rules};
use super::template::Template;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::ids::Lang;
use crate::span::{FileId, Files, Span};
use crate::workspace::fields::{Codes, Fields};
use crate::workspace::node::{Key as Name, Node, Value};
use crate::workspace::shape::{Kind, Named, Shape};
use crate::workspace::yaml::{self, Excerpt};

const CODES: Codes = Codes { unknown: Code::SB450, invalid: Code::SB451 };

/// What a site says itself in one language: `strings/<language>.yaml`.
#[derive(Debug, Clone)]
pub struct SiteStrings {
    /// The language.
    pub lang: Lang,
    /// The file.
    pub file: FileId,
    /// What the file says, for telling one wording from another.
    pub(super) text: Arc<str>,
    pub(super) strings: Arc<Strings>,
}

/// Reads a site's file.
pub fn read_file(lang: &Lang, file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<SiteStrings> {
    let measure = Strings::measure();
    let strings = read(lang.as_str(), Excerpt { file, text, offset: 0 }, measure.as_deref(), diagnostics)?;
    Some(SiteStrings { lang: lang.clone(), file, text: text.into(), strings: Arc::new(strings) })
}

/// Reads a built-in file. It is not held against English, which is read here, too; a test does that.
pub(super) fn built_in(language: &str, yaml: &str) -> Option<Strings> {
    let file = Files::default().add("", "");
    read(language, Excerpt { file, text: yaml, offset: 0 }, None, &mut Vec::new())
}

/// What a site would be told of a built-in file.
#[cfg(test)]
pub(super) fn faults(language: &str, yaml: &str) -> Vec<String> {
    let mut diagnostics = Vec::new();
    let file = Files::default().add("", "");
    read_file(&Lang::parse(language).unwrap(), file, yaml, &mut diagnostics);
    diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect()
}

fn read(
    language: &str,
    excerpt: Excerpt<'_>,
    measure: Option<&Strings>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Strings> {
    let root = match yaml::read(excerpt, CODES.invalid) {
        Ok(root) => root,
        Err(problem) => {
            diagnostics.push(problem);
            return None;
        }
    };
    // A tag of which there are no rules cannot be a language of the site, which is said where it is named.
    let rules = plural_rules(language)?;
    let start = Span::start_of(excerpt.file);
    let mut fields = Fields::open(&root, start, "a file of strings", CODES, diagnostics)?;
    let (autonym, sections) = parts(&mut fields);
    fields.finish();
    let (mut texts, mut names) = (BTreeMap::new(), BTreeMap::new());
    let mut reader = Reader { language, rules: &rules, measure, diagnostics };
    for (title, section, entries) in sections {
        for (name, node) in entries {
            let Some(forms) = reader.string(title, section, name, node) else { continue };
            match Key::parse(&name.text).filter(|_| section == Section::Texts) {
                Some(key) => {
                    texts.insert(key, forms);
                }
                None => {
                    names.entry(section).or_insert_with(BTreeMap::new).insert(name.text.clone(), forms);
                }
            }
        }
    }
    Some(Strings { autonym, texts, names, rules })
}

/// What a file of strings may hold: the names that the English one has.
pub fn shape() -> Shape {
    Shape::of("a file of strings", |fields| drop(parts(fields)))
}

/// A part of a file: its name there, what it is, its strings.
type Part<'n> = (&'static str, Section, &'n [(Name, Node)]);

fn parts<'n>(fields: &mut Fields<'n, '_>) -> (Option<String>, Vec<Part<'n>>) {
    let autonym = fields.text("autonym").map(|text| text.value);
    let mut sections = Vec::new();
    for (title, section) in Section::ALL {
        fields.holds(title, || kind_of(*section));
        match fields.node(title) {
            None => {}
            Some(Node { value: Value::Map(entries), .. }) => sections.push((*title, *section, entries.as_slice())),
            Some(node) => fields.wrong(
                node.span,
                format!("`{title}` is a group of strings, not {}", node.kind()),
                "write `name: words` lines below it, indented alike",
            ),
        }
    }
    (autonym, sections)
}

/// What a part may hold. A text with forms in English has them in most languages, and one text in those that do not tell forms apart.
fn kind_of(section: Section) -> Kind {
    let Some(measure) = Strings::measure().filter(|_| section != Section::Languages) else {
        return Kind::ByLanguage(Box::new(Kind::Text));
    };
    let forms = || {
        let form = |category: &str| Named {
            name: category.to_owned(),
            about: format!("For numbers of the plural category “{category}”"),
            kind: Kind::Text,
        };
        Kind::Named(["zero", "one", "two", "few", "many", "other"].map(form).to_vec())
    };
    let names = measure.names(section).map(|name| {
        let english = measure.forms(section, name);
        let kind = match english {
            Some(english) if english.is_plural() => Kind::Either(vec![Kind::Text, forms()]),
            _ => Kind::Text,
        };
        let about = english.and_then(Forms::other).map_or("", Template::raw).to_owned();
        Named { name: name.to_owned(), about, kind }
    });
    Kind::Named(names.collect())
}

struct Reader<'a> {
    language: &'a str,
    rules: &'a PluralRules,
    measure: Option<&'a Strings>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn wrong(&mut self, span: Span, message: String, help: String) {
        self.diagnostics.push(Diagnostic::new(CODES.invalid, span, message).help(help));
    }

    /// One string of a part.
    fn string(&mut self, title: &str, section: Section, name: &Name, node: &Node) -> Option<Forms> {
        let Some(measure) = self.measure else { return self.forms(name, node) };
        let english = match section {
            Section::Texts => Key::parse(&name.text).and_then(|key| measure.texts.get(&key)),
            // A site may name languages of which the program knows nothing.
            Section::Languages if Lang::parse(&name.text).is_some() => return self.plain(name, node),
            section => measure.name(section, &name.text),
        };
        let Some(english) = english else {
            self.unknown(title, section, name);
            return None;
        };
        let categories = section.categories(self.rules);
        let forms = match &node.value {
            _ if !english.is_plural() => self.plain(name, node)?,
            Value::Map(_) => {
                let forms = self.forms(name, node)?;
                self.compare_categories(name, node, &forms, &categories)?;
                forms
            }
            // Where a language has one form, there is nothing to tell apart.
            _ if categories == [PluralCategory::Other] => self.plain(name, node)?,
            _ => {
                self.wrong(
                    node.span,
                    format!("`{}` has one text for each plural form of `{}`", name.text, self.language),
                    example(&name.text, &categories),
                );
                return None;
            }
        };
        self.compare_placeholders(name, node, &forms, english).then_some(forms)
    }

    fn unknown(&mut self, title: &str, section: Section, name: &Name) {
        let known = self.measure.into_iter().flat_map(|measure| measure.names(section));
        let help = match did_you_mean(&name.text, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None if section == Section::Languages => "languages are named by BCP 47 tags such as `tr`".to_owned(),
            None => "the built-in English strings have every name there is".to_owned(),
        };
        let message = format!("there is no string `{}` in `{title}`", name.text);
        self.diagnostics.push(Diagnostic::new(CODES.unknown, name.span, message).help(help));
    }

    /// A string without forms.
    fn plain(&mut self, name: &Name, node: &Node) -> Option<Forms> {
        self.text(name, node).map(|text| Forms::plain(&text))
    }

    fn text(&mut self, name: &Name, node: &Node) -> Option<String> {
        match node.as_text() {
            Some(text) if !text.trim().is_empty() => return Some(text.to_owned()),
            Some(_) => self.wrong(
                node.span,
                format!("`{}` is empty", name.text),
                "write words, or leave the string out".to_owned(),
            ),
            None => self.wrong(
                if node.value == Value::Null { name.span } else { node.span },
                format!("`{}` is text, not {}", name.text, node.kind()),
                format!("write `{}: words`", name.text),
            ),
        }
        None
    }

    /// A string as it is written, with forms or without.
    fn forms(&mut self, name: &Name, node: &Node) -> Option<Forms> {
        let Value::Map(entries) = &node.value else { return self.plain(name, node) };
        let mut forms = Vec::new();
        for (category, node) in entries {
            let Some(known) = PluralCategory::get_for_cldr_string(&category.text) else {
                self.wrong(
                    category.span,
                    format!("`{}` is no plural form", category.text),
                    "the plural forms are `zero`, `one`, `two`, `few`, `many`, `other`".to_owned(),
                );
                return None;
            };
            forms.push((known, Template::parse(self.text(category, node)?)));
        }
        Some(Forms(forms))
    }

    /// Whether there are all the forms that the language has, and no others.
    fn compare_categories(
        &mut self,
        name: &Name,
        node: &Node,
        forms: &Forms,
        categories: &[PluralCategory],
    ) -> Option<()> {
        let missing: Vec<&PluralCategory> =
            categories.iter().filter(|category| forms.get(**category).is_none()).collect();
        if let Some(first) = missing.first() {
            self.wrong(
                name.span,
                format!("`{}` has no form `{}`", name.text, word(**first)),
                example(&name.text, categories),
            );
            return None;
        }
        let Value::Map(entries) = &node.value else { return Some(()) };
        let extra = entries.iter().find(|(own, _)| {
            PluralCategory::get_for_cldr_string(&own.text).is_none_or(|own| !categories.contains(&own))
        });
        if let Some((category, _)) = extra {
            self.wrong(
                category.span,
                format!("`{}` is no plural form of `{}` here", category.text, self.language),
                example(&name.text, categories),
            );
            return None;
        }
        Some(())
    }

    /// Whether every form has the placeholders of the English one. A form that means exactly one or two may write the number as a word.
    fn compare_placeholders(&mut self, name: &Name, node: &Node, forms: &Forms, english: &Forms) -> bool {
        let expected: Vec<&str> = english.other().into_iter().flat_map(Template::placeholders).collect();
        let mut faults = Vec::new();
        for (category, template) in &forms.0 {
            let place = match &node.value {
                Value::Map(entries) => {
                    entries.iter().find(|(own, _)| own.text == word(*category)).map(|(_, node)| node)
                }
                _ => None,
            };
            let span = place.unwrap_or(node).span;
            let own: Vec<&str> = template.placeholders().collect();
            for unknown in own.iter().filter(|own| !expected.contains(own)) {
                let help = match did_you_mean(unknown, expected.iter().copied()) {
                    Some(near) => format!("did you mean `{{{near}}}`?"),
                    None => format!("the English is “{}”", english.other().map_or("", Template::raw)),
                };
                faults.push((span, format!("`{{{unknown}}}` is no placeholder of `{}`", name.text), help));
            }
            let has = |wanted: &str| own.contains(&wanted) || (wanted == "n" && self.is_exact(*category));
            for lost in expected.iter().filter(|wanted| !has(wanted)) {
                let help = if *lost == "n" && matches!(category, PluralCategory::One | PluralCategory::Two) {
                    format!("this form is for other numbers, too, in `{}`: write `{{n}}` for the number", self.language)
                } else {
                    format!("the English is “{}”", english.other().map_or("", Template::raw))
                };
                faults.push((span, format!("`{}` does not have `{{{lost}}}`", name.text), help));
            }
        }
        let is_sound = faults.is_empty();
        for (span, message, help) in faults {
            self.wrong(span, message, help);
        }
        is_sound
    }

    /// Whether a category holds one whole number, or hardly another: Hebrew's `one` does, Russian's holds 21. None at all is rarely counted.
    fn is_exact(&self, category: PluralCategory) -> bool {
        let exact: u32 = match category {
            PluralCategory::Zero => return true,
            PluralCategory::One => 1,
            PluralCategory::Two => 2,
            _ => return false,
        };
        (1..=200).filter(|n| *n != exact).all(|n| self.rules.category_for(n) != category)
    }
}

/// A category as CLDR and the files write it.
pub(super) fn word(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

fn example(name: &str, categories: &[PluralCategory]) -> String {
    let mut categories = categories.to_vec();
    categories.sort();
    let forms: Vec<String> = categories.iter().map(|category| format!("{}: \"…\"", word(*category))).collect();
    format!("write `{name}: {{{}}}`", forms.join(", "))
}
