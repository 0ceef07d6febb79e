//! The day up to which a site tells.

use super::Book;
use crate::date::{Date, Day};

impl Book {
    /// The newest day that the content names of itself: to which a page has data, on which it was reviewed or corrected, on which a change of a figure was noted.
    pub fn newest_day(&self) -> Option<Day> {
        let fronts = || self.versions().map(|(_, _, version)| &version.page.front);
        let data = fronts().filter_map(|front| front.data_to.as_ref()).map(Date::last_day);
        let reviews = fronts().filter_map(|front| front.reviewed.as_ref()).map(|(date, _)| date.last_day());
        let corrections = fronts().flat_map(|front| &front.corrections).map(|correction| correction.at);
        let changes = self.changes.iter().flat_map(|lock| &lock.log).map(|change| change.noted);
        data.chain(reviews).chain(corrections).chain(changes).max()
    }
}
