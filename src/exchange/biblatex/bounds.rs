//! What the crate `biblatex` would follow without end: `@string`s that name each other, or that double themselves thirty times; entries that inherit from
//! themselves, by their keys or by their other names. It would use up the stack or the memory, and nothing catches that, so all of it is looked at before.

use super::syntax::raw_text;
use biblatex::{Pair, RawBibliography, RawChunk, RawEntry, Spanned};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// An entry inherits from so many at most, counted as often as the crate would read them.
const MOST_PARENTS: usize = 32;

/// So many bytes a file may have with every `@string` in its place.
const MOST_BYTES: usize = 16 << 20;

/// Fields that the crate follows, and what they are called where it must not: it looks entries up by their other names, too, and may find the entry itself.
pub(super) const HIDDEN: &[(&str, &str)] =
    &[("ids", "sourcebook-ids"), ("crossref", "sourcebook-crossref"), ("xdata", "sourcebook-xdata")];

/// The `@string`s of a file.
pub(super) struct Strings<'a> {
    by_name: BTreeMap<&'a str, &'a Pair<'a>>,
}

impl<'a> Strings<'a> {
    /// Takes them up; the place and the fault, where they come to no end.
    pub(super) fn of(raw: &'a RawBibliography<'a>) -> Result<Self, (Range<usize>, String)> {
        // Of two with one name the last counts.
        let strings = Self { by_name: raw.abbreviations.iter().map(|pair| (pair.key.v, pair)).collect() };
        let mut sizes = BTreeMap::new();
        for pair in &raw.abbreviations {
            strings.measure(pair, &mut sizes)?;
        }
        let mut whole = 0_usize;
        for entry in &raw.entries {
            for pair in &entry.v.fields {
                whole = whole.saturating_add(size(pair, &sizes));
                if whole > MOST_BYTES {
                    return Err((pair.key.span.clone(), too_long("the file")));
                }
            }
        }
        Ok(strings)
    }

    /// Measures a `@string` and before it those that it names. Without recursion: a chain of them may be as long as the file.
    fn measure(&self, first: &'a Pair<'a>, sizes: &mut BTreeMap<&'a str, usize>) -> Result<(), (Range<usize>, String)> {
        let mut open: Vec<&'a Pair<'a>> = vec![first];
        let mut under_way = BTreeSet::from([first.key.v]);
        while let Some(pair) = open.last().copied() {
            let names = pair.value.v.iter().filter_map(|chunk| match chunk.v {
                RawChunk::Abbreviation(name) if !sizes.contains_key(name) => self.by_name.get(name).copied(),
                _ => None,
            });
            let Some(next) = { names }.next() else {
                let size = size(pair, sizes);
                if size > MOST_BYTES {
                    return Err((pair.key.span.clone(), too_long(&format!("the string `{}`", pair.key.v))));
                }
                sizes.insert(pair.key.v, size);
                under_way.remove(pair.key.v);
                open.pop();
                continue;
            };
            if !under_way.insert(next.key.v) {
                return Err((next.key.span.clone(), format!("the string `{}` names itself", next.key.v)));
            }
            if open.len() > MOST_PARENTS {
                return Err((next.key.span.clone(), "these strings name each other too often".to_owned()));
            }
            open.push(next);
        }
        Ok(())
    }

    /// Those that entries need.
    pub(super) fn needed(&self, entries: &[&'a Spanned<RawEntry<'a>>]) -> Vec<Pair<'a>> {
        let names = |pair: &'a Pair<'a>| {
            pair.value.v.iter().filter_map(|chunk| match chunk.v {
                RawChunk::Abbreviation(name) => Some(name),
                RawChunk::Normal(_) => None,
            })
        };
        let mut wanted: Vec<&str> = entries.iter().flat_map(|entry| &entry.v.fields).flat_map(names).collect();
        let mut found = BTreeMap::new();
        while let Some(name) = wanted.pop() {
            if let Some(pair) = self.by_name.get(name).filter(|_| !found.contains_key(name)) {
                found.insert(name, (*pair).clone());
                wanted.extend(names(pair));
            }
        }
        found.into_values().collect()
    }
}

/// How long a value is with every name in it written out, where that is known of the names.
fn size(pair: &Pair<'_>, sizes: &BTreeMap<&str, usize>) -> usize {
    let size = |chunk: &Spanned<RawChunk<'_>>| match chunk.v {
        RawChunk::Normal(text) => text.len(),
        RawChunk::Abbreviation(name) => sizes.get(name).copied().unwrap_or(name.len()),
    };
    pair.value.v.iter().map(size).fold(0, usize::saturating_add)
}

fn too_long(what: &str) -> String {
    format!("with every string written out {what} has more than {} million bytes", MOST_BYTES >> 20)
}

/// Whether a field names entries to inherit from.
pub(super) fn is_link(name: &str) -> bool {
    name.eq_ignore_ascii_case("crossref") || name.eq_ignore_ascii_case("xdata")
}

/// The keys in a field that names entries.
pub(super) fn keys<'a>(pair: &'a Pair<'a>) -> impl Iterator<Item = &'a str> {
    pair.value.v.iter().flat_map(|chunk| raw_text(&chunk.v).split(',')).map(str::trim)
}

/// Why an entry cannot inherit what it asks for; `by_key` are all entries.
pub(super) fn fault<'a>(
    entry: &'a Spanned<RawEntry<'a>>,
    by_key: &BTreeMap<&'a str, &'a Spanned<RawEntry<'a>>>,
) -> Option<String> {
    let mut visits = 0;
    let mut open = vec![(entry, 0)];
    while let Some((entry, depth)) = open.pop() {
        visits += 1;
        if depth > MOST_PARENTS || visits > MOST_PARENTS + 1 {
            return Some(format!("it inherits from itself, or from more than {MOST_PARENTS} others"));
        }
        let links = entry.v.fields.iter().filter(|pair| is_link(pair.key.v));
        open.extend(links.flat_map(keys).filter_map(|key| by_key.get(key)).map(|parent| (*parent, depth + 1)));
    }
    None
}
