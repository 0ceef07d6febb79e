//! How long it takes to parse a page, to check a site and to render it, through the library. `cargo bench`; whole builds: `scripts/bench`.
//!
//! The site is made by `scripts/bench-corpus` (Python 3) in `target/bench-corpus`, always the same.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot go on stops")]

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use sourcebook::compile::{self, Options};
use sourcebook::markdown;
use sourcebook::span::{Files, Origin};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Pages in each of the languages of the site.
const SIZES: [usize; 3] = [25, 100, 400];
const LANGUAGES: usize = 3;

fn main() {
    for pages in SIZES {
        corpus(pages);
    }
    divan::main();
}

/// A site of so many pages; made once.
fn corpus(pages: usize) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("target/bench-corpus").join(format!("{pages}x{LANGUAGES}"));
    if !folder.join("book.toml").exists() {
        let done = Command::new("python3")
            .arg(root.join("scripts/bench-corpus"))
            .arg(&folder)
            .args(["--pages", &pages.to_string(), "--languages", &LANGUAGES.to_string()])
            .status()
            .expect("python3 makes the site");
        assert!(done.success(), "scripts/bench-corpus failed");
    }
    folder
}

/// One page of about 900 words in each direction of writing.
#[divan::bench(args = ["en", "ar"])]
fn parse_page(bencher: Bencher<'_, '_>, lang: &str) {
    let path = corpus(25).join("content").join(lang).join("section-0000/page-00003.md");
    let page = fs::read_to_string(path).unwrap();
    let text = page.splitn(3, "---\n").nth(2).unwrap().to_owned();
    let file = Files::default().add("page.md", text.clone());
    let origin = Origin::Verbatim { file, offset: 0 };
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| markdown::parse(black_box(&text), origin));
}

/// Everything but rendering.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn check_site(bencher: Bencher<'_, '_>, pages: usize) {
    let root = corpus(pages);
    bencher
        .counter(ItemsCount::new(pages * LANGUAGES))
        .bench_local(|| compile::check(black_box(&root), &Options::default()));
}

/// Everything but writing to the disk.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn build_site(bencher: Bencher<'_, '_>, pages: usize) {
    let root = corpus(pages);
    bencher.counter(ItemsCount::new(pages * LANGUAGES)).bench_local(|| {
        let compilation = compile::build(black_box(&root), &Options::default(), &|_, _| {});
        assert!(compilation.edition.is_some(), "the generated site has errors");
        compilation
    });
}
