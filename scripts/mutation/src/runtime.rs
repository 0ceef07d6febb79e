//! Which mutant is alive, read once from `SOURCEBOOK_MUTANT`. With `SOURCEBOOK_REACHED=FILE` the number of each mutant that is asked for is added to the file.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

struct State {
    alive: usize,
    reached: Option<File>,
}

static STATE: OnceLock<State> = OnceLock::new();
static SEEN: [AtomicBool; COUNT] = [const { AtomicBool::new(false) }; COUNT];

/// Whether the mutant is alive.
pub fn is(mutant: usize) -> bool {
    let state = STATE.get_or_init(read);
    if let Some(mut file) = state.reached.as_ref() {
        if !SEEN[mutant].swap(true, Ordering::Relaxed) {
            // One write, which is not mixed with those of other processes.
            file.write_all(format!("{mutant}\n").as_bytes()).expect("the list of what is reached can be written");
        }
    }
    state.alive == mutant
}

fn read() -> State {
    let alive = std::env::var("SOURCEBOOK_MUTANT").ok().and_then(|mutant| mutant.parse().ok()).unwrap_or(usize::MAX);
    let reached = std::env::var_os("SOURCEBOOK_REACHED").map(|path| {
        OpenOptions::new().create(true).append(true).open(path).expect("the list of what is reached can be opened")
    });
    State { alive, reached }
}
