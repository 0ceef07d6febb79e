//! `src/targets/manifest.rs` for libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(init: sourcebook_fuzz::prepare(), |bytes: &[u8]| sourcebook_fuzz::run("manifest", bytes));
