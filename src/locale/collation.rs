//! The order of a language's alphabet, and the letter under which a word stands in a list.

use super::{LocaleError, no_data};
use icu::collator::options::{CollatorOptions, Strength};
use icu::collator::preferences::CollationNumericOrdering;
use icu::collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu::normalizer::DecomposingNormalizerBorrowed;
use std::cmp::Ordering;

/// The Arabic article. It is written as one word with its noun, so that half of all names would stand under alef.
const ARTICLE: &str = "ال";

/// Languages in Arabic letters that have no such article: there a word that begins so is filed as it is written.
const WITHOUT_ARTICLE: &[&str] = &["fa", "ur", "ps", "ckb", "ug", "sd"];

/// The languages whose characters stand under the Latin letters of their sound.
const BY_SOUND: &[&str] = &["zh"];

/// Before the characters of each sound the order has a mark of its own: this character and the letter.
const SOUND_MARK: char = '\u{FDD0}';

/// Letters that an alphabet may count as two.
const JOINED: &[(char, &str)] = &[('æ', "ae"), ('œ', "oe"), ('ß', "ss"), ('ĳ', "ij")];

/// What stands before the letters: digits.
const DIGITS: &str = "0–9";

/// The alphabet of a language.
#[derive(Debug)]
pub struct Alphabet {
    order: CollatorBorrowed<'static>,
    /// Tells letters apart, and nothing finer.
    letters: CollatorBorrowed<'static>,
    normal_form: DecomposingNormalizerBorrowed<'static>,
    has_article: bool,
    by_sound: bool,
}

/// The place of a word in a list: compares as the language sorts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey(Vec<u8>);

impl Alphabet {
    pub(super) fn new(format: &icu::locale::Locale) -> Result<Self, LocaleError> {
        let mut preferences = CollatorPreferences::from(format);
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let mut letters = CollatorOptions::default();
        letters.strength = Some(Strength::Primary);
        let language = format.id.language.as_str();
        Ok(Self {
            has_article: !WITHOUT_ARTICLE.contains(&language),
            by_sound: BY_SOUND.contains(&language),
            order: Collator::try_new(preferences, CollatorOptions::default()).map_err(no_data)?,
            letters: Collator::try_new(preferences, letters).map_err(no_data)?,
            normal_form: DecomposingNormalizerBorrowed::new_nfd(),
        })
    }

    /// The place of some words in a list; quotation marks before them and the Arabic article do not count.
    pub fn sort_key(&self, words: &str) -> SortKey {
        let mut key = Vec::new();
        let Ok(()) = self.order.write_sort_key_to(self.filed(words), &mut key);
        SortKey(key)
    }

    /// The letter under which some words stand; none where they hold neither letter nor digit.
    pub fn letter(&self, words: &str) -> Option<String> {
        let first = self.filed(words).chars().next()?;
        if first.is_numeric() {
            return Some(DIGITS.to_owned());
        }
        // What alef carries makes no letter of its own in an Arabic list, though some orders keep them apart; Persian and Urdu begin with آ.
        if matches!(first, 'أ' | 'إ' | 'ٱ') || (first == 'آ' && self.has_article) {
            return Some("ا".to_owned());
        }
        if self.by_sound && is_ideograph(first) {
            return self.sound(first).or_else(|| Some(upper(first)));
        }
        let letter = upper(first);
        let small: String = first.to_lowercase().collect();
        // É stands with E in English and French, Å not with A in Swedish: the alphabet says.
        let joined = JOINED.iter().filter(|(joined, _)| small.starts_with(*joined)).map(|(_, parts)| *parts);
        let base = self.normal_form.normalize_iter(std::iter::once(first)).next().map(String::from);
        let same = joined.map(str::to_owned).chain(base).find(|other| self.is_same(other, &small));
        Some(same.and_then(|same| same.chars().next()).map_or(letter, upper))
    }

    /// The last letter whose mark does not stand behind the character.
    fn sound(&self, character: char) -> Option<String> {
        let character = character.to_string();
        let is_before = |letter: &char| {
            self.order.compare(&[SOUND_MARK, *letter].iter().collect::<String>(), &character) != Ordering::Greater
        };
        ('A'..='Z').rev().find(is_before).map(String::from)
    }

    /// The words without what does not count at their beginning.
    fn filed<'w>(&self, words: &'w str) -> &'w str {
        let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
        let bare =
            words.strip_prefix(ARTICLE).filter(|rest| rest.chars().take_while(|c| c.is_alphabetic()).count() > 1);
        bare.filter(|_| self.has_article).unwrap_or(words)
    }

    fn is_same(&self, one: &str, other: &str) -> bool {
        self.letters.compare(one, other) == Ordering::Equal
    }
}

