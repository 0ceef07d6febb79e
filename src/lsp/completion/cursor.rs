//! What is begun before the cursor, by the letters of its line: a citation, a figure, a link, a callout.

use crate::markdown::tree::DrawingKind;
use std::ops::Range;

/// Something begun, and the bytes of which the name is written so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Begun {
    pub(super) replaced: Range<usize>,
    pub(super) what: What,
}

/// What is begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// `@…`: a source, or a relation to one.
    Source,
    /// `@disputes:…`: a source alone.
    RelatedSource,
    /// `@key#…`
    Quote(String),
    /// `[=…`
    Figure,
    /// `[=id@…`
    Point(String),
    /// `[=id:…`
    Form(String),
    /// `](…`: a page, or a word before a colon.
    Link,
    /// `](page.md#…`; of the page itself where it is empty.
    Place(String),
    /// `](term:…`
    Term,
    /// `](event:…`
    Event,
    /// `](actor:…`
    Actor,
    /// `![](…`: what is drawn, or a picture.
    Picture,
    /// `![](chart:…`
    Drawing(DrawingKind),
    /// `> [!…`
    Callout,
}

/// What is begun at a byte of a text; `None` where it is nothing of ours.
pub(super) fn begun(text: &str, offset: usize) -> Option<Begun> {
    let before = text.get(..offset)?;
    let line = before.get(before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..)?;
    let found = figure(line).or_else(|| link(line)).or_else(|| callout(line)).or_else(|| citation(line));
    let (length, what) = found?;
    let rest: usize = text.get(offset..)?.chars().take_while(|c| is_of_name(*c)).map(char::len_utf8).sum();
    // A path may go on with other letters, of which nobody knows which are meant.
    let rest = if matches!(what, What::Link | What::Picture) { 0 } else { rest };
    Some(Begun { replaced: offset - length..offset + rest, what })
}

/// Letters of names, but for dots, which end sentences, too.
fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// What stands after the last `mark` of a line, where nothing in it is one of `ends`.
fn after<'l>(line: &'l str, mark: &str, ends: &[char]) -> Option<&'l str> {
    let rest = line.get(line.rfind(mark)? + mark.len()..)?;
    (!rest.contains(ends)).then_some(rest)
}

fn figure(line: &str) -> Option<(usize, What)> {
    let inner = after(line, "[=", &[']', ' '])?;
    Some(match (inner.rsplit_once(':'), inner.split_once('@')) {
        (Some((id, form)), _) => (form.len(), What::Form(id.to_owned())),
        (None, Some((id, date))) => (date.len(), What::Point(id.to_owned())),
        (None, None) => (inner.len(), What::Figure),
    })
}

fn link(line: &str) -> Option<(usize, What)> {
    let inner = after(line, "](", &[')', ' ', '"'])?;
    let words = line.get(..line.len() - inner.len() - 2)?;
    let is_picture = words.rfind('[').is_some_and(|at| words.get(..at).is_some_and(|before| before.ends_with('!')));
    if let Some((kind, id)) = inner.split_once(':') {
        let drawn = DrawingKind::ALL.iter().copied().find(|drawn| drawn.name() == kind);
        let what = match (kind, drawn) {
            ("term", _) => What::Term,
            ("event", _) => What::Event,
            ("actor", _) => What::Actor,
            (_, Some(drawn)) if is_picture => What::Drawing(drawn),
            _ => return None,
        };
        return Some((id.len(), what));
    }
    Some(match inner.split_once('#') {
        _ if is_picture => (inner.len(), What::Picture),
        Some((page, place)) => (place.len(), What::Place(page.to_owned())),
        None => (inner.len(), What::Link),
    })
}

fn callout(line: &str) -> Option<(usize, What)> {
    let kind = after(line, "[!", &[']', ' '])?;
    let lead = line.get(..line.len() - kind.len() - 2)?;
    (lead.contains('>') && lead.chars().all(|c| matches!(c, '>' | ' ' | '\t'))).then_some((kind.len(), What::Callout))
}

fn citation(line: &str) -> Option<(usize, What)> {
    let key = after(line, "@", &[' ', '\t', ']', '[', '(', ')', ';', ',', '"', '\'', '}'])?;
    let before = line.get(..line.len() - key.len() - 1)?.chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\\' | '/')) || key.starts_with('?') {
        return None;
    }
    let key = key.strip_prefix('{').unwrap_or(key);
    let source = key.split_once(':').map_or(key, |(_, source)| source);
    Some(match source.split_once('#') {
        Some((source, quote)) => (quote.len(), What::Quote(source.to_owned())),
        None if source.len() < key.len() => (source.len(), What::RelatedSource),
        None => (key.len(), What::Source),
    })
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "tests")]
mod tests {
    use super::*;

    /// `‸` is the cursor; what is replaced stands between `‹` and `›` in the answer.
    fn told(text: &str) -> String {
        let offset = text.find('‸').unwrap();
        let text = text.replace('‸', "");
        match begun(&text, offset) {
            Some(Begun { replaced, what }) => format!("{what:?} ‹{}›", &text[replaced]),
            None => "nothing".to_owned(),
        }
    }

    #[test]
    fn what_is_begun_is_seen_by_its_letters() {
        let cases = [
            ("Words [@‸", "Source ‹›"),
            ("Words [@un-ch‸arter, p. 3].", "Source ‹un-charter›"),
            ("Words [see @a; -@b‸]", "Source ‹b›"),
            ("שלום [@un‸", "Source ‹un›"),
            ("@un‸ says", "Source ‹un›"),
            ("[@disputes:un‸]", "RelatedSource ‹un›"),
            ("[@udhr-1948#q‸1]", "Quote(\"udhr-1948\") ‹q1›"),
            ("[@{a-b‸", "Source ‹a-b›"),
            ("[@a, p. 3‸", "nothing"),
            ("[@? who‸", "nothing"),
            ("me@example‸", "nothing"),
            ("[=‸]", "Figure ‹›"),
            ("[=icj-ju‸dges]", "Figure ‹icj-judges›"),
            ("[=world@20‸", "Point(\"world\") ‹20›"),
            ("[=world:latest:fu‸", "Form(\"world:latest\") ‹fu›"),
            ("[=done] and‸", "nothing"),
            ("[words](‸)", "Link ‹›"),
            ("[words](../ac‸", "Link ‹../ac›"),
            ("[words](term:na‸", "Term ‹na›"),
            ("[words](page.md#‸", "Place(\"page.md\") ‹›"),
            ("[words](#la‸ter)", "Place(\"\") ‹later›"),
            ("![](chart:gaza‸)", "Drawing(Chart) ‹gaza›"),
            ("![a](cha‸)", "Picture ‹cha›"),
            ("[words](https://‸", "nothing"),
            ("> [!po‸", "Callout ‹po›"),
            ("words [!po‸", "nothing"),
            ("words‸", "nothing"),
            ("[@a‸\r\nwords", "Source ‹a›"),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
