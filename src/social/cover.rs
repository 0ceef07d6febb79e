//! The cover of a book: its title, and at the foot which copy it is, because a shelf shows nothing else of it.

use super::canvas::Canvas;
use super::card::{ACCENT, MUTED, PAPER, RULE, TEXT, leading};
use super::typeface::{Typefaces, Use};
use super::wrap::{Room, wrap};
use crate::locale::Direction;
use resvg::tiny_skia::{PathBuilder, Rect};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How wide the cover is: what shops and shelves ask for.
pub const WIDTH: u16 = 1400;

/// How high it is.
pub const HEIGHT: u16 = 2100;

/// From the edge to the text, and the band of colour along the side where reading begins.
const EDGE: f32 = 150.0;
const BAND: f32 = 44.0;
const COLUMN: f32 = WIDTH as f32 - 2.0 * EDGE;
/// Where the title begins, and the line of the foot.
const TOP: f32 = 360.0;
const FOOT: f32 = HEIGHT as f32 - 190.0;

/// Sizes of the title with the lines for which there is room.
const TITLE: &[(f32, usize)] = &[(150.0, 4), (126.0, 5), (106.0, 6), (90.0, 8)];
const LINE: &[(f32, usize)] = &[(48.0, 1), (40.0, 1)];

/// What a cover shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The direction of its words.
    pub direction: Direction,
    /// The title.
    pub title: String,
    /// What stands at the foot.
    pub foot: String,
}

impl Cover {
    /// The cover as PNG. `None` where no font has the letters of the title.
    pub fn draw(&self, typefaces: &Typefaces) -> Option<Vec<u8>> {
        // A font of the site's own may be broken in ways that nobody has thought of.
        catch_unwind(AssertUnwindSafe(|| self.paint(typefaces))).ok().flatten()
    }

    fn paint(&self, typefaces: &Typefaces) -> Option<Vec<u8>> {
        let (mut text, mut muted) = (PathBuilder::new(), PathBuilder::new());
        let font = typefaces.font_for(&self.title, Use::Title)?;
        let set = wrap(font, &self.title, self.direction, Room { width: COLUMN, sizes: TITLE });
        let mut base = TOP + set.size;
        for line in &set.lines {
            line.draw(self.left(EDGE, line.width), base, &mut text);
            base += set.size * leading(self.direction);
        }
        if let Some(font) = typefaces.font_for(&self.foot, Use::Note) {
            for line in wrap(font, &self.foot, self.direction, Room { width: COLUMN, sizes: LINE }).lines {
                line.draw(self.left(EDGE, line.width), FOOT, &mut muted);
            }
        }
        let band = self.bar(0.0, 0.0, BAND, f32::from(HEIGHT));
        let rule = self.bar(EDGE, FOOT - 100.0, COLUMN, 3.0);
        let mut canvas = Canvas::new(WIDTH.into(), HEIGHT.into(), PAPER)?;
        for (path, ink) in [(text.finish(), TEXT), (muted.finish(), MUTED), (band, ACCENT), (rule, RULE)] {
            if let Some(path) = path {
                canvas.fill(&path, ink);
            }
        }
        canvas.png()
    }

    /// The left end of what begins so far from the side where reading begins.
    fn left(&self, start: f32, width: f32) -> f32 {
        match self.direction {
            Direction::Ltr => start,
            Direction::Rtl => f32::from(WIDTH) - start - width,
        }
    }

    fn bar(&self, start: f32, top: f32, width: f32, height: f32) -> Option<resvg::tiny_skia::Path> {
        Some(PathBuilder::from_rect(Rect::from_xywh(self.left(start, width), top, width, height)?))
    }
}
