//! How long it takes to format the entries of a library of sources in the built-in style, in four languages. `cargo bench --bench citations`.
//!
//! Cold: nothing is remembered. Warm: everything is, as in a preview after an edit. Two sizes of each show that cost grows with the sources.

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use sourcebook::citation::Source;
use sourcebook::citation::csl::memo::Memo;
use sourcebook::citation::csl::{Formatter, Style};
use sourcebook::citation::read::read_file;
use sourcebook::ids::Lang;
use sourcebook::locale::{Locale, LocaleSettings};
use sourcebook::span::Files;
use std::fmt::Write;
use std::sync::Arc;

/// Sources in the library.
const SIZES: [usize; 3] = [500, 1000, 10_000];

fn main() {
    divan::main();
}

/// Reports with two authors, a translated title and a symbol: neither the shortest nor the longest entries there are.
fn library(size: usize) -> Vec<Source> {
    let mut text = String::new();
    for number in 0..size {
        writeln!(
            text,
            "report-{number}:\n  type: report\n  lang: en\n  title: {{en: \"Situation report no. {number}\", he: \"דו״ח מצב מס׳ {number}\", ar: \"تقرير الحالة رقم {number}\", fr: \"Rapport de situation nº {number}\"}}\n  \
             author: [{{family: Cohen, given: Yael}}, {{org: An office}}]\n  publisher: A publisher\n  date: 2024-0{}-11\n  doc-symbol: A/{number}\n  \
             url: https://example.org/{number}\n  accessed: 2024-10-01\n  kind: un\n  checked: stored-page",
            number % 9 + 1
        )
        .unwrap();
    }
    let file = Files::default().add("sources.yaml", text.clone());
    let mut diagnostics = Vec::new();
    let sources = read_file(file, &text, &mut diagnostics);
    assert_eq!((sources.len(), diagnostics.len()), (size, 0));
    sources
}

fn locales() -> Vec<Locale> {
    let locale = |lang: &str| Locale::new(&Lang::parse(lang).unwrap(), &LocaleSettings::default()).unwrap();
    ["en", "he", "ar", "fr"].map(locale).into()
}

fn format(formatter: &Formatter, sources: &[Source], locales: &[Locale]) {
    for locale in locales {
        for source in sources {
            black_box(formatter.entry(source, locale));
        }
    }
}

/// Every entry in four languages, nothing remembered.
#[divan::bench(args = SIZES, sample_count = 5)]
fn cold(bencher: Bencher<'_, '_>, size: usize) {
    let (sources, locales) = (library(size), locales());
    bencher
        .counter(ItemsCount::new(size * locales.len()))
        .with_inputs(|| Formatter::new(Style::default(), Arc::new(Memo::default())))
        .bench_local_refs(|formatter| format(formatter, &sources, &locales));
}

/// The same again with all of them remembered.
#[divan::bench(args = SIZES, sample_count = 5)]
fn warm(bencher: Bencher<'_, '_>, size: usize) {
    let (sources, locales) = (library(size), locales());
    let formatter = Formatter::new(Style::default(), Arc::new(Memo::default()));
    format(&formatter, &sources, &locales);
    bencher.counter(ItemsCount::new(size * locales.len())).bench_local(|| format(&formatter, &sources, &locales));
}
