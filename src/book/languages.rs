//! The languages of a site: how each writes, and what the site's own words in it lack.

use super::Language;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::locale::{self, Calendar, Direction, Locale, LocaleSettings, SiteStrings};
use crate::manuscript::Page;
use crate::span::Span;
use crate::workspace::Placed;
use crate::workspace::config::{Config, LanguageConfig};

/// So many missing strings are named; who has more to write takes the English file.
const NAMED: usize = 40;

/// Sets a language of the site up. `None` where that cannot be done at all; the diagnostics say why.
pub(super) fn make(
    language: &LanguageConfig,
    config: &Config,
    strings: &[SiteStrings],
    pages: &[Page],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Language> {
    let settings = LocaleSettings {
        format_locale: language.format_locale.as_ref().map(|locale| locale.value.clone()),
        direction: language.rtl.map(|rtl| if rtl { Direction::Rtl } else { Direction::Ltr }),
        name: language.name.clone(),
        second_calendar: language.second_calendar.as_ref().and_then(|name| calendar(name, diagnostics)),
    };
    let source = config.source_language();
    let locale = match Locale::of_site(&language.lang, &settings, strings, source) {
        Ok(locale) => locale,
        Err(error) => {
            let span = language.format_locale.as_ref().map_or(language.span, |locale| locale.span);
            diagnostics.push(
                Diagnostic::new(
                    Code::SB102,
                    span,
                    format!("the language `{}` cannot be formatted: {error}", language.lang),
                )
                .help("`format-locale` is a BCP 47 locale such as `ar-u-nu-latn` or `en-GB`"),
            );
            // The site cannot be built, but everything else is still checked.
            let settings = LocaleSettings { format_locale: None, ..settings };
            Locale::of_site(&language.lang, &settings, strings, source).ok()?
        }
    };
    if let Some(tag) = &language.format_locale {
        diagnostics.extend(locale::unheeded(&tag.value).into_iter().map(|part| {
            let (message, help) = part.words(&tag.value);
            Diagnostic::new(Code::SB452, tag.span, message).help(help)
        }));
    }
    diagnostics.extend(lacking(&locale, language, config, strings));
    let is_source = source.is_some_and(|source| *source == language.lang);
    Some(Language {
        has_begun: is_source || pages.iter().any(|page| page.lang == language.lang),
        lang: language.lang.clone(),
        locale,
        site_title: language.title.clone().unwrap_or_else(|| config.title.clone()),
        site_description: language.description.clone().or_else(|| config.description.clone()),
    })
}

/// The calendar of a name.
fn calendar(name: &Placed<String>, diagnostics: &mut Vec<Diagnostic>) -> Option<Calendar> {
    let known = Calendar::parse(&name.value);
    if known.is_none() {
        let names = Calendar::ALL.iter().map(|(name, _)| *name);
        let help = match name.value.as_str() {
            "gregory" | "gregorian" => "dates are Gregorian already; leave `second-calendar` out".to_owned(),
            // They differ by a day or two, so that nobody can be spared the choice.
            "islamic" | "hijri" => {
                "name which: `islamic-umalqura` (Saudi Arabia), `islamic-civil` or `islamic-tbla`".to_owned()
            }
            other => did_you_mean(other, names.clone()).map_or_else(
                || format!("one of {}", names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
                |near| format!("did you mean `{near}`?"),
            ),
        };
        let message = format!("`second-calendar` cannot be `{}`", name.value);
        diagnostics.push(Diagnostic::new(Code::SB102, name.span, message).help(help));
    }
    known
}

/// What is said of a language in which menus and labels are not written.
fn lacking(locale: &Locale, language: &LanguageConfig, config: &Config, strings: &[SiteStrings]) -> Option<Diagnostic> {
    let lang = &language.lang;
    let path = format!("{}/strings/{lang}.yaml", config.content_dir);
    if !locale.has_words() {
        let message = format!("there are no interface strings for `{lang}`");
        let help = format!("menus and labels are shown in another language; write {path}");
        return Some(Diagnostic::new(Code::SB402, language.span, message).help(help));
    }
    let missing = locale.missing_words();
    if missing.is_empty() {
        return None;
    }
    let own = strings.iter().find(|strings| strings.lang == *lang);
    let span = own.map_or(language.span, |own| Span::start_of(own.file));
    let message = match missing.len() {
        1 => format!("an interface string is missing for `{lang}`"),
        several => format!("{several} interface strings are missing for `{lang}`"),
    };
    let named = missing.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let rest = match missing.len().saturating_sub(NAMED) {
        0 => String::new(),
        rest => format!(" and {rest} more"),
    };
    let help = format!("shown in another language until {path} has them: {named}{rest}");
    Some(Diagnostic::new(Code::SB402, span, message).help(help))
}
