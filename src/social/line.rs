//! Text → glyphs in the order in which they are seen.
//!
//! The direction is that of the text and never guessed: a title that begins with a name in Latin letters is a Hebrew title all the
//! same. Each run of one direction and one script is shaped by itself.

use super::typeface::Typeface;
use crate::locale::Direction;
use harfrust::unicode::script;
use harfrust::{Buffer, Direction as Way, GlyphId, Script, ShapeOptions, ShaperFont, shape};
use resvg::tiny_skia::PathBuilder;
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};

/// A line of text at a size.
#[derive(Debug)]
pub(super) struct Line<'a> {
    typeface: &'a Typeface,
    size: f32,
    glyphs: Vec<Glyph>,
    /// How wide it is.
    pub(super) width: f32,
}

/// A glyph and its place, from the left end of the line.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Glyph {
    id: GlyphId,
    x: f32,
    y: f32,
}

impl<'a> Line<'a> {
    pub(super) fn set(typeface: &'a Typeface, text: &str, direction: Direction, size: f32) -> Self {
        let level = match direction {
            Direction::Ltr => Level::ltr(),
            Direction::Rtl => Level::rtl(),
        };
        let mut line = Self { typeface, size, glyphs: Vec::new(), width: 0.0 };
        let bidi = BidiInfo::new(text, Some(level));
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let way = match levels.get(run.start) {
                    Some(level) if level.is_rtl() => Way::RightToLeft,
                    _ => Way::LeftToRight,
                };
                let mut parts = parts(text, run);
                if way == Way::RightToLeft {
                    parts.reverse();
                }
                for part in parts {
                    line.shape(text.get(part).unwrap_or_default(), way);
                }
            }
        }
        line
    }

    fn shape(&mut self, text: &str, way: Way) {
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.set_direction(way);
        buffer.guess_segment_properties();
        let font = ShaperFont::new(self.typeface.font());
        if shape(&font, &mut buffer, ShapeOptions::new()).is_err() {
            return;
        }
        let scale = self.typeface.scale(self.size);
        for (info, place) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            let glyph = Glyph {
                id: GlyphId::new(info.glyph_id),
                x: self.width + units(place.x_offset) * scale,
                y: units(place.y_offset) * scale,
            };
            self.glyphs.push(glyph);
            self.width += units(place.x_advance) * scale;
        }
    }

    /// Adds the line to a path: its left end, and the line on which letters stand.
    pub(super) fn draw(&self, left: f32, base: f32, path: &mut PathBuilder) {
        for glyph in &self.glyphs {
            self.typeface.outline(glyph.id, self.size, (left + glyph.x, base - glyph.y), path);
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "no font has a glyph sixteen million units wide")]
fn units(count: i32) -> f32 {
    count as f32
}

/// The parts of a run that are in one script; signs that belong to none stay with the letters before them.
fn parts(text: &str, run: Range<usize>) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut current = None;
    for (at, c) in text.get(run.clone()).unwrap_or_default().char_indices() {
        let here = run.start + at..run.start + at + c.len_utf8();
        let own =
            Some(script(c.into())).filter(|own| !matches!(*own, Script::COMMON | Script::INHERITED | Script::UNKNOWN));
        let changes = own.is_some() && current.is_some() && own != current;
        current = own.or(current);
        match parts.last_mut() {
            Some(last) if !changes => last.end = here.end,
            _ => parts.push(here),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::typeface::{Typefaces, Use};
    use super::*;

    /// The letters whose glyphs a line shows, from its left end to its right.
    fn shown(text: &str, direction: Direction) -> String {
        let fonts = Typefaces::default();
        let font = fonts.font_for(text, Use::Title).unwrap();
        let letter = |glyph: &Glyph| text.chars().find(|c| font.font().charmap().map_unicode(*c) == Some(glyph.id));
        Line::set(font, text, direction, 20.0).glyphs.iter().map(|glyph| letter(glyph).unwrap_or('?')).collect()
    }

    #[test]
    fn letters_stand_in_the_order_in_which_they_are_seen() {
        assert_eq!(shown("אב 12 (UN)", Direction::Rtl), "(UN) 12 בא");
        assert_eq!(shown("UN אב", Direction::Rtl), "בא UN");
        assert_eq!(shown("UN אב", Direction::Ltr), "UN בא");
        assert_eq!(shown("אב: 7", Direction::Ltr), "7 :בא");
    }

    #[test]
    fn runs_are_divided_where_the_script_changes() {
        let divided = |text: &str| -> Vec<String> {
            parts(text, 0..text.len()).into_iter().map(|part| text.get(part).unwrap_or_default().to_owned()).collect()
        };
        assert_eq!(divided("UNRWA (1949)"), ["UNRWA (1949)"]);
        assert_eq!(divided("צה״ל — حماس"), ["צה״ל — ", "حماس"]);
        assert_eq!(divided("7 אוקטובר"), ["7 אוקטובר"]);
        assert_eq!(divided(""), Vec::<String>::new());
    }
}
