//! The who's who: every actor with its fact box and its leaders, by kind and within a kind by the alphabet of the language.
//!
//! The page is linked as if somebody had written it: a drawing an actor. So its marks, cards and list of sources are made like those of any page.

use super::{anchor, page_link};
use crate::actor::Actor;
use crate::actor::record::ActorKind;
use crate::book::actors::{Told, item_place, told};
use crate::book::evidence::drawing_place;
use crate::book::navigation::PEOPLE;
use crate::book::{Book, BookPage, Language, View};
use crate::figure::phrase;
use crate::ids::{DrawingId, Lang, PageId};
use crate::locale::{Key, Locale, Vocabulary};
use crate::markdown::tree::{Block, BlockKind, DrawingKind, DrawingRef};
use crate::number::Number;
use crate::site::address;
use crate::site::body::Body;
use crate::site::context::{Alternate, Download, NoteEntry, SourceEntry, SourceGroup};
use crate::site::edition::OutPath;
use crate::site::faces::Faces;
use crate::site::html::Html;
use crate::site::page::{PageWriter, alternates};
use crate::site::sentences::Sentences;
use crate::site::{sources, words};
use crate::workspace::Placed;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What `people.html` gets besides.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::site) struct PeopleContext {
    /// Its title.
    title: String,
    /// Language of the page.
    lang: String,
    /// Direction of the page.
    dir: &'static str,
    /// What the page is, for `<meta>`.
    description: String,
    /// Its whole address; null without `base-url`.
    canonical_url: Option<String>,
    /// The page in all languages, by whole addresses; empty without `base-url`.
    alternates: Vec<Alternate>,
    /// How many actors, how many leaders.
    meta: Vec<Html>,
    /// The actors by kind.
    groups: Vec<Group>,
    /// The notes of a style that cites in notes; empty in other styles.
    notes: Vec<NoteEntry>,
    /// The sources of all facts.
    sources: Vec<SourceEntry>,
    /// The sources by kind, where `[citations] group-by` asks for it; else empty.
    source_groups: Vec<SourceGroup>,
    /// Empty here.
    downloads: Vec<Download>,
    /// The actors as data.
    data_url: Option<String>,
}

/// Actors of a kind.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ActorGroup")]
struct Group {
    /// Its place on the page.
    id: String,
    /// The kind.
    title: String,
    /// The actors, by the alphabet of the language.
    actors: Vec<Entry>,
}

/// An actor.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ListedActor")]
struct Entry {
    /// Its place on the page.
    id: String,
    /// Its name.
    name_html: Html,
    /// Its name in words alone, for the name of a link.
    name: String,
    /// The page that tells more.
    url: Option<String>,
    /// Its fact box, and its leaders where the box does not show them all.
    html: Html,
}

/// The context of the page; `None` where there is no actor.
pub(in crate::site) fn context(
    writer: &PageWriter<'_>,
    language: &Language,
    faces: &Faces<'_>,
    paths: &[OutPath],
) -> Option<PeopleContext> {
    let (book, locale) = (writer.book, &language.locale);
    let actors = ordered(book, locale);
    let title = locale.text(Key::People).to_owned();
    let page = written(book, language, &title, &actors)?;
    let view = book.view_in(&page, &language.lang)?;
    let mut body = Body::new(writer, view, faces);
    let groups = groups(writer, language, &actors, view, &mut body);
    let sentences = Sentences::told(book, view, told_at_marks(book, locale, view));
    let leaders: usize = actors.iter().map(|actor| actor.leaders.len()).sum();
    let counted = |key, count: usize| words::pieces(&locale.count(key, &Number::from(count), &[]));
    Some(PeopleContext {
        title,
        lang: language.lang.to_string(),
        dir: locale.direction().name(),
        description: locale.text(Key::PeopleIntro).to_owned(),
        canonical_url: book.config.base_url.as_deref().map(|base| address::absolute(base, writer.from)),
        alternates: alternates(book, paths),
        meta: vec![counted(Key::ActorCount, actors.len()), counted(Key::LeaderCount, leaders)],
        groups,
        sources: sources::entries(writer, view, faces, &body, &sentences),
        source_groups: sources::groups(book, view),
        notes: std::mem::take(&mut body.notes),
        downloads: Vec::new(),
        data_url: super::data::path().map(|to| address::link(writer.profile, writer.from, &to, None)),
    })
}

