//! HTML → PDF, by the Chromium of this machine.
//!
//! 1. [`find`] says which program that is, or where it was looked for.
//! 2. [`run`] starts it in a folder of its own that is gone afterwards, without a network, and waits no longer than it may.
//!
//! It reads no environment: what stands there is handed to it. Uses `bundle` for what a printer is.

mod find;
mod run;

use crate::bundle::Printer;
pub use find::NotFound;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

/// So long a language may take. The explainer of the repository takes a minute or two; a slow machine has time, and one that hangs is found out.
const DEADLINE: Duration = Duration::from_secs(20 * 60);

/// A program that prints.
#[derive(Debug, Clone)]
pub struct Press {
    asked: Option<OsString>,
    search: Option<OsString>,
    deadline: Duration,
}

impl Press {
    /// A press that is the program `asked`, where one is asked for (`CHROMIUM`), else the first that is known in the folders of `search` (`PATH`).
    pub fn new(asked: Option<OsString>, search: Option<OsString>) -> Self {
        let asked = asked.filter(|asked| !asked.is_empty());
        Self { asked, search, deadline: DEADLINE }
    }

    /// The same, and it may take so long for a document.
    #[must_use]
    pub fn within(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    /// Which program prints.
    pub fn find(&self) -> Result<PathBuf, NotFound> {
        find::program(self.asked.as_deref(), self.search.as_deref())
    }
}

impl Printer for Press {
    fn print(&self, html: &str) -> Result<Vec<u8>, String> {
        let program = self.find().map_err(|missing| format!("{missing}; {}", missing.help()))?;
        run::print(&program, html, self.deadline)
    }
}
