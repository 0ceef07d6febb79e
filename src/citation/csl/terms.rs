//! The words, dates and quotation marks that styles ask for, in every language that the program speaks: `terms/*.xml`, in CSL's own format.
//!
//! They are written for this program: those that circulate with CSL leave a third of Hebrew and half of Arabic in English. The words before
//! a place within a source are taken from the site's own ([`Locale::locator`]), so that marks and entries say the same.

use crate::locale::{Locale, Piece};
use crate::markdown::locator::Label;
use hayagriva::citationberg::taxonomy::{Kind, OtherTerm, Term};
use hayagriva::citationberg::{self, LocaleCode, LocaleFile, TermForm};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

/// The languages that have terms, with the code by which a style may override them.
const FILES: &[(&str, &str, &str)] = &[
    ("en", "en-GB", include_str!("terms/en.xml")),
    ("he", "he-IL", include_str!("terms/he.xml")),
    ("ar", "ar", include_str!("terms/ar.xml")),
    ("fr", "fr-FR", include_str!("terms/fr.xml")),
    ("es", "es-ES", include_str!("terms/es.xml")),
    ("fa", "fa-IR", include_str!("terms/fa.xml")),
    ("ur", "ur-PK", include_str!("terms/ur.xml")),
    ("ru", "ru-RU", include_str!("terms/ru.xml")),
    ("de", "de-DE", include_str!("terms/de.xml")),
    ("zh", "zh-CN", include_str!("terms/zh.xml")),
];

/// What a style is given for a reader's language.
#[derive(Debug)]
pub(super) struct Terms {
    /// The language by CSL's code.
    pub(super) code: LocaleCode,
    /// Its terms; English ones, which the engine falls back to, where it has none.
    pub(super) files: Vec<citationberg::Locale>,
    /// Its quotation marks, in the order of [`QUOTES`].
    quotes: Vec<String>,
}

/// The terms of quotation marks, and what the engine prints in their place: characters that sorting passes over, so that a title without an
/// author does not stand before the letter A because it is quoted.
const QUOTES: [(&str, char); 4] = [
    ("open-quote", '\u{2061}'),
    ("close-quote", '\u{2062}'),
    ("open-inner-quote", '\u{2063}'),
    ("close-inner-quote", '\u{2064}'),
];

/// The terms of each language, read when first asked for.
#[derive(Debug, Default)]
pub(super) struct AllTerms(Mutex<BTreeMap<String, Arc<Terms>>>);

impl AllTerms {
    /// The terms for a reader of the locale's language.
    pub(super) fn of(&self, locale: &Locale) -> Arc<Terms> {
        let lang = locale.lang().as_str();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(lang.to_owned()).or_insert_with(|| Arc::new(read(lang, locale))))
    }
}

impl Terms {
    /// A text of the engine's with its quotation marks.
    pub(super) fn quoted(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for ((_, mark), quote) in QUOTES.iter().zip(&self.quotes) {
            if text.contains(*mark) {
                text = text.replace(*mark, quote);
            }
        }
        text
    }

    /// The word for a type of source, by CSL's name.
    pub(super) fn form(&self, form: &str) -> Option<&str> {
        let term = match form {
            "interview" => Term::Other(OtherTerm::Interview),
            "motion_picture" => Term::Other(OtherTerm::Film),
            "personal_communication" => Term::Other(OtherTerm::PersonalCommunication),
            other => Term::Kind(Kind::from_str(other).ok()?),
        };
        self.files.first()?.term(term, TermForm::Long)?.single()
    }
}

