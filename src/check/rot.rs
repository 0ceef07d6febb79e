//! SB230–SB235: addresses that did not answer as they should when they were last visited, by the lock file.
//!
//! The network is not asked: a dead link stays reported until an editor has mended it, on every check and on every machine. What the editors know
//! better counts for more: a recorded `url-status` silences what it explains, and `url-checked` and `accessed` silence doubts that are older.

use crate::book::Book;
use crate::book::addresses::{Address, Role, addresses};
use crate::citation::Source;
use crate::citation::record::UrlStatus;
use crate::diagnostic::{Code, Diagnostic};
use crate::links::{Distrust, Entry, State};

/// When an editor looked is for the editor to say.
const LOOKED: &str = "url-checked: YYYY-MM-DD";

/// What became of every address that was visited.
pub(super) fn addresses_alive(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    if book.links.entries.is_empty() {
        return;
    }
    for address in addresses(book) {
        if let Some(entry) = book.links.entries.get(&address.url) {
            diagnostics.extend(problem(book, &address, entry));
        }
    }
}

fn problem(book: &Book, address: &Address<'_>, entry: &Entry) -> Option<Diagnostic> {
    let status = match address.role {
        Role::Source(source) => source.url_status,
        _ => UrlStatus::Live,
    };
    match &entry.state {
        State::Alive | State::Moved { .. } if status.is_gone() => Some(revived(address, entry, status)),
        _ if status.is_gone() => None,
        State::Alive => None,
        State::Moved { to } => moved(address, entry, to),
        State::Gone(_) => Some(gone(address, entry)),
        State::Refused(code) => refused(address, entry, *code, status),
        State::NoSuchHost => Some(unknown_host(address, entry)),
        State::Untrusted(distrust) => untrusted(address, entry, *distrust),
        state if state.is_transient() && entry.failures >= u32::from(book.config.external.failures) => {
            Some(failing(address, entry))
        }
        _ => None,
    }
}

fn revived(address: &Address<'_>, entry: &Entry, status: UrlStatus) -> Diagnostic {
    let message = format!("`{}` answers, and the record calls it {}", address.url, status.name());
    Diagnostic::new(Code::SB234, address.span, message).help(format!(
        "open it; if it shows the document, write\n{}",
        lines(&["url-status: live".to_owned(), checked(entry)])
    ))
}

fn moved(address: &Address<'_>, entry: &Entry, to: &str) -> Option<Diagnostic> {
    let from = &address.url;
    let help = match address.role {
        // A DOI is there to lead elsewhere, and an archive leads from one copy to the nearest.
        Role::Doi(_) | Role::Copy(_) => return None,
        _ if is_home(to) && !is_home(from) => {
            let message = format!("`{from}` now leads to the home page `{to}`");
            let help = match address.role {
                Role::Source(source) => format!(
                    "the document is not there; look for its new address. If there is none: {}",
                    as_dead(source, entry)
                ),
                _ => "what was linked is not there; look for its new address".to_owned(),
            };
            return Some(Diagnostic::new(Code::SB231, address.span, message).help(help));
        }
        Role::Source(_) => {
            format!("if it shows the same document, write\n{}", lines(&[format!("url: {to}"), checked(entry)]))
        }
        Role::Notice(_) | Role::Link => format!("if it shows the same, lead there: {to}"),
    };
    Some(Diagnostic::new(Code::SB231, address.span, format!("`{from}` {}", entry.state)).help(help))
}

fn gone(address: &Address<'_>, entry: &Entry) -> Diagnostic {
    let message = match address.role {
        Role::Doi(_) => format!("the DOI leads nowhere: `{}` {}", address.url, answered(entry)),
        Role::Copy(_) => format!("the copy is not in the archive: `{}` {}", address.url, answered(entry)),
        _ => format!("`{}` {}", address.url, answered(entry)),
    };
    Diagnostic::new(Code::SB230, address.span, message).help(lost(address, entry))
}

fn unknown_host(address: &Address<'_>, entry: &Entry) -> Diagnostic {
    let message = format!("`{}` {}", address.url, answered(entry));
    Diagnostic::new(Code::SB232, address.span, message)
        .help(format!("look for a mistake in the name; if there is none: {}", lost(address, entry)))
}

fn untrusted(address: &Address<'_>, entry: &Entry, distrust: Distrust) -> Option<Diagnostic> {
    if is_known_better(address, entry) {
        return None;
    }
    let message = format!("`{}` {}", address.url, answered(entry));
    let why = match distrust {
        Distrust::UnknownIssuer => "a browser may find what this program does not; ",
        _ => "",
    };
    let help = format!(
        "{why}open it in a browser: if it warns, readers are warned, too, and a copy in an archive serves them better{}",
        if matches!(address.role, Role::Source(_)) {
            format!("; if it does not, write when you looked\n{}", lines(&[LOOKED.to_owned()]))
        } else {
            String::new()
        }
    );
    Some(Diagnostic::new(Code::SB232, address.span, message).help(help))
}

