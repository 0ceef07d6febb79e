//! Which template is given what. Every page is rendered by way of [`Given`], so that a template's values and their description come from one type.
//!
//! [`given`] is that description as data: `docs/template-context.md` is written from it.

use super::actors::PeopleContext;
use super::changes::page::ChangesContext;
use super::context::PageContext;
use super::figure_list::FigureList;
use super::furniture::{ChoiceFrame, RedirectFrame};
use super::library::ListContext;
use super::offline::OfflineContext;
use super::paper::Paper;
use super::renderer::{ListFrame, PageFrame, SourceFrame};
use super::search::page::SearchContext;
use super::shape::{Part, Schemas, Shape};
use super::sourcing::Sourcing;
use super::timeline::TimelineContext;
use super::translation_status::StatusContext;
use super::{context, review, sheet};
use context::Frame;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// The values of a template.
#[diagnostic::on_unimplemented(
    message = "no template is given `{Self}`",
    note = "add it to the list in `src/site/given.rs`, then write docs/template-context.md anew: UPDATE_DOCS=1 cargo test --test suite template_context"
)]
pub(super) trait Given: Serialize + JsonSchema {
    /// The template.
    const TEMPLATE: &'static str;
}

/// What a template is given.
#[derive(Debug)]
pub struct Template {
    /// Its path below `templates/`.
    pub name: &'static str,
    /// Its values by name; those that every such template gets among them.
    pub values: Part,
}

/// What templates are given.
#[derive(Debug)]
pub struct Reference {
    /// Every template that is rendered by itself.
    pub templates: Vec<Template>,
    /// What every page gets.
    pub frame: Part,
    /// What every file that stands alone gets.
    pub paper: Part,
    /// The parts that values are made of.
    pub parts: BTreeMap<String, Part>,
}

macro_rules! templates {
    ($($values:ty => $template:literal),* $(,)?) => {
        $(impl Given for $values { const TEMPLATE: &'static str = $template; })*

        /// What templates are given, worked out from the types of their values.
        pub fn given() -> Reference {
            let mut schemas = Schemas::default();
            let templates: Vec<_> = vec![$(($template, schemas.of::<$values>())),*];
            let (frame, paper) = (schemas.of::<Frame<'_>>(), schemas.of::<Paper<'_>>());
            let Shape { parts } = schemas.finish();
            let part = |name: &str| parts.get(name).cloned().unwrap_or_default();
            Reference {
                templates: templates.into_iter().map(|(name, root)| Template { name, values: part(&root) }).collect(),
                frame: part(&frame),
                paper: part(&paper),
                parts,
            }
        }
    };
}

templates! {
    PageFrame<'_, PageContext> => "page.html",
    SourceFrame<'_> => "source.html",
    ListFrame<'_, ListContext> => "sources.html",
    PageFrame<'_, TimelineContext> => "timeline.html",
    PageFrame<'_, PeopleContext> => "people.html",
    ListFrame<'_, FigureList> => "figures.html",
    PageFrame<'_, SearchContext> => "search.html",
    PageFrame<'_, Sourcing> => "sourcing.html",
    PageFrame<'_, ChangesContext> => "changes.html",
    PageFrame<'_, OfflineContext> => "offline.html",
    PageFrame<'_, StatusContext> => "translation_status.html",
    ChoiceFrame<'_> => "languages.html",
    Frame<'_> => "not_found.html",
    RedirectFrame<'_> => "redirect.html",
    sheet::Sheet<'_> => "sheet.html",
    review::Sheet<'_> => "review.html",
}
