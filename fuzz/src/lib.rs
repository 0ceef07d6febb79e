//! The door between libFuzzer and the [`targets`].
//!
//! libFuzzer ends at the first panic, wherever it happens. Sourcebook catches what its libraries panic on, so only a panic that comes through to the
//! target is a finding; its words are kept until then.

mod seeds;
pub mod targets;

use std::env;
use std::panic::{catch_unwind, resume_unwind, set_hook};
use std::path::Path;
use std::process::exit;
use std::sync::Mutex;

static LAST: Mutex<String> = Mutex::new(String::new());

/// Keeps quiet about panics that are caught on the way. Where `FUZZ_SEEDS` names a folder, the seeds of all targets are written there, and that is all.
pub fn prepare() {
    if let Some(out) = env::var_os("FUZZ_SEEDS") {
        let written = seeds::write(Path::new("."), Path::new(&out));
        exit(written.map_or_else(
            |error| {
                eprintln!("seeds: {error}");
                1
            },
            |()| 0,
        ));
    }
    set_hook(Box::new(|info| {
        if let Ok(mut last) = LAST.lock() {
            *last = info.to_string();
        }
    }));
}

/// Tries an input on a target.
pub fn run(name: &str, bytes: &[u8]) {
    let target = targets::target(name);
    if let Err(panic) = catch_unwind(|| target(bytes)) {
        eprintln!("{name}: {}", LAST.lock().map(|last| last.clone()).unwrap_or_default());
        resume_unwind(panic);
    }
}
