//! The words of the site: `strings/<language>.yaml`, built into the program, and what a site says instead or besides.
//!
//! [`Strings`] are those of one file; [`Words`] are the files of a language one behind the other, so that a string that one does not have is
//! taken from the next. Each file brings the plural rules of its own language: those of the site's would choose a wrong form of an English text.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

use icu::plurals::{PluralCategory, PluralRules};

use super::keys::Key;
use super::read;
use super::template::Template;

/// The languages whose strings are built in: every file of `strings/`, by the program's build script.
pub(super) const EMBEDDED: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/strings.rs"));

/// The language that has every string, and is the measure of the others.
pub(super) const MEASURE: &str = "en";

/// The built-in strings, each language read when it is first asked for.
static BUILT_IN: LazyLock<BTreeMap<&str, OnceLock<Arc<Strings>>>> =
    LazyLock::new(|| EMBEDDED.iter().map(|(language, _)| (*language, OnceLock::new())).collect());

/// How a language chooses among the forms of what is counted; `None` where nothing is known of it.
pub(super) fn plural_rules(language: &str) -> Option<PluralRules> {
    let locale = icu::locale::Locale::try_from_str(language).ok()?;
    PluralRules::try_new_cardinal((&locale).into()).ok()
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

/// A part of a file of strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Texts,
    Languages,
    Words(Vocabulary),
    Locators,
    Units,
}

impl Section {
    /// Every part, by its name in the files.
    pub(super) const ALL: &'static [(&'static str, Self)] = &[
        ("texts", Self::Texts),
        ("languages", Self::Languages),
        ("callouts", Self::Words(Vocabulary::Callout)),
        ("affiliations", Self::Words(Vocabulary::Affiliation)),
        ("source_kinds", Self::Words(Vocabulary::SourceKind)),
        ("source_groups", Self::Words(Vocabulary::SourceGroup)),
        ("source_forms", Self::Words(Vocabulary::SourceForm)),
        ("reliability_grades", Self::Words(Vocabulary::Reliability)),
        ("credibility_grades", Self::Words(Vocabulary::Credibility)),
        ("actor_kinds", Self::Words(Vocabulary::ActorKind)),
        ("actor_groups", Self::Words(Vocabulary::ActorGroup)),
        ("actor_facts", Self::Words(Vocabulary::ActorFact)),
        ("figure_statuses", Self::Words(Vocabulary::FigureStatus)),
        ("url_statuses", Self::Words(Vocabulary::UrlStatus)),
        ("relations", Self::Words(Vocabulary::Relation)),
        ("checks", Self::Words(Vocabulary::Check)),
        ("locators", Self::Locators),
        ("units", Self::Units),
    ];

    /// The plural forms that a string of this part has in a language, where it has several in English.
    pub(super) fn categories(self, rules: &PluralRules) -> Vec<PluralCategory> {
        let mut categories: Vec<PluralCategory> = match self {
            Self::Locators => vec![PluralCategory::One, PluralCategory::Other],
            _ => rules.categories().collect(),
        };
        categories.sort();
        categories
    }
}

/// The forms of one string, by plural category; a plain string has `other` alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Forms(pub(super) Vec<(PluralCategory, Template)>);

impl Forms {
    pub(super) fn plain(text: &str) -> Self {
        Self(vec![(PluralCategory::Other, Template::parse(text.to_owned()))])
    }

    /// The same with other words between the placeholders, each form in the brackets that say where a text begins and ends.
    pub(super) fn with_words(&self, change: &dyn Fn(&str) -> String) -> Self {
        Self(self.0.iter().map(|(category, template)| (*category, template.with_words(change))).collect())
    }

    /// The form of a category, where it has one.
    pub(super) fn get(&self, category: PluralCategory) -> Option<&Template> {
        self.0.iter().find(|(own, _)| *own == category).map(|(_, template)| template)
    }

    /// The form for everything else.
    pub(super) fn other(&self) -> Option<&Template> {
        self.get(PluralCategory::Other)
    }

    /// Whether it has a form for one and another for more.
    pub(super) fn is_plural(&self) -> bool {
        self.0.len() > 1
    }
}

/// The strings of one file, with the plural rules of its language.
#[derive(Debug)]
pub(super) struct Strings {
    pub(super) autonym: Option<String>,
    pub(super) texts: BTreeMap<Key, Forms>,
    pub(super) names: BTreeMap<Section, BTreeMap<String, Forms>>,
    pub(super) rules: PluralRules,
}

impl Strings {
    /// The built-in strings of a language (`pt-BR` has those of `pt`); `None` where there are none.
    pub(super) fn built_in(lang: &str) -> Option<Arc<Self>> {
        let language = lang.split('-').next().unwrap_or(lang);
        let (language, yaml) = EMBEDDED.iter().find(|(name, _)| *name == language)?;
        // Without a locale's data there are no rules, and a test reads every file with the eyes that a site's own are read with.
        let cell = BUILT_IN.get(language)?;
        if let Some(known) = cell.get() {
            return Some(Arc::clone(known));
        }
        let strings = Arc::new(read::built_in(language, yaml)?);
        Some(Arc::clone(cell.get_or_init(|| strings)))
    }

    /// The strings that have every key: what others are held against.
    pub(super) fn measure() -> Option<Arc<Self>> {
        Self::built_in(MEASURE)
    }

