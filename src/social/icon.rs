//! The icon of a site, an SVG, as the pictures that phones ask for.

use resvg::tiny_skia::{Color, Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// An icon that can be drawn.
#[derive(Debug, Clone)]
pub struct Icon(Tree);

/// What becomes of the corners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// As they are drawn: they may be empty.
    Own,
    /// Filled, for phones that put a shape of their own around it.
    Filled,
    /// Filled, and the icon in the middle of it, where every shape leaves it whole.
    Maskable,
}

impl Icon {
    /// Reads an SVG. What lies outside of it is not fetched.
    pub fn read(svg: &[u8]) -> Option<Self> {
        let options = Options {
            image_href_resolver: ImageHrefResolver {
                resolve_string: Box::new(|_, _| None),
                ..ImageHrefResolver::default()
            },
            ..Options::default()
        };
        catch_unwind(AssertUnwindSafe(|| Tree::from_data(svg, &options).ok())).ok().flatten().map(Self)
    }

    /// The icon as a square PNG of so many pixels.
    pub fn draw(&self, size: u16, shape: Shape) -> Option<Vec<u8>> {
        catch_unwind(AssertUnwindSafe(|| self.paint(size, shape))).ok().flatten()
    }

    fn paint(&self, size: u16, shape: Shape) -> Option<Vec<u8>> {
        let mut picture = Pixmap::new(size.into(), size.into())?;
        self.render(&mut picture, f32::from(size), 0.0);
        if shape != Shape::Own {
            let ground = ground(&picture);
            picture.fill(ground);
            let inner = if shape == Shape::Maskable { f32::from(size) * 0.8 } else { f32::from(size) };
            self.render(&mut picture, inner, (f32::from(size) - inner) / 2.0);
        }
        png(&picture)
    }

    /// Draws it into a square of that side, so far from the corner.
    fn render(&self, picture: &mut Pixmap, side: f32, from: f32) {
        let own = self.0.size();
        let scale = side / own.width().max(own.height());
        let (left, top) = ((side - own.width() * scale) / 2.0, (side - own.height() * scale) / 2.0);
        let place = Transform::from_scale(scale, scale).post_translate(from + left, from + top);
        resvg::render(&self.0, place, &mut picture.as_mut());
    }
}

/// The colour of the icon in the middle of its upper edge; white where there is nothing.
fn ground(picture: &Pixmap) -> Color {
    match picture.pixel(picture.width() / 2, picture.height() / 24).map(|pixel| pixel.demultiply()) {
        Some(pixel) if pixel.alpha() == u8::MAX => Color::from_rgba8(pixel.red(), pixel.green(), pixel.blue(), u8::MAX),
        _ => Color::WHITE,
    }
}

fn png(picture: &Pixmap) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let pixels: Vec<u8> = picture
        .pixels()
        .iter()
        .map(PremultipliedColorU8::demultiply)
        .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()])
        .collect();
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&pixels).ok()?;
    writer.finish().ok()?;
    Some(out)
}
