//! Records by their ids: found at once, listed in order. A build asks for the source of a citation some ten times. Uses nothing.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// Records by their ids.
#[derive(Debug)]
pub(super) struct Filed<K, V> {
    /// In the order of the ids.
    records: Vec<(K, V)>,
    places: HashMap<K, usize>,
}

impl<K, V> Default for Filed<K, V> {
    fn default() -> Self {
        Self { records: Vec::new(), places: HashMap::new() }
    }
}

impl<K: Clone + Eq + Hash, V> From<BTreeMap<K, V>> for Filed<K, V> {
    fn from(records: BTreeMap<K, V>) -> Self {
        let places = records.keys().cloned().zip(0..).collect();
        Self { records: records.into_iter().collect(), places }
    }
}

impl<K: Eq + Hash, V> Filed<K, V> {
    pub(super) fn get(&self, id: &K) -> Option<&V> {
        self.records.get(self.place_of(id)?).map(|(_, record)| record)
    }

    /// Which in the order of the ids it is, from 0.
    pub(super) fn place_of(&self, id: &K) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// Puts a record into the place of the one with its id; there is one.
    pub(super) fn exchange(&mut self, id: &K, record: V) {
        let place = self.place_of(id).and_then(|place| self.records.get_mut(place));
        if let Some((_, own)) = place {
            *own = record;
        }
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &K> {
        self.records.iter().map(|(id, _)| id)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &V> {
        self.records.iter().map(|(_, record)| record)
    }
}
