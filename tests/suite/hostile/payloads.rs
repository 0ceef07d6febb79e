//! What strangers write: `tests/fixtures/hostile/payloads.yaml`.

use crate::support::fixtures;
use serde::Deserialize;
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
