//! The records within a source's record: authors, quotations, facts, copies, notices.

use super::CHECKED;
use super::values::{date, hash, locator, path, text, url, word};
use crate::citation::record::{
    Archive, Author, Fact, Notice, Numbers, Quote, Reliability, Review, Snapshot, Verification,
};
use crate::ids::QuoteId;
use crate::workspace::fields::Fields;

/// Report number, volume, issue, pages, edition, version.
pub(super) fn numbers(source: &mut Fields<'_, '_>) -> Numbers {
    Numbers {
        number: text(source, "number"),
        volume: text(source, "volume"),
        issue: text(source, "issue"),
        pages: text(source, "pages"),
        edition: text(source, "edition"),
        version: text(source, "version"),
    }
}

/// Archives that a copy may lie in.
const ARCHIVES: &[&str] = &["wayback", "perma", "ghostarchive", "self"];

/// A copy in an archive.
pub(super) fn archive(copy: &mut Fields<'_, '_>) -> Option<Archive> {
    let at = date(copy, "at");
    let by = word(copy, "by", ARCHIVES);
    let wacz = text(copy, "wacz");
    let sha256 = hash(copy, "sha256").map(|hash| hash.value);
    let address = url(copy, "url");
    copy.required("url", address, "https://…").map(|url| Archive {
        span: url.span,
        url: url.value,
        at,
        by,
        wacz,
        sha256,
    })
}

/// How and when the record was verified: a word, or a group with `level`, `at`, `by`.
pub(super) fn verification(source: &mut Fields<'_, '_>) -> Option<Verification> {
    let group = source.if_group("checked", "the verification", |fields| {
        let level = fields.choice("level", CHECKED);
        let level = fields.required("level", level, "stored-page");
        let at = date(fields, "at");
        let by = text(fields, "by");
        level.map(|level| Verification { level: level.value, at, by })
    });
    if let Some(verification) = group {
        return verification;
    }
    let level = source.choice("checked", CHECKED);
    let level = source.required("checked", level, "stored-page");
    level.map(|level| Verification { level: level.value, at: None, by: None })
}

/// The copy that the editors keep.
pub(super) fn snapshot(source: &mut Fields<'_, '_>) -> Option<Snapshot> {
    let mut fields = source.group("snapshot", "a snapshot")?;
    let path = path(&mut fields, "path");
    let sha256 = hash(&mut fields, "sha256");
    let bytes = fields.integer("bytes").and_then(|bytes| u64::try_from(bytes).ok());
    let media_type = text(&mut fields, "media-type");
    let at = date(&mut fields, "at");
    let tool = text(&mut fields, "tool");
    let by = text(&mut fields, "by");
    let text_path = self::path(&mut fields, "text-path");
    let text_sha256 = hash(&mut fields, "text-sha256");
    fields.finish();
    Some(Snapshot { path, sha256, bytes, media_type, at, tool, by, text_path, text_sha256 })
}

const GRADES: &[&str] = &["A", "B", "C", "D", "E", "F"];
const CREDIBILITIES: &[&str] = &["1", "2", "3", "4", "5", "6"];

/// How far the editors rely on the source.
pub(super) fn reliability(source: &mut Fields<'_, '_>) -> Option<Reliability> {
    let mut fields = source.group("reliability", "the reliability")?;
    let grade = word(&mut fields, "grade", GRADES);
    let grade = fields.required("grade", grade, "B");
    let credibility = word(&mut fields, "credibility", CREDIBILITIES);
    let note = fields.localized("note");
    let by = text(&mut fields, "by");
    let at = date(&mut fields, "at");
    fields.finish();
    grade.map(|grade| Reliability { grade, credibility, note, by, at })
}

/// That the publisher corrected the source, or took it back.
pub(super) fn notice(source: &mut Fields<'_, '_>, name: &'static str) -> Option<Notice> {
    let mut fields = source.group(name, "the notice")?;
    let span = fields.place();
    let at = date(&mut fields, "at");
    let url = url(&mut fields, "url").map(|url| url.value);
    let note = fields.localized("note");
    fields.finish();
    Some(Notice { span, at, url, note })
}

/// When the record must be looked at again.
pub(super) fn review(source: &mut Fields<'_, '_>) -> Option<Review> {
    let mut fields = source.group("review", "the review")?;
    let by = text(&mut fields, "by");
    let at = date(&mut fields, "at");
    let expires = date(&mut fields, "expires");
    fields.finish();
    Some(Review { by, at, expires })
}

/// Something that the source was read to support.
pub(super) fn fact(fact: &mut Fields<'_, '_>) -> Option<Fact> {
    let words = fact.text("text");
    let words = fact.required("text", words, "what the source says, in our words");
    let locator = text(fact, "locator");
    let checked = fact.choice("checked", CHECKED);
    let checked = fact.required("checked", checked, "stored-page");
    Some(Fact { text: words?.value, locator, checked: checked?.value })
}

/// A person or a body.
pub(super) fn author(author: &mut Fields<'_, '_>) -> Option<Author> {
    let org = author.localized("org");
    let family = author.localized("family");
    let given = author.localized("given");
    author.needs(&["org", "family"]);
    match (org, family) {
        (Some(org), None) => Some(Author::Body(org)),
        (None, Some(family)) => Some(Author::Person { family, given }),
        _ => {
            let place = author.place();
            author.wrong(
                place,
                "an author is a person or a body",
                "`{family: Morris, given: Benny}` or `{org: World Health Organization}`",
            );
            None
        }
    }
}

/// A passage kept word by word.
pub(super) fn quote(quote: &mut Fields<'_, '_>) -> Option<Quote> {
    let id = quote.id::<QuoteId>("id", "letters, digits, `.`, `_` and `-`");
    let id = quote.required("id", id, "q1");
    let exact = quote.localized("exact");
    let exact = quote.required("exact", exact, "\"the words\"");
    let locator = locator(quote);
    let prefix = text(quote, "prefix");
    let suffix = text(quote, "suffix");
    let by = [("person", "person"), ("machine", "machine"), ("official", "official")];
    let translated_by = quote.choice("translated-by", &by).map(|choice| choice.value);
    let id = id?;
    Some(Quote { id: id.value, span: id.span, exact: exact?, locator, prefix, suffix, translated_by })
}
