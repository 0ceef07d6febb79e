//! Where a link goes, by its address.

use crate::date::Date;
use crate::diagnostic::Code;
use crate::ids::{ActorId, DrawingId, EventId, TermId};
use crate::markdown::tree::{DrawingKind, DrawingRef, Target};
use crate::{unseen, web};
use pulldown_cmark::LinkType;

/// Why an address is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: &'static str,
}

impl Refusal {
    fn unsafe_url(message: String, help: &'static str) -> Self {
        Self { code: Code::SB504, message, help }
    }
}

/// The target of a link with this address.
pub(super) fn target(url: &str, link_type: LinkType) -> Result<Target, Refusal> {
    if link_type == LinkType::Email {
        return Ok(Target::External(format!("mailto:{url}")));
    }
    refuse_hidden(url)?;
    if url.is_empty() || url == "#" {
        return Err(Refusal {
            code: Code::SB501,
            message: "this link has no address".into(),
            help: "write the address between the parentheses, as in `[words](page.md#place)`",
        });
    }
    match scheme(url) {
        Some((scheme, rest)) => with_scheme(url, &scheme.to_ascii_lowercase(), rest),
        None => local(url),
    }
}

fn with_scheme(url: &str, scheme: &str, rest: &str) -> Result<Target, Refusal> {
    match scheme {
        "http" | "https" => match web::fault(url) {
            None => Ok(Target::External(url.to_owned())),
            Some(web::Fault { code, message, help }) => Err(Refusal { code, message, help }),
        },
        "mailto" if rest.contains('@') => Ok(Target::External(url.to_owned())),
        "term" => match decode(rest).as_deref().and_then(TermId::parse) {
            Some(id) => Ok(Target::Term(id)),
            None => Err(Refusal::unsafe_url(
                format!("`{rest}` is not the id of a term"),
                "write the id from content/terms/, as in `term:nakba`",
            )),
        },
        "event" => match decode(rest).as_deref().and_then(EventId::parse) {
            Some(id) => Ok(Target::Event(id)),
            None => Err(Refusal::unsafe_url(
                format!("`{rest}` is not the id of an event"),
                "write the id from content/events/, as in `event:oslo-1993`",
            )),
        },
        "actor" => match decode(rest).as_deref().and_then(ActorId::parse) {
            Some(id) => Ok(Target::Actor(id)),
            None => Err(Refusal::unsafe_url(
                format!("`{rest}` is not the id of an actor"),
                "write the id from content/actors/, as in `actor:hamas`",
            )),
        },
        kind if DrawingKind::ALL.iter().any(|drawn| drawn.name() == kind) => Err(Refusal::unsafe_url(
            format!("`{url}` is drawn and cannot be linked to"),
            "put `!` before the bracket and let it stand alone in its paragraph, as in `![caption](chart:id)`",
        )),
        _ => Err(Refusal::unsafe_url(
            format!("`{scheme}:` is no kind of address that a page may link to"),
            "only https, http and mailto lead outside; a path with a colon begins with `./`",
        )),
    }
}

fn local(url: &str) -> Result<Target, Refusal> {
    if url.starts_with("//") || url.starts_with("\\\\") {
        return Err(Refusal::unsafe_url(format!("`{url}` names a host without a scheme"), "begin it with `https://`"));
    }
    if url.starts_with(['/', '\\']) {
        return Err(Refusal::unsafe_url(
            format!("`{url}` begins at the root of the host, where the site need not stand"),
            "write the path from this file, as in `../actors/hamas.md`",
        ));
    }
    let (path, anchor) = match url.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (url, None),
    };
    let read = |text: &str| {
        let decoded = decode(text).ok_or_else(|| {
            Refusal::unsafe_url(format!("`{url}` holds bytes that are no text"), "write the path as it is, without `%`")
        })?;
        refuse_hidden(&decoded)?;
        Ok(decoded)
    };
    let anchor = anchor.filter(|anchor| !anchor.is_empty()).map(read).transpose()?;
    let path = read(path)?;
    match anchor {
        Some(anchor) if path.is_empty() => Ok(Target::Anchor(anchor)),
        anchor => Ok(Target::Page { path, anchor }),
    }
}

