//! A map as the editor recorded it.

use super::data::Point;
use crate::ids::DrawingId;
use crate::span::Span;
use crate::workspace::{Localized, Placed};

/// A map.
#[derive(Debug, Clone)]
pub struct MapRecord {
    /// Its id.
    pub id: DrawingId,
    /// Where the id is written.
    pub span: Span,
    /// What is shown.
    pub title: Localized,
    /// The file of outlines, lines and places that it is drawn from.
    pub data: Placed<DrawingId>,
    /// The part of the world.
    pub window: Placed<Window>,
    /// The areas that are told apart by a ground of their own.
    pub shade: Vec<Placed<String>>,
    /// The names of areas and waters.
    pub names: Vec<Name>,
    /// The places.
    pub places: Vec<Place>,
    /// What the map does not say, and whose view it is.
    pub note: Localized,
    /// Whose data these are, and their licence.
    pub credit: Localized,
}

/// A part of the world, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Its western edge.
    pub west: f64,
    /// Its southern edge.
    pub south: f64,
    /// Its eastern edge.
    pub east: f64,
    /// Its northern edge.
    pub north: f64,
}

impl Window {
    /// Whether a point lies within.
    pub fn holds(&self, point: Point) -> bool {
        (self.west..=self.east).contains(&point.longitude) && (self.south..=self.north).contains(&point.latitude)
    }

    /// Whether any part of a line or of an outline may lie within.
    pub fn meets(&self, points: &[Point]) -> bool {
        let lies = |test: &dyn Fn(&Point) -> bool| points.iter().any(test);
        lies(&|point| point.longitude >= self.west)
            && lies(&|point| point.longitude <= self.east)
            && lies(&|point| point.latitude >= self.south)
            && lies(&|point| point.latitude <= self.north)
    }
}

/// The name of an area or a water, where it is written.
#[derive(Debug, Clone)]
pub struct Name {
    /// The middle of the words.
    pub at: Placed<Point>,
    /// The words.
    pub name: Localized,
    /// What has the name.
    pub kind: NameKind,
}

/// What has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// A state.
    State,
    /// A territory.
    Territory,
    /// A sea or a lake.
    Water,
}

impl NameKind {
    /// Every kind with its word.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("state", Self::State), ("territory", Self::Territory), ("water", Self::Water)];

    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Territory => "territory",
            Self::Water => "water",
        }
    }
}

/// A place with its name.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its id in the file of places.
    pub place: Placed<String>,
    /// What it is called.
    pub name: Localized,
    /// On which side of its point the name stands.
    pub side: Side,
}

/// A side of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// To the right.
    #[default]
    East,
    /// To the left.
    West,
    /// Above.
    North,
    /// Below.
    South,
}

impl Side {
    /// Every side with its word.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("east", Self::East), ("west", Self::West), ("north", Self::North), ("south", Self::South)];
}
