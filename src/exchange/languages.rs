//! What other programs call languages: babel's names for BibLaTeX, English names and three letters for the rest.

use crate::ids::Lang;

/// Tag, babel's name, English name, three letters. A tag that stands twice is read from both and written as the first.
const LANGUAGES: &[(&str, &str, &str, &str)] = &[
    ("ar", "arabic", "arabic", "ara"),
    ("de", "german", "german", "deu"),
    ("de", "ngerman", "german", "ger"),
    ("el", "greek", "greek", "ell"),
    ("en", "english", "english", "eng"),
    ("en-GB", "british", "british english", "eng"),
    ("en-GB", "ukenglish", "british english", "eng"),
    ("en-US", "american", "american english", "eng"),
    ("en-US", "usenglish", "american english", "eng"),
    ("es", "spanish", "spanish", "spa"),
    ("fa", "persian", "persian", "fas"),
    ("fa", "farsi", "farsi", "per"),
    ("fr", "french", "french", "fra"),
    ("fr", "francais", "français", "fre"),
    ("he", "hebrew", "hebrew", "heb"),
    ("it", "italian", "italian", "ita"),
    ("ja", "japanese", "japanese", "jpn"),
    ("la", "latin", "latin", "lat"),
    ("nb", "norsk", "norwegian", "nor"),
    ("nl", "dutch", "dutch", "nld"),
    ("pl", "polish", "polish", "pol"),
    ("pt", "portuguese", "portuguese", "por"),
    ("pt-BR", "brazilian", "brazilian portuguese", "por"),
    ("ru", "russian", "russian", "rus"),
    ("sv", "swedish", "swedish", "swe"),
    ("tr", "turkish", "turkish", "tur"),
    ("uk", "ukrainian", "ukrainian", "ukr"),
    ("ur", "urdu", "urdu", "urd"),
    ("zh", "chinese", "chinese", "zho"),
];

/// Babel's name for a language.
pub(super) fn babel(lang: &Lang) -> Option<&'static str> {
    LANGUAGES.iter().find(|(tag, ..)| *tag == lang.as_str()).map(|(_, babel, ..)| *babel)
}

/// The language that another program names, by whatever it calls it.
pub(super) fn parse(name: &str) -> Option<Lang> {
    let lower = name.trim().to_lowercase();
    let lower = lower.strip_prefix("lang").unwrap_or(&lower);
    LANGUAGES
        .iter()
        .find(|(_, babel, english, letters)| [*babel, *english, *letters].contains(&lower))
        .and_then(|(tag, ..)| Lang::parse(tag))
        .or_else(|| tag(name.trim()))
}

/// A tag in the usual case: `pt_br` is `pt-BR`.
fn tag(name: &str) -> Option<Lang> {
    let parts: Vec<String> = name
        .split(['-', '_'])
        .enumerate()
        .map(|(index, part)| match part.len() {
            2 if index > 0 => part.to_ascii_uppercase(),
            4 if index > 0 => {
                let (first, rest) = part.split_at_checked(1).unwrap_or((part, ""));
                format!("{}{}", first.to_ascii_uppercase(), rest.to_ascii_lowercase())
            }
            _ => part.to_ascii_lowercase(),
        })
        .collect();
    Lang::parse(&parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_go_by_many_names() {
        let parsed = |name| parse(name).map(|lang| lang.as_str().to_owned());
        for (name, tag) in [
            ("hebrew", "he"),
            ("Hebrew", "he"),
            ("langarabic", "ar"),
            ("english", "en"),
            ("american", "en-US"),
            ("en_us", "en-US"),
            ("ZH-hant", "zh-Hant"),
            ("fre", "fr"),
            ("heb", "he"),
            ("ckb", "ckb"),
        ] {
            assert_eq!(parsed(name).as_deref(), Some(tag), "{name}");
        }
        for name in ["", "in English and Hebrew", "klingonese!"] {
            assert_eq!(parsed(name), None, "{name}");
        }
    }
}
