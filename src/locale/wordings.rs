//! The words of the site as whoever translates them is given them: string by string, and of a string that counts, form by form.

use super::Locale;
use super::read::word;
use super::strings::{Forms, Section, Strings, plural_rules};
use icu::plurals::{PluralCategory, PluralRules};

/// So many numbers are named for which a form is.
const EXAMPLES: usize = 5;

/// A string, or one form of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The part of the file in which it stands.
    pub section: &'static str,
    /// Its name there.
    pub name: String,
    /// The plural category; none where the string does not count.
    pub form: Option<&'static str>,
    /// The first whole numbers that take the form.
    pub examples: Vec<u32>,
    /// What is shown: the language's own words, or those of the language that fills in.
    pub shown: String,
    /// Whether these are the language's own.
    pub is_own: bool,
}

impl Locale {
    /// Every string that there is, with the forms that this language needs.
    pub fn wordings(&self) -> Vec<Wording> {
        let rules = plural_rules(self.lang().as_str());
        let (Some(measure), Some(rules)) = (Strings::measure(), rules) else { return Vec::new() };
        let mut wordings = Vec::new();
        for (title, section) in Section::ALL {
            for name in measure.names(*section) {
                let Some((forms, is_own)) = self.words.forms(*section, name) else { continue };
                let of = |category: Option<PluralCategory>| {
                    let shown = category.and_then(|category| forms.get(category)).or(forms.other());
                    Wording {
                        section: title,
                        name: name.to_owned(),
                        form: category.map(word),
                        examples: category.map(|category| examples(&rules, category)).unwrap_or_default(),
                        shown: shown.map_or("", |template| template.raw()).to_owned(),
                        is_own,
                    }
                };
                if measure.forms(*section, name).is_some_and(Forms::is_plural) {
                    wordings.extend(section.categories(&rules).into_iter().map(|category| of(Some(category))));
                } else {
                    wordings.push(of(None));
                }
            }
        }
        wordings
    }
}

fn examples(rules: &PluralRules, category: PluralCategory) -> Vec<u32> {
    // French has a form for millions.
    let numbers = (0..=200_u32).chain([1_000_000, 2_000_000]);
    numbers.filter(|n| rules.category_for(*n) == category).take(EXAMPLES).collect()
}
