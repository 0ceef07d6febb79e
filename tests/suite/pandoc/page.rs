//! The page that tells readers where citations are read otherwise than by pandoc.

use super::reading::Reading;
use super::{Answer, Answers, Differences, Reason, on_one_line};
use std::fmt::Write;

pub fn write(answers: &Answers, differences: &Differences) -> String {
    let listed: usize = differences.reason.iter().map(|reason| reason.strings.len()).sum();
    let all = answers.all().count();
    let mut page = format!(
        "# Citations here and in pandoc\n\n\
         The grammar of citations is pandoc's. {all} strings, {} picked by hand and {} generated, in English, Hebrew and Arabic, go through\n\
         both parsers: {} are read alike by pandoc {} and by Sourcebook, {listed} are not. Below is every difference with its reason.\n\n\
         This page is written by a test, from `tests/pandoc/`. Compared are, of each citation, its source, its mode, the words before, the place and\n\
         its kind, and the words after. pandoc was asked in English with smart punctuation turned off; its citeproc says which part of the words\n\
         after is a place. Of the generated strings those that differ are counted here and listed in `tests/pandoc/differences.yaml`.\n",
        answers.picked.len(),
        answers.generated.len(),
        all - listed,
        answers.pandoc,
    );
    for reason in &differences.reason {
        write!(page, "\n## {}\n{}\n", reason.title, reason.why.trim()).unwrap();
        table(&mut page, answers, reason);
    }
    page
}

fn table(page: &mut String, answers: &Answers, reason: &Reason) {
    let of = |list: &[Answer]| list.iter().filter(|answer| reason.strings.contains(&answer.text)).count();
    if of(&answers.picked) > 0 {
        page.push_str("\n| you write | Sourcebook reads | pandoc reads |\n|---|---|---|\n");
    }
    for Answer { text, read } in answers.picked.iter().filter(|answer| reason.strings.contains(&answer.text)) {
        writeln!(page, "| {} | {} | {} |", code(text), words(&Reading::of(text)), words(read)).unwrap();
    }
    match of(&answers.generated) {
        0 => {}
        1 => page.push_str("\nSo is one of the generated strings.\n"),
        several => writeln!(page, "\nSo are {several} of the generated strings.").unwrap(),
    }
}

/// A string as code within a cell, in as many backticks as it needs.
fn code(text: &str) -> String {
    let text = on_one_line(text).replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.starts_with(' ') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn words(reading: &Reading) -> String {
    let mut escaped = String::new();
    for c in reading.to_string().chars() {
        if matches!(c, '|' | '\\' | '*' | '_' | '[' | ']' | '<' | '`' | '$' | '~') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
