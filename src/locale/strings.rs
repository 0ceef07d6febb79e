//! The files of strings: `strings/<language>.yaml`, built into the program.

use std::collections::BTreeMap;

use icu::plurals::{PluralCategory, PluralRules};
use serde::Deserialize;

use super::LocaleError;
use super::keys::Key;
use super::template::Template;

/// The languages whose strings are built in.
const EMBEDDED: &[(&str, &str)] = &[
    ("ar", include_str!("strings/ar.yaml")),
    ("en", include_str!("strings/en.yaml")),
    ("fr", include_str!("strings/fr.yaml")),
    ("he", include_str!("strings/he.yaml")),
];

/// One string, or one per plural category.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Written {
    One(String),
    Plural(BTreeMap<String, String>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    autonym: String,
    texts: BTreeMap<String, Written>,
    languages: BTreeMap<String, String>,
    callouts: BTreeMap<String, String>,
    affiliations: BTreeMap<String, String>,
    source_kinds: BTreeMap<String, String>,
    source_groups: BTreeMap<String, String>,
    source_forms: BTreeMap<String, String>,
    reliability_grades: BTreeMap<String, String>,
    credibility_grades: BTreeMap<String, String>,
    actor_kinds: BTreeMap<String, String>,
    actor_groups: BTreeMap<String, String>,
    actor_facts: BTreeMap<String, String>,
    figure_statuses: BTreeMap<String, String>,
    url_statuses: BTreeMap<String, String>,
    relations: BTreeMap<String, String>,
    checks: BTreeMap<String, String>,
    locators: BTreeMap<String, BTreeMap<String, String>>,
    units: BTreeMap<String, BTreeMap<String, String>>,
}

/// A closed list of words with a name in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vocabulary {
    /// `note`, `warning`, `unknown`, `correction`: titles of callouts.
    Callout,
    /// `israel`, `hamas`, …: for whom a source speaks.
    Affiliation,
    /// `primary`, `un`, `media`, …: kinds of sources.
    SourceKind,
    /// The same as headings of lists.
    SourceGroup,
    /// `report`, `treaty`, …: CSL's names for what a document is.
    SourceForm,
    /// `A` to `F`: how far a source is relied on.
    Reliability,
    /// `1` to `6`: how far what it says is believed.
    Credibility,
    /// `state`, `court`, …: what kind of actor somebody is.
    ActorKind,
    /// The same as headings of lists.
    ActorGroup,
    /// `founded`, `seat`, …: what a fact of an actor is about.
    ActorFact,
    /// `reported`, `estimate`, …: how a figure stands.
    FigureStatus,
    /// `live`, `dead`, …: what became of an address.
    UrlStatus,
    /// `supports`, `disputes`, …: what a source does for the sentence that cites it.
    Relation,
    /// `stored-page`, `corroborated`, `known`: how a record was verified.
    Check,
}

impl Vocabulary {
    /// Every list.
    pub const ALL: &'static [Self] = &[
        Self::Callout,
        Self::Affiliation,
        Self::SourceKind,
        Self::SourceGroup,
        Self::SourceForm,
        Self::Reliability,
        Self::Credibility,
        Self::ActorKind,
        Self::ActorGroup,
        Self::ActorFact,
        Self::FigureStatus,
        Self::UrlStatus,
        Self::Relation,
        Self::Check,
    ];
}

/// The forms of one string, by plural category; a plain string has `other` alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Forms(Vec<(PluralCategory, Template)>);

impl Forms {
    fn plain(text: String) -> Self {
        Self(vec![(PluralCategory::Other, Template::parse(text))])
    }