/// Checks the address of a picture: a path within the site.
pub(super) fn check_image(url: &str) -> Result<(), Refusal> {
    refuse_hidden(url)?;
    if url.is_empty() {
        return Err(Refusal {
            code: Code::SB506,
            message: "this image has no address".into(),
            help: "write the file between the parentheses",
        });
    }
    if is_drawing(url) {
        return Err(Refusal::unsafe_url(
            format!("`{url}` is drawn as a block of its own and cannot stand within a line"),
            "put it into a paragraph of its own, with blank lines around it",
        ));
    }
    if scheme(url).is_some() || url.starts_with(['/', '\\']) {
        return Err(Refusal::unsafe_url(
            format!("`{url}` is not a file of this site"),
            "put the file beside the page or into static/ and write its path",
        ));
    }
    Ok(())
}

/// The drawing that an image's address asks for, and which; or why that cannot be read.
pub(super) fn drawing(url: &str) -> Option<(DrawingKind, Result<DrawingRef, Refusal>)> {
    let (scheme, rest) = scheme(url)?;
    let kind = DrawingKind::ALL.iter().copied().find(|kind| kind.name().eq_ignore_ascii_case(scheme))?;
    Some((kind, which(kind, url, rest)))
}

/// `war`, or of a timeline `war@2023-10-07/2024-06-30`.
fn which(kind: DrawingKind, url: &str, rest: &str) -> Result<DrawingRef, Refusal> {
    let text = decode(rest).unwrap_or_default();
    let (id, period) = match text.split_once('@') {
        Some((id, period)) if kind == DrawingKind::Timeline => (id, Some(period)),
        _ => (text.as_str(), None),
    };
    let help = match kind {
        DrawingKind::Chart => "write the id of its record, as in `![caption](chart:id)`",
        DrawingKind::Timeline => "write a theme or `all`, as in `![caption](timeline:war)`",
        DrawingKind::Map => "write the id of its record, as in `![caption](map:id)`",
        DrawingKind::Facts | DrawingKind::Leaders | DrawingKind::Designations => {
            "write the id of an actor, as in `![caption](leaders:hamas)`"
        }
        DrawingKind::Actors | DrawingKind::Who => "write the id of a group of actors, as in `![caption](who:group)`",
    };
    let nameless = || Refusal::unsafe_url(format!("`{url}` names no {}", kind.name()), help);
    let id = DrawingId::parse(id).ok_or_else(nameless)?;
    let period = period.map(Date::parse).transpose().map_err(|error| {
        let help = "limit a timeline by a date or an interval, as in `timeline:war@2023-10-07/2024-06-30`";
        Refusal::unsafe_url(format!("`{url}` names no time: {error}"), help)
    })?;
    Ok(DrawingRef { kind, id, period })
}

/// Whether an image's address asks for a drawing.
pub(super) fn is_drawing(url: &str) -> bool {
    drawing(url).is_some()
}