    pub(super) fn name(&self, section: Section, name: &str) -> Option<&Forms> {
        self.names.get(&section)?.get(name)
    }

    /// A string of any part.
    pub(super) fn forms(&self, section: Section, name: &str) -> Option<&Forms> {
        match section {
            Section::Texts => self.texts.get(&Key::parse(name)?),
            section => self.name(section, name),
        }
    }

    /// The names of a part's strings.
    pub(super) fn names(&self, section: Section) -> Box<dyn Iterator<Item = &str> + '_> {
        match section {
            Section::Texts => Box::new(self.texts.keys().map(|key| key.name())),
            section => {
                Box::new(self.names.get(&section).into_iter().flat_map(|names| names.keys().map(String::as_str)))
            }
        }
    }
}

/// The words of a language: its own files, and behind them those that fill in.
#[derive(Debug)]
pub(super) struct Words {
    own: Vec<Arc<Strings>>,
    behind: Vec<Arc<Strings>>,
}

impl Words {
    /// Puts the files of a language before those of the languages that fill in.
    pub(super) fn new(own: Vec<Arc<Strings>>, mut behind: Vec<Arc<Strings>>) -> Self {
        behind.extend(Strings::measure());
        Self { own, behind }
    }

    /// Whether any is the language's own.
    pub(super) fn has_own(&self) -> bool {
        !self.own.is_empty()
    }

    /// The strings that the language does not have, such as `texts.menu`, in the order of the files.
    pub(super) fn missing(&self) -> Vec<String> {
        let Some(measure) = Strings::measure() else { return Vec::new() };
        let is_missing = |section, name: &str| !self.own.iter().any(|strings| strings.forms(section, name).is_some());
        Section::ALL
            .iter()
            .flat_map(|(title, section)| measure.names(*section).map(move |name| (title, *section, name)))
            .filter(|(_, section, name)| is_missing(*section, name))
            .map(|(title, _, name)| format!("{title}.{name}"))
            .collect()
    }

    fn all(&self) -> impl Iterator<Item = &Strings> {
        self.own.iter().chain(&self.behind).map(Arc::as_ref)
    }

    /// A string of any part, and whether it is the language's own.
    pub(super) fn forms(&self, section: Section, name: &str) -> Option<(&Forms, bool)> {
        let own = self.own.iter().find_map(|strings| Some((strings.forms(section, name)?, true)));
        own.or_else(|| self.behind.iter().find_map(|strings| Some((strings.forms(section, name)?, false))))
    }

    pub(super) fn autonym(&self) -> Option<&str> {
        self.own.iter().find_map(|strings| strings.autonym.as_deref())
    }

    /// The forms of a text, with the rules that choose among them.
    pub(super) fn text(&self, key: Key) -> Option<(&Forms, &PluralRules)> {
        self.all().find_map(|strings| Some((strings.texts.get(&key)?, &strings.rules)))
    }

    pub(super) fn unit(&self, unit: &str) -> Option<(&Forms, &PluralRules)> {
        self.all().find_map(|strings| Some((strings.name(Section::Units, unit)?, &strings.rules)))
    }

    pub(super) fn locator(&self, label: &str) -> Option<&Forms> {
        self.all().find_map(|strings| strings.name(Section::Locators, label))
    }

    pub(super) fn term(&self, vocabulary: Vocabulary, name: &str) -> Option<&str> {
        self.plain(Section::Words(vocabulary), name)
    }

    pub(super) fn language(&self, lang: &str) -> Option<&str> {
        self.plain(Section::Languages, lang).or_else(|| self.plain(Section::Languages, lang.split('-').next()?))
    }

    fn plain(&self, section: Section, name: &str) -> Option<&str> {
        self.all().find_map(|strings| strings.name(section, name)?.other().map(Template::raw))
    }

    /// The units are the same in every language.
    pub(super) fn units(&self) -> impl Iterator<Item = &str> {
        self.behind.last().into_iter().flat_map(|strings| strings.names(Section::Units))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_language_has_every_string_as_a_site_would_have_to_write_it() {
        for (language, yaml) in EMBEDDED {
            assert_eq!(read::faults(language, yaml), Vec::<String>::new(), "{language}.yaml");
            let strings = Strings::built_in(language).unwrap();
            assert!(strings.autonym.is_some(), "{language}.yaml has no autonym");
            assert_eq!(Words::new(vec![strings], Vec::new()).missing(), Vec::<String>::new(), "{language}.yaml");
        }
        let english = Strings::built_in("en").unwrap();
        assert!(Key::ALL.iter().all(|key| english.texts.contains_key(key)));
    }

    #[test]
    fn every_built_in_language_names_every_other() {
        for (language, _) in EMBEDDED {
            let strings = Strings::built_in(language).unwrap();
            for (other, _) in EMBEDDED {
                assert!(strings.name(Section::Languages, other).is_some(), "{language}.yaml does not name {other}");
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
                if matches!(*language, "ar" | "fa" | "ur") && !value.starts_with('{') {
                    assert!(!value.contains([',', ';', '?']), "Latin punctuation: {place}");
                }
                assert!(!value.contains(['\u{200E}', '\u{200F}', '\u{202A}', '\u{202B}']), "bidi marks: {place}");
            }
        }
    }

    #[test]
    fn the_fallback_of_a_tag_is_its_language() {
        assert!(Strings::built_in("fr-CA").is_some());
        assert!(Strings::built_in("sw").is_none());
    }
}
