//! Sets of letters: what a text shows, and what a font needs besides to show it as it should.

use icu::normalizer::DecomposingNormalizerBorrowed;
use icu::properties::CodePointSetData;
use icu::properties::props::DefaultIgnorableCodePoint;
use std::ops::RangeInclusive;

const WORD: u32 = u64::BITS;

/// A set of characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letters(Vec<u64>);

/// What is at hand in every text: digits, Latin letters, punctuation, blanks, and marks of direction and joining.
const COMMON: &[RangeInclusive<char>] = &[
    ' '..='~',
    '\u{a0}'..='\u{a0}',
    '«'..='«',
    '·'..='·',
    '»'..='»',
    '×'..='×',
    '\u{2009}'..='\u{200f}',
    '‐'..='―',
    '‘'..='‟',
    '•'..='•',
    '…'..='…',
    '\u{202f}'..='\u{202f}',
    '‹'..='›',
    '\u{2066}'..='\u{2069}',
    '−'..='−',
];

/// Alphabets: where a text shows a character of the first range, it may show any of the others on the day after. So the file seldom changes, and who has it
/// need not load it again.
const ALPHABETS: &[(RangeInclusive<char>, &[RangeInclusive<char>])] = &[
    // Letters and points; accents for chanting are few readers' need.
    (
        '\u{591}'..='\u{5f4}',
        &['\u{5b0}'..='\u{5bc}', '־'..='־', '\u{5c1}'..='\u{5c2}', '\u{5c7}'..='\u{5c7}', 'א'..='ת', '׳'..='״'],
    ),
    (
        '\u{600}'..='\u{6ff}',
        &['،'..='،', '؛'..='؛', '؟'..='؟', 'ء'..='غ', 'ـ'..='\u{655}', '٠'..='٬', '\u{670}'..='\u{670}'],
    ),
    ('\u{400}'..='\u{45f}', &['А'..='я', 'Ё'..='Ё', 'ё'..='ё']),
    ('\u{370}'..='\u{3ff}', &['Ά'..='Ά', 'Έ'..='Ί', 'Ό'..='Ό', 'Ύ'..='ώ']),
];

/// Shapes of Arabic letters as characters: programs take them where a font has no rules for joining.
const SHAPES: RangeInclusive<char> = '\u{fe70}'..='\u{fefc}';

impl Letters {
    /// The characters of a text.
    pub fn of(text: &str) -> Self {
        let mut letters = Self::default();
        letters.extend(text.chars());
        letters
    }

