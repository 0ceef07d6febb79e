//! Places within a source: `p. 3`, `para. 54`, `עמ׳ 12`, `المادة 49`. Labels of every language are known on every page.
//!
//! [`labels`] holds the words, [`value`] says what counts as a number. Here the two become a [`Locator`], read from the start of a text
//! or from the whole of it, and printed in English words that read back as the same locator. Knows text only.

mod fault;
mod labels;
mod value;

pub use fault::Fault;

use std::fmt;
use std::ops::Range;

/// A place within a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Locator {
    /// What is counted.
    pub label: Label,
    /// The number or numbers as written: `3`, `120–122`, `iv`.
    pub value: String,
}

macro_rules! label_names {
    ($($label:ident $name:literal $one:literal $many:literal),* $(,)?) => {
        /// What a locator counts: CSL's names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the names are CSL's own")]
        pub enum Label { $($label),* }

        impl Label {
            /// Every label.
            pub const ALL: &'static [Self] = &[$(Self::$label),*];

            /// CSL's name, such as `page` or `sub-verbo`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$label => $name),* }
            }

            /// Reads CSL's name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|label| label.name() == name)
            }

            /// The word that is printed before one place.
            fn singular(self) -> &'static str {
                match self { $(Self::$label => $one),* }
            }

            /// The word that is printed before several places.
            fn plural(self) -> &'static str {
                match self { $(Self::$label => $many),* }
            }
        }
    };
}

label_names! {
    Act "act" "act" "acts",
    Appendix "appendix" "app." "apps.",
    Article "article-locator" "art." "arts.",
    Book "book" "bk." "bks.",
    Chapter "chapter" "chap." "chaps.",
    Column "column" "col." "cols.",
    Elocation "elocation" "loc." "locs.",
    Equation "equation" "eq." "eqs.",
    Figure "figure" "fig." "figs.",
    Folio "folio" "fol." "fols.",
    Issue "issue" "no." "nos.",
    Line "line" "l." "ll.",
    Note "note" "n." "nn.",
    Opus "opus" "op." "opp.",
    Page "page" "p." "pp.",
    Paragraph "paragraph" "para." "paras.",
    Part "part" "pt." "pts.",
    Rule "rule" "r." "rr.",
    Scene "scene" "sc." "scs.",
    Section "section" "sec." "secs.",
    SubVerbo "sub-verbo" "s.v." "s.vv.",
    Supplement "supplement" "supp." "supps.",
    Table "table" "tbl." "tbls.",
    Timestamp "timestamp" "at" "at",
    Title "title-locator" "tit." "tits.",
    Verse "verse" "v." "vv.",
    Version "version" "ver." "ver.",
    Volume "volume" "vol." "vols.",
}

impl Locator {
    /// Reads a text that is a locator and nothing else, such as `p. 3` in a record; a number without a label is a page.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches(value::is_blank);
        let (locator, length) = Self::parse_start(text)?;
        (length == text.len()).then_some(locator)
    }

    /// Reads a locator at the start of a text, and says how many bytes it took.
    pub(crate) fn parse_start(text: &str) -> Option<(Self, usize)> {
        if let Some((label, before)) = labels::label_at(text) {
            let rest = text.get(before..)?;
            let found = match label {
                Label::Timestamp => value::time(rest),
                _ => value::labelled(rest),
            };
            if let Some(length) = found {
                let value = value::clean(rest.get(..length)?);
                return Some((Self { label, value }, before + length));
            }
        }
        let length = value::unlabelled(text)?;
        Some((Self { label: Label::Page, value: value::clean(text.get(..length)?) }, length))
    }

    /// Reads what stands in braces, where anything may follow a label; `None` when there is neither a label nor a number.
    pub(crate) fn parse_braced(text: &str) -> Option<Self> {
        let text = text.trim_matches(value::is_blank);
        if let Some((label, before)) = labels::label_at(text) {
            let value = value::clean(text.get(before..)?);
            if !value.is_empty() {
                return Some(Self { label, value });
            }
        }
        value::counts(text).then(|| Self { label: Label::Page, value: value::clean(text) })
    }

    /// What is wrong with the place that a text begins with, and where; also where the text cannot be read as a place at all.
    pub fn fault(text: &str) -> Option<(Range<usize>, Fault)> {
        fault::fault_in(text)
    }

    /// The first and the last number, where the value is one number or one range of numbers.
    pub fn whole_range(&self) -> Option<(u64, u64)> {
        let (first, last) = self.value.split_once(['–', '-', '—']).unwrap_or((&self.value, &self.value));
        let (first, last) = (first.trim(), last.trim());
        // 123–25 stands for 123–125.
        let shared = first.chars().count().saturating_sub(last.chars().count());
        let last: String = first.chars().take(shared).chain(last.chars()).collect();
        Some((fault::number(first)?, fault::number(&last)?))
    }

    /// Whether the value names more than one place.
    pub fn is_plural(&self) -> bool {
        value::is_plural(&self.value)
    }
}

