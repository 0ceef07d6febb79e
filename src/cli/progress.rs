//! A bar for long builds, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

/// A bar that shows itself when a build takes longer than a moment.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A new bar; a quiet one, and one without a terminal, shows nothing.
    pub(super) fn new(quiet: bool) -> Self {
        let bar = ProgressBar::no_length();
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(10) };
        bar.set_draw_target(target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.set_message("Reading");
        if !bar.is_hidden() {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Self(bar)
    }

    /// Pages rendered so far.
    pub(super) fn rendered(&self, done: usize, of: usize) {
        if done == 1 {
            self.0.set_message("Rendering");
            self.0.set_length(of as u64);
        }
        self.0.set_position(done as u64);
    }

    /// Addresses visited so far.
    pub(super) fn visited(&self, done: usize, of: usize) {
        self.0.set_message("Visiting");
        self.0.set_length(of as u64);
        self.0.set_position(done as u64);
    }

    /// The last stage.
    pub(super) fn writing(&self) {
        self.0.set_message("Writing");
    }

    /// Takes the bar away.
    pub(super) fn clear(&self) {
        self.0.finish_and_clear();
    }
}
