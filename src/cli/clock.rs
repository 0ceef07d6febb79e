//! The day it is, for the commands that write it down. Nothing below this room knows a clock.

use super::{Exit, report};
use crate::date::Day;
use std::time::{SystemTime, UNIX_EPOCH};

/// The variable by which builds are told when they happen: <https://reproducible-builds.org/specs/source-date-epoch/>.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// The day, in Greenwich: by the clock, or as `SOURCE_DATE_EPOCH` says.
pub(super) fn today() -> Result<Day, Exit> {
    if let Some(day) = told()? {
        return Ok(day);
    }
    let second = SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs());
    second.and_then(Day::of_second).ok_or_else(|| {
        report::error("the clock of this machine does not know the day");
        Exit::Machine
    })
}

/// The day that `SOURCE_DATE_EPOCH` says, where it says one.
pub(super) fn told() -> Result<Option<Day>, Exit> {
    let Some(told) = std::env::var_os(EPOCH).filter(|told| !told.is_empty()) else { return Ok(None) };
    let day = told.to_str().and_then(|second| second.parse().ok()).and_then(Day::of_second);
    day.map(Some).ok_or_else(|| {
        report::error(&format!("{EPOCH} is no number of seconds since 1970: {}", told.display()));
        Exit::Usage
    })
}
