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

    /// The sum; `None` where it has too many digits.
    pub fn plus(self, other: Self) -> Option<Self> {
        let (a, b, decimals) = self.aligned(other)?;
        Self::checked(a.checked_add(b)?, decimals)
    }

    /// The difference; `None` where it has too many digits.
    pub fn minus(self, other: Self) -> Option<Self> {
        let (a, b, decimals) = self.aligned(other)?;
        Self::checked(a.checked_sub(b)?, decimals)
    }

    /// To so many digits after the point, halves away from zero; to tens, hundreds … where negative.
    pub fn rounded(self, digits: i8) -> Option<Self> {
        let surplus = i32::from(self.decimals) - i32::from(digits);
        if surplus <= 0 {
            return Some(self);
        }
        let unit = 10_i128.checked_pow(u32::try_from(surplus).ok()?)?;
        Self::scaled(divide_rounding(self.digits, unit)?, digits)
    }

    /// A hundred times this number over another, to so many digits after the point, halves away from zero.
    pub fn times_hundred_over(self, other: Self, digits: i8) -> Option<Self> {
        let (a, b, _) = self.aligned(other)?;
        let shift = u32::try_from(i32::from(digits) + 2).ok();
        let quotient = match shift {
            Some(shift) => divide_rounding(a.checked_mul(10_i128.checked_pow(shift)?)?, b)?,
            None => {
                divide_rounding(a, b.checked_mul(10_i128.checked_pow(u32::try_from(-i32::from(digits) - 2).ok()?)?)?)?
            }
        };
        Self::scaled(quotient, digits)
    }

    /// `digits` in units of 10 to the minus `decimals`.
    fn scaled(digits: i128, decimals: i8) -> Option<Self> {
        match u8::try_from(decimals) {
            Ok(decimals) => Self::checked(digits, decimals),
            Err(_) => {
                let unit = 10_i128.checked_pow(u32::from(decimals.unsigned_abs()))?;
                Self::checked(digits.checked_mul(unit)?, 0)
            }
        }
    }

    fn checked(digits: i128, decimals: u8) -> Option<Self> {
        (digits.unsigned_abs() < 10_u128.pow(30)).then_some(Self { digits, decimals })
    }

    /// The digits of both with the same number of decimals.
    fn aligned(self, other: Self) -> Option<(i128, i128, u8)> {
        let decimals = self.decimals.max(other.decimals);
        let widen =
            |number: Self| number.digits.checked_mul(10_i128.checked_pow(u32::from(decimals - number.decimals))?);
        Some((widen(self)?, widen(other)?, decimals))
    }

    /// The whole part, rounded down, and the rest in units of 10⁻³⁰.
    fn parts(self) -> (i128, i128) {
        let one = 10_i128.pow(u32::from(self.decimals));
        let missing = u32::try_from(MAX_DIGITS.saturating_sub(self.decimals())).unwrap_or(0);
        (self.digits.div_euclid(one), self.digits.rem_euclid(one) * 10_i128.pow(missing))
    }
}

/// The quotient, halves away from zero.
fn divide_rounding(a: i128, b: i128) -> Option<i128> {
    let (quotient, rest) = (a.checked_div(b)?, a.checked_rem(b)?);
    let away = rest.unsigned_abs().checked_mul(2)? >= b.unsigned_abs();
    let step = if (a < 0) == (b < 0) { 1 } else { -1 };
    if away { quotient.checked_add(step) } else { Some(quotient) }
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

    #[test]
    fn worked_out_exactly() {
        assert_eq!(number("29.7").plus(number("0.35")).unwrap().to_string(), "30.05");
        assert_eq!(number("1200").minus(number("1400")).unwrap().to_string(), "-200");
        let rounded = |text: &str, digits| number(text).rounded(digits).unwrap().to_string();
        assert_eq!(rounded("5.941", 1), "5.9");
        assert_eq!(rounded("-2.5", 0), "-3");
        assert_eq!(rounded("21822", -3), "22000");
        assert_eq!(rounded("5", 2), "5");
        let share = |a: &str, b: &str, digits| number(a).times_hundred_over(number(b), digits).unwrap().to_string();
        assert_eq!(share("71", "1195", 1), "5.9");
        assert_eq!(share("1", "3", 0), "33");
        assert_eq!(share("2", "1", -2), "200");
        assert_eq!(share("37", "1", -3), "4000");
        assert!(number("1").times_hundred_over(number("0"), 1).is_none());
        assert!(number("999999999999999999999999999999").plus(number("1")).is_none());
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