    fn plural(forms: BTreeMap<String, String>) -> Result<Self, LocaleError> {
        let read = |(category, text): (String, String)| {
            PluralCategory::get_for_cldr_string(&category)
                .map(|category| (category, Template::parse(text)))
                .ok_or_else(|| LocaleError::Strings(format!("`{category}` is no plural category")))
        };
        forms.into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// The form of a category, where it has one.
    pub(super) fn get(&self, category: PluralCategory) -> Option<&Template> {
        self.0.iter().find(|(own, _)| *own == category).map(|(_, template)| template)
    }

    /// The form for everything else.
    pub(super) fn other(&self) -> Option<&Template> {
        self.get(PluralCategory::Other)
    }

    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = &(PluralCategory, Template)> {
        self.0.iter()
    }
}

/// The strings of one language, with the plural rules of that language (which is not the site's own where English fills in).
#[derive(Debug)]
pub(super) struct Strings {
    pub(super) autonym: String,
    texts: BTreeMap<Key, Forms>,
    languages: BTreeMap<String, String>,
    vocabularies: BTreeMap<Vocabulary, BTreeMap<String, String>>,
    locators: BTreeMap<String, Forms>,
    units: BTreeMap<String, Forms>,
    pub(super) rules: PluralRules,
}

impl Strings {
    /// The strings of a language (`pt-BR` has those of `pt`); `None` where none are built in.
    pub(super) fn of(lang: &str) -> Option<Result<Self, LocaleError>> {
        let language = lang.split('-').next().unwrap_or(lang);
        let (language, yaml) = EMBEDDED.iter().find(|(name, _)| *name == language)?;
        Some(Self::read(language, yaml))
    }

    fn read(language: &str, yaml: &str) -> Result<Self, LocaleError> {
        let wrong = |what: String| LocaleError::Strings(format!("{language}.yaml: {what}"));
        let file: File = serde_yaml::from_str(yaml).map_err(|error| wrong(error.to_string()))?;
        let mut texts = BTreeMap::new();
        for (name, written) in file.texts {
            let key = Key::parse(&name).ok_or_else(|| wrong(format!("`{name}` is no key")))?;
            let forms = match written {
                Written::One(text) => Forms::plain(text),
                Written::Plural(forms) => Forms::plural(forms)?,
            };
            texts.insert(key, forms);
        }
        let plurals = |map: BTreeMap<String, BTreeMap<String, String>>| {
            map.into_iter().map(|(name, forms)| Ok((name, Forms::plural(forms)?))).collect::<Result<_, LocaleError>>()
        };
        let locale = icu::locale::Locale::try_from_str(language).map_err(|error| wrong(error.to_string()))?;
        let rules = PluralRules::try_new_cardinal((&locale).into()).map_err(|error| wrong(error.to_string()))?;
        Ok(Self {
            autonym: file.autonym,
            texts,
            languages: file.languages,
            vocabularies: BTreeMap::from([
                (Vocabulary::Callout, file.callouts),
                (Vocabulary::Affiliation, file.affiliations),
                (Vocabulary::SourceKind, file.source_kinds),
                (Vocabulary::SourceGroup, file.source_groups),
                (Vocabulary::SourceForm, file.source_forms),
                (Vocabulary::Reliability, file.reliability_grades),
                (Vocabulary::Credibility, file.credibility_grades),
                (Vocabulary::ActorKind, file.actor_kinds),
                (Vocabulary::ActorGroup, file.actor_groups),
                (Vocabulary::ActorFact, file.actor_facts),
                (Vocabulary::FigureStatus, file.figure_statuses),
                (Vocabulary::UrlStatus, file.url_statuses),
                (Vocabulary::Relation, file.relations),
                (Vocabulary::Check, file.checks),
            ]),
            locators: plurals(file.locators)?,
            units: plurals(file.units)?,
            rules,
        })
    }

    pub(super) fn text(&self, key: Key) -> Option<&Forms> {
        self.texts.get(&key)
    }

    pub(super) fn language(&self, lang: &str) -> Option<&str> {
        self.languages.get(lang).or_else(|| self.languages.get(lang.split('-').next()?)).map(String::as_str)
    }

    pub(super) fn term(&self, vocabulary: Vocabulary, name: &str) -> Option<&str> {
        self.vocabularies.get(&vocabulary)?.get(name).map(String::as_str)
    }

    pub(super) fn locator(&self, label: &str) -> Option<&Forms> {
        self.locators.get(label)
    }

    pub(super) fn unit(&self, unit: &str) -> Option<&Forms> {
        self.units.get(unit)
    }

