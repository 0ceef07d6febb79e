//! How long each stage takes, through the library. `cargo bench --bench compile`; some: `cargo bench --bench compile -- render`. Whole builds of the program: `scripts/bench`.
//!
//! Two sizes of each show that cost grows with the pages.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot go on stops")]

mod stages;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use sourcebook::compile::{self, Options};
use sourcebook::markdown;
use sourcebook::span::{Files, Origin};
use stages::{LANGUAGES, corpus};
use std::fs;

/// Pages in each of the languages of the site.
const SIZES: [usize; 2] = [25, 100];

fn main() {
    for pages in SIZES {
        corpus(pages);
    }
    divan::main();
}

fn pages_of(pages: usize) -> ItemsCount {
    ItemsCount::new(pages * LANGUAGES)
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

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn load(bencher: Bencher<'_, '_>, pages: usize) {
    let root = corpus(pages);
    bencher.counter(pages_of(pages)).bench_local(|| stages::load(black_box(&root)));
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn parse(bencher: Bencher<'_, '_>, pages: usize) {
    let workspace = stages::load(&corpus(pages));
    bencher.counter(pages_of(pages)).bench_local(|| stages::parse(black_box(&workspace)));
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn link(bencher: Bencher<'_, '_>, pages: usize) {
    let root = corpus(pages);
    bencher
        .counter(pages_of(pages))
        .with_inputs(|| {
            let workspace = stages::load(&root);
            let manuscript = stages::parse(&workspace);
            (workspace, manuscript)
        })
        .bench_local_values(|(workspace, manuscript)| stages::link(workspace, manuscript));
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn check(bencher: Bencher<'_, '_>, pages: usize) {
    let (book, _) = linked(pages);
    bencher.counter(pages_of(pages)).bench_local(|| stages::check(black_box(&book)));
}

/// With the index of the search. A new book each time: it remembers the entries of sources.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn render(bencher: Bencher<'_, '_>, pages: usize) {
    bencher
        .counter(pages_of(pages))
        .with_inputs(|| linked(pages))
        .bench_local_values(|(book, theme)| stages::render(&book, theme));
}

/// The index of a language that has stems, and of one whose words carry prefixes.
#[divan::bench(args = ["en", "he"], sample_count = 10, sample_size = 1)]
fn index(bencher: Bencher<'_, '_>, lang: &str) {
    let records = stages::records(&corpus(100), lang);
    bencher
        .counter(BytesCount::new(records.iter().map(|record| record.text.len()).sum::<usize>()))
        .bench_local(|| stages::index(black_box(&records), lang));
}

/// Into a new folder, on the disk of `target/`.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn publish(bencher: Bencher<'_, '_>, pages: usize) {
    let root = corpus(pages);
    let (book, theme) = linked(pages);
    let edition = stages::render(&book, theme);
    bencher
        .counter(ItemsCount::new(edition.len()))
        .with_inputs(|| tempfile::tempdir_in(root.parent().unwrap()).unwrap())
        .bench_local_refs(|folder| stages::publish(&edition, &folder.path().join("site"), &root));
}

/// Everything but writing to the disk, as `build` does it.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn whole(bencher: Bencher<'_, '_>, pages: usize) {
    let root = corpus(pages);
    bencher.counter(pages_of(pages)).bench_local(|| {
        let compilation = compile::build(black_box(&root), &Options::default(), &|_, _| {});
        assert!(compilation.edition.is_some(), "the generated site has errors");
        compilation
    });
}

fn linked(pages: usize) -> (sourcebook::book::Book, (sourcebook::site::theme::Theme, sourcebook::site::Materials)) {
    let workspace = stages::load(&corpus(pages));
    let theme = stages::theme(&workspace);
    let manuscript = stages::parse(&workspace);
    (stages::link(workspace, manuscript), theme)
}
