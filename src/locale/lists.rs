//! What callers ask of the strings as a whole: which units there are, what a template may say, which way a script runs.

use super::template::join;
use super::{Arg, Direction, Key, Locale, LocaleSettings, direction_of};
use crate::ids::Lang;
use crate::markdown::locator::Locator;
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
