//! How a translation stands to its source: a pure function of what was recorded and of what stands there today. No flag, no clock.

use super::align::{Pairing, best, lcs};
use super::block::{Block, Kind};
use super::change::Change;
use super::diff::likeness;
use super::hash::Hash;
use super::record::{Entry, Record};
use crate::date::Day;
use crate::workspace::front_matter::Method;
use std::collections::BTreeMap;

/// Wordings less alike than this are two passages, not one that was rewritten.
const ALIKE: u32 = 350;

/// How a passage of the source stands in the translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The source still says what was translated.
    Current,
    /// The source has changed since.
    Stale(Change),
    /// The translation does not have it.
    Missing,
    /// The translation may have it, but nothing says so.
    Unaligned,
}

impl State {
    /// Its word for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Stale(_) => "stale",
            Self::Missing => "missing",
            Self::Unaligned => "unaligned",
        }
    }
}

/// A passage of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// Its place among the source's.
    pub source: usize,
    /// Its place among the translation's.
    pub translation: Option<usize>,
    /// Its place in the record.
    pub entry: Option<usize>,
    /// How it stands.
    pub state: State,
    /// Whether the translation was edited since it was recorded.
    pub is_edited: bool,
}

/// A page in one language, held against its source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// What is kept of it; `None` where nothing is.
    pub record: Option<Record>,
    /// Every passage of the source, in order.
    pub passages: Vec<Passage>,
    /// Passages of the translation, by their places, that belong to none of the source.
    pub orphans: Vec<usize>,
}

/// Wordings of the source that were translated, by hash.
pub type Wordings = BTreeMap<Hash, String>;

impl Status {
    /// Derives the status of a page from its record, and from what its source and itself say today.
    pub fn derive(record: Option<&Record>, source: &[Block], translation: &[Block], wordings: &Wordings) -> Self {
        let Some(record) = record else {
            let pairs = pair(source, translation);
            let passages = (0..source.len()).map(|at| Passage {
                source: at,
                translation: pairs.right_of(at),
                entry: None,
                state: if pairs.right_of(at).is_some() { State::Unaligned } else { State::Missing },
                is_edited: false,
            });
            let mut status =
                Self { record: None, passages: passages.collect(), orphans: pairs.lonely_right().collect() };
            status.find_unaligned(source, translation);
            return status;
        };
        let entries = record.entries.as_slice();
        let sources = pair_sources(entries, source, wordings);
        let translations = pair_translations(entries, translation);
        let mut entry_of: Vec<Option<usize>> = vec![None; source.len()];
        for (entry, at) in sources.pairs() {
            if let Some(slot) = entry_of.get_mut(at) {
                *slot = Some(entry);
            }
        }
        let without: Vec<usize> = (0..source.len())
            .filter(|at| entry_of.get(*at).copied().flatten().and_then(|entry| translations.right_of(entry)).is_none())
            .collect();
        let fresh = pair_fresh(source, &without, translation, &translations);
        let passages = entry_of.iter().enumerate().map(|(at, entry)| {
            let known = entry.and_then(|index| entries.get(index).map(|entry| (index, entry)));
            let block = source.get(at);
            let Some(((index, entry), block)) = known.zip(block) else {
                let translation = fresh.get(&at).copied();
                let state = if translation.is_some() { State::Unaligned } else { State::Missing };
                return Passage { source: at, translation, entry: None, state, is_edited: false };
            };
            let own = translations.right_of(index).or_else(|| fresh.get(&at).copied());
            let text = own.and_then(|own| translation.get(own));
            let state = match text {
                None => State::Missing,
                Some(_) if entry.source == block.hash => State::Current,
                Some(_) => State::Stale(change(entry, block, wordings)),
            };
            let is_edited = text.is_some_and(|text| text.hash != entry.translation);
            Passage { source: at, translation: own, entry: Some(index), state, is_edited }
        });
        let passages: Vec<Passage> = passages.collect();
        let mut paired = vec![false; translation.len()];
        for at in passages.iter().filter_map(|passage| passage.translation) {
            if let Some(slot) = paired.get_mut(at) {
                *slot = true;
            }
        }
        let orphans = paired.iter().enumerate().filter(|(_, paired)| !**paired).map(|(at, _)| at).collect();
        let mut status = Self { record: Some(record.clone()), passages, orphans };
        status.find_unaligned(source, translation);
        status
    }

    /// What seems to be missing may be one of several passages of its kind in the section that could not be told apart: that is said, and not guessed.
    fn find_unaligned(&mut self, source: &[Block], translation: &[Block]) {
        let candidates: Vec<(&str, Kind)> = self
            .orphans
            .iter()
            .filter_map(|at| translation.get(*at))
            .map(|block| (block.at.section.as_str(), block.kind()))
            .collect();
        for passage in self.passages.iter_mut().filter(|passage| passage.state == State::Missing) {
            let Some(block) = source.get(passage.source) else { continue };
            if passage.entry.is_none() && candidates.contains(&(block.at.section.as_str(), block.kind())) {
                passage.state = State::Unaligned;
            }
        }
    }

