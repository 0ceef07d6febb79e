//! The picture of a page: its title, and in the margin what it rests on, as on the page itself.

use super::canvas::{Canvas, Ink};
use super::typeface::{Typefaces, Use};
use super::wrap::{Room, wrap};
use crate::locale::Direction;
use resvg::tiny_skia::{PathBuilder, Rect};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How wide the picture is: what the networks ask for.
pub const WIDTH: u16 = 1200;

/// How high it is.
pub const HEIGHT: u16 = 630;

/// The colours of the theme.
pub(super) const PAPER: [u8; 3] = [0xfb, 0xfa, 0xf7];
pub(super) const TEXT: Ink = Ink { colour: [0x1c, 0x1b, 0x1a], steps: 12 };
pub(super) const MUTED: Ink = Ink { colour: [0x5e, 0x5a, 0x54], steps: 8 };
pub(super) const ACCENT: Ink = Ink { colour: [0x6b, 0x2d, 0x5c], steps: 8 };
pub(super) const RULE: Ink = Ink { colour: [0xdc, 0xd7, 0xcd], steps: 1 };

/// From the picture's edge to the text, and the band of colour along the side where reading begins.
const EDGE: f32 = 76.0;
const BAND: f32 = 18.0;
/// The margin, and on either side of the rule before it.
const MARGIN: f32 = 236.0;
const GAP: f32 = 34.0;
const COLUMN: f32 = WIDTH as f32 - 2.0 * EDGE - MARGIN - 2.0 * GAP;
const TOP: f32 = 72.0;

/// The distance of two lines, in sizes: Hebrew and Arabic letters reach farther up and down.
pub(super) const fn leading(direction: Direction) -> f32 {
    match direction {
        Direction::Ltr => 1.2,
        Direction::Rtl => 1.4,
    }
}

/// Sizes of a title with the lines for which there is room.
const fn title_sizes(direction: Direction) -> &'static [(f32, usize)] {
    match direction {
        Direction::Ltr => &[(92.0, 2), (80.0, 3), (70.0, 4), (62.0, 4), (54.0, 5), (47.0, 6)],
        Direction::Rtl => &[(88.0, 2), (76.0, 3), (66.0, 3), (58.0, 4), (52.0, 4), (46.0, 5)],
    }
}

/// What a picture shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The direction of its words.
    pub direction: Direction,
    /// The site's name, at the foot.
    pub site: String,
    /// The section, over the title.
    pub kicker: Option<String>,
    /// The title.
    pub title: String,
    /// What stands in the margin.
    pub notes: Vec<String>,
}

/// Outlines, by their ink.
#[derive(Default)]
struct Drawn {
    text: PathBuilder,
    muted: PathBuilder,
    accent: PathBuilder,
    rule: PathBuilder,
}

impl Card {
    /// The picture as PNG. `None` where no font has the letters of the title; other words that have none are left out.
    pub fn draw(&self, typefaces: &Typefaces) -> Option<Vec<u8>> {
        // A font of the site's own may be broken in ways that nobody has thought of.
        catch_unwind(AssertUnwindSafe(|| self.paint(typefaces))).ok().flatten()
    }

    fn paint(&self, typefaces: &Typefaces) -> Option<Vec<u8>> {
        let mut drawn = Drawn::default();
        self.frame(&mut drawn);
        self.title(typefaces, &mut drawn)?;
        if let Some(kicker) = &self.kicker {
            self.note(kicker, typefaces, &[(30.0, 1), (26.0, 1)], TOP + 26.0, &mut drawn.accent);
        }
        let foot = f32::from(HEIGHT) - TOP;
        self.note(&self.site, typefaces, &[(29.0, 1), (26.0, 1), (23.0, 1)], foot, &mut drawn.muted);
        self.margin(typefaces, &mut drawn);
        let mut canvas = Canvas::new(WIDTH.into(), HEIGHT.into(), PAPER)?;
        let Drawn { text, muted, accent, rule } = drawn;
        for (path, ink) in [(text, TEXT), (muted, MUTED), (accent, ACCENT), (rule, RULE)] {
            if let Some(path) = path.finish() {
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

    fn bar(&self, start: f32, top: f32, width: f32, height: f32, path: &mut PathBuilder) {
        if let Some(bar) = Rect::from_xywh(self.left(start, width), top, width, height) {
            path.push_rect(bar);
        }
    }

    fn frame(&self, drawn: &mut Drawn) {
        let height = f32::from(HEIGHT);
        self.bar(0.0, 0.0, BAND, height, &mut drawn.accent);
        self.bar(EDGE + COLUMN + GAP, TOP, 2.0, height - 2.0 * TOP, &mut drawn.rule);
    }

    fn title(&self, typefaces: &Typefaces, drawn: &mut Drawn) -> Option<()> {
        let font = typefaces.font_for(&self.title, Use::Title)?;
        let room = Room { width: COLUMN, sizes: title_sizes(self.direction) };
        let set = wrap(font, &self.title, self.direction, room);
        let mut base = TOP + 62.0 + set.size * 0.92;
        for line in &set.lines {
            line.draw(self.left(EDGE, line.width), base, &mut drawn.text);
            base += set.size * leading(self.direction);
        }
        Some(())
    }

    /// A line beside the title.
    fn note(
        &self,
        text: &str,
        typefaces: &Typefaces,
        sizes: &'static [(f32, usize)],
        base: f32,
        path: &mut PathBuilder,
    ) {
        let Some(font) = typefaces.font_for(text, Use::Note) else { return };
        for line in wrap(font, text, self.direction, Room { width: COLUMN, sizes }).lines {
            line.draw(self.left(EDGE, line.width), base, path);
        }
    }

    /// Each note under a short bar, as marks stand beside lines.
    fn margin(&self, typefaces: &Typefaces, drawn: &mut Drawn) {
        let start = EDGE + COLUMN + 2.0 * GAP;
        let mut top = TOP;
        for note in &self.notes {
            let Some(font) = typefaces.font_for(note, Use::Note) else { continue };
            let set = wrap(font, note, self.direction, Room { width: MARGIN, sizes: &[(28.0, 4)] });
            self.bar(start, top, 40.0, 5.0, &mut drawn.accent);
            top += 9.0;
            for line in &set.lines {
                top += set.size * leading(self.direction);
                line.draw(self.left(start, line.width), top - set.size * 0.1, &mut drawn.muted);
            }
            top += 40.0;
        }
    }
}
