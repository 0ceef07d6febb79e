//! The letters in which a language is written: those that a font of it must have.

use icu::locale::{Locale, LocaleExpander};
use icu::properties::PropertyParser;
use icu::properties::props::Script;
use icu::properties::script::{ScriptWithExtensions, ScriptWithExtensionsBorrowed};

/// Characters of a script: letters, marks and signs that are written with them.
#[derive(Debug, Clone, Copy)]
pub struct Characters {
    script: Script,
    of: ScriptWithExtensionsBorrowed<'static>,
}

impl Characters {
    /// Those of a language, by its tag. `None` where nobody knows how it is written.
    pub fn of_language(tag: &str) -> Option<Self> {
        let mut id = Locale::try_from_str(tag).ok()?.id;
        LocaleExpander::new_extended().maximize(&mut id);
        let script = id.script?;
        // Names for several scripts at once, or for one way to write one.
        let name = match script.as_str() {
            "Hans" | "Hant" | "Jpan" => "Hani",
            "Kore" => "Hang",
            "Aran" => "Arab",
            name => name,
        };
        let script = PropertyParser::<Script>::new().get_strict(name)?;
        Some(Self { script, of: ScriptWithExtensions::new() })
    }

    /// Whether it is one of them.
    pub fn has(&self, c: char) -> bool {
        self.of.has_script(c, self.script)
    }

    /// The script's name in Unicode: `Arabic`.
    pub fn name(&self) -> &'static str {
        icu::properties::PropertyNamesLong::<Script>::new().get(self.script).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Characters;

    #[test]
    fn every_language_has_its_letters() {
        let cases = [
            ("ar", "ب؟ًئ٣", "אa."),
            ("he", "ש\u{5b8}״", "بa."),
            ("fr", "éa", "ب."),
            ("zh-Hant", "戰", "a."),
            ("ur", "ٹ", "a"),
            ("ru", "ж", "a"),
        ];
        for (tag, has, lacks) in cases {
            let characters = Characters::of_language(tag).unwrap_or_else(|| panic!("{tag}"));
            assert!(has.chars().all(|c| characters.has(c)), "{tag}: {has}");
            assert!(!lacks.chars().any(|c| characters.has(c)), "{tag}: {lacks}");
        }
        assert_eq!(Characters::of_language("ar").map(|characters| characters.name()), Some("Arabic"));
        assert!(Characters::of_language("qps").is_none());
    }
}
