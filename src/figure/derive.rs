//! Numbers worked out from others: `a + b - c`, `share(a, b)`, `round(a, -2)`.
//!
//! In: the text of a record's `derived:`. Out: an [`Expression`] and, once somebody knows the numbers, its value, exactly.
//! Names are ids of figures or points of series (`series@2023-12-31`), so signs stand between blanks.

use crate::ids::FigureId;
use crate::markdown::tree::SeriesPoint;
use crate::number::Number;
use std::fmt;

/// A figure, or a point of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The figure or series.
    pub id: FigureId,
    /// The point of a series.
    pub point: Option<SeriesPoint>,
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.point {
            None => write!(f, "{}", self.id),
            Some(SeriesPoint::At(date)) => write!(f, "{}@{date}", self.id),
            Some(SeriesPoint::Latest) => write!(f, "{}@latest", self.id),
        }
    }
}

/// How a number is worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// Another figure.
    Input(Input),
    /// A number.
    Constant(Number),
    /// `a + b`
    Sum(Box<Expression>, Box<Expression>),
    /// `a - b`
    Difference(Box<Expression>, Box<Expression>),
    /// `share(a, b)`: a as a percentage of b, with one decimal unless it is rounded otherwise.
    Share(Box<Expression>, Box<Expression>),
    /// `round(a, digits)`: to so many digits after the point; to tens, hundreds … where negative.
    Round(Box<Expression>, i8),
}

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeriveError {
    /// It cannot be read.
    Syntax(String),
    /// A share of nothing.
    DivisionByZero,
    /// More digits than a number may have.
    TooLarge,
}

impl fmt::Display for DeriveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(message) => f.write_str(message),
            Self::DivisionByZero => f.write_str("a share of nothing has no value"),
            Self::TooLarge => f.write_str("the number has too many digits"),
        }
    }
}

/// Expressions deeper than this are a mistake.
const MAX_DEPTH: usize = 32;

/// A share is given with so many decimals.
const SHARE_DECIMALS: i8 = 1;

impl Expression {
    /// Reads an expression.
    pub fn parse(text: &str) -> Result<Self, DeriveError> {
        let tokens = tokens(text);
        let mut reader = Reader { tokens: &tokens, depth: 0 };
        let expression = reader.sum()?;
        match reader.tokens.first() {
            None => Ok(expression),
            Some(token) => Err(DeriveError::Syntax(format!("`{token}` does not belong here"))),
        }
    }

    /// The figures that it rests on, in the order of the text, each once.
    pub fn inputs(&self) -> Vec<&Input> {
        let mut inputs = Vec::new();
        self.collect(&mut inputs);
        inputs
    }

    fn collect<'a>(&'a self, inputs: &mut Vec<&'a Input>) {
        match self {
            Self::Input(input) if !inputs.contains(&input) => inputs.push(input),
            Self::Input(_) | Self::Constant(_) => {}
            Self::Sum(a, b) | Self::Difference(a, b) | Self::Share(a, b) => {
                a.collect(inputs);
                b.collect(inputs);
            }
            Self::Round(a, _) => a.collect(inputs),
        }
    }

    /// Its value, where `known` gives those of its inputs; `Ok(None)` where one is not known.
    pub fn value(&self, known: &dyn Fn(&Input) -> Option<Number>) -> Result<Option<Number>, DeriveError> {
        let both = |a: &Self, b: &Self| Ok(a.value(known)?.zip(b.value(known)?));
        match self {
            Self::Input(input) => Ok(known(input)),
            Self::Constant(number) => Ok(Some(*number)),
            Self::Sum(a, b) => both(a, b)?.map(|(a, b)| a.plus(b).ok_or(DeriveError::TooLarge)).transpose(),
            Self::Difference(a, b) => both(a, b)?.map(|(a, b)| a.minus(b).ok_or(DeriveError::TooLarge)).transpose(),
            Self::Share(a, b) => both(a, b)?.map(|(a, b)| share(a, b, SHARE_DECIMALS)).transpose(),
            Self::Round(inner, digits) => match inner.as_ref() {
                // A share is rounded once, not twice.
                Self::Share(a, b) => both(a, b)?.map(|(a, b)| share(a, b, *digits)).transpose(),
                inner => {
                    let value = inner.value(known)?;
                    value.map(|value| value.rounded(*digits).ok_or(DeriveError::TooLarge)).transpose()
                }
            },
        }
    }
}

fn share(a: Number, b: Number, digits: i8) -> Result<Number, DeriveError> {
    if b == Number::from(0_u32) {
        return Err(DeriveError::DivisionByZero);
    }
    a.times_hundred_over(b, digits).ok_or(DeriveError::TooLarge)
}

/// Words between blanks; brackets and commas stand alone.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    for word in text.split_whitespace() {
        let mut rest = word;
        while let Some(at) = rest.find(['(', ')', ',']) {
            let (before, after) = rest.split_at(at);
            let (sign, after) = after.split_at(1);
            tokens.extend([before, sign].into_iter().filter(|token| !token.is_empty()));
            rest = after;
        }
        if !rest.is_empty() {
            tokens.push(rest);
        }
    }
    tokens
}

