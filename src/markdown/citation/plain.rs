//! The words before and after a key, as a reader sees them: without the marks of emphasis and code, with entities read.

use pulldown_cmark::{Event, Parser};

/// Before a text, a word makes it a paragraph whatever the text begins with.
const LEAD: &str = "x ";

/// What a stretch of Markdown says. One without marks is given back as it is.
pub(super) fn plain(text: &str) -> String {
    if !text.contains(['*', '_', '`', '~', '&', '<', '\\']) {
        return text.to_owned();
    }
    let line = format!("{LEAD}{text}");
    let mut words = String::with_capacity(line.len());
    for event in Parser::new_ext(&line, pulldown_cmark::Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                words.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words.strip_prefix(LEAD).map_or(words.clone(), str::to_owned)
}

/// Whether the semicolon at this byte ends an entity such as `&amp;` or `&#160;`, and parts nothing.
pub(super) fn ends_entity(text: &str, at: usize) -> bool {
    let Some(before) = text.get(..at) else { return false };
    let name = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    let Some(start) = name.strip_suffix('&').map(str::len) else { return false };
    let backslashes = before.get(..start).map_or(0, |lead| lead.len() - lead.trim_end_matches('\\').len());
    backslashes % 2 == 0 && text.get(start..=at).is_some_and(|entity| plain(entity) != entity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_away_and_entities_read() {
        let cases = [
            ("see", "see"),
            ("*see* **The Book**", "see The Book"),
            ("_see_ ~~also~~ `code`", "see also code"),
            ("x_y_z", "x_y_z"),
            ("5 * 3 * 2", "5 * 3 * 2"),
            ("this & that", "this & that"),
            ("this &amp; that", "this & that"),
            ("a&nbsp;b", "a\u{a0}b"),
            (r"\*not so\*", "*not so*"),
            ("- 1. # *a*", "- 1. # a"),
            ("דו״ח *צה״ל*", "דו״ח צה״ל"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn a_semicolon_may_belong_to_an_entity() {
        for (text, expected) in [
            ("a &amp;", true),
            (r"\&amp;", false),
            (r"\\&amp;", true),
            ("&#160;", true),
            ("&#xa0;", true),
            ("R&D;", false),
            ("a;", false),
            ("& b;", false),
        ] {
            assert_eq!(ends_entity(text, text.len() - 1), expected, "{text}");
        }
    }
}
