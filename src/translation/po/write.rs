//! Units → a PO file. The same bytes for the same units: no clock, no name of a person.

use super::Unit;
use crate::ids::Lang;
use std::fmt::Write;

/// Writes a file for translators into a language.
pub fn write(project: &str, lang: &Lang, units: &[Unit]) -> String {
    let mut out = String::new();
    // What nobody knows without a clock or a person stays empty; where a field is missing, `msgfmt --check` complains.
    let header = [
        ("Project-Id-Version", project),
        ("PO-Revision-Date", ""),
        ("Last-Translator", ""),
        ("Language-Team", ""),
        ("Language", &lang.as_str().replace('-', "_")),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("X-Generator", crate::translation::GENERATOR),
    ];
    out.push_str("msgid \"\"\nmsgstr \"\"\n");
    for (name, value) in header {
        // Writing into a text cannot fail.
        let _ = writeln!(out, "{}", quoted(&format!("{name}: {}\n", value.replace(['\n', '\r'], " "))));
    }
    for unit in units {
        out.push('\n');
        write_unit(&mut out, unit);
    }
    out
}

fn write_unit(out: &mut String, unit: &Unit) {
    for hint in &unit.hints {
        let _ = writeln!(out, "#. {}", hint.replace(['\n', '\r'], " "));
    }
    if !unit.reference.is_empty() {
        let _ = writeln!(out, "#: {}", unit.reference);
    }
    let fuzzy = unit.is_fuzzy.then(|| "fuzzy".to_owned());
    let flags: Vec<String> = fuzzy.into_iter().chain(unit.flags.iter().cloned()).collect();
    if !flags.is_empty() {
        let _ = writeln!(out, "#, {}", flags.join(", "));
    }
    if let Some(previous) = &unit.previous {
        field(out, "#| ", "msgid", previous);
    }
    field(out, "", "msgctxt", &unit.context);
    field(out, "", "msgid", &unit.source);
    field(out, "", "msgstr", &unit.text);
}

/// A field; a text of several lines begins on a line of its own, as gettext writes it.
fn field(out: &mut String, lead: &str, name: &str, text: &str) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.len() <= 1 {
        let _ = writeln!(out, "{lead}{name} {}", quoted(text));
        return;
    }
    let _ = writeln!(out, "{lead}{name} \"\"");
    for line in lines {
        let _ = writeln!(out, "{lead}{}", quoted(line));
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