    /// What is recorded of a passage.
    pub fn entry(&self, passage: &Passage) -> Option<&Entry> {
        self.record.as_ref()?.entries.get(passage.entry?)
    }

    /// The passages that a reader must be told of now.
    pub fn is_urgent(&self, passage: &Passage, source: &[Block]) -> bool {
        let correction = source.get(passage.source).is_some_and(|block| block.kind().is_correction());
        match passage.state {
            State::Stale(change) => change.is_urgent() || correction,
            State::Missing => correction,
            State::Current | State::Unaligned => false,
        }
    }

    /// How the page was translated, as far as that must be said: by a machine, where any of it was.
    pub fn method(&self) -> Option<Method> {
        let methods = || self.passages.iter().filter_map(|passage| self.entry(passage)).map(|entry| entry.method);
        [Method::Machine, Method::MachineEdited, Method::Human]
            .into_iter()
            .find(|method| methods().any(|own| own == *method))
    }

    /// Until which day's source all that is not stale says the same: the earliest of its days.
    pub fn as_of(&self) -> Option<Day> {
        self.passages.iter().filter_map(|passage| self.entry(passage)).map(|entry| entry.on).min()
    }

    /// Whether every passage was read by a person as it stands, and by whom and when last.
    pub fn reviewed(&self, translation: &[Block]) -> Option<(Day, &str)> {
        let mut latest: Option<(Day, &str)> = None;
        for passage in &self.passages {
            let text = translation.get(passage.translation?)?;
            if text.is_bare() {
                continue;
            }
            let review = self.entry(passage)?.review_of(text.hash)?;
            latest = latest.max(Some((review.on, review.by.as_str())));
        }
        latest
    }

    /// Whether a person has read anything of it, as it stands or as it stood.
    pub fn was_read(&self) -> bool {
        self.record.iter().flat_map(|record| &record.entries).any(|entry| entry.review.is_some())
    }

    /// How many passages stand how.
    pub fn tally(&self, source: &[Block]) -> Tally {
        let mut tally = Tally { orphan: self.orphans.len(), ..Tally::default() };
        for passage in &self.passages {
            match passage.state {
                State::Current => tally.current += 1,
                State::Stale(change) => *tally.stale.entry(change).or_default() += 1,
                State::Missing => tally.missing += 1,
                State::Unaligned => tally.unaligned += 1,
            }
            tally.urgent += usize::from(self.is_urgent(passage, source));
        }
        tally
    }
}

/// How many passages stand how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that say what the source says.
    pub current: usize,
    /// Those whose source changed, by the kind of change.
    pub stale: BTreeMap<Change, usize>,
    /// Those that are not translated.
    pub missing: usize,
    /// Those of which nothing says what they were translated from.
    pub unaligned: usize,
    /// Those of the translation that belong to none of the source.
    pub orphan: usize,
    /// Those that cannot wait.
    pub urgent: usize,
}

impl Tally {
    /// All that is behind.
    pub fn behind(&self) -> usize {
        self.stale.values().sum::<usize>() + self.missing
    }

    /// All that waits for somebody: what is behind, and what could not be told apart or is left over.
    pub fn waiting(&self) -> usize {
        self.behind() + self.unaligned + self.orphan
    }

    /// Whether there is nothing to do.
    pub fn is_current(&self) -> bool {
        self.waiting() == 0
    }
}

impl std::ops::AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        self.current += other.current;
        self.missing += other.missing;
        self.unaligned += other.unaligned;
        self.orphan += other.orphan;
        self.urgent += other.urgent;
        for (change, count) in &other.stale {
            *self.stale.entry(*change).or_default() += count;
        }
    }
}

/// A change whose old wording is lost counts as one of the words.
fn change(entry: &Entry, block: &Block, wordings: &Wordings) -> Change {
    wordings.get(&entry.source).map_or(Change::Text, |old| Change::between(block.kind(), old, &block.text, block.span))
}

/// What was recorded of the source, and the source today.
fn pair_sources(entries: &[Entry], source: &[Block], wordings: &Wordings) -> Pairing {
    let mut pairing = Pairing::new(entries.len(), source.len());
    let recorded: Vec<(Kind, Hash)> = entries.iter().map(|entry| (entry.at.kind, entry.source)).collect();
    let today: Vec<(Kind, Hash)> = source.iter().map(|block| (block.kind(), block.hash)).collect();
    pairing.join_equal(&recorded, &today);
    let rest = pairing.join_counted(
        |at| entries.get(at).map(|entry| (entry.at.section.as_str(), entry.at.kind)),
        |at| source.get(at).map(|block| (block.at.section.as_str(), block.kind())),
    );
    // A section that was renamed.
    pairing.join_counted(|at| entries.get(at).map(|entry| entry.at.kind), |at| source.get(at).map(Block::kind));
    for (lefts, rights) in rest {
        let alike = |a: usize, b: usize| {
            let entry = lefts.get(a).and_then(|at| entries.get(*at));
            let old = entry.and_then(|entry| wordings.get(&entry.source));
            let new = rights.get(b).and_then(|at| source.get(*at));
            let likeness = old.zip(new).map_or(0, |(old, new)| likeness(old, &new.text));
            if likeness >= ALIKE { likeness } else { 0 }
        };
        if lefts.len().saturating_mul(rights.len()) > 10_000 {
            continue;
        }
        for (a, b) in best(lefts.len(), rights.len(), alike) {
            if let (Some(left), Some(right)) = (lefts.get(a), rights.get(b)) {
                pairing.join(*left, *right);
            }
        }
    }
    pairing
}

