//! The address of a passage: a source opened at the quoted words, at the page, at the minute.
//!
//! 1. What an address shows is told from the record and from the address itself ([`Medium`]).
//! 2. A web page opens at quoted words by a text fragment ([`fragment`]), a PDF at a page, a recording at a time. Nothing else opens at a place,
//!    and where the match would be unsure nothing is promised: then there is no passage's address, only the source's.
//! 3. [`ways`] puts the addresses of a source in order. Where its own no longer shows it, only its archived copies are left.
//!
//! An address is never changed, only continued. Pure: knows records, and nothing of pages or of the network.

mod fragment;

use super::entry::original;
use super::record::{Archive, Quote, Source};
use crate::markdown::locator::{Label, Locator};
use std::borrow::Cow;

/// A place in a source, as a mark names it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Passage<'a> {
    /// The stored words.
    pub quote: Option<&'a Quote>,
    /// The place; the quotation's own where there is none.
    pub locator: Option<&'a Locator>,
}

impl<'a> Passage<'a> {
    /// The place that counts.
    pub fn place(&self) -> Option<&'a Locator> {
        self.locator.or_else(|| self.quote.and_then(|quote| quote.locator.as_ref()))
    }
}

/// A way to a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way<'a> {
    /// The copy; `None` for the source's own address.
    pub copy: Option<&'a Archive>,
    /// The address.
    pub href: String,
    /// Whether it opens at the passage.
    pub at_passage: bool,
}

/// The ways to a source, the best first: its own address while that shows it, then its archived copies.
pub fn ways<'a>(source: &'a Source, passage: Passage<'_>) -> Vec<Way<'a>> {
    let way = |(copy, url, medium): (_, &'a str, Option<Medium>)| {
        let closer = medium.and_then(|medium| closer(source, url, medium, passage));
        Way { copy, at_passage: closer.is_some(), href: closer.unwrap_or_else(|| url.to_owned()) }
    };
    addresses(source).map(way).collect()
}

/// The address of the best way that opens at the passage.
pub fn at_passage(source: &Source, passage: Passage<'_>) -> Option<String> {
    // Without words and without a place there is nothing at which to open it.
    if passage.quote.is_none() && passage.locator.is_none() {
        return None;
    }
    addresses(source).find_map(|(_, url, medium)| closer(source, url, medium?, passage))
}

/// The addresses in the order of [`ways`], with what each shows.
fn addresses(source: &Source) -> impl Iterator<Item = (Option<&Archive>, &str, Option<Medium>)> {
    let medium = source.url.as_ref().map(|url| medium_of(source, &url.value));
    let own = source.live_url().map(move |url| (None, url, medium));
    let copies = source.archive.iter();
    own.into_iter().chain(copies.map(move |copy| (Some(copy), copy.url.as_str(), medium_of_copy(copy, medium))))
}

/// What an address shows, as far as it can be opened at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Medium {
    /// Text in a browser.
    Page,
    /// A PDF in a browser's viewer.
    Pdf,
    /// A video on `YouTube`, by the kind of its address.
    YouTube(YouTube),
    /// A video on `Vimeo`.
    Vimeo,
    /// A file with sound or pictures.
    Recording,
    /// Something that is downloaded, or whose places cannot be addressed.
    Other,
}

/// How a video of `YouTube` is addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum YouTube {
    /// `watch?v=`, `youtu.be/`, `live/`, `shorts/`
    Watch,
    /// `embed/`
    Embed,
}

const RECORDINGS: &[&str] = &["mp4", "m4v", "webm", "ogv", "mov", "mp3", "m4a", "ogg", "oga", "opus", "wav", "flac"];

const DOWNLOADS: &[&str] = &[
    "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "csv", "tsv", "ppt", "pptx", "odp", "json", "xml", "zip", "gz",
    "7z", "epub", "wacz", "warc", "jpg", "jpeg", "png", "gif", "webp", "svg", "tif", "tiff", "kml", "kmz", "geojson",
];

/// What the source's own address shows. The stored copy knows best.
fn medium_of(source: &Source, url: &str) -> Medium {
    let stored = source.snapshot.as_ref().and_then(|snapshot| snapshot.media_type.as_deref()).unwrap_or_default();
    match stored {
        "application/pdf" => Medium::Pdf,
        media if media.starts_with("video/") || media.starts_with("audio/") => match by_address(url) {
            video @ (Medium::YouTube(_) | Medium::Vimeo) => video,
            _ => Medium::Recording,
        },
        _ => by_address(url),
    }
}

/// What an archived copy shows: the same as the original, where the archive gives it to the browser as it is. Others put it in a frame,
/// which no fragment reaches.
fn medium_of_copy(copy: &Archive, original: Option<Medium>) -> Option<Medium> {
    let plain = match copy.by {
        Some("wayback") => true,
        Some("self") => copy.wacz.is_none(),
        Some(_) => false,
        None => host_and_path(&copy.url).is_some_and(|(host, _)| host == "web.archive.org"),
    };
    let medium = original.unwrap_or_else(|| by_address(&copy.url));
    let playable = !matches!(medium, Medium::YouTube(_) | Medium::Vimeo);
    (plain && playable).then_some(medium)
}

