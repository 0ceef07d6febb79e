//! The file of strings with which a language begins: the English one, in the forms that the language needs.

use super::keys::Key;
use super::read::word;
use super::strings::{Forms, MEASURE, Section, Strings, plural_rules};
use crate::ids::Lang;
use crate::workspace::quote::quoted;
use icu::plurals::PluralCategory;
use std::fmt::Write;

/// Whether the program has the words of a language.
pub fn is_built_in(lang: &Lang) -> bool {
    Strings::built_in(lang.as_str()).is_some()
}

/// The English strings as a file of another language, to be translated line by line; `None` where the language has no plural rules.
pub fn draft(lang: &Lang, name: &str) -> Option<String> {
    let english = Strings::measure()?;
    let rules = plural_rules(lang.as_str())?;
    let mut categories: Vec<PluralCategory> = rules.categories().collect();
    categories.sort();
    let mut out = format!(
        "# Menus and labels in `{lang}`. They are English until they are translated: `name: words`, each name as it stands.\n\
         # Placeholders such as {{date}} stay; where a number decides, there is one text for each plural form of the language.\n\
         autonym: {}\n",
        quoted(name)
    );
    let mut section = None;
    let (_, yaml) = super::strings::EMBEDDED.iter().find(|(language, _)| *language == MEASURE)?;
    for line in yaml.lines().skip_while(|line| !line.starts_with("autonym")).skip(1) {
        let title = line.strip_suffix(':').filter(|title| !title.starts_with(' '));
        if let Some(title) = title {
            section = Section::ALL.iter().find(|(own, _)| *own == title).map(|(_, section)| *section);
        }
        let entry = line.strip_prefix("  ").and_then(|line| line.split_once(": ")).map(|(name, _)| name);
        let forms = entry.zip(section).and_then(|(name, section)| match section {
            Section::Texts => english.texts.get(&Key::parse(name)?).filter(|forms| forms.is_plural()),
            Section::Units => english.name(section, name),
            _ => None,
        });
        // Writing to a string cannot fail.
        let _ = match entry.zip(forms) {
            Some((name, forms)) => writeln!(out, "  {name}: {{{}}}", in_forms(forms, &categories)),
            None => writeln!(out, "{line}"),
        };
    }
    Some(out)
}

/// The English forms for the categories of another language: a form for exactly one thing is English's alone.
fn in_forms(english: &Forms, categories: &[PluralCategory]) -> String {
    let text = |category: PluralCategory| {
        let own = english.get(category).filter(|form| form.placeholders().any(|name| name == "n"));
        own.or_else(|| english.other()).map_or(String::new(), |form| quoted(form.raw()))
    };
    let forms: Vec<String> =
        categories.iter().map(|category| format!("{}: {}", word(*category), text(*category))).collect();
    forms.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::read::faults;
    use crate::locale::strings::Words;
    use std::sync::Arc;

    #[test]
    fn what_a_language_begins_with_lacks_nothing() {
        for lang in ["sw", "uk", "cy", "ja", "sl", "ckb"] {
            let yaml = draft(&Lang::parse(lang).unwrap(), "the “name”").unwrap();
            assert_eq!(faults(lang, &yaml), Vec::<String>::new(), "{lang}");
            let strings = Arc::new(super::super::read::built_in(lang, &yaml).unwrap());
            assert_eq!(strings.autonym.as_deref(), Some("the “name”"));
            assert_eq!(Words::new(vec![strings], Vec::new()).missing(), Vec::<String>::new(), "{lang}");
        }
    }
}