struct Reader<'a> {
    tokens: &'a [&'a str],
    depth: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }

    fn expect(&mut self, wanted: &str) -> Result<(), DeriveError> {
        match self.next() {
            Some(token) if token == wanted => Ok(()),
            Some(token) => Err(DeriveError::Syntax(format!("`{wanted}` is missing before `{token}`"))),
            None => Err(DeriveError::Syntax(format!("`{wanted}` is missing at the end"))),
        }
    }

    fn sum(&mut self) -> Result<Expression, DeriveError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(DeriveError::Syntax("the brackets go too deep".to_owned()));
        }
        let mut left = self.term()?;
        while let Some(sign @ ("+" | "-" | "−")) = self.tokens.first().copied() {
            self.next();
            let right = Box::new(self.term()?);
            left = if sign == "+" {
                Expression::Sum(Box::new(left), right)
            } else {
                Expression::Difference(Box::new(left), right)
            };
        }
        self.depth -= 1;
        Ok(left)
    }

    fn term(&mut self) -> Result<Expression, DeriveError> {
        let token = self.next().ok_or_else(|| DeriveError::Syntax("something is missing at the end".to_owned()))?;
        let calls = self.tokens.first() == Some(&"(");
        match token {
            "(" => {
                let inner = self.sum()?;
                self.expect(")")?;
                Ok(inner)
            }
            "share" if calls => {
                self.expect("(")?;
                let part = self.sum()?;
                self.expect(",")?;
                let whole = self.sum()?;
                self.expect(")")?;
                Ok(Expression::Share(Box::new(part), Box::new(whole)))
            }
            "round" if calls => {
                self.expect("(")?;
                let inner = self.sum()?;
                self.expect(",")?;
                let digits =
                    self.next().and_then(|token| token.parse().ok()).filter(|digits| (-12..=6).contains(digits));
                let digits = digits.ok_or_else(|| {
                    DeriveError::Syntax(
                        "`round` needs the number of digits after the point, such as `round(a, 1)`".to_owned(),
                    )
                })?;
                self.expect(")")?;
                Ok(Expression::Round(Box::new(inner), digits))
            }
            token => operand(token),
        }
    }
}

fn operand(token: &str) -> Result<Expression, DeriveError> {
    if let Some(number) = Number::parse(token) {
        return Ok(Expression::Constant(number));
    }
    let (id, point) = match token.split_once('@') {
        None => (token, None),
        Some((id, "latest")) => (id, Some(SeriesPoint::Latest)),
        Some((id, date)) => (id, Some(SeriesPoint::At(date.to_owned()))),
    };
    match FigureId::parse(id) {
        Some(id) => Ok(Expression::Input(Input { id, point })),
        None => Err(DeriveError::Syntax(format!("`{token}` is neither a number nor a figure"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Result<Option<String>, DeriveError> {
        let known = |input: &Input| match input.to_string().as_str() {
            "killed-a" => Number::parse("1195"),
            "foreign" => Number::parse("71"),
            "series@2024-01-01" => Number::parse("21822"),
            "none" => Number::parse("0"),
            _ => None,
        };
        Ok(Expression::parse(text)?.value(&known)?.map(|number| number.to_string()))
    }

    #[test]
    fn worked_out_exactly() {
        let cases = [
            ("killed-a - foreign", "1124"),
            ("killed-a + foreign + 4", "1270"),
            ("killed-a - (foreign + 4)", "1120"),
            ("share(foreign, killed-a)", "5.9"),
            ("round(share(foreign, killed-a), 0)", "6"),
            ("round(series@2024-01-01, -3)", "22000"),
            ("round(killed-a, -1)", "1200"),
        ];
        for (text, expected) in cases {
            assert_eq!(value(text), Ok(Some(expected.to_owned())), "{text}");
        }
        assert_eq!(value("killed-a + unheard-of"), Ok(None));
        assert_eq!(value("share(foreign, none)"), Err(DeriveError::DivisionByZero));
    }

    #[test]
    fn refused_with_a_reason() {
        for (text, reason) in [
            ("", "something is missing at the end"),
            ("killed-a -", "something is missing at the end"),
            ("killed-a foreign", "`foreign` does not belong here"),
            ("(killed-a", "`)` is missing at the end"),
            ("share(killed-a)", "`,` is missing before `)`"),
            ("round(killed-a, x)", "`round` needs the number of digits after the point, such as `round(a, 1)`"),
            ("killed:a", "`killed:a` is neither a number nor a figure"),
        ] {
            assert_eq!(value(text), Err(DeriveError::Syntax(reason.to_owned())), "{text}");
        }
        let deep = "(".repeat(1000);
        assert_eq!(value(&deep), Err(DeriveError::Syntax("the brackets go too deep".to_owned())));
    }

    #[test]
    fn inputs_are_named_once() {
        let expression = Expression::parse("a + b@2024-01 - a").unwrap();
        let inputs: Vec<String> = expression.inputs().iter().map(ToString::to_string).collect();
        assert_eq!(inputs, ["a", "b@2024-01"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[a-c0-9()+\\-, @.]{0,30}|\\PC{0,20}") {
            let known = |_: &Input| Number::parse("3");
            if let Ok(expression) = Expression::parse(&text) {
                let _ = expression.value(&known);
            }
        }
    }
}