    pub(super) fn units(&self) -> impl Iterator<Item = &str> {
        self.units.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<(&'static str, Strings)> {
        EMBEDDED.iter().map(|(language, _)| (*language, Strings::of(language).unwrap().unwrap())).collect()
    }

    /// Forms for exactly none, one or two may write the number as a word: `שני מקורות`.
    fn check_forms(place: &str, forms: &Forms, english: &Forms, rules: &PluralRules) {
        let names = |template: &Template| {
            let mut names: Vec<String> = template.placeholders().map(str::to_owned).collect();
            names.sort();
            names
        };
        let expected = names(english.other().unwrap());
        for (category, template) in forms.iter() {
            let mut own = names(template);
            let without_number: Vec<String> = expected.iter().filter(|name| *name != "n").cloned().collect();
            if matches!(category, PluralCategory::Zero | PluralCategory::One | PluralCategory::Two)
                && own == without_number
            {
                own.clone_from(&expected);
            }
            assert_eq!(own, expected, "placeholders of {place}, {category:?}");
            assert!(!template.raw().trim().is_empty(), "{place} is empty");
        }
        if english.iter().count() > 1 {
            let mut own: Vec<_> = forms.iter().map(|(category, _)| *category).collect();
            let mut cldr: Vec<_> = rules.categories().collect();
            own.sort();
            cldr.sort();
            assert_eq!(own, cldr, "plural categories of {place}");
        } else {
            assert_eq!(forms.iter().count(), 1, "{place} has plural forms in one language only");
        }
    }

    #[test]
    fn every_language_has_every_key_with_the_forms_and_placeholders_it_needs() {
        let english = Strings::of("en").unwrap().unwrap();
        for (language, strings) in all() {
            for &key in Key::ALL {
                let place = format!("{language}.yaml, {}", key.name());
                let forms = strings.text(key).unwrap_or_else(|| panic!("{place} is missing"));
                let english = english.text(key).unwrap_or_else(|| panic!("en.yaml, {} is missing", key.name()));
                check_forms(&place, forms, english, &strings.rules);
            }
            assert!(strings.units().eq(english.units()), "units of {language}.yaml");
            for unit in english.units() {
                let place = format!("{language}.yaml, unit {unit}");
                check_forms(&place, strings.unit(unit).unwrap(), english.unit(unit).unwrap(), &strings.rules);
            }
            assert!(strings.languages.keys().eq(english.languages.keys()), "languages of {language}.yaml");
            assert!(strings.locators.keys().eq(english.locators.keys()), "locators of {language}.yaml");
            for (label, forms) in &strings.locators {
                for category in [PluralCategory::One, PluralCategory::Other] {
                    let template =
                        forms.get(category).unwrap_or_else(|| panic!("{language}.yaml, {label}: {category:?}"));
                    assert_eq!(template.placeholders().collect::<Vec<_>>(), ["n"], "{language}.yaml, {label}");
                }
            }
            for vocabulary in Vocabulary::ALL {
                let names = |strings: &Strings| strings.vocabularies[vocabulary].keys().cloned().collect::<Vec<_>>();
                assert_eq!(names(&strings), names(&english), "{vocabulary:?} of {language}.yaml");
            }
        }
    }

    #[test]
    fn every_language_names_every_other() {
        for (language, strings) in all() {
            for (other, _) in EMBEDDED {
                assert!(strings.language(other).is_some(), "{language}.yaml does not name {other}");
            }
        }
    }

    #[test]
    fn punctuation_is_the_languages_own() {
        for (language, yaml) in EMBEDDED {
            for (number, line) in yaml.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
                let value = line.trim_start().split_once(": ").map_or("", |(_, value)| value);
                let place = format!("{language}.yaml, line {}: {line}", number + 1);
                if !value.starts_with('{') {
                    assert!(!value.trim_matches('"').contains(['\'', '"']), "straight quotes: {place}");
                }
                if *language == "ar" && !value.starts_with('{') {
                    assert!(!value.contains([',', ';', '?']), "Latin punctuation: {place}");
                }
                assert!(!value.contains(['\u{200E}', '\u{200F}', '\u{202A}', '\u{202B}']), "bidi marks: {place}");
            }
        }
    }

    #[test]
    fn the_fallback_of_a_tag_is_its_language() {
        assert!(Strings::of("fr-CA").is_some());
        assert!(Strings::of("es").is_none());
    }
}
