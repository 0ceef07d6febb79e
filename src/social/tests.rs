//! Pictures as they are seen: where their ink lies, and that nobody's machine changes them.

use super::card::{Card, HEIGHT, WIDTH};
use super::cover::{self, Cover};
use super::icon::{Icon, Shape};
use super::typeface::Typefaces;
use crate::locale::Direction;
use std::ops::Range;
use std::sync::Arc;

const INK: [u8; 3] = [0x1c, 0x1b, 0x1a];
const MARK: &[u8] = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" rx="4" fill="#ff0000"/></svg>"##;

struct Seen {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 4]>,
}

impl Seen {
    fn of(bytes: &[u8]) -> Self {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        let pixels = pixels.chunks_exact(4).map(|pixel| pixel.try_into().unwrap()).collect();
        Self { width: info.width as usize, height: info.height as usize, pixels }
    }

    fn at(&self, x: usize, y: usize) -> [u8; 4] {
        self.pixels[y * self.width + x]
    }

    /// The columns in which the title's ink lies.
    fn ink(&self) -> Range<usize> {
        let inked = |x: &usize| (0..self.height).any(|y| self.at(*x, y)[..3] == INK);
        let columns: Vec<usize> = (0..self.width).filter(inked).collect();
        columns[0]..columns[columns.len() - 1] + 1
    }
}

fn card(direction: Direction, title: &str) -> Card {
    Card {
        direction,
        site: "Explainer".into(),
        kicker: Some("UN".into()),
        title: title.into(),
        notes: vec!["43".into()],
    }
}

fn seen(direction: Direction, title: &str) -> Seen {
    Seen::of(&card(direction, title).draw(&Typefaces::default()).unwrap())
}

#[test]
fn a_picture_has_the_size_that_is_asked_for() {
    let bytes = card(Direction::Ltr, "Food and famine").draw(&Typefaces::default()).unwrap();
    let seen = Seen::of(&bytes);
    assert_eq!((seen.width, seen.height), (usize::from(WIDTH), usize::from(HEIGHT)));
    assert_eq!(seen.at(600, 10), [0xfb, 0xfa, 0xf7, 255]);
    assert!(bytes.len() < 30_000, "{} bytes", bytes.len());
}

#[test]
fn a_title_stands_where_reading_begins() {
    let half = usize::from(WIDTH) / 2;
    assert!(seen(Direction::Ltr, "Gaza").ink().end < half);
    assert!(seen(Direction::Rtl, "עזה").ink().start > half);
    assert!(seen(Direction::Rtl, "غزة").ink().start > half);
    assert!(
        seen(Direction::Rtl, "UNRWA").ink().start > half,
        "the direction is the language's, not that of the letters"
    );
}

#[test]
fn arabic_letters_are_joined() {
    let width = |title: &str| seen(Direction::Rtl, title).ink().len();
    // With a sign between them that keeps them apart, the same letters take more room.
    assert!(width("حماس") < width("ح\u{200c}م\u{200c}ا\u{200c}س"));
}

#[test]
fn a_long_title_stays_within_its_column() {
    let title =
        "The attack on communities, military bases and a music festival in southern Israel, hour by hour, ".repeat(4);
    for direction in [Direction::Ltr, Direction::Rtl] {
        let ink = seen(direction, &title).ink();
        let (start, end) = (usize::from(WIDTH) - ink.end, ink.end);
        assert!(direction == Direction::Rtl || end < 870, "{ink:?}");
        assert!(direction == Direction::Ltr || start >= 70, "{ink:?}");
    }
    let word = seen(Direction::Ltr, &"a".repeat(70)).ink();
    assert!(word.end < 870, "{word:?}");
}

#[test]
fn the_same_words_give_the_same_bytes() {
    let draw = || card(Direction::Rtl, "هجوم 7 أكتوبر 2023: «الأونروا» UNRWA").draw(&Typefaces::default()).unwrap();
    let once = draw();
    std::thread::scope(|threads| {
        let again: Vec<_> = (0..4).map(|_| threads.spawn(draw)).collect();
        assert!(again.into_iter().all(|thread| thread.join().unwrap() == once));
    });
}

#[test]
fn a_letter_that_no_font_has_is_noticed() {
    let fonts = Typefaces::default();
    assert_eq!(fonts.missing("Gaza 日本 日"), ['日', '本']);
    assert_eq!(card(Direction::Ltr, "日本").draw(&fonts), None);
    for text in
        ["L’Œuvre « à »", "צה״ל־—„”", "الأونروا، ؟ ٤٣", "\u{2068}43\u{2069} sources", "Ελλάδα", "Россия", "گفت‌وگو"]
    {
        assert_eq!(fonts.missing(text), Vec::<char>::new(), "{text}");
    }
}

#[test]
fn a_sites_own_font_goes_before_the_others() {
    let mut fonts = Typefaces::default();
    assert!(!fonts.add(&Arc::from(b"no font".as_slice())));
    let before = card(Direction::Ltr, "Gaza").draw(&fonts).unwrap();
    assert!(fonts.add(&Arc::from(dejavu::sans_mono::bold())));
    assert_ne!(card(Direction::Ltr, "Gaza").draw(&fonts).unwrap(), before);
    // It has no Arabic letters, so that this is drawn as if it were not there.
    let arabic = card(Direction::Rtl, "حماس والأمم المتحدة ۴");
    assert!(arabic.draw(&fonts).is_some());
}

#[test]
fn an_icon_fills_its_corners_where_phones_cut_them() {
    let icon = Icon::read(MARK).unwrap();
    let drawn = |shape| Seen::of(&icon.draw(192, shape).unwrap());
    assert_eq!((drawn(Shape::Own).width, drawn(Shape::Own).height), (192, 192));
    assert_eq!(drawn(Shape::Own).at(0, 0)[3], 0);
    assert_eq!(drawn(Shape::Own).at(96, 96), [255, 0, 0, 255]);
    assert_eq!(drawn(Shape::Filled).at(0, 0), [255, 0, 0, 255]);
    assert_eq!(drawn(Shape::Maskable).at(0, 0), [255, 0, 0, 255]);
    assert!(Icon::read(b"<svg").is_none());
}

#[test]
fn a_cover_stands_and_begins_where_reading_begins() {
    let cover = |direction, title: &str| {
        let cover = Cover { direction, title: title.into(), foot: "2026-11-25".into() };
        cover.draw(&Typefaces::default()).map(|bytes| Seen::of(&bytes))
    };
    let middle = usize::from(cover::WIDTH) / 2;
    for (direction, title) in [(Direction::Ltr, "War"), (Direction::Rtl, "מלחמה"), (Direction::Rtl, "حرب")] {
        let seen = cover(direction, title).unwrap();
        assert_eq!((seen.width, seen.height), (usize::from(cover::WIDTH), usize::from(cover::HEIGHT)));
        let ink = seen.ink();
        assert!(if direction == Direction::Ltr { ink.end < middle } else { ink.start > middle }, "{title}: {ink:?}");
    }
    assert!(cover(Direction::Ltr, "战争").is_none());
}
