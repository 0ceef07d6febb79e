//! Fonts: which letters they have, and the outlines of their glyphs.

use harfrust::GlyphId;
use harfrust::font::Font;
use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use resvg::tiny_skia::PathBuilder;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock};

/// A font.
#[derive(Clone)]
pub(super) struct Typeface(Font);

/// The fonts of a site. A text is drawn in one of them, the first that has all its letters: a line of two fonts looks like a mistake.
#[derive(Debug, Clone, Default)]
pub struct Typefaces {
    own: Vec<Typeface>,
}

/// What is set in a font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// A title, in letters with serifs where there are some.
    Title,
    /// What stands around it.
    Note,
}

/// The fonts that the program carries: the serif has Latin letters, the sans Hebrew and Arabic ones, too.
static CARRIED: LazyLock<Vec<Typeface>> = LazyLock::new(|| {
    let fonts = [dejavu::serif_condensed::regular(), dejavu::sans_condensed::regular()];
    fonts.into_iter().filter_map(|bytes| Font::new(bytes, 0)).map(Typeface).collect()
});

impl Typefaces {
    /// Adds a font of the site's own, which goes before those that the program carries. `false` where the file is no font that can be drawn.
    pub fn add(&mut self, bytes: &Arc<[u8]>) -> bool {
        let bytes: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(Arc::clone(bytes));
        let read = || {
            let font = Font::new(bytes, 0)?;
            (font.charmap().has_unicode() && !font.outline_glyphs().is_empty()).then_some(Typeface(font))
        };
        let read = catch_unwind(AssertUnwindSafe(read)).ok().flatten();
        let is_font = read.is_some();
        self.own.extend(read);
        is_font
    }

    /// The letters that keep a text from being drawn: those that the font with most of its letters does not have. None where it can be drawn.
    pub fn missing(&self, text: &str) -> Vec<char> {
        let lacks = |typeface: &Typeface| {
            let mut lacks: Vec<char> = text.chars().filter(|c| !typeface.draws(*c)).collect();
            lacks.sort_unstable();
            lacks.dedup();
            lacks
        };
        self.of_title().map(lacks).min_by_key(Vec::len).unwrap_or_default()
    }

    /// The font for a text; `None` where none has all its letters.
    pub(super) fn font_for(&self, text: &str, of: Use) -> Option<&Typeface> {
        let mut fonts = self.of_title();
        let draws = |typeface: &&Typeface| text.chars().all(|c| typeface.draws(c));
        match of {
            Use::Title => fonts.find(draws),
            Use::Note => self.own.iter().chain(CARRIED.last()).find(draws),
        }
    }

    fn of_title(&self) -> impl Iterator<Item = &Typeface> {
        self.own.iter().chain(CARRIED.iter())
    }
}

impl fmt::Debug for Typeface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Typeface({} glyphs)", self.0.num_glyphs())
    }
}

impl Typeface {
    /// Whether it has the letter. What is never seen needs no glyph.
    pub(super) fn draws(&self, c: char) -> bool {
        is_unseen(c) || self.0.charmap().map_unicode(c).is_some()
    }

    pub(super) fn font(&self) -> &Font {
        &self.0
    }

    /// So many pixels has a unit of the font at that size.
    pub(super) fn scale(&self, size: f32) -> f32 {
        size / f32::from(self.0.units_per_em().max(1))
    }

    /// Adds the outline of a glyph to a path, its origin at that place.
    pub(super) fn outline(&self, glyph: GlyphId, size: f32, origin: (f32, f32), path: &mut PathBuilder) {
        let Some(outline) = self.0.outline_glyphs().get(glyph) else { return };
        let options = DrawOptions::new().with_ppem(Some(size));
        // A glyph whose outline is broken is drawn as far as it can be read.
        let _ = outline.draw(&options, DrawMemory::Scratch, &mut Pen { path, origin });
    }
}

/// Blanks, and marks of joining and direction.
fn is_unseen(c: char) -> bool {
    let is_mark = matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    is_mark || c.is_whitespace()
}

/// Writes outlines into a path: fonts count upwards, pictures downwards.
struct Pen<'a> {
    path: &'a mut PathBuilder,
    origin: (f32, f32),
}

impl Pen<'_> {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        (self.origin.0 + x, self.origin.1 - y)
    }
}

impl PathSink for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        let ((cx0, cy0), (x, y)) = (self.place(cx0, cy0), self.place(x, y));
        self.path.quad_to(cx0, cy0, x, y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let ((cx0, cy0), (cx1, cy1), (x, y)) = (self.place(cx0, cy0), self.place(cx1, cy1), self.place(x, y));
        self.path.cubic_to(cx0, cy0, cx1, cy1, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
