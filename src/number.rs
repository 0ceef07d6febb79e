//! Numbers exactly as they were counted: decimal text, no floating point.
//!
//! How a number reads in a language is the business of [`crate::locale`]. Ground floor: uses nothing else of the program.

use std::cmp::Ordering;
use std::fmt;

/// More digits than this are a mistake, and they must fit the integer below.
const MAX_DIGITS: usize = 30;

/// A decimal number, with the decimals it was written with: `29.70` is equal to `29.7`, but is shown as written.
#[derive(Debug, Clone, Copy)]
pub struct Number {
    /// All digits as one integer, with the sign.
    digits: i128,
    /// How many of them stand after the point; at most [`MAX_DIGITS`].
    decimals: u8,
}

impl Number {
    /// Reads `73419`, `29.7` or `-3`: plain ASCII, no grouping, no exponent, no leading zeros.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = match unsigned.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return None,
            None => (unsigned, ""),
        };
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let leading_zero = whole.len() > 1 && whole.starts_with('0');
        if whole.is_empty() || leading_zero || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        if whole.len() + fraction.len() > MAX_DIGITS {
            return None;
        }
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { digits: if negative { -digits } else { digits }, decimals: u8::try_from(fraction.len()).ok()? })
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.digits < 0
    }

    /// How many digits stand after the point.
    pub fn decimals(self) -> usize {
        usize::from(self.decimals)
    }

    /// The nearest floating-point number, for the geometry of charts.
    #[allow(clippy::cast_precision_loss, reason = "a picture needs no more than the nearest")]
    pub fn to_f64(self) -> f64 {
        self.digits as f64 / 10_f64.powi(i32::from(self.decimals))
    }

    /// The whole part, rounded down, and the rest in units of 10⁻³⁰.
    fn parts(self) -> (i128, i128) {
        let one = 10_i128.pow(u32::from(self.decimals));
        let missing = u32::try_from(MAX_DIGITS.saturating_sub(self.decimals())).unwrap_or(0);
        (self.digits.div_euclid(one), self.digits.rem_euclid(one) * 10_i128.pow(missing))
    }
}

impl From<u32> for Number {
    fn from(count: u32) -> Self {
        Self { digits: i128::from(count), decimals: 0 }
    }
}

impl From<usize> for Number {
    fn from(count: usize) -> Self {
        // No count in memory has more than 20 digits.
        Self { digits: i128::try_from(count).unwrap_or(0), decimals: 0 }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts().cmp(&other.parts())
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl std::hash::Hash for Number {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        let one = 10_u128.pow(u32::from(self.decimals));
        let digits = self.digits.unsigned_abs();
        write!(f, "{sign}{}", digits / one)?;
        if self.decimals > 0 {
            write!(f, ".{:0width$}", digits % one, width = self.decimals())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn shown_as_written() {
        for text in ["0", "73419", "29.7", "29.70", "-3", "-0.05", "0.005", "123456789012345678901234567890"] {
            assert_eq!(number(text).to_string(), text);
        }
        assert_eq!(number("-0").to_string(), "0");
        assert_eq!(number("0.00000000000000000000000000001").to_string().len(), 31);
    }

    #[test]
    fn refused() {
        for bad in [
            "",
            "-",
            ".",
            "1.",
            ".5",
            "1,000",
            "1 000",
            "1e5",
            "+3",
            "007",
            "٣",
            "0x1",
            "1.2.3",
            "--1",
            "½",
            "NaN",
            "1234567890123456789012345678901",
        ] {
            assert!(Number::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn compared_exactly() {
        assert_eq!(number("29.70"), number("29.7"));
        assert_eq!(number("-0.0"), number("0"));
        assert!(number("-3") < number("-2.5") && number("-2.5") < number("-2.4") && number("-0.1") < number("0"));
        assert!(number("999999999999999999999999999999") > number("0.99999999999999999999999999999"));
        assert!(number("0.1") < number("0.10000000000000000000000000001"));
        assert!((number("-29.7").to_f64() + 29.7).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "-?[0-9]{0,20}(\\.[0-9]{0,20})?|\\PC{0,8}") {
            if let Some(number) = Number::parse(&text) {
                prop_assert_eq!(Number::parse(&number.to_string()), Some(number));
            }
        }

        #[test]
        fn order_is_that_of_whole_numbers(a in -1_000_000_i64..1_000_000, b in -1_000_000_i64..1_000_000) {
            let shifted = |n: i64| number(&format!("{}{}.{:03}", if n < 0 { "-" } else { "" }, n.abs() / 1000, n.abs() % 1000));
            prop_assert_eq!(shifted(a).cmp(&shifted(b)), a.cmp(&b));
        }
    }
}
