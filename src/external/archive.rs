//! Asks an archive for a copy of an address, where `book.toml` names one that answers such questions. Nothing is asked of anybody else.
//!
//! Two forms of answer are known: that of the Wayback Machine's availability interface (`archived_snapshots.closest`) and that of Memento aggregators
//! (`mementos.closest`).

use super::client::Client;
use super::keeper::Keeper;
use super::visit::Manners;
use crate::book::Book;
use crate::book::addresses::{Role, addresses};
use crate::date::Day;
use crate::links::{Copy, State};
use crate::workspace::config::External;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::thread;
use std::time::Duration;
use url::Url;

/// The addresses of which a copy would help, each with the day that it should be near: links, and sources that name no copy themselves; of those that
/// were just visited.
pub(super) fn wanted(book: &Book, visited: &BTreeSet<String>) -> BTreeMap<String, Option<Day>> {
    let mut wanted = BTreeMap::new();
    for address in addresses(book).into_iter().filter(|address| visited.contains(&address.url)) {
        let near = match address.role {
            Role::Source(source) if source.archive.is_empty() => source.accessed.or(source.date),
            Role::Link => None,
            _ => continue,
        };
        wanted.entry(address.url).or_insert(near.map(|date| date.last_day()));
    }
    wanted
}

/// Asks the archive, one question after the other, for what is lost and of which no copy is known.
pub(super) fn look_for_copies(
    wanted: BTreeMap<String, Option<Day>>,
    config: &External,
    client: &Client,
    keeper: &mut Keeper,
) {
    let Some(api) = &config.archive_api else { return };
    let Manners { pause, time_out, .. } = Manners::of(config);
    for (address, near) in wanted {
        let Some(entry) = keeper.lock().entries.get(&address) else { continue };
        if entry.copy.is_none() && matches!(entry.state, State::Gone(_) | State::NoSuchHost) {
            let near = near.or(entry.alive).unwrap_or(entry.since);
            if let Some(copy) = find_copy(client, api, &address, near, time_out) {
                keeper.note_copy(&address, copy);
            }
            thread::sleep(pause);
        }
    }
}

/// Asks for the copy nearest to a day.
fn find_copy(client: &Client, api: &str, address: &str, near: Day, limit: Duration) -> Option<Copy> {
    let question = Url::parse(&question(api, address, near)).ok()?;
    read_answer(&client.read(&question, limit)?)
}

/// Puts an address into the archive's; within a query it is written so that its own `&` and `?` stay its own.
fn question(api: &str, address: &str, near: Day) -> String {
    let (before, after) = api.split_once("{url}").unwrap_or((api, ""));
    let address = if before.contains('?') {
        url::form_urlencoded::byte_serialize(address.as_bytes()).collect()
    } else {
        address.to_owned()
    };
    let day = format!("{:04}{:02}{:02}", near.year(), near.month(), near.day());
    format!("{}{address}{}", before.replace("{date}", &day), after.replace("{date}", &day))
}

fn read_answer(text: &str) -> Option<Copy> {
    let answer: Value = serde_json::from_str(text).ok()?;
    let (url, time) = if let Some(closest) = answer.pointer("/archived_snapshots/closest") {
        let is_there = closest.get("available") == Some(&Value::Bool(true));
        // The page that says “not found” may have been archived, too.
        let is_well = closest.get("status").and_then(Value::as_str).is_none_or(|status| status == "200");
        (closest.get("url").filter(|_| is_there && is_well)?, closest.get("timestamp"))
    } else {
        let closest = answer.pointer("/mementos/closest")?;
        let uri = closest.get("uri")?;
        (uri.get(0).unwrap_or(uri), closest.get("datetime"))
    };
    let mut url = Url::parse(url.as_str()?).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    if url.host_str() == Some("web.archive.org") && url.port().is_none() {
        // It names itself by http and answers by https.
        let _ = url.set_scheme("https");
    }
    Some(Copy { url: url.into(), at: time.and_then(Value::as_str).and_then(read_day) })
}

/// The day of `20240301120000` or `2024-03-01T12:00:00Z`.
fn read_day(time: &str) -> Option<Day> {
    let digits: String = time.chars().filter(char::is_ascii_digit).take(8).collect();
    let number = |range| digits.get(range).and_then(|part: &str| part.parse::<u16>().ok());
    Day::new(number(0..4)?, u8::try_from(number(4..6)?).ok()?, u8::try_from(number(6..8)?).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_is_asked_as_its_address_says() {
        let ask = |api: &str| question(api, "https://example.org/a?b=c&d", Day::new(2024, 3, 1).unwrap());
        assert_eq!(
            ask("https://archive.example/available?url={url}&timestamp={date}"),
            "https://archive.example/available?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3Dc%26d&timestamp=20240301"
        );
        assert_eq!(
            ask("https://archive.example/api/json/{date}/{url}"),
            "https://archive.example/api/json/20240301/https://example.org/a?b=c&d"
        );
    }

    #[test]
    fn both_forms_of_answer_are_read() {
        let day = Day::new(2024, 3, 1);
        let wayback = r#"{"url": "example.org", "archived_snapshots": {"closest": {"status": "200", "available": true,
            "url": "http://web.archive.org/web/20240301123456/http://example.org/a", "timestamp": "20240301123456"}}}"#;
        let found = Copy { url: "https://web.archive.org/web/20240301123456/http://example.org/a".into(), at: day };
        assert_eq!(read_answer(wayback), Some(found));
        let memento =
            r#"{"mementos": {"closest": {"datetime": "2024-03-01T12:34:56Z", "uri": ["https://archive.example/1"]}}}"#;
        assert_eq!(read_answer(memento), Some(Copy { url: "https://archive.example/1".into(), at: day }));
    }

    #[test]
    fn other_answers_offer_nothing() {
        for answer in [
            "",
            "<html>",
            "{}",
            "[]",
            r#"{"archived_snapshots": {}}"#,
            r#"{"archived_snapshots": {"closest": {"available": false, "url": "http://web.archive.org/x"}}}"#,
            r#"{"archived_snapshots": {"closest": {"available": true, "status": "404", "url": "http://web.archive.org/x"}}}"#,
            r#"{"archived_snapshots": {"closest": {"available": true, "url": "javascript:alert(1)"}}}"#,
            r#"{"mementos": {"closest": {"uri": []}}}"#,
            r#"{"mementos": {"closest": {"uri": [7]}}}"#,
        ] {
            assert_eq!(read_answer(answer), None, "{answer}");
        }
    }
}
