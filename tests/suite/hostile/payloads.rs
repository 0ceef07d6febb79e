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
        if self.is_id() {
            format!("plain-{number}")
        } else if self.is_path() {
            self.text.replace("hostile", "plain-path")
        } else {
            format!("plain words {number}")
        }
    }

    fn is_id(&self) -> bool {
        SourceId::parse(&self.text).is_some()
    }

    /// Whether a page may have had it as its address.
    fn is_path(&self) -> bool {
        let path = self.text.trim();
        path.ends_with("/hostile") && path.trim_start_matches(['.', '/']) == "hostile"
    }
}

/// How the other site calls what is called by a payload here.
pub struct Renaming {
    /// Payloads that can be ids, each with what stands in its stead.
    ids: Vec<(String, String)>,
}

impl Renaming {
    pub fn of(payloads: &[Payload]) -> Self {
        let ids = payloads.iter().enumerate().filter(|(_, payload)| payload.is_id());
        Self { ids: ids.map(|(number, payload)| (payload.text.clone(), payload.plain(number))).collect() }
    }

    /// A file.
    pub fn file(&self, path: &str) -> String {
        let mut path = path.to_owned();
        for lang in LANGUAGES {
            path = path.replace(&format!("{lang}/hostile/"), &format!("{lang}/plain-path/"));
        }
        for (id, plain) in &self.ids {
            // Devices of Windows are written with a line before them.
            for before in ["/_", "/"] {
                path = path.replace(&format!("{before}{id}"), &format!("/{plain}"));
            }
        }
        path
    }

    /// What a file is made of: ids are keys of data, too. Numbers are left out of both.
    pub fn made(&self, made: &str) -> String {
        self.ids.iter().fold(made.to_owned(), |made, (id, _)| made.replace(&format!(".{id}"), ".plain-"))
    }
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
