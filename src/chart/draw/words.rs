//! How much room words take. There is no font at hand, so this is a careful guess: a little too much is better than too little.

use super::SIZE;

/// About how wide a text is.
pub(super) fn width(text: &str) -> f64 {
    let units: f64 = text
        .chars()
        .map(|c| match c {
            '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05C7}' | '\u{064B}'..='\u{065F}' => 0.0,
            'i' | 'l' | 'j' | '.' | ',' | ':' | '\'' | '’' | '|' | ' ' | 'ا' | 'י' | 'ו' => 0.32,
            'm' | 'w' | 'M' | 'W' | 'ש' | 'س' | 'ش' | 'ص' | 'ض' => 0.9,
            c if c.is_uppercase() => 0.7,
            c if u32::from(c) >= 0x2E80 => 1.0,
            _ => 0.57,
        })
        .sum();
    units * SIZE
}

/// A text in lines no wider than `room`, broken between words.
pub(super) fn lines(text: &str, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + width(" ") + width(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_every_word() {
        let text = "Ministry of Health in Gaza, until 22 August 2026";
        let broken = lines(text, 120.0);
        assert!(broken.len() > 1);
        assert_eq!(broken.join(" "), text);
        assert!(broken.iter().all(|line| width(line) <= 120.0));
        assert_eq!(lines("", 10.0), Vec::<String>::new());
        assert_eq!(lines("unbreakable", 1.0), ["unbreakable"]);
    }
}
