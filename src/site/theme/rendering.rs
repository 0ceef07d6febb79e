//! What Tera says when it compiles or renders, in the words of whoever writes the template.

use super::faults::{Fault, of_tera};
use super::reading::{Path, paths, tags};
use std::collections::BTreeMap;
use std::ops::Range;
use tera::ErrorKind;

/// The name of the template that failed, and what is wrong with it. `template` is the one that was rendered.
pub(super) fn told(
    error: &tera::Error,
    template: &str,
    texts: &BTreeMap<String, String>,
    nullable: &BTreeMap<(String, usize), String>,
) -> (String, Fault) {
    let plain = |message: String| Fault { at: 0..0, message, help: None };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let name = report.filename().to_owned();
            let text = texts.get(&name).map(String::as_str).unwrap_or_default();
            let range = report.span().range.clone();
            let at = range.start.min(text.len())..range.end.min(text.len());
            let fault = of_rendering(&name, text, at, report.message(), nullable);
            (name, fault)
        }
        ErrorKind::MissingParent { current, parent } => {
            (current.clone(), plain(format!("it extends `{parent}`, which does not exist")))
        }
        ErrorKind::CircularExtend { tpl, .. } => circle(tpl, "extends", texts),
        ErrorKind::CircularInclude { tpl, .. } => circle(tpl, "include", texts),
        _ => (template.to_owned(), plain(error.to_string())),
    }
}

/// A template that leads back to itself.
fn circle(name: &str, by: &str, texts: &BTreeMap<String, String>) -> (String, Fault) {
    let text = texts.get(name).map(String::as_str).unwrap_or_default();
    let tags = tags(text);
    let tag = tags.iter().find(|tag| tag.head() == Some(by));
    let at = tag.and_then(|tag| tag.subject()).map_or(0..0, |word| word.at.clone());
    let does = if by == "extends" { "extends" } else { "includes" };
    let help = match by {
        "extends" => {
            "a site's template takes the place of the theme's and cannot extend it: copy it with `sourcebook init --theme`, or extend `base.html`"
        }
        _ => "take the include away",
    };
    (name.to_owned(), Fault { at, message: format!("`{name}` {does} itself"), help: Some(help.to_owned()) })
}

fn of_rendering(
    name: &str,
    text: &str,
    at: Range<usize>,
    message: &str,
    nullable: &BTreeMap<(String, usize), String>,
) -> Fault {
    let is_missing = message.contains("variable that is undefined") || message.contains("is not defined");
    if let Some(path) = path_at(text, &at).filter(|_| is_missing) {
        let last = path.steps.last().map_or(path.first.at.start, |(_, at)| at.start);
        let null = nullable.get(&(name.to_owned(), last));
        let help = match null {
            Some(null) => format!("`{null}` is null on some pages: write `{{% if {null} %}}…{{% endif %}}` around it"),
            None => "docs/template-context.md lists what templates are given".to_owned(),
        };
        return Fault { at: path.at(), message: format!("`{}` has no value here", path.written()), help: Some(help) };
    }
    if let Some(kind) = message.strip_prefix("Iteration not possible on type ") {
        let kind = kind.trim_matches('`');
        let message = format!("`for` needs a list, and this is `{kind}`");
        return Fault { at, message, help: Some("docs/template-context.md says what each value is".to_owned()) };
    }
    Fault { at, message: of_tera(message), help: None }
}

/// The path that a place lies in.
fn path_at<'t>(text: &'t str, at: &Range<usize>) -> Option<Path<'t>> {
    let tags = tags(text);
    let tag = tags.iter().find(|tag| tag.at.start <= at.start && at.end <= tag.at.end)?;
    paths(&tag.words).into_iter().find(|path| path.at().start <= at.start && at.end <= path.at().end)
}