    /// Adds a character.
    pub fn insert(&mut self, c: char) {
        let (word, bit) = place(c);
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    /// Whether it has the character.
    pub fn has(&self, c: char) -> bool {
        let (word, bit) = place(c);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Whether a font with these characters can show one, as it is or as a letter with its marks. What is never seen needs no outline.
    pub(super) fn shows(&self, c: char) -> bool {
        let unseen = CodePointSetData::new::<DefaultIgnorableCodePoint>();
        let apart = DecomposingNormalizerBorrowed::new_nfd();
        self.has(c) || unseen.contains(c) || apart.normalize_iter(std::iter::once(c)).all(|piece| self.has(piece))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = char> + '_ {
        let bits = |(word, bits): (u32, &u64)| {
            let bits = *bits;
            (0..WORD).filter(move |bit| bits >> bit & 1 == 1).filter_map(move |bit| char::from_u32(word * WORD + bit))
        };
        (0..).zip(&self.0).flat_map(bits)
    }

    /// What a font needs to show them as it should, out of the characters that it has.
    ///
    /// Programs that shape text take letters apart into letter and mark and put them together again, whichever the font has; they take shapes of Arabic
    /// letters and pointed Hebrew letters for characters of their own where the font has no rules for them.
    #[must_use]
    pub fn needed(&self, has: impl Iterator<Item = char>) -> Self {
        let mut wanted = self.clone();
        wanted.extend(COMMON.iter().cloned().flatten());
        for (block, alphabet) in ALPHABETS {
            if self.iter().any(|c| block.contains(&c)) {
                wanted.extend(alphabet.iter().cloned().flatten());
            }
        }
        let apart = DecomposingNormalizerBorrowed::new_nfd();
        let mut pieces = Self::default();
        pieces.extend(apart.normalize_iter(wanted.iter()));
        let into_shapes = DecomposingNormalizerBorrowed::new_nfkd();
        let mut needed = Self::default();
        for c in has {
            let made_of = if SHAPES.contains(&c) { &into_shapes } else { &apart };
            let is_made_of_them = || made_of.normalize_iter(std::iter::once(c)).all(|piece| wanted.has(piece));
            if wanted.has(c) || pieces.has(c) || is_made_of_them() {
                needed.insert(c);
            }
        }
        needed
    }

    /// The set as a style sheet writes it, on a few lines' length: up to so many characters that are not in it may lie between two that are. The range says when a
    /// font is loaded; a letter that is not in the font is drawn in the next one all the same.
    pub fn unicode_range(&self) -> String {
        const GAP: u32 = 16;
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for c in self.iter().map(u32::from) {
            match ranges.last_mut() {
                Some((_, end)) if c - *end <= GAP => *end = c,
                _ => ranges.push((c, c)),
            }
        }
        let ranges: Vec<String> = ranges
            .into_iter()
            .map(|(start, end)| if start == end { format!("U+{start:x}") } else { format!("U+{start:x}-{end:x}") })
            .collect();
        ranges.join(",")
    }
}

impl Extend<char> for Letters {
    fn extend<I: IntoIterator<Item = char>>(&mut self, chars: I) {
        for c in chars {
            self.insert(c);
        }
    }
}

fn place(c: char) -> (usize, u64) {
    let c = u32::from(c);
    ((c / WORD) as usize, 1 << (c % WORD))
}

#[cfg(test)]
mod tests {
    use super::Letters;

    fn all(letters: &Letters) -> String {
        letters.iter().collect()
    }

    #[test]
    fn a_set_has_what_was_put_in_once_and_in_order() {
        let letters = Letters::of("שלום 😀 aa שלום");
        assert_eq!(all(&letters), " aולםש😀");
        assert_eq!(letters.len(), 7);
        assert!(letters.has('ש') && !letters.has('ת') && !letters.has('\u{10ffff}'));
        assert!(Letters::default().is_empty());
    }

    #[test]
    fn a_letter_brings_its_alphabet_and_what_it_is_put_together_from() {
        let has = || (' '..='\u{33ff}').chain('\u{fb1d}'..='\u{fefc}');
        let hebrew = Letters::of("ש").needed(has());
        assert!(['א', 'ת', '\u{5b8}', '״', '7', 'a', '\u{fb2a}'].iter().all(|c| hebrew.has(*c)));
        assert!(!hebrew.has('ع') && !hebrew.has('é') && !hebrew.has('\u{591}'));
        let arabic = Letters::of("سلام").needed(has());
        assert!(['ع', '٣', '؟', 'أ', '\u{fefb}', '\u{fee0}'].iter().all(|c| arabic.has(*c)));
        assert!(!arabic.has('پ') && !arabic.has('א'));
        // Whoever writes it in two characters sees the same letter.
        assert!(Letters::of("e\u{301}").needed(has()).has('é'));
        let accented = Letters::of("é").needed(has());
        assert!(accented.has('\u{301}') && !accented.has('á'));
        assert_eq!(all(&Letters::of("ש").needed("שa日".chars())), "aש");
    }

    #[test]
    fn ranges_leap_over_small_gaps() {
        assert_eq!(Letters::of("apzאםת€").unicode_range(), "U+61-7a,U+5d0-5ea,U+20ac");
        assert_eq!(Letters::of("a").unicode_range(), "U+61");
        assert_eq!(Letters::default().unicode_range(), "");
    }
}