/// What was recorded of the translation, and the translation today. Its old wordings are not kept, so where the count of a kind changed nothing is guessed.
fn pair_translations(entries: &[Entry], translation: &[Block]) -> Pairing {
    let mut pairing = Pairing::new(entries.len(), translation.len());
    let recorded: Vec<(Kind, Hash)> = entries.iter().map(|entry| (entry.at.kind, entry.translation)).collect();
    let today: Vec<(Kind, Hash)> = translation.iter().map(|block| (block.kind(), block.hash)).collect();
    pairing.join_equal(&recorded, &today);
    pairing.join_counted(|at| entries.get(at).map(|entry| entry.at.kind), |at| translation.get(at).map(Block::kind));
    pairing
}

/// Passages of the source that have no partner by the record, and those of the translation that the record does not know: what can only be each
/// other's. A paragraph that became two in both languages is found so: what was recorded of it belongs to one of the two.
fn pair_fresh(
    source: &[Block],
    without: &[usize],
    translation: &[Block],
    translations: &Pairing,
) -> BTreeMap<usize, usize> {
    let unknown: Vec<usize> = translations.lonely_right().collect();
    let lefts: Vec<Block> = without.iter().filter_map(|at| source.get(*at)).cloned().collect();
    let rights: Vec<Block> = unknown.iter().filter_map(|at| translation.get(*at)).cloned().collect();
    let pairs = pair(&lefts, &rights);
    pairs.pairs().filter_map(|(a, b)| Some((*without.get(a)?, *unknown.get(b)?))).collect()
}

/// Pairs the passages of a page with those of its translation, of which nothing is recorded: sections by their ids and their order, and within a
/// section by kind and order; where one side has more of a kind, by what is cited and counted there.
pub fn pair(source: &[Block], translation: &[Block]) -> Pairing {
    let mut pairing = Pairing::new(source.len(), translation.len());
    let (left, right) = (sections(source), sections(translation));
    let ids = |sections: &[Section<'_>]| sections.iter().map(|section| section.id.to_owned()).collect::<Vec<_>>();
    let mut of_sections = Pairing::new(left.len(), right.len());
    of_sections.join_equal(&ids(&left), &ids(&right));
    of_sections
        .join_counted(|at| left.get(at).map(|section| section.level), |at| right.get(at).map(|section| section.level));
    for (a, b) in of_sections.pairs() {
        if let (Some(left), Some(right)) = (left.get(a), right.get(b)) {
            pair_section(source, &left.blocks, translation, &right.blocks, &mut pairing);
        }
    }
    pairing
}

struct Section<'a> {
    id: &'a str,
    level: u8,
    blocks: Vec<usize>,
}

fn sections(blocks: &[Block]) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        match sections.iter_mut().find(|section| section.id == block.at.section) {
            Some(section) => section.blocks.push(at),
            None => sections.push(Section { id: &block.at.section, level: block.level, blocks: vec![at] }),
        }
    }
    sections
}

fn pair_section(source: &[Block], left: &[usize], translation: &[Block], right: &[usize], pairing: &mut Pairing) {
    let mut kinds: BTreeMap<Kind, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for at in left {
        if let Some(block) = source.get(*at) {
            kinds.entry(block.kind()).or_default().0.push(*at);
        }
    }
    for at in right {
        if let Some(block) = translation.get(*at) {
            kinds.entry(block.kind()).or_default().1.push(*at);
        }
    }
    for (lefts, rights) in kinds.into_values() {
        if lefts.len() == rights.len() {
            lefts.into_iter().zip(rights).for_each(|(a, b)| pairing.join(a, b));
            continue;
        }
        let anchors = |blocks: &[Block], places: &[usize]| -> Vec<(usize, Vec<String>)> {
            let places = places.iter().filter_map(|at| Some((*at, blocks.get(*at)?.marks.anchors())));
            places.filter(|(_, anchors)| !anchors.is_empty()).collect()
        };
        let (a, b) = (anchors(source, &lefts), anchors(translation, &rights));
        let keys = |anchored: &[(usize, Vec<String>)]| anchored.iter().map(|(_, key)| key.clone()).collect::<Vec<_>>();
        for (one, other) in lcs(&keys(&a), &keys(&b)) {
            if let (Some((left, _)), Some((right, _))) = (a.get(one), b.get(other)) {
                pairing.join(*left, *right);
            }
        }
    }
}
