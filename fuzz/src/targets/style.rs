//! A citation style from a stranger: it is used or refused, and an entry comes of every source whatever it says.

use super::told::{Sheet, text};
use sourcebook::citation::csl::cites::{Bracket, Cited};
use sourcebook::citation::csl::memo::Memo;
use sourcebook::citation::csl::{Formatter, Style};
use sourcebook::citation::{Source, read};
use sourcebook::ids::Lang;
use sourcebook::locale::{Locale, LocaleSettings};
use std::sync::{Arc, LazyLock};

static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    const TEXT: &str = include_str!("../../../tests/fixtures/entries/sources.yaml");
    let sheet = Sheet::new("sources.yaml", TEXT);
    read::read_file(sheet.file, TEXT, &mut Vec::new())
});

static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(|| {
    let locale = |lang: &str| Locale::new(&Lang::parse(lang).expect("a language"), &LocaleSettings::default()).ok();
    ["en", "he"].into_iter().filter_map(locale).collect()
});

pub fn run(bytes: &[u8]) {
    let sheet = Sheet::new("style.csl", &text(bytes));
    let style = match Style::read(sheet.file, sheet.text()) {
        Ok(style) => style,
        Err(problem) => return sheet.hold(&[*problem]),
    };
    let formatter = Formatter::new(style, Arc::new(Memo::default()));
    let some: Vec<&Source> = SOURCES.iter().step_by(7).take(4).collect();
    for locale in LOCALES.iter() {
        for source in &some {
            let made = formatter.entry(source, locale);
            assert!(!made.entry.pieces.is_empty(), "nothing came of {}", source.id);
        }
        let cites = some.iter().map(|source| cited(source)).collect();
        let page = formatter.page(&[Bracket { cites, in_sentence: false }], &some, locale);
        assert_eq!(page.brackets.len(), 1);
    }
}

fn cited(source: &Source) -> Cited<'_> {
    Cited { source, locator: None, prefix: None, suffix: None, suppress_author: false }
}
