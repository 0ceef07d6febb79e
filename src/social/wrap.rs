//! Text → lines of about one width, at the largest size at which there is room for them.

use super::line::Line;
use super::typeface::Typeface;
use crate::locale::Direction;
use icu::segmenter::LineSegmenter;
use icu::segmenter::options::LineBreakOptions;

/// Where a text is set, and how.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) width: f32,
    /// So many lines at the most, at each size; the largest size first.
    pub(super) sizes: &'static [(f32, usize)],
}

/// Text in lines.
#[derive(Debug)]
pub(super) struct Setting<'a> {
    pub(super) size: f32,
    pub(super) lines: Vec<Line<'a>>,
}

/// A piece of text, after which a line may end. Widths are in sizes.
struct Piece<'t> {
    text: &'t str,
    width: f32,
    /// Its width where it ends a line: a blank at its end is not seen.
    seen: f32,
}

/// Sets a text. What has no room even at the smallest size is left out, and an ellipsis says so.
pub(super) fn wrap<'a>(typeface: &'a Typeface, text: &str, direction: Direction, room: Room) -> Setting<'a> {
    let measure = |text: &str| Line::set(typeface, text, direction, 1.0).width;
    let pieces: Vec<Piece<'_>> = pieces(text)
        .into_iter()
        .map(|text| Piece { text, width: measure(text), seen: measure(text.trim_end()) })
        .collect();
    let widest = pieces.iter().map(|piece| piece.seen).fold(0.0, f32::max);
    let fits =
        |(size, most): &(f32, usize)| widest * size <= room.width && fill(&pieces, room.width / size).len() <= *most;
    let (size, most) = room.sizes.iter().copied().find(fits).or(room.sizes.last().copied()).unwrap_or((16.0, 1));
    // A word for which the smallest size is too large is set smaller still.
    let size = if widest * size > room.width { room.width / widest } else { size };
    let mut lines = balanced(&pieces, room.width / size);
    if lines.len() > most {
        lines = fill(&pieces, room.width / size);
        lines.truncate(most);
        shorten(&mut lines, typeface);
    }
    carry(&mut lines);
    Setting { size, lines: lines.iter().map(|line| Line::set(typeface, line.trim(), direction, size)).collect() }
}

/// The text in pieces. A span of years stays whole.
fn pieces(text: &str) -> Vec<&str> {
    let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
    let mut pieces = Vec::new();
    let mut start = 0;
    for end in segmenter.segment_str(text) {
        let (before, after) = (text.get(start..end).unwrap_or_default(), text.get(end..).unwrap_or_default());
        let is_span = before.ends_with(['-', '–']) && after.starts_with(|c: char| c.is_numeric());
        if !before.is_empty() && !is_span {
            pieces.push(before);
            start = end;
        }
    }
    pieces
}

/// As many pieces on each line as it has room for.
fn fill(pieces: &[Piece<'_>], room: f32) -> Vec<String> {
    let mut lines: Vec<(String, f32)> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some((line, used)) if *used + piece.seen <= room => {
                line.push_str(piece.text);
                *used += piece.width;
            }
            _ => lines.push((piece.text.to_owned(), piece.width)),
        }
    }
    lines.into_iter().map(|(line, _)| line).collect()
}

/// The same number of lines, and the longest as short as can be.
fn balanced(pieces: &[Piece<'_>], room: f32) -> Vec<String> {
    let lines = fill(pieces, room).len();
    let (mut low, mut high) = (0.0, room);
    for _ in 0..12 {
        let middle = f32::midpoint(low, high);
        if fill(pieces, middle).len() <= lines {
            high = middle;
        } else {
            low = middle;
        }
    }
    fill(pieces, high)
}

/// What is isolated over the end of a line goes on so on the next.
fn carry(lines: &mut [String]) {
    let mut open = String::new();
    for line in lines {
        let before = open.clone();
        for c in line.chars() {
            match c {
                '\u{2066}'..='\u{2068}' => open.push(c),
                '\u{2069}' => drop(open.pop()),
                _ => {}
            }
        }
        line.insert_str(0, &before);
    }
}

fn shorten(lines: &mut [String], typeface: &Typeface) {
    let Some(last) = lines.last_mut() else { return };
    let kept = last.trim_end().rsplit_once(' ').map_or(last.trim_end(), |(kept, _)| kept).to_owned();
    *last = if typeface.draws('…') { format!("{kept}…") } else { kept };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str) -> Piece<'_> {
        let width = |text: &str| text.chars().map(|_| 1.0).sum();
        Piece { text, width: width(text), seen: width(text.trim_end()) }
    }

    #[test]
    fn lines_end_where_they_may() {
        assert_eq!(pieces("The war, 2005–2023: an end"), ["The ", "war, ", "2005–2023: ", "an ", "end"]);
        assert_eq!(pieces("la « solution »"), ["la ", "« solution »"], "the blanks within are no-break ones");
        assert_eq!(pieces("בית־הדין בהאג"), ["בית־הדין ", "בהאג"]);
        assert_eq!(pieces(""), Vec::<&str>::new());
    }

    #[test]
    fn what_is_isolated_stays_so_on_the_next_line() {
        let mut lines = ["א \u{2066}New ".to_owned(), "York\u{2069} ב".to_owned(), "ג".to_owned()];
        carry(&mut lines);
        assert_eq!(lines, ["א \u{2066}New ", "\u{2066}York\u{2069} ב", "ג"]);
    }

    #[test]
    fn lines_are_of_about_one_width() {
        let pieces: Vec<Piece<'_>> = ["one ", "two ", "three ", "four ", "five"].map(piece).into_iter().collect();
        assert_eq!(fill(&pieces, 19.0), ["one two three four ", "five"]);
        assert_eq!(balanced(&pieces, 19.0), ["one two three ", "four five"]);
    }
}