fn read(lang: &str, locale: &Locale) -> Terms {
    let language = lang.split('-').next().unwrap_or(lang);
    let own = FILES.iter().find(|(name, ..)| *name == language);
    let (code, xml) = match own {
        Some((_, code, xml)) => (*code, *xml),
        None => (lang, include_str!("terms/en.xml")),
    };
    let mut xml = xml.to_owned();
    let mut quotes = Vec::new();
    for (name, mark) in QUOTES {
        let open = format!("<term name=\"{name}\">");
        let quote = xml.split_once(&open).and_then(|(_, rest)| rest.split_once('<')).map_or("", |(quote, _)| quote);
        let written = format!("{open}{quote}<");
        quotes.push(quote.to_owned());
        xml = xml.replacen(&written, &format!("{open}{mark}<"), 1);
    }
    let xml = xml.replacen("</terms>", &format!("{}</terms>", places(locale)), 1);
    // The files are the program's own; a test reads each of them.
    let files = LocaleFile::from_xml(&xml).map(citationberg::Locale::from).into_iter().collect();
    Terms { code: LocaleCode(code.to_owned()), files, quotes }
}

/// The terms for places within a source: `p.`, `סעיף`, `المادة`.
fn places(locale: &Locale) -> String {
    let mut terms = String::new();
    for label in Label::ALL {
        let word = |several: bool| locale.locator(label.name(), "", several).map(|pieces| escaped(&words(&pieces)));
        if let (Some(one), Some(many)) = (word(false), word(true)) {
            // Writing to a string cannot fail.
            let _ = write!(
                terms,
                "<term name=\"{}\"><single>{one}</single><multiple>{many}</multiple></term>",
                label.name()
            );
        }
    }
    terms
}

/// The word of a place without its number. A style writes it on one side of the number: of `第3页` the counter is kept.
fn words(pieces: &[Piece<'_>]) -> String {
    let mut texts = pieces.iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text.trim()),
        Piece::Arg { .. } => None,
    });
    texts.rfind(|text| !text.is_empty()).unwrap_or_default().to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Lang;
    use crate::locale::LocaleSettings;
    use hayagriva::citationberg::LocalizedTerm;
    use std::collections::BTreeSet;

    fn terms(lang: &str) -> Terms {
        read(lang, &Locale::new(&Lang::parse(lang).unwrap(), &LocaleSettings::default()).unwrap())
    }

    fn all(terms: &Terms) -> Vec<LocalizedTerm> {
        terms.files[0].terms.as_ref().unwrap().terms.clone()
    }

    #[test]
    fn every_language_has_every_term_once() {
        let key = |term: &LocalizedTerm| format!("{:?} {:?}", term.name, term.form);
        let proper = |term: &LocalizedTerm| !term.name.is_ordinal();
        let english: BTreeSet<String> = all(&terms("en")).iter().filter(|term| proper(term)).map(key).collect();
        assert!(english.len() > 120, "{}", english.len());
        for (lang, ..) in FILES {
            let own: Vec<String> = all(&terms(lang)).iter().filter(|term| proper(term)).map(key).collect();
            let unique: BTreeSet<String> = own.iter().cloned().collect();
            assert_eq!(own.len(), unique.len(), "a term of {lang} is there twice");
            assert_eq!(unique, english, "{lang}");
        }
    }

    #[test]
    fn other_scripts_say_nothing_in_latin_letters() {
        for (lang, _, xml) in FILES.iter().filter(|(lang, ..)| !matches!(*lang, "en" | "fr" | "es" | "de")) {
            let (_, terms) = xml.split_once("<terms>").unwrap();
            for line in terms.lines().filter(|line| line.contains("<term ")) {
                let words = line.split('>').filter_map(|piece| piece.split('<').next()).collect::<String>();
                assert!(!words.contains(|c: char| c.is_ascii_alphabetic()), "{lang}: {words}");
            }
        }
    }

    #[test]
    fn a_word_that_stands_around_its_number_is_cut_to_one_side() {
        assert!(
            places(&Locale::new(&Lang::parse("zh").unwrap(), &LocaleSettings::default()).unwrap())
                .contains("<term name=\"page\"><single>页</single><multiple>页</multiple></term>")
        );
    }

    #[test]
    fn a_language_without_terms_has_english_ones_and_keeps_its_code() {
        let swahili = terms("sw");
        assert_eq!(swahili.code.0, "sw");
        assert_eq!(swahili.files[0].lang.as_ref().unwrap().0, "en-US");
        assert_eq!(terms("he").code.0, "he-IL");
    }
}
