//! A figure in words, in a language.

use super::record::{Figure, Qualifier};
use crate::ids::Lang;
use crate::locale::{Key, Locale, PERCENT};
use crate::markdown::tree::FigureForm;
use crate::number::Number;
use crate::workspace::Localized;

/// The figure in the form that the text asks for. `None` for an interval that it does not have.
pub fn phrase(figure: &Figure, form: FigureForm, locale: &Locale, source_lang: &Lang) -> Option<String> {
    Some(match form {
        FigureForm::Value => qualified(figure, bare(figure, locale), locale),
        FigureForm::Short => qualified(figure, counted(figure, locale), locale),
        FigureForm::Full => {
            let short = qualified(figure, counted(figure, locale), locale);
            match reporter(figure, locale, source_lang) {
                Some((name, _)) => locale.fill_plain(
                    Key::FigureFull,
                    &[("short", (&short).into()), ("date", (&figure.when).into()), ("name", name.into())],
                ),
                None => locale.fill_plain(
                    Key::FigureFullAnonymous,
                    &[("short", (&short).into()), ("date", (&figure.when).into())],
                ),
            }
        }
        FigureForm::AsOf => locale.date(&figure.when),
        FigureForm::By => reporter(figure, locale, source_lang)?.0.to_owned(),
        FigureForm::Range => {
            let (low, high) = figure.range.as_ref()?;
            interval(figure, low, high, locale)
        }
    })
}

/// Who counted, in the reader's language where the record has it.
pub fn reporter<'a>(figure: &'a Figure, locale: &Locale, source_lang: &Lang) -> Option<(&'a str, Option<&'a Lang>)> {
    figure.reporter.as_ref().map(|name| words(name, locale, source_lang))
}

/// A text of a record in the reader's language, else in the site's source language; with its language where that is not the reader's.
pub fn words<'a>(text: &'a Localized, locale: &Locale, source_lang: &Lang) -> (&'a str, Option<&'a Lang>) {
    let (words, lang) = text.pick(locale.lang(), &[source_lang]);
    (words, lang.filter(|lang| *lang != locale.lang()))
}

/// The interval around a figure.
pub fn interval(figure: &Figure, low: &Number, high: &Number, locale: &Locale) -> String {
    if figure.unit == PERCENT {
        locale.unit_range(&figure.unit, low, high).unwrap_or_else(|| locale.range(low, high))
    } else {
        locale.range(low, high)
    }
}

/// The interval of a figure that has no number within it.
fn only_range(figure: &Figure) -> Option<&(Number, Number)> {
    figure.range.as_ref().filter(|_| figure.only_range)
}

fn bare(figure: &Figure, locale: &Locale) -> String {
    match only_range(figure) {
        Some((low, high)) => interval(figure, low, high, locale),
        None if figure.unit == PERCENT => locale.percent(&figure.value),
        None => locale.number(&figure.value),
    }
}

fn counted(figure: &Figure, locale: &Locale) -> String {
    let counted = match only_range(figure) {
        Some((low, high)) => locale.unit_range(&figure.unit, low, high),
        None => locale.unit(&figure.unit, &figure.value),
    };
    counted.unwrap_or_else(|| bare(figure, locale))
}

fn qualified(figure: &Figure, words: String, locale: &Locale) -> String {
    let key = match figure.qualifier {
        Qualifier::Exact => return words,
        Qualifier::AtLeast => Key::AtLeast,
        Qualifier::MoreThan => Key::MoreThan,
        Qualifier::Approximately => Key::Approximately,
    };
    locale.fill_plain(key, &[("number", (&words).into())])
}