/// What stands before the first colon, where that is a scheme, and what follows it.
fn scheme(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once(':')?;
    let first = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    (first && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')))
        .then_some((scheme, rest))
}

/// Refuses characters that are not seen, or that make others be seen elsewhere.
fn refuse_hidden(url: &str) -> Result<(), Refusal> {
    match url.chars().find(|c| c.is_control() || unseen::is_suspect(*c)) {
        Some(c) => Err(Refusal::unsafe_url(
            format!("this address holds the invisible character U+{:04X}", u32::from(c)),
            "type the address anew, without copying it",
        )),
        None => Ok(()),
    }
}

/// Decodes `%20` and the like; `None` when that gives no text.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digits = (byte == b'%').then(|| Some((hex(ahead.next()?)?, hex(ahead.next()?)?))).flatten();
        match digits {
            Some((high, low)) => {
                bytes.push(high * 16 + low);
                rest = ahead;
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn addresses_are_sorted_by_their_scheme() {
        let page =
            |path: &str, anchor: Option<&str>| Target::Page { path: path.into(), anchor: anchor.map(Into::into) };
        let cases = [
            ("https://example.org/a?b#c", Target::External("https://example.org/a?b#c".into())),
            ("HTTP://example.org", Target::External("HTTP://example.org".into())),
            ("mailto:a@b.org", Target::External("mailto:a@b.org".into())),
            ("#leaders", Target::Anchor("leaders".into())),
            ("#%D7%90", Target::Anchor("א".into())),
            ("../actors/hamas.md#leaders", page("../actors/hamas.md", Some("leaders"))),
            ("a%20b.md", page("a b.md", None)),
            ("100%.md", page("100%.md", None)),
            ("a.md#", page("a.md", None)),
            ("./a:b.md", page("./a:b.md", None)),
            ("term:nakba", Target::Term(TermId::parse("nakba").unwrap())),
            ("event:oslo-1993", Target::Event(EventId::parse("oslo-1993").unwrap())),
            ("actor:hamas", Target::Actor(ActorId::parse("hamas").unwrap())),
        ];
        for (url, expected) in cases {
            assert_eq!(target(url, LinkType::Inline), Ok(expected), "{url}");
        }
        assert_eq!(target("a@b.org", LinkType::Email), Ok(Target::External("mailto:a@b.org".into())));
    }

    #[test]
    fn other_addresses_are_refused() {
        let urls = [
            "javascript:alert(1)",
            "JavaScript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "C:\\x",
            "//example.org",
            "/absolute",
            "\\\\host",
            "https:example.org",
            "https://",
            "http:\\\\x",
            "a\u{202e}b.md",
            "a%E2%80%AEb.md",
            "a%00b.md",
            "a%FFb.md",
            "a\u{1}b.md",
            "term:na kba",
            "event:",
            "chart:x",
            "mailto:",
            "vbscript:x",
            "x-apple:y",
        ];
        for url in urls {
            assert_eq!(target(url, LinkType::Inline).unwrap_err().code, Code::SB504, "{url}");
        }
        assert_eq!(target("", LinkType::Inline).unwrap_err().code, Code::SB501);
    }

    #[test]
    fn images_are_files_of_the_site() {
        for url in ["https://example.org/a.png", "data:image/png;base64,x", "//x/y", "/a.png", "chart:x"] {
            assert!(check_image(url).is_err(), "{url}");
        }
        assert!(check_image("a.png").is_ok());
        assert!(check_image("../static/a.png").is_ok());
        assert!(drawing("a.png").is_none());
    }

    #[test]
    fn drawings_have_an_id_and_timelines_a_time() {
        let read = |url: &str| drawing(url).unwrap().1.map_err(|refusal| refusal.message);
        let drawn = |kind, id: &str, period: Option<&str>| {
            let period = period.map(|period| Date::parse(period).unwrap());
            Ok(DrawingRef { kind, id: DrawingId::parse(id).unwrap(), period })
        };
        assert_eq!(read("chart:a"), drawn(DrawingKind::Chart, "a", None));
        assert_eq!(read("TIMELINE:war"), drawn(DrawingKind::Timeline, "war", None));
        for time in ["2024", "2023-10-07/2024-06-30", "2023-10"] {
            let url = format!("timeline:war@{time}");
            assert_eq!(read(&url), drawn(DrawingKind::Timeline, "war", Some(time)));
        }
        for url in ["map:a b", "map:", "chart:a@2024", "map:a@2024", "timeline:@2024"] {
            assert!(read(url).unwrap_err().contains("names no "), "{url}");
        }
        assert!(read("timeline:war@soon").unwrap_err().contains("names no time"));
    }
}
