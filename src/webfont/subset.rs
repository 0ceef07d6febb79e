//! Cuts a font down to some letters, and packs it.
//!
//! What it keeps: the outlines that the letters and their rules reach (joining, ligatures, marks), the rules themselves, the axes of a variable font, and of its
//! names only whose it is and under which licence. It loses hints for coarse screens, other letters, other names, and rules that a style sheet would have to ask for.

use super::face::Face;
use super::letters::Letters;
use read_fonts::collections::IntSet;
use read_fonts::tables::cmap::CmapIterLimits;
use read_fonts::types::{GlyphId, NameId, Tag};
use read_fonts::{FontRef, TableProvider};
use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use std::panic::{AssertUnwindSafe, catch_unwind};
use ttf2woff2::{BrotliQuality, encode};

/// Features that the theme's style sheet asks for: figures of one height, and of one width.
const ASKED: [Tag; 2] = [Tag::new(b"lnum"), Tag::new(b"tnum")];

/// Names that go along: whose it is, its licence in words and as an address.
const NAMES: [u16; 3] = [0, 13, 14];

/// English, in the table of names.
const ENGLISH: u16 = 0x0409;

/// A font that was cut down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subset {
    /// The font, as programs read it.
    pub font: Vec<u8>,
    /// The same, packed for the web.
    pub packed: Vec<u8>,
    /// The characters that it has.
    pub letters: Letters,
    /// How many outlines it has: letters have several where they join.
    pub glyphs: u16,
}

/// What the bytes of a font are for, in shares of a hundred of the unpacked font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shares {
    /// Outlines.
    pub outlines: usize,
    /// Rules that join, replace and place them.
    pub rules: usize,
    /// How a variable font varies.
    pub variations: usize,
}

impl Face {
    /// Those of the characters that the font cannot show, neither as they are nor as a letter with its marks. What is never seen needs no outline.
    pub fn lacks(&self, characters: impl Iterator<Item = char>) -> Vec<char> {
        let has = || {
            let font = FontRef::new(self.bytes()).ok()?;
            let mut letters = Letters::default();
            letters.extend(mappings(&font));
            Some(letters)
        };
        let has = catch_unwind(AssertUnwindSafe(has)).ok().flatten().unwrap_or_default();
        characters.filter(|c| !has.shows(*c)).collect()
    }

    /// The font with these characters alone, and with what showing them takes. `None` where the font is broken.
    pub fn subset(&self, shown: &Letters) -> Option<Subset> {
        // A font may be broken in ways that nobody has thought of.
        catch_unwind(AssertUnwindSafe(|| self.cut(shown))).ok().flatten()
    }

    fn cut(&self, shown: &Letters) -> Option<Subset> {
        let whole = FontRef::new(self.bytes()).ok()?;
        let letters = shown.needed(mappings(&whole));
        let characters: IntSet<u32> = letters.iter().map(u32::from).collect();
        let features: IntSet<Tag> = DEFAULT_LAYOUT_FEATURES.iter().copied().chain(ASKED).collect();
        let plan = Plan::new(
            &IntSet::empty(),
            &characters,
            &whole,
            SubsetFlags::SUBSET_FLAGS_NO_HINTING | SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE,
            &DEFAULT_DROP_TABLES.iter().copied().collect(),
            &IntSet::all(),
            &features,
            &NAMES.into_iter().map(NameId::new).collect(),
            &std::iter::once(ENGLISH).collect(),
        );
        let font = subset_font(&whole, &plan).ok()?;
        let packed = encode(&font, BrotliQuality::default()).ok()?;
        let glyphs = FontRef::new(&font).ok()?.maxp().ok()?.num_glyphs();
        Some(Subset { font, packed, letters, glyphs })
    }
}

impl Subset {
    /// What its bytes are for.
    pub fn shares(&self) -> Shares {
        let share = |tags: &[&[u8; 4]]| {
            let Ok(font) = FontRef::new(&self.font) else { return 0 };
            let length = |tag: &&[u8; 4]| font.table_data(Tag::new(tag)).map_or(0, |data| data.len());
            tags.iter().map(length).sum::<usize>() * 100 / self.font.len().max(1)
        };
        Shares {
            outlines: share(&[b"glyf", b"loca"]),
            rules: share(&[b"GSUB", b"GPOS", b"GDEF"]),
            variations: share(&[b"gvar", b"HVAR", b"MVAR", b"avar", b"fvar"]),
        }
    }
}

/// The characters of a font, in its own order.
fn mappings(font: &FontRef<'_>) -> impl Iterator<Item = char> {
    let limits = CmapIterLimits::default_for_font(font);
    let table = font.cmap().ok().and_then(|cmap| Some(cmap.best_subtable()?.2));
    let glyphs = table.into_iter().flat_map(move |table| table.iter_with_limits(limits));
    glyphs.filter(|(_, glyph)| *glyph != GlyphId::NOTDEF).filter_map(|(c, _)| char::from_u32(c))
}
