//! Scales: which values and which days an axis names.

use crate::date::{Date, Day, Moment};

/// About so many values stand on an axis.
const STEPS: f64 = 4.0;

/// A scale of values from zero to a round number above the largest, and the values that its axis names.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueScale {
    /// The top of the scale; above zero.
    pub top: f64,
    /// The values that are named, from zero upwards.
    pub ticks: Vec<f64>,
}

/// A scale that holds values up to `largest`.
pub fn value_scale(largest: f64) -> ValueScale {
    let largest = if largest.is_finite() && largest > 0.0 { largest } else { 1.0 };
    let rough = largest / STEPS;
    let magnitude = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * magnitude)
        .find(|step| *step >= rough)
        .unwrap_or(10.0 * magnitude);
    let count = (largest / step).ceil().max(1.0);
    let mut ticks = Vec::new();
    let mut at = 0.0;
    while at <= count {
        ticks.push(at * step);
        at += 1.0;
    }
    ValueScale { top: count * step, ticks }
}

/// The moments that an axis of time names: years, or months where there are few, or days.
pub fn time_ticks(from: Day, to: Day) -> Vec<Moment> {
    let days = to.number() - from.number();
    if days > 550 {
        let step = usize::from((to.year() - from.year()) / 8 + 1);
        (from.year()..=to.year())
            .step_by(step)
            .map(Moment::Year)
            .filter(|year| (from..=to).contains(&year.first_day()))
            .collect()
    } else if days > 45 {
        // Never more than four names: a month's name with its year is long.
        let months = usize::try_from(days / 30 / 4 + 1).unwrap_or(1);
        months_between(from, to).step_by(months).filter(|month| (from..=to).contains(&month.first_day())).collect()
    } else {
        [from, to].into_iter().map(Moment::Day).collect()
    }
}

fn months_between(from: Day, to: Day) -> impl Iterator<Item = Moment> {
    let months = |day: Day| u32::from(day.year()) * 12 + u32::from(day.month()) - 1;
    (months(from)..=months(to))
        .filter_map(|count| Some(Moment::Month(u16::try_from(count / 12).ok()?, u8::try_from(count % 12 + 1).ok()?)))
}

/// The day at which a date is drawn: what is true of a month is drawn in its middle.
pub fn middle(date: &Date) -> f64 {
    f64::midpoint(f64::from(date.first_day().number()), f64::from(date.last_day().number()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(from: &str, to: &str) -> Vec<String> {
        let day = |text| Date::parse(text).unwrap().first_day();
        time_ticks(day(from), day(to)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn round_values() {
        assert_eq!(
            value_scale(73419.0),
            ValueScale { top: 80000.0, ticks: vec![0.0, 20000.0, 40000.0, 60000.0, 80000.0] }
        );
        assert_eq!(value_scale(36.0).ticks, [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(value_scale(0.0), value_scale(1.0));
        assert_eq!(value_scale(f64::NAN), value_scale(1.0));
    }

    #[test]
    fn named_times() {
        assert_eq!(names("2023-10-07", "2026-08-22"), ["2024", "2025", "2026"]);
        assert_eq!(names("2025-06-29", "2025-12-31"), ["2025-08", "2025-10", "2025-12"]);
        assert_eq!(names("2023-11-07", "2023-11-20"), ["2023-11-07", "2023-11-20"]);
    }

    proptest! {
        #[test]
        fn a_scale_holds_its_values_and_names_few(largest in 0.0001_f64..1e15) {
            let scale = value_scale(largest);
            prop_assert!(scale.top >= largest * 0.999_999);
            prop_assert!((2..=7).contains(&scale.ticks.len()), "{:?}", scale.ticks);
        }

        #[test]
        fn few_times_are_named(start in 1900_u16..2100, months in 1_u16..1200) {
            let from = Day::new(start, 3, 7).unwrap();
            let end = start * 12 + 2 + months;
            let to = Day::new(end / 12, u8::try_from(end % 12 + 1).unwrap(), 7).unwrap();
            prop_assert!(time_ticks(from, to).len() <= 10, "{:?}", time_ticks(from, to));
        }
    }
}
