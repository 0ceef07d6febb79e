//! A picture of few colours: paper, and inks on it of which no two meet. So a pixel is one index from the beginning, and the file is small.

use resvg::tiny_skia::{FillRule, Mask, Path, Transform};

/// Red, green, blue.
pub(super) type Colour = [u8; 3];

/// A colour, and into how many steps its edges are smoothed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ink {
    pub(super) colour: Colour,
    pub(super) steps: u8,
}

/// A picture.
pub(super) struct Canvas {
    width: u32,
    height: u32,
    paper: Colour,
    palette: Vec<Colour>,
    pixels: Vec<u8>,
    mask: Mask,
}

impl Canvas {
    /// Paper alone; `None` for a size that no picture has.
    pub(super) fn new(width: u32, height: u32, paper: Colour) -> Option<Self> {
        let mask = Mask::new(width, height)?;
        let pixels = vec![0; mask.data().len()];
        Some(Self { width, height, paper, palette: vec![paper], pixels, mask })
    }

    /// Fills an outline with ink.
    pub(super) fn fill(&mut self, path: &Path, ink: Ink) {
        let Some(first) = u8::try_from(self.palette.len()).ok().filter(|first| first.checked_add(ink.steps).is_some())
        else {
            return;
        };
        self.palette.extend((1..=ink.steps).map(|step| mix(self.paper, ink.colour, step, ink.steps)));
        let index: Vec<u8> =
            (0..=u8::MAX).map(|cover| step_of(cover, ink.steps).map_or(0, |step| first + step)).collect();
        self.mask.clear();
        self.mask.fill_path(path, FillRule::Winding, true, Transform::identity());
        for (pixel, cover) in self.pixels.iter_mut().zip(self.mask.data()).filter(|(_, cover)| **cover > 0) {
            if let Some(index) = index.get(usize::from(*cover)).filter(|index| **index > 0) {
                *pixel = *index;
            }
        }
    }

    /// The picture as PNG.
    pub(super) fn png(&self) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, self.width, self.height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(self.palette.concat());
        // Filters help where colours run into each other; here they cost time and bytes.
        encoder.set_deflate_compression(png::DeflateCompression::Level(4));
        encoder.set_filter(png::Filter::NoFilter);
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&self.pixels).ok()?;
        writer.finish().ok()?;
        Some(out)
    }
}

/// Which step, from 0, that much cover is; `None` for what is not seen.
fn step_of(cover: u8, steps: u8) -> Option<u8> {
    let step = (u32::from(cover) * u32::from(steps) + 127) / 255;
    u8::try_from(step).ok()?.checked_sub(1)
}

/// That step of so many from one colour to another.
fn mix(from: Colour, to: Colour, step: u8, steps: u8) -> Colour {
    let (step, steps) = (u32::from(step), u32::from(steps));
    let mut mixed = from;
    for (mixed, to) in mixed.iter_mut().zip(to) {
        let sum = u32::from(*mixed) * (steps - step) + u32::from(to) * step;
        *mixed = u8::try_from((sum + steps / 2) / steps).unwrap_or(to);
    }
    mixed
}
