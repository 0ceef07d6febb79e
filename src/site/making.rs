//! Makes the files of an edition, or takes those that by their recipe the last one has: the pages, each as a job; and what lies beside them, each of the book alone, so that none waits for another.

use super::edition::OutPath;
use super::gathering::{Gathering, Making, Put};
use super::hosting::{self, Icon};
use super::recipe::Recipes;
use super::renderer::{Job, Rendered, Renderer};
use super::{actors, changes, citing, data, datasets, downloads, glossary, search, timeline};
use crate::book::catalogue::Catalogue;
use crate::diagnostic::Diagnostic;
use rayon::prelude::*;
use std::sync::Arc;

/// Makes files, and hands them to those who gather them.
pub(super) struct Maker<'a> {
    pub(super) renderer: &'a Renderer<'a>,
    pub(super) catalogue: &'a Catalogue<'a>,
    /// By what is known that a file cannot be different; `None` where nobody can say.
    pub(super) recipes: Option<Recipes<'a>>,
    pub(super) gathering: &'a Gathering<'a>,
}

impl Maker<'_> {
    /// A page; what is wrong with its template.
    pub(super) fn page(&self, language: usize, job: Job<'_>) -> Option<Diagnostic> {
        if self.gathering.is_in_vain() {
            return None;
        }
        let recipe = self.recipes.as_ref().and_then(|recipes| recipes.job(language, job));
        self.gathering
            .make(recipe, |making| put(self.renderer.run(language, job), &|path, text| making.put(path, text)))
    }

    /// The pages of no language.
    pub(super) fn furniture(&self) -> Vec<Diagnostic> {
        let rendered = self.renderer.furniture().into_iter();
        rendered.filter_map(|rendered| put(rendered, &|path, text| self.gathering.put(path, text))).collect()
    }

    /// Whatever is no page. `jobs` are the pages, for search engines; `icons` those that a phone may show.
    pub(super) fn beside(&self, jobs: &[(usize, Job<'_>)], icons: &[Icon]) {
        let Self { renderer, gathering, .. } = *self;
        let (book, options) = (renderer.book, renderer.options);
        let file: Put<'_> = &|path, text| gathering.put(path, text.into_bytes());
        let makers: [&(dyn Fn() + Sync); 7] = [
            &|| self.statements(),
            &|| self.search(),
            &|| self.data(file),
            &|| self.downloads(),
            &|| datasets::files(book, renderer.register, options.extent(), file),
            &|| hosting::files(renderer, jobs, icons, file),
            &|| citing::files(book, options, self.recipes.as_ref(), gathering),
        ];
        makers.par_iter().for_each(|make| make());
    }

    fn statements(&self) {
        for (place, language) in self.renderer.languages() {
            let recipe = self.recipes.as_ref().map(|recipes| recipes.statements(place));
            self.gathering.make(recipe, |making| {
                data::statements(self.renderer, &language.lang, making);
                None
            });
        }
    }

    /// One language after the other: each holds all its words at once.
    fn search(&self) {
        for (place, _) in self.renderer.languages() {
            let recipe = self.recipes.as_ref().map(|recipes| recipes.search(place));
            self.gathering.make(recipe, |making| {
                search::files(self.renderer, place, &texts(making));
                None
            });
        }
    }

    fn data(&self, file: Put<'_>) {
        let (book, options) = (self.renderer.book, self.renderer.options);
        let data = [data::index(book, options), timeline::data(book), actors::data(book)];
        let more = [changes::data::log(book, self.renderer.history), glossary::data(book)];
        for (path, text) in data.into_iter().chain(more).flatten() {
            file(path, text);
        }
    }

    fn downloads(&self) {
        let (book, extent) = (self.renderer.book, self.renderer.options.extent());
        self.gathering.make(self.recipes.as_ref().map(Recipes::downloads), |making| {
            downloads::files(book, self.catalogue, extent, &texts(making));
            None
        });
    }
}

/// Adds texts to the files of a recipe.
fn texts(making: &Making<'_, '_>) -> impl Fn(OutPath, String) + Sync {
    |path, text| making.put(path, text.into_bytes())
}

/// Adds what was rendered, where something was.
fn put(rendered: Rendered, put: &dyn Fn(OutPath, Arc<[u8]>)) -> Option<Diagnostic> {
    match rendered {
        Ok(file) => {
            if let Some((path, text)) = file {
                put(path, text);
            }
            None
        }
        Err(diagnostic) => Some(diagnostic),
    }
}