/// The actors by kind, and within a kind by the alphabet of the language.
pub(in crate::site) fn ordered<'a>(book: &'a Book, locale: &Locale) -> Vec<&'a Actor> {
    let mut actors: Vec<&Actor> = book.library.actors().collect();
    let place = |actor: &Actor| ActorKind::ALL.iter().position(|(_, kind)| *kind == actor.kind);
    actors.sort_by_cached_key(|actor| (place(actor), locale.alphabet().sort_key(name(book, locale, actor))));
    actors
}

fn name<'a>(book: &Book, locale: &Locale, actor: &'a Actor) -> &'a str {
    named(book, locale, actor).0
}

/// The name of an actor for readers of a language, and the language it is in where that is another.
pub(in crate::site) fn named<'a>(book: &Book, locale: &Locale, actor: &'a Actor) -> (&'a str, Option<&'a Lang>) {
    let source = book.source_language().map_or(locale.lang(), |language| &language.lang);
    phrase::words(&actor.name.value, locale, source)
}

/// The page, in one language alone.
fn written(book: &Book, language: &Language, title: &str, actors: &[&Actor]) -> Option<BookPage> {
    let title = Placed { value: title.to_owned(), span: actors.first()?.span };
    let blocks = actors.iter().flat_map(|actor| {
        drawings(actor).into_iter().map(|drawing| Block {
            span: actor.span,
            kind: BlockKind::Drawing { kind: drawing.kind, drawing: Some(drawing), caption: Vec::new() },
            uncited: None,
        })
    });
    Some(BookPage::made(book, language, PageId::parse(PEOPLE)?, title, blocks.collect()))
}

/// The fact box of an actor, and its leaders where the box does not show them all.
fn drawings(actor: &Actor) -> Vec<DrawingRef> {
    let Some(id) = DrawingId::parse(actor.id.as_str()) else { return Vec::new() };
    let drawing = |kind| DrawingRef { kind, id: id.clone(), period: None };
    let mut drawings = vec![drawing(DrawingKind::Facts)];
    if actor.leaders.iter().any(|leader| !leader.latest) {
        drawings.push(drawing(DrawingKind::Leaders));
    }
    drawings
}

fn groups<'v>(
    writer: &PageWriter<'_>,
    language: &Language,
    actors: &[&Actor],
    view: View<'v>,
    body: &mut Body<'v>,
) -> Vec<Group> {
    let (book, locale) = (writer.book, &language.locale);
    let mut groups: Vec<Group> = Vec::new();
    let mut blocks = view.version.page.body.blocks.iter();
    for actor in actors {
        let mut html = Html::new();
        for block in blocks.by_ref().take(drawings(actor).len()) {
            if let BlockKind::Drawing { drawing: Some(drawing), .. } = &block.kind {
                body.actors(drawing, &[], &mut html);
            }
        }
        let id = format!("k-{}", actor.kind.name());
        if groups.last().is_none_or(|last| last.id != id) {
            let title = locale.term(Vocabulary::ActorGroup, actor.kind.name()).unwrap_or(actor.kind.name());
            groups.push(Group { id, title: title.to_owned(), actors: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.actors.push(Entry {
                id: anchor(actor),
                name_html: words::localized(book, locale, &actor.name.value),
                name: name(book, locale, actor).to_owned(),
                url: page_link(book, writer.profile, &language.lang, writer.from, actor),
                html,
            });
        }
    }
    groups
}

/// What stands at each mark of the page: of whom it is told.
fn told_at_marks(book: &Book, locale: &Locale, view: View<'_>) -> BTreeMap<String, String> {
    let mut at_marks = BTreeMap::new();
    let drawings = view.version.page.body.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Drawing { drawing, .. } => drawing.as_ref(),
        _ => None,
    });
    for (number, drawing) in drawings.enumerate() {
        let place = drawing_place(number + 1);
        for (item, Told { actor, item: told }) in told(&book.library, drawing).iter().enumerate() {
            for ground in 0..told.grounds(&book.library).len() {
                at_marks.insert(item_place(&place, item, ground), name(book, locale, actor).to_owned());
            }
        }
    }
    at_marks
}
