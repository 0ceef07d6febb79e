//! What strangers write: `tests/fixtures/hostile/payloads.yaml`.

use super::places::LANGUAGES;
use crate::support::fixtures;
use serde::Deserialize;
use sourcebook::ids::SourceId;
use std::fs;

/// A text, and what must hold of it.
#[derive(Debug, Clone)]
pub struct Payload {
    pub text: String,
    pub group: String,
    pub holds: Holds,
}

/// What must hold, besides that nothing but text comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    Text,
    /// Nothing leads there.
    Address,
    /// Wherever it stays, this is told of it.
    Told(String),
}

impl Payload {
    /// What stands in its stead in the other site: plain words, or where it can be an id or an old address, another one.
    pub fn plain(&self, number: usize) -> String {
        if SourceId::parse(&self.text).is_some() {
            format!("plain-{number}")
        } else if self.is_path() {
            self.text.replace("hostile", "plain-path")
        } else {
            format!("plain words {number}")
        }
    }

    /// Whether a page may have had it as its address.
    fn is_path(&self) -> bool {
        let path = self.text.trim();
        path.ends_with("/hostile") && path.trim_start_matches(['.', '/']) == "hostile"
    }
}

/// What a file of one site is called in the other, for it may be named by a payload.
pub fn renamed(payloads: &[Payload], path: &str) -> String {
    let mut path = path.to_owned();
    for lang in LANGUAGES {
        path = path.replace(&format!("{lang}/hostile/"), &format!("{lang}/plain-path/"));
    }
    for (number, payload) in payloads.iter().enumerate().filter(|(_, own)| SourceId::parse(&own.text).is_some()) {
        // Devices of Windows are written with a line before them.
        for before in ["/_", "/"] {
            path = path.replace(&format!("{before}{}", payload.text), &format!("/plain-{number}"));
        }
    }
    path
}

/// The key of data that one site has where the other has this: ids are keys, too. Numbers are left out of both.
pub fn rekeyed(payloads: &[Payload], made: &str) -> String {
    let ids = payloads.iter().filter(|payload| SourceId::parse(&payload.text).is_some());
    ids.fold(made.to_owned(), |made, payload| made.replace(&format!(".{}", payload.text), ".plain-"))
}

impl Holds {
    /// Whether nothing need be told of it where words are expected.
    pub fn is_silent(&self) -> bool {
        !matches!(self, Self::Told(_))
    }
}

#[derive(Deserialize)]
struct Group {
    #[serde(rename = "group")]
    name: String,
    holds: String,
    payloads: Vec<String>,
}

/// All of them, in the order of the file.
pub fn all() -> Vec<Payload> {
    let text = fs::read_to_string(fixtures().join("hostile/payloads.yaml")).unwrap();
    let groups: Vec<Group> = serde_yaml::from_str(&text).unwrap();
    let read = |Group { name, holds, payloads }: Group| {
        let holds = match holds.as_str() {
            "text" => Holds::Text,
            "address" => Holds::Address,
            code if code.starts_with("SB") => Holds::Told(code.to_owned()),
            other => panic!("what is `holds: {other}`?"),
        };
        payloads.into_iter().map(move |text| Payload { text, group: name.clone(), holds: holds.clone() })
    };
    groups.into_iter().flat_map(read).collect()
}
