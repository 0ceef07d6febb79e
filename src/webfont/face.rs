//! A font as its file describes it: its weight, whether it slants, and whether it may be cut down and given to readers.

use read_fonts::types::Tag;
use read_fonts::{FontRef, TableProvider};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Bits of what the maker of a font allows (`fsType` in its table OS/2).
const RESTRICTED: u16 = 0x0002;
const NOT_CUT: u16 = 0x0100;
const PICTURES_ONLY: u16 = 0x0200;

/// Weights that style sheets know.
const LIGHTEST: u16 = 1;
const HEAVIEST: u16 = 1000;

/// A font that can be cut down and given to readers.
#[derive(Clone)]
pub struct Face {
    bytes: Arc<[u8]>,
    /// Its weight, as a style sheet counts it; of a variable font the lightest and the heaviest.
    pub weight: (u16, u16),
    /// Whether it is an italic.
    pub is_italic: bool,
}

/// Why a file is no such font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It is none, or is broken.
    NoFont,
    /// It is packed for the web already.
    Packed,
    /// It holds several fonts.
    Collection,
    /// Its outlines are of the kind that is not cut down here.
    PostScript,
    /// Its maker does not allow to give it away.
    Restricted,
    /// Its maker does not allow to give a part of it away.
    NotCut,
}

impl Flaw {
    /// What is wrong, as the end of a sentence about the file.
    pub fn what(self) -> &'static str {
        match self {
            Self::NoFont => "is no font that can be read",
            Self::Packed => "is packed for the web already",
            Self::Collection => "holds several fonts",
            Self::PostScript => "has outlines in PostScript's form (CFF), which cannot be cut down",
            Self::Restricted => "does not allow to be given to readers (`fsType` in its table OS/2)",
            Self::NotCut => "does not allow to be cut down (`fsType` in its table OS/2)",
        }
    }

    /// What to do.
    pub fn help(self) -> &'static str {
        match self {
            Self::NoFont => "name a whole TrueType or OpenType file (`.ttf`, `.otf`)",
            Self::Packed => {
                "name the TrueType file (`.ttf`) that it was made of; Sourcebook cuts it down and packs it itself"
            }
            Self::Collection => "name a file with one font (`.ttf`), not a collection (`.ttc`)",
            Self::PostScript => "name the font's edition with TrueType outlines, which is mostly its `.ttf`",
            Self::Restricted | Self::NotCut => {
                "take a font whose licence allows it, such as the SIL Open Font License, or ask its maker for a file that says so"
            }
        }
    }
}

impl Face {
    /// Reads a font.
    pub fn read(bytes: &Arc<[u8]>) -> Result<Self, Flaw> {
        // A font may be broken in ways that nobody has thought of.
        catch_unwind(AssertUnwindSafe(|| Self::look(bytes))).unwrap_or(Err(Flaw::NoFont))
    }

    fn look(bytes: &Arc<[u8]>) -> Result<Self, Flaw> {
        match bytes.get(..4) {
            Some(b"wOF2" | b"wOFF") => return Err(Flaw::Packed),
            Some(b"ttcf") => return Err(Flaw::Collection),
            _ => {}
        }
        let font = FontRef::new(bytes).map_err(|_| Flaw::NoFont)?;
        let has = |tag: &[u8; 4]| font.table_data(Tag::new(tag)).is_some();
        if !has(b"glyf") && (has(b"CFF ") || has(b"CFF2")) {
            return Err(Flaw::PostScript);
        }
        let is_whole = [font.head().is_ok(), font.maxp().is_ok(), font.hmtx().is_ok(), font.cmap().is_ok()];
        let draws = font.glyf().is_ok() && font.loca(None).is_ok();
        let os2 = font.os2().map_err(|_| Flaw::NoFont)?;
        if is_whole.contains(&false) || !draws {
            return Err(Flaw::NoFont);
        }
        let allowed = os2.fs_type();
        if allowed & RESTRICTED != 0 {
            return Err(Flaw::Restricted);
        }
        if allowed & (NOT_CUT | PICTURES_ONLY) != 0 {
            return Err(Flaw::NotCut);
        }
        let own = os2.us_weight_class().clamp(LIGHTEST, HEAVIEST);
        let weight = weights(&font).unwrap_or((own, own));
        let is_italic = os2.fs_selection().bits() & 1 != 0;
        Ok(Self { bytes: Arc::clone(bytes), weight, is_italic })
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { weight, is_italic, .. } = self;
        write!(f, "Face({weight:?}, italic: {is_italic}, {} bytes)", self.bytes.len())
    }
}

/// The lightest and the heaviest weight of a font that has all between them.
fn weights(font: &FontRef<'_>) -> Option<(u16, u16)> {
    let fvar = font.fvar().ok()?;
    let axis = fvar.axes().ok()?.iter().find(|axis| axis.axis_tag() == Tag::new(b"wght"))?;
    let whole = |value: i32| u16::try_from(value).unwrap_or(LIGHTEST).clamp(LIGHTEST, HEAVIEST);
    let (least, most) = (whole(axis.min_value().to_i32()), whole(axis.max_value().to_i32()));
    (least <= most).then_some((least, most))
}
