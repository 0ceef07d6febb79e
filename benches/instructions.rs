//! Goes once through the stages, on one thread, for a program that counts instructions: `scripts/instructions`.
//!
//! The thread is the main one, so that what is done for a stage is counted to it and not to a thread that was idle.

#![allow(missing_docs, clippy::expect_used, reason = "a benchmark that cannot go on stops")]

mod stages;

use std::hint::black_box;

/// Small: counting takes fifty times as long as running.
const PAGES: usize = 20;

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global().expect("no threads yet");
    let root = stages::corpus(PAGES);
    let workspace = stages::load(&root);
    let theme = stages::theme(&workspace);
    let manuscript = stages::parse(&workspace);
    let book = stages::link(workspace, manuscript);
    black_box(stages::check(&book));
    let edition = stages::render(&book, theme);
    for lang in ["en", "he", "ar"] {
        black_box(stages::index(&stages::records(&root, lang), lang));
    }
    let out = tempfile::tempdir_in(root.parent().expect("a folder of sites")).expect("a new folder");
    black_box(stages::publish(&edition, &out.path().join("site"), &root));
    debug_assert_eq!(stages::LANGUAGES, 3, "the languages that are indexed");
}
