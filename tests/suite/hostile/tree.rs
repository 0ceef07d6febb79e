//! Records as they are written to files: of every line it is known whose it is.

use serde_json::Value as Json;
use std::fmt::Write;
use std::sync::Arc;

/// A payload in a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Plant {
    /// The kind of file and the way to the place.
    pub place: Arc<str>,
    /// Which payload.
    pub payload: usize,
}

/// A value, and who planted it.
#[derive(Debug, Clone)]
pub enum Tree {
    Leaf(Json, Option<Plant>),
    List(Vec<Tree>),
    /// A name may be planted, too.
    Map(Vec<(String, Option<Plant>, Tree)>),
}

impl Tree {
    pub fn of(json: &Json) -> Self {
        match json {
            Json::Array(items) => Self::List(items.iter().map(Self::of).collect()),
            Json::Object(entries) => {
                Self::Map(entries.iter().map(|(key, value)| (key.clone(), None, Self::of(value))).collect())
            }
            leaf => Self::Leaf(leaf.clone(), None),
        }
    }

    /// Puts a value at a place; what is not there on the way is made. `own` is what is planted as a name of the author's own, where one may be.
    pub fn set(&mut self, way: &[String], value: &str, plant: &Plant, own: Option<(&Plant, &str)>) {
        let Some((first, rest)) = way.split_first() else {
            *self = Self::Leaf(value.into(), Some(plant.clone()));
            return;
        };
        if first == "0" {
            if !matches!(self, Self::List(items) if !items.is_empty()) {
                // One value alone counts as a list of one.
                let alone = std::mem::replace(self, Self::List(Vec::new()));
                *self = Self::List(vec![match alone {
                    Self::Map(entries) => Self::Map(entries),
                    _ => Self::Map(Vec::new()),
                }]);
            }
            if let Self::List(items) = self {
                items[0].set(rest, value, plant, own);
            }
            return;
        }
        if !matches!(self, Self::Map(_)) {
            *self = Self::Map(Vec::new());
        }
        let Self::Map(entries) = self else { unreachable!() };
        let at = if first == super::places::OWN {
            // The model has one name, which is as good as any.
            if let Some((own, name)) = own {
                name.clone_into(&mut entries[0].0);
                entries[0].1 = Some(own.clone());
            }
            0
        } else if let Some(at) = entries.iter().position(|(key, _, _)| key == first) {
            at
        } else {
            entries.push((first.clone(), None, Self::Map(Vec::new())));
            entries.len() - 1
        };
        entries[at].2.set(rest, value, plant, own);
    }
}

/// A file that is being written.
#[derive(Debug, Default, Clone)]
pub struct Page {
    pub text: String,
    /// Whose each line is.
    pub owners: Vec<Option<Plant>>,
}

impl Page {
    /// Adds lines.
    pub fn add(&mut self, lines: &str, owner: Option<&Plant>) {
        for line in lines.split('\n') {
            self.text.push_str(line);
            self.text.push('\n');
            self.owners.push(owner.cloned());
        }
    }

    /// Adds a value as YAML: JSON, each value on a line of its own.
    pub fn yaml(&mut self, before: &str, tree: &Tree, after: &str, depth: usize) {
        let indent = "  ".repeat(depth);
        match tree {
            Tree::Leaf(value, plant) => self.add(&format!("{indent}{before}{}{after}", quoted(value)), plant.as_ref()),
            Tree::List(items) => {
                self.add(&format!("{indent}{before}["), None);
                for (at, item) in items.iter().enumerate() {
                    self.yaml("", item, if at + 1 < items.len() { "," } else { "" }, depth + 1);
                }
                self.add(&format!("{indent}]{after}"), None);
            }
            Tree::Map(entries) => {
                self.add(&format!("{indent}{before}{{"), None);
                for (at, (key, plant, item)) in entries.iter().enumerate() {
                    let from = self.owners.len();
                    let key = format!("{}: ", quoted(&key.as_str().into()));
                    self.yaml(&key, item, if at + 1 < entries.len() { "," } else { "" }, depth + 1);
                    if plant.is_some() {
                        self.owners[from].clone_from(plant);
                    }
                }
                self.add(&format!("{indent}}}{after}"), None);
            }
        }
    }

    /// Adds tables as TOML.
    pub fn toml(&mut self, name: &str, tree: &Tree) {
        let Tree::Map(entries) = tree else { panic!("{name} is no table") };
        if !name.is_empty() {
            self.add(&format!("[{name}]"), None);
        }
        let is_table = |tree: &Tree| matches!(tree, Tree::Map(_));
        for (key, _, value) in entries.iter().filter(|(_, _, tree)| !is_table(tree)) {
            let (written, owner) = match value {
                Tree::List(items) => {
                    let written: Vec<String> = items.iter().map(|item| inline(item).0).collect();
                    (format!("[{}]", written.join(", ")), items.iter().find_map(|item| inline(item).1))
                }
                leaf => inline(leaf),
            };
            self.add(&format!("{key} = {written}"), owner.as_ref());
        }
        for (key, _, table) in entries.iter().filter(|(_, _, tree)| is_table(tree)) {
            self.toml(&if name.is_empty() { key.clone() } else { format!("{name}.{key}") }, table);
        }
    }
}

fn inline(tree: &Tree) -> (String, Option<Plant>) {
    match tree {
        Tree::Leaf(value, plant) => (quoted(value), plant.clone()),
        other => panic!("{other:?} does not stand on one line"),
    }
}

/// A value as JSON, YAML and TOML alike have it: whatever is no letter that all three take as it is, is escaped.
pub fn quoted(value: &Json) -> String {
    let Json::String(text) = value else { return value.to_string() };
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{5ff}' => out.push(c),
            c if u32::from(c) < 0x10000 => write!(out, "\\u{:04X}", u32::from(c)).unwrap(),
            c => write!(out, "\\U{:08X}", u32::from(c)).unwrap(),
        }
    }
    out.push('"');
    out
}