fn by_address(url: &str) -> Medium {
    let Some((host, path)) = host_and_path(url) else { return Medium::Other };
    let path_alone = path.split(['?', '#']).next().unwrap_or_default();
    let host = host.strip_prefix("www.").or_else(|| host.strip_prefix("m.")).unwrap_or(&host);
    match host {
        "youtu.be" if path_alone.len() > 1 => return Medium::YouTube(YouTube::Watch),
        "youtube.com" | "youtube-nocookie.com" => {
            let watch = ["/live/", "/shorts/"].iter().any(|start| path_alone.starts_with(start));
            let video = path_alone == "/watch" && query(path).split('&').any(|part| part.starts_with("v="));
            return match path_alone {
                path if path.starts_with("/embed/") => Medium::YouTube(YouTube::Embed),
                _ if watch || video => Medium::YouTube(YouTube::Watch),
                _ => Medium::Page,
            };
        }
        "vimeo.com"
            if path_alone.split('/').any(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())) =>
        {
            return Medium::Vimeo;
        }
        _ => {}
    }
    let name = path_alone.rsplit('/').next().unwrap_or_default();
    let Some((_, ending)) = name.rsplit_once('.') else { return Medium::Page };
    let is = |known: &&str| ending.eq_ignore_ascii_case(known);
    if is(&"pdf") {
        Medium::Pdf
    } else if RECORDINGS.iter().any(is) {
        Medium::Recording
    } else if DOWNLOADS.iter().any(is) {
        Medium::Other
    } else {
        Medium::Page
    }
}

/// The host in small letters, and all that follows it.
fn host_and_path(url: &str) -> Option<(Cow<'_, str>, &str)> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host, |(host, _)| host);
    let is_small = !host.bytes().any(|b| b.is_ascii_uppercase());
    Some((if is_small { host.into() } else { host.to_ascii_lowercase().into() }, path))
}

fn query(path: &str) -> &str {
    let before = path.split('#').next().unwrap_or_default();
    before.split_once('?').map_or("", |(_, query)| query)
}

/// The address continued so that it opens at the passage; `None` where it cannot.
fn closer(source: &Source, url: &str, medium: Medium, passage: Passage<'_>) -> Option<String> {
    let own = || url.split_once('#').map(|(_, own)| own);
    match medium {
        Medium::Page => {
            let quote = passage.quote?;
            let own = own();
            // Somebody has chosen a passage already; a second one would not be found.
            if own.is_some_and(|own| own.contains(":~:")) {
                return None;
            }
            let (exact, _) = original(&quote.exact, &source.lang);
            let directive = fragment::directive(exact, quote.prefix.as_deref(), quote.suffix.as_deref())?;
            let hash = if own.is_some() { "" } else { "#" };
            Some(format!("{url}{hash}:~:{directive}"))
        }
        Medium::Pdf => {
            let page = page(passage.place()?)?;
            match own() {
                None => Some(format!("{url}#page={page}")),
                Some("") => Some(format!("{url}page={page}")),
                // `zoom=100` can be continued; a named place, or another page, is where its editor wants it to open.
                Some(other) if other.contains('=') && !other.contains("page=") => Some(format!("{url}&page={page}")),
                Some(_) => None,
            }
        }
        Medium::YouTube(kind) => {
            let (start, _) = times(passage.place()?)?;
            let name = if kind == YouTube::Embed { "start" } else { "t" };
            let query = query(host_and_path(url)?.1);
            let has_time = query.split('&').any(|part| part.starts_with("t=") || part.starts_with("start="));
            if own().is_some() || has_time {
                return None;
            }
            let joint = if !url.contains('?') {
                "?"
            } else if query.is_empty() || query.ends_with('&') {
                ""
            } else {
                "&"
            };
            Some(format!("{url}{joint}{name}={start}"))
        }
        Medium::Vimeo => {
            let (start, _) = times(passage.place()?)?;
            own().is_none().then(|| format!("{url}#t={start}s"))
        }
        Medium::Recording => {
            let (start, end) = times(passage.place()?)?;
            let end = end.filter(|end| *end > start).map(|end| format!(",{end}")).unwrap_or_default();
            own().is_none().then(|| format!("{url}#t={start}{end}"))
        }
        Medium::Other => None,
    }
}

/// The first page of a locator. It is counted as the file counts, which may differ from what is printed on the page.
fn page(locator: &Locator) -> Option<u64> {
    if locator.label != Label::Page {
        return None;
    }
    let first = locator.value.split(['-', '–', ',', '،', '&']).next()?.trim();
    number(first).filter(|page| *page > 0)
}

/// The beginning and, where there is one, the end of a time, in seconds.
fn times(locator: &Locator) -> Option<(u64, Option<u64>)> {
    if locator.label != Label::Timestamp {
        return None;
    }
    let mut times = locator.value.split(['-', '–', ',', '،', '&']).map(str::trim);
    let start = seconds(times.next()?)?;
    Some((start, times.next().and_then(seconds)))
}

/// `00:12:30` in seconds; parts of a second are left out.
fn seconds(time: &str) -> Option<u64> {
    let whole = time.split('.').next()?;
    whole.split(':').try_fold(0_u64, |sum, part| sum.checked_mul(60)?.checked_add(number(part)?))
}

/// A number in western, Arabic or Persian digits, and nothing else.
fn number(text: &str) -> Option<u64> {
    let digit = |c: char| {
        c.to_digit(10).or_else(|| {
            let zero = match c {
                '٠'..='٩' => '٠',
                '۰'..='۹' => '۰',
                _ => return None,
            };
            u32::from(c).checked_sub(u32::from(zero))
        })
    };
    if text.is_empty() {
        return None;
    }
    text.chars().try_fold(0_u64, |sum, c| sum.checked_mul(10)?.checked_add(u64::from(digit(c)?)))
}

#[cfg(test)]
mod tests;