/// The canonical form, with the English abbreviation: `p. 3`, `pp. 3–5`, `para. 54`.
impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label = if self.is_plural() { self.label.plural() } else { self.label.singular() };
        write!(f, "{label} {}", self.value)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn labels_of_every_language_are_known() {
        use Label::*;
        let cases = [
            // English
            ("p. 3", Page, "3"),
            ("P. 3", Page, "3"),
            ("p 3", Page, "3"),
            ("p.3", Page, "3"),
            ("p3", Page, "3"),
            ("pp. 3–5", Page, "3–5"),
            ("pages 3-5", Page, "3-5"),
            ("para. 54", Paragraph, "54"),
            ("paras. 120–122", Paragraph, "120–122"),
            ("¶ 7", Paragraph, "7"),
            ("¶¶7, 9", Paragraph, "7, 9"),
            ("§ 12(2)(a)", Section, "12(2)(a)"),
            ("§§12–14", Section, "12–14"),
            ("art. 49", Article, "49"),
            ("Art. 2", Article, "2"),
            ("Articles 2, 3", Article, "2, 3"),
            ("arts. V, XIV", Article, "V, XIV"),
            ("sec. 4", Section, "4"),
            ("chap. iv", Chapter, "iv"),
            ("chapter 4", Chapter, "4"),
            ("fig. 2.1", Figure, "2.1"),
            ("tbl. 3", Table, "3"),
            ("table 3", Table, "3"),
            ("n. 12", Note, "12"),
            ("no. 7", Issue, "7"),
            ("vol. 2", Volume, "2"),
            ("Part I.A", Part, "I.A"),
            ("annex C", Appendix, "C"),
            ("annex A", Appendix, "A"),
            ("app. 2", Appendix, "2"),
            ("l. 4", Line, "4"),
            ("col. 3", Column, "3"),
            ("s.v. 3", SubVerbo, "3"),
            ("at 00:12:30", Timestamp, "00:12:30"),
            ("at 12:30–13:05", Timestamp, "12:30–13:05"),
            // French, with the no-break spaces of French typography
            ("p.\u{a0}3", Page, "3"),
            ("paragr. 4", Paragraph, "4"),
            ("al. 2", Paragraph, "2"),
            ("n° 12", Issue, "12"),
            ("nᵒ 12", Issue, "12"),
            ("chapitre 3", Chapter, "3"),
            ("tableau 1", Table, "1"),
            ("annexe II", Appendix, "II"),
            ("t. 3", Volume, "3"),
            ("à 12:30", Timestamp, "12:30"),
            // Hebrew: geresh, apostrophe and typographic apostrophe are one
            ("עמ׳ 12", Page, "12"),
            ("עמ' 12", Page, "12"),
            ("עמ’ 12", Page, "12"),
            ("עמוד 12", Page, "12"),
            ("עמודים 12–14", Page, "12–14"),
            ("סעיף 49", Section, "49"),
            ("סעיף א", Section, "א"),
            ("ס״ק 3(א)", Section, "3(א)"),
            ("ס\"ק 3", Section, "3"),
            ("פסקה 54", Paragraph, "54"),
            ("פס׳ 54", Paragraph, "54"),
            ("פרק י״ב", Chapter, "י״ב"),
            ("הערת שוליים 3", Note, "3"),
            ("כרך ב׳", Volume, "ב׳"),
            ("בדקה 12:30", Timestamp, "12:30"),
            // Arabic: with and without the article, in any digits
            ("ص 3", Page, "3"),
            ("ص. ٣", Page, "٣"),
            ("ص٣", Page, "٣"),
            ("صص 3–5", Page, "3–5"),
            ("صفحة ٣", Page, "٣"),
            ("الصفحة 3", Page, "3"),
            ("فقرة 54", Paragraph, "54"),
            ("الفقرة ٥٤", Paragraph, "٥٤"),
            ("الفقرات ٥٤–٥٦", Paragraph, "٥٤–٥٦"),
            ("المادة 49", Article, "49"),
            ("مادة ٤٩(٦)", Article, "٤٩(٦)"),
            ("الفصل ٣", Chapter, "٣"),
            ("الدقيقة ١٢:٣٠", Timestamp, "١٢:٣٠"),
            // others
            ("S. 12", Page, "12"),
            ("Abs. 3", Paragraph, "3"),
            ("Rn. 12", Paragraph, "12"),
            ("Kap. 3", Chapter, "3"),
            ("Bd. 2", Volume, "2"),
            ("página 3", Page, "3"),
            ("párr. 3", Paragraph, "3"),
            ("n.º 3", Issue, "3"),
            ("с. 12", Page, "12"),
            ("ст. 49", Article, "49"),
            ("гл. 3", Chapter, "3"),
            ("صفحه ۳", Page, "۳"),
            // no label
            ("3", Page, "3"),
            ("3–5, 7", Page, "3–5, 7"),
            ("A12", Page, "A12"),
            ("S-15", Page, "S-15"),
            ("١٢", Page, "١٢"),
        ];
        for (text, label, value) in cases {
            assert_eq!(Locator::parse(text), Some(Locator { label, value: value.into() }), "{text}");
        }
    }

    #[test]
    fn words_are_no_locators() {
        let texts = [
            "",
            "findings",
            "p.",
            "page",
            "para. x y",
            "and after",
            "2014 section",
            "meeting 10046",
            "at a conference",
            "in 2024",
            "A/RES/181",
            "Covid19",
            "I think",
            "n",
            "no",
            "not 3",
            "c. 1948",
            "p. three",
            "10-year summary",
        ];
        for text in texts {
            assert_eq!(Locator::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_locator_ends_where_the_words_begin() {
        let cases = [
            ("p. 3", ", and after"),
            ("p. 3", " and after"),
            ("pp. 33, 35–37", ", and nowhere else"),
            ("p. 3", ", I think"),
            ("paras. 21–25", ", A/HRC/56/CRP.3"),
            ("p. 3", ", 10-year summary"),
            ("99", " years later"),
            ("pp. iv, vi–xi, (xv)–(xvii)", " with suffix"),
            ("para. 86", " (operative clause)"),
            ("art. 7, 22 & 28", ", as amended"),
            ("p. 3", ". Then"),
            ("عدد ٣", "، وما بعدها"),
            ("ص ٣، ٥", "، وما بعدها"),
            ("עמ׳ 3", ", ואילך"),
            ("סעיף א", ", ואילך"),
        ];
        for (locator, rest) in cases {
            let text = format!("{locator}{rest}");
            assert_eq!(Locator::parse_start(&text).map(|found| found.1), Some(locator.len()), "{text}");
        }
    }

    #[test]
    fn braces_hold_what_has_no_number() {
        let read = |text| Locator::parse_braced(text).map(|locator| locator.to_string());
        assert_eq!(read("p. A-12 bis").as_deref(), Some("p. A-12 bis"));
        assert_eq!(read("s.v. Gaza").as_deref(), Some("s.v. Gaza"));
        assert_eq!(read("ii, A, D-Z").as_deref(), Some("pp. ii, A, D-Z"));
        assert_eq!(read("findings"), None);
        assert_eq!(read(" "), None);
    }

    #[test]
    fn ranges_of_pages() {
        let range = |text| Locator::parse(text).unwrap().whole_range();
        assert_eq!(range("p. 3"), Some((3, 3)));
        assert_eq!(range("pp. 469–77"), Some((469, 477)));
        assert_eq!(range("٣–٥"), Some((3, 5)));
        assert_eq!(range("pp. 3, 5"), None);
        assert_eq!(range("p. iv"), None);
    }

    #[test]
    fn printing_reads_back() {
        for label in Label::ALL.iter().copied() {
            for value in ["3", "3–5", "12, 14"] {
                let value = if label == Label::Timestamp { "0:12" } else { value };
                let locator = Locator { label, value: value.into() };
                assert_eq!(Locator::parse(&locator.to_string()), Some(locator.clone()), "{locator}");
            }
            assert_eq!(Label::from_name(label.name()), Some(label));
        }
    }
}
