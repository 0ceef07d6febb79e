//! Pairs two sequences of passages.
//!
//! What is equal is paired first, in order; between two such pairs lie gaps, and within a gap what is of one kind is paired in order where there is
//! equally much of it on both sides. What is left is not guessed.

use std::collections::BTreeMap;

/// Beyond this many cells the table of the longest common subsequence is not drawn up; only common ends are then paired.
const LARGEST_TABLE: usize = 4_000_000;

/// The longest common subsequence, as pairs of places in order.
pub fn lcs<T: PartialEq>(left: &[T], right: &[T]) -> Vec<(usize, usize)> {
    let head = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (rest_left, rest_right) = (left.get(head..).unwrap_or(&[]), right.get(head..).unwrap_or(&[]));
    let tail = rest_left.iter().rev().zip(rest_right.iter().rev()).take_while(|(a, b)| a == b).count();
    let middle_left = rest_left.get(..rest_left.len() - tail).unwrap_or(&[]);
    let middle_right = rest_right.get(..rest_right.len() - tail).unwrap_or(&[]);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    if middle_left.len().saturating_mul(middle_right.len()) <= LARGEST_TABLE {
        let found = best(middle_left.len(), middle_right.len(), |a, b| {
            u32::from(middle_left.get(a).is_some_and(|left| middle_right.get(b) == Some(left)))
        });
        pairs.extend(found.into_iter().map(|(a, b)| (a + head, b + head)));
    }
    pairs.extend((0..tail).rev().map(|at| (left.len() - 1 - at, right.len() - 1 - at)));
    pairs
}

/// The pairs in order whose weights have the greatest sum; what weighs nothing is no pair.
pub fn best(left: usize, right: usize, weight: impl Fn(usize, usize) -> u32) -> Vec<(usize, usize)> {
    let width = right + 1;
    let mut sums = vec![0_u32; (left + 1) * width];
    let sum = |sums: &[u32], a: usize, b: usize| sums.get(a * width + b).copied().unwrap_or(0);
    for a in (0..left).rev() {
        for b in (0..right).rev() {
            let weight = weight(a, b);
            let paired = if weight > 0 { weight + sum(&sums, a + 1, b + 1) } else { 0 };
            let value = paired.max(sum(&sums, a + 1, b)).max(sum(&sums, a, b + 1));
            if let Some(cell) = sums.get_mut(a * width + b) {
                *cell = value;
            }
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut pairs = Vec::new();
    while a < left && b < right {
        let here = sum(&sums, a, b);
        let weight = weight(a, b);
        if weight > 0 && here == weight + sum(&sums, a + 1, b + 1) {
            pairs.push((a, b));
            a += 1;
            b += 1;
        } else if here == sum(&sums, a + 1, b) {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// A pairing of two sequences: for each of the left, its partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairing {
    partner: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairing {
    /// Nothing paired yet.
    pub fn new(left: usize, right: usize) -> Self {
        Self { partner: vec![None; left], taken: vec![false; right] }
    }

    /// Pairs two that have no partner yet.
    pub fn join(&mut self, left: usize, right: usize) {
        if let (Some(partner @ None), Some(taken @ false)) = (self.partner.get_mut(left), self.taken.get_mut(right)) {
            *partner = Some(right);
            *taken = true;
        }
    }

    /// The partner of one of the left.
    pub fn right_of(&self, left: usize) -> Option<usize> {
        self.partner.get(left).copied().flatten()
    }

    /// Those of the left without a partner.
    pub fn lonely_left(&self) -> impl Iterator<Item = usize> {
        self.partner.iter().enumerate().filter(|(_, partner)| partner.is_none()).map(|(at, _)| at)
    }

    /// Those of the right without a partner.
    pub fn lonely_right(&self) -> impl Iterator<Item = usize> {
        self.taken.iter().enumerate().filter(|(_, taken)| !**taken).map(|(at, _)| at)
    }

    /// All pairs, by the left.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.partner.iter().enumerate().filter_map(|(left, right)| right.map(|right| (left, right)))
    }

    /// The gaps between pairs that are in order on both sides: the lonely of the left and of the right, side by side.
    pub fn gaps(&self) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut gaps = Vec::new();
        let (mut from, mut until) = (0, 0);
        let ends = self.in_order().into_iter().chain([(self.partner.len(), self.taken.len())]);
        for (left, right) in ends {
            let lefts: Vec<usize> = (from..left).filter(|at| self.right_of(*at).is_none()).collect();
            let rights: Vec<usize> = (until..right).filter(|at| self.taken.get(*at) == Some(&false)).collect();
            if !lefts.is_empty() || !rights.is_empty() {
                gaps.push((lefts, rights));
            }
            (from, until) = (left + 1, right + 1);
        }
        gaps
    }

    /// The longest run of pairs that rises on both sides.
    fn in_order(&self) -> Vec<(usize, usize)> {
        let pairs: Vec<(usize, usize)> = self.pairs().collect();
        // Patience sorting: the smallest end of a run of each length, and what went before it.
        let mut ends: Vec<usize> = Vec::new();
        let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
        let right = |at: usize| pairs.get(at).map_or(usize::MAX, |pair| pair.1);
        for at in 0..pairs.len() {
            let length = ends.partition_point(|end| right(*end) < right(at));
            before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter)).copied());
            match ends.get_mut(length) {
                Some(end) => *end = at,
                None => ends.push(at),
            }
        }
        let mut run = Vec::new();
        let mut next = ends.last().copied();
        while let Some(at) = next {
            run.extend(pairs.get(at));
            next = before.get(at).copied().flatten();
        }
        run.reverse();
        run
    }

    /// Pairs what is equal: first in order, then what was moved.
    pub fn join_equal<K: Ord + Clone>(&mut self, left: &[K], right: &[K]) {
        for (a, b) in lcs(left, right) {
            self.join(a, b);
        }
        let mut free: BTreeMap<&K, Vec<usize>> = BTreeMap::new();
        for at in self.lonely_right().collect::<Vec<_>>().into_iter().rev() {
            if let Some(key) = right.get(at) {
                free.entry(key).or_default().push(at);
            }
        }
        for at in self.lonely_left().collect::<Vec<_>>() {
            if let Some(partner) = left.get(at).and_then(|key| free.get_mut(key)).and_then(Vec::pop) {
                self.join(at, partner);
            }
        }
    }

    /// Pairs, gap by gap, what has one key and is equally frequent on both sides. Returns what is left of each key.
    pub fn join_counted<K: Ord + Clone>(
        &mut self,
        left: impl Fn(usize) -> Option<K>,
        right: impl Fn(usize) -> Option<K>,
    ) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut rest = Vec::new();
        for (lefts, rights) in self.gaps() {
            let mut by_key: BTreeMap<K, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
            for at in lefts {
                if let Some(key) = left(at) {
                    by_key.entry(key).or_default().0.push(at);
                }
            }
            for at in rights {
                if let Some(key) = right(at) {
                    by_key.entry(key).or_default().1.push(at);
                }
            }
            for (lefts, rights) in by_key.into_values() {
                if lefts.len() == rights.len() {
                    lefts.into_iter().zip(rights).for_each(|(a, b)| self.join(a, b));
                } else {
                    rest.push((lefts, rights));
                }
            }
        }
        rest
    }
}
