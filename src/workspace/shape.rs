//! What a record may hold: its fields, of what kind each is, and which must be there.
//!
//! Nobody writes this down a second time. A reader of records is run over nothing ([`Shape::of`]), and [`super::fields`] notes what
//! it asks for. So what is accepted, what a misspelt name is compared with and what editors complete are the same list.

use super::fields::Fields;
use std::ops::RangeInclusive;

/// What a record may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// What the record is, for messages: "a source".
    pub what: &'static str,
    /// Its fields, in the order in which they are read.
    pub fields: Vec<Field>,
    /// Names of fields of which at least one must be there.
    pub needed: Vec<Vec<&'static str>>,
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What it is called.
    pub name: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// How it is written, where its reader says so to whoever writes it otherwise.
    pub hint: Option<String>,
    /// Whether its reader said what it holds, whatever it is then read as.
    is_said: bool,
}

/// What a field may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// It was asked for, and nothing is known of it.
    Unsaid,
    /// A text; a number is one, too.
    Text,
    /// One of these words.
    Word(Vec<String>),
    /// True or false.
    Boolean,
    /// A whole number, and where it must lie.
    Integer(RangeInclusive<i64>),
    /// Values, or one alone.
    Some(Box<Kind>),
    /// So many values.
    Exactly(usize, Box<Kind>),
    /// A value for each language.
    ByLanguage(Box<Kind>),
    /// Values under names of the author's own.
    ByName(Box<Kind>),
    /// Values under these names.
    Named(Vec<Named>),
    /// A group of fields.
    Record(Shape),
    /// Any of these.
    Either(Vec<Kind>),
}

/// A value under a name that is no field of a record's reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// What it may hold.
    pub kind: Kind,
}

impl Kind {
    /// A text, or one for each language.
    pub fn localized() -> Self {
        Self::Either(vec![Self::Text, Self::ByLanguage(Box::new(Self::Text))])
    }

    /// Any number of values.
    #[must_use]
    pub fn some(self) -> Self {
        Self::Some(Box::new(self))
    }

    /// Any whole number.
    pub fn integer() -> Self {
        Self::Integer(i64::MIN..=i64::MAX)
    }
}

impl Shape {
    /// What a reader asks for.
    pub fn of<T>(what: &'static str, read: impl FnOnce(&mut Fields<'_, '_>) -> T) -> Self {
        let mut shape = Self { what, fields: Vec::new(), needed: Vec::new() };
        let mut unheard = Vec::new();
        read(&mut Fields::describing(&mut shape, &mut unheard));
        shape
    }

    /// A field by its name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Notes that a field was asked for as something; what was asked for in two ways may be either.
    pub(super) fn note(&mut self, name: &'static str, kind: Kind) -> &mut Field {
        let at = match self.fields.iter().position(|field| field.name == name) {
            Some(at) => at,
            None => {
                self.fields.push(Field { name, kind: Kind::Unsaid, hint: None, is_said: false });
                self.fields.len() - 1
            }
        };
        #[allow(clippy::indexing_slicing, reason = "found or pushed above")]
        let field = &mut self.fields[at];
        if field.is_said {
            return field;
        }
        field.kind = match (std::mem::replace(&mut field.kind, Kind::Unsaid), kind) {
            (Kind::Unsaid, kind) | (kind, Kind::Unsaid) => kind,
            (known, kind) if known == kind => known,
            (Kind::Either(mut kinds), kind) => {
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
                Kind::Either(kinds)
            }
            (known, kind) => Kind::Either(vec![known, kind]),
        };
        field
    }

    /// Notes what a field holds, whatever it is asked for as.
    pub(super) fn say(&mut self, name: &'static str, kind: Kind) {
        let field = self.note(name, Kind::Unsaid);
        field.kind = kind;
        field.is_said = true;
    }

    /// Notes that one of these fields must be there.
    pub(super) fn need(&mut self, names: &[&'static str]) {
        if !self.needed.iter().any(|known| known == names) {
            self.needed.push(names.to_vec());
        }
    }
}
