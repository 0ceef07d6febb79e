//! Writes a file with all its mutants. Only one of them is ever alive, so what a mutant puts in the place of an expression is made of the text as it was: nothing
//! is written more often than it lies deep.

use crate::find::{Mutant, Place, Shape};
use std::collections::BTreeSet;
use std::ops::Range;

/// A file with its mutants.
pub struct Woven<'a> {
    pub text: String,
    /// In the order of their numbers.
    pub places: Vec<Located<'a>>,
}

/// Where a mutant came to stand.
pub struct Located<'a> {
    pub mutant: &'a Mutant,
    pub own: Option<Range<usize>>,
    pub whole: Option<Range<usize>>,
}

/// A piece of text to insert.
struct Piece {
    at: usize,
    /// Of those at one place: what closes, from the inside out; what stands alone; what opens, from the outside in.
    order: (u8, usize, usize),
    /// The mutants whose whole it begins or ends.
    place: usize,
    parts: Vec<(Option<usize>, String)>,
}

pub fn weave<'a>(source: &str, places: &'a [Place], first: usize, omitted: &BTreeSet<usize>) -> Woven<'a> {
    let mut pieces = Vec::new();
    let mut number = 0;
    let mut numbers = Vec::new();
    for (index, place) in places.iter().enumerate() {
        let own: Vec<(usize, &Mutant)> =
            place.mutants.iter().enumerate().map(|(at, mutant)| (number + at, mutant)).collect();
        numbers.push(number..number + own.len());
        number += own.len();
        let alive: Vec<(usize, &Mutant)> = own.into_iter().filter(|(at, _)| !omitted.contains(&(first + at))).collect();
        if alive.is_empty() {
            continue;
        }
        let is = |at: usize| format!("crate::mutation::is({})", first + at);
        let Range { start, end } = place.range;
        let (opening, closing): (Vec<(Option<usize>, String)>, String) = match place.shape {
            Shape::Body => {
                let return_if = |(at, mutant): &(usize, &Mutant)| {
                    (Some(*at), format!(" if {} {{ return {}; }}", is(*at), mutant.text))
                };
                (alive.iter().map(return_if).collect(), String::new())
            }
            Shape::Arm => {
                (alive.iter().map(|(at, _)| (Some(*at), format!(" if !{}", is(*at)))).collect(), String::new())
            }
            Shape::Expression => {
                let mut parts = vec![(None, "(".to_owned())];
                let branch = |(at, mutant): &(usize, &Mutant)| {
                    (Some(*at), format!("if {} {{ {} }} else ", is(*at), mutant.text))
                };
                parts.extend(alive.iter().map(branch));
                parts.push((None, "{ ".to_owned()));
                (parts, " })".to_owned())
            }
            Shape::Iterator => {
                let condition: Vec<String> = alive.iter().map(|(at, _)| is(*at)).collect();
                let opening =
                    alive.iter().map(|(at, _)| (Some(*at), " std::iter::Iterator::take({".to_owned())).collect();
                (opening, format!("}}, if {} {{ 0 }} else {{ usize::MAX }}) ", condition.join(" || ")))
            }
        };
        let alone = matches!(place.shape, Shape::Body | Shape::Arm);
        let order = if alone { (1, 0, index) } else { (2, usize::MAX - end, index) };
        pieces.push(Piece { at: start, order, place: index, parts: opening });
        if !alone {
            let order = (0, usize::MAX - start, usize::MAX - index);
            pieces.push(Piece { at: end, order, place: index, parts: vec![(None, closing)] });
        }
    }
    pieces.sort_by_key(|piece| (piece.at, piece.order));
    let mutants = places.iter().flat_map(|place| &place.mutants);
    let mut woven: Vec<Located<'_>> = mutants.map(|mutant| Located { mutant, own: None, whole: None }).collect();
    let mut text = String::with_capacity(source.len() * 3);
    let mut done = 0;
    for piece in pieces {
        text.push_str(&source[done..piece.at]);
        done = piece.at;
        let begun = text.len();
        for (mutant, part) in piece.parts {
            let start = text.len();
            text.push_str(&part);
            if let Some(mutant) = mutant {
                woven[mutant].own = Some(start..text.len());
            }
        }
        for located in &mut woven[numbers[piece.place].clone()] {
            if located.own.is_some() {
                let start = located.whole.as_ref().map_or(begun, |whole| whole.start);
                located.whole = Some(start..text.len());
            }
        }
    }
    text.push_str(&source[done..]);
    Woven { text, places: woven }
}
