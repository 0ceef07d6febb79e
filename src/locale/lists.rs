//! What callers ask of the strings as a whole: which units there are, what a template may say, which way a script runs.

use super::strings::{Forms, Section, Strings};
use super::template::join;
use super::{Arg, Direction, Key, Locale, LocaleSettings, direction_of};
use crate::ids::Lang;
use crate::markdown::locator::Locator;
use icu::locale::LocaleCanonicalizer;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The names of the units are the same in every language; English is the measure.
static UNITS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let english = Lang::parse("en").and_then(|lang| Locale::new(&lang, &LocaleSettings::default()).ok());
    english.map(|english| english.units().map(str::to_owned).collect()).unwrap_or_default()
});

/// Every unit that a figure may have.
pub fn units() -> &'static [String] {
    &UNITS
}

/// The direction of a language that need not be one of the site's.
pub fn direction_of_language(lang: &Lang) -> Direction {
    lang.as_str().parse().map_or(Direction::Ltr, |locale| direction_of(&locale))
}

/// The language that somebody calls by its English name.
pub fn language_named(name: &str) -> Option<Lang> {
    let english = Strings::measure()?;
    let is_meant = |tag: &&str| {
        let known = english.name(Section::Languages, tag).and_then(Forms::other);
        known.is_some_and(|known| known.raw().eq_ignore_ascii_case(name))
    };
    english.names(Section::Languages).find(is_meant).and_then(Lang::parse)
}

/// The tag as it is usually written: `he` for `iw`, `pt-BR` for `pt-br`.
pub fn usual_tag(lang: &Lang) -> Option<Lang> {
    let mut locale: icu::locale::Locale = lang.as_str().parse().ok()?;
    LocaleCanonicalizer::new_common().canonicalize(&mut locale);
    Lang::parse(&locale.to_string())
}

impl Locale {
    /// A place in a source: `p. 3`.
    pub fn place(&self, locator: &Locator) -> String {
        self.locator(locator.label.name(), &locator.value, locator.is_plural())
            .map_or_else(|| locator.to_string(), |pieces| join(&pieces))
    }

    /// The text of a key with its values and no marks around them: for words that are isolated as a whole.
    pub fn fill_plain(&self, key: Key, args: &[(&str, Arg<'_>)]) -> String {
        join(&self.fill_pieces(key, args))
    }

    /// The strings that say the same on every page, by key: those without placeholders.
    pub fn plain_strings(&self) -> BTreeMap<&'static str, String> {
        Key::ALL
            .iter()
            .filter_map(|key| Some((*key, self.template(*key)?)))
            .filter(|(_, template)| template.placeholders().next().is_none())
            .map(|(key, template)| (key.name(), template.raw().to_owned()))
            .collect()
    }
}