fn failing(address: &Address<'_>, entry: &Entry) -> Diagnostic {
    let message =
        format!("`{}` could not be reached on {} days in a row: it {}", address.url, entry.failures, answered(entry));
    Diagnostic::new(Code::SB233, address.span, message)
        .help(format!("open it in a browser; if it fails there, too: {}", lost(address, entry)))
}

/// Many hosts refuse programs, and copies and links cannot say that somebody looked: only the address of a source is worth a word.
fn refused(address: &Address<'_>, entry: &Entry, code: u16, status: UrlStatus) -> Option<Diagnostic> {
    let Role::Source(_) = address.role else { return None };
    if status != UrlStatus::Live || is_known_better(address, entry) {
        return None;
    }
    let message = format!("`{}` does not show itself: it {}", address.url, answered(entry));
    let kind = match code {
        401 | 402 => "url-status: paywalled",
        451 => "url-status: geo-blocked",
        _ => "url-status: live",
    };
    Some(Diagnostic::new(Code::SB235, address.span, message).help(format!(
        "open it in a browser, since many hosts refuse programs; then write what you found and when you looked\n{}",
        lines(&[kind.to_owned(), LOOKED.to_owned()])
    )))
}

/// Whether an editor looked after the trouble had begun.
fn is_known_better(address: &Address<'_>, entry: &Entry) -> bool {
    let Role::Source(source) = address.role else { return false };
    [source.url_checked, source.accessed].into_iter().flatten().any(|looked| looked.last_day() >= entry.since)
}

/// "answers 404 (since 2026-11-01; last seen alive on 2026-10-01)"
fn answered(entry: &Entry) -> String {
    let alive = entry.alive.map(|day| format!("; last seen alive on {day}")).unwrap_or_default();
    format!("{} (since {}{alive})", entry.state, entry.since)
}

/// What to do about an address at which the document is no more.
fn lost(address: &Address<'_>, entry: &Entry) -> String {
    let found = entry.copy.as_ref().map(|copy| &copy.url);
    match address.role {
        Role::Source(source) => as_dead(source, entry),
        Role::Doi(_) => "correct it: a DOI that was given leads somewhere".to_owned(),
        Role::Copy(_) => "correct the address, or name another copy".to_owned(),
        Role::Notice(_) => "look for its new address, or leave it out".to_owned(),
        Role::Link => match found {
            Some(url) => format!("link to the copy in an archive, `{url}`, or to another page"),
            None => "link to a copy in an archive or to another page, or take the link out".to_owned(),
        },
    }
}

/// The lines that say that a source's address is dead, and give its readers a copy.
fn as_dead(source: &Source, entry: &Entry) -> String {
    let mut added = vec!["url-status: dead".to_owned(), checked(entry)];
    let what = match (source.archive.first(), &entry.copy) {
        (Some(copy), _) => {
            let at = copy.at.map(|at| format!(" of {at}")).unwrap_or_default();
            format!("with these lines the copy{at} that the record names becomes the main link")
        }
        (None, Some(copy)) => {
            let by = archive_of(&copy.url).map(|by| format!(", by: {by}")).unwrap_or_default();
            let at = copy.at.map(|at| format!(", at: {at}")).unwrap_or_default();
            added.push(format!("archive: [{{url: {}{at}{by}}}]", scalar(&copy.url)));
            "an archive offers a copy; if it shows the document, these lines make it the main link".to_owned()
        }
        (None, None) => {
            "look for a copy in an archive and add it as `archive:`; then it becomes the main link with these lines"
                .to_owned()
        }
    };
    format!("{what}\n{}", lines(&added))
}

fn checked(entry: &Entry) -> String {
    format!("url-checked: {}", entry.visited)
}

/// Lines of a record, one below the other and set apart.
fn lines(lines: &[String]) -> String {
    lines.iter().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

/// The word of a record for the archive that an address belongs to.
fn archive_of(url: &str) -> Option<&'static str> {
    let host = url.split_once("://").map(|(_, rest)| rest.split(['/', ':']).next().unwrap_or(rest))?;
    match host {
        "web.archive.org" => Some("wayback"),
        "perma.cc" => Some("perma"),
        "ghostarchive.org" => Some("ghostarchive"),
        _ => None,
    }
}

/// An address as a value within braces, where commas and brackets mean something.
fn scalar(url: &str) -> String {
    if url.contains([',', '[', ']', '{', '}', '\'']) { format!("\"{url}\"") } else { url.to_owned() }
}

/// Whether an address is that of a host's first page.
fn is_home(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_once('/').is_none_or(|(_, path)| path.is_empty())
}