fn upper(letter: char) -> String {
    letter.to_uppercase().collect()
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
mod tests {
    use crate::ids::Lang;
    use crate::locale::{Locale, LocaleSettings};

    fn locale(lang: &str) -> Locale {
        Locale::new(&Lang::parse(lang).unwrap(), &LocaleSettings::default()).unwrap()
    }

    fn sorted(lang: &str, mut words: Vec<&str>) -> String {
        let locale = locale(lang);
        words.sort_by_key(|words| locale.alphabet().sort_key(words));
        words.join(" | ")
    }

    fn letters(lang: &str, words: &[&str]) -> String {
        let locale = locale(lang);
        let letters = words.iter().map(|words| locale.alphabet().letter(words).unwrap_or_else(|| "–".to_owned()));
        letters.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_language_sorts_by_its_own_alphabet() {
        let words =
            vec!["OCHA", "Écho", "“Dawn”", "Update 10", "Update 9", "الأمم", "شبكة", "בצלם", "ארגון", "7 October"];
        assert_eq!(
            sorted("en", words.clone()),
            "7 October | “Dawn” | Écho | OCHA | Update 9 | Update 10 | ארגון | בצלם | الأمم | شبكة"
        );
        assert_eq!(
            sorted("he", words.clone()),
            "7 October | ארגון | בצלם | “Dawn” | Écho | OCHA | Update 9 | Update 10 | الأمم | شبكة"
        );
        assert_eq!(
            sorted("ar", words.clone()),
            "7 October | الأمم | شبكة | “Dawn” | Écho | OCHA | Update 9 | Update 10 | ארגון | בצלם"
        );
        assert_eq!(
            sorted("ar", vec!["الوكالة", "أونروا", "إسرائيل", "آمنة", "ابن", "القدس", "وزارة"]),
            "آمنة | ابن | إسرائيل | أونروا | القدس | وزارة | الوكالة"
        );
        assert_eq!(sorted("sv", vec!["Zebra", "Åre", "Arbetet"]), "Arbetet | Zebra | Åre");
    }

    #[test]
    fn words_stand_under_the_letters_of_the_alphabet() {
        let words = ["écho", "“Dawn”", "42", "الأمم", "أونروا", "آمنة", "הארץ", "שָׁלוֹם", "Œuvre", "Åre", "…"];
        assert_eq!(letters("en", &words), "E D 0–9 ا ا ا ה ש O A –");
        assert_eq!(letters("sv", &["Åre", "Ärla", "Öland", "Éva"]), "Å Ä Ö E");
        assert_eq!(letters("da", &["Ærø", "Aarhus"]), "Æ A");
    }

    #[test]
    fn more_languages_have_their_own_alphabet() {
        assert_eq!(letters("es", &["ñandú", "Ávila", "Nación", "¿Qué?"]), "Ñ A N Q");
        assert_eq!(letters("de", &["Ägypten", "Österreich", "ßa", "Zug"]), "A O S Z");
        assert_eq!(letters("ru", &["Ёлка", "Йемен", "Израиль", "Газа"]), "Е Й И Г");
        assert_eq!(letters("fa", &["آتش‌بس", "ایران", "الفبا", "غزه", "گروگان", "پیمان"]), "آ ا ا غ گ پ");
        assert_eq!(letters("ur", &["آزادی", "ایران", "الاقصیٰ", "ٹینک", "ڈاکٹر"]), "آ ا ا ٹ ڈ");
        assert_eq!(
            letters("zh", &["以色列", "加沙", "阿拉伯", "停火", "人质", "“哈马斯”", "UNRWA", "联合国"]),
            "Y J A T R H U L"
        );
        assert_eq!(
            sorted("zh", vec!["以色列", "加沙", "停火", "人质", "哈马斯", "阿拉伯"]),
            "阿拉伯 | 哈马斯 | 加沙 | 人质 | 停火 | 以色列"
        );
        assert_eq!(sorted("es", vec!["ñandú", "nación", "ofensiva", "nube"]), "nación | nube | ñandú | ofensiva");
        assert_eq!(
            sorted("ru", vec!["Йемен", "ёлка", "Израиль", "ель", "жизнь"]),
            "ёлка | ель | жизнь | Израиль | Йемен"
        );
        assert_eq!(
            sorted("fa", vec!["پیمان", "ایران", "تهران", "آتش‌بس", "بغداد"]),
            "آتش‌بس | ایران | بغداد | پیمان | تهران"
        );
    }
}
