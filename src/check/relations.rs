//! SB218: what records say of one another agrees: who came after whom, and who relies on whom.

use crate::book::Book;
use crate::citation::Source;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::SourceId;
use crate::workspace::Placed;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Both records of a pair say which is newer, and no source comes after itself or relies on itself.
pub(super) fn library(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let sources: Vec<&Source> = book.library.sources().collect();
    let mut later = Graph::new(&sources);
    let mut relies = Graph::new(&sources);
    for source in &sources {
        for place in &source.chain {
            relies.add(book, &source.id, &place.value, place);
        }
        for place in &source.supersedes {
            later.add(book, &source.id, &place.value, place);
        }
        for place in &source.superseded_by {
            later.add(book, &place.value, &source.id, place);
        }
    }
    let circular = later.report("comes after itself", diagnostics);
    relies.report("relies on itself", diagnostics);
    for source in sources.iter().filter(|source| !circular.contains(&source.id)) {
        let id = &source.id;
        let newer = |other: &SourceId| (format!("`{other}` does not say that `{id}` superseded it"), "superseded-by");
        one_sided(book, source, &source.supersedes, |other| &other.superseded_by, &newer, diagnostics);
        let older = |other: &SourceId| (format!("`{other}` does not say that it superseded `{id}`"), "supersedes");
        one_sided(book, source, &source.superseded_by, |other| &other.supersedes, &older, diagnostics);
    }
}

/// What one record says and the other does not.
fn one_sided(
    book: &Book,
    source: &Source,
    others: &[Placed<SourceId>],
    back: fn(&Source) -> &[Placed<SourceId>],
    told: &dyn Fn(&SourceId) -> (String, &'static str),
    diagnostics: &mut Vec<Diagnostic>,
) {
    for place in others {
        let Some(other) = book.library.source(&place.value) else { continue };
        let agrees = back(other).iter().any(|id| book.library.source(&id.value).is_some_and(|own| own.id == source.id));
        if !agrees {
            let (message, field) = told(&other.id);
            diagnostics.push(
                Diagnostic::new(Code::SB218, place.span, message)
                    .help(format!("add `{field}: [{}]` to its record: a reader may come from either side", source.id))
                    .related(other.span, "its record is here"),
            );
        }
    }
}

/// Sources that lead to others, each with the place that says so.
struct Graph<'a> {
    sources: &'a [&'a Source],
    numbers: BTreeMap<&'a SourceId, usize>,
    edges: Vec<Vec<(usize, &'a Placed<SourceId>)>>,
}

/// The way from each source of a circle to the next, with the place that says so.
type Circle<'a> = Vec<(usize, &'a Placed<SourceId>)>;

impl<'a> Graph<'a> {
    fn new(sources: &'a [&'a Source]) -> Self {
        let numbers = sources.iter().enumerate().map(|(number, source)| (&source.id, number)).collect();
        Self { sources, numbers, edges: vec![Vec::new(); sources.len()] }
    }

    fn add(&mut self, book: &'a Book, from: &SourceId, to: &SourceId, place: &'a Placed<SourceId>) {
        let number = |id| book.library.source(id).and_then(|source| self.numbers.get(&source.id)).copied();
        if let (Some(from), Some(to)) = (number(from), number(to))
            && let Some(edges) = self.edges.get_mut(from)
        {
            edges.push((to, place));
        }
    }

    /// Reports one circle of each set of sources that lead to one another, at the first of them; returns all sources of such sets.
    fn report(&self, what: &str, diagnostics: &mut Vec<Diagnostic>) -> BTreeSet<&'a SourceId> {
        let mut circular = BTreeSet::new();
        for component in self.components() {
            let Some(circle) = component.first().and_then(|start| self.circle(*start, &component)) else { continue };
            circular.extend(component.iter().filter_map(|node| self.id(*node)));
            let path: Vec<String> =
                circle.iter().filter_map(|(node, _)| self.id(*node)).map(|id| format!("`{id}`")).collect();
            let ([(_, place), others @ ..], [first, rest @ ..]) = (circle.as_slice(), path.as_slice()) else {
                continue;
            };
            let by_way_of = if rest.is_empty() { String::new() } else { format!(", by way of {}", rest.join(", ")) };
            let message = format!("{first} {what}{by_way_of}");
            let diagnostic = Diagnostic::new(Code::SB218, place.span, message).help("take one of these ids out");
            diagnostics.push(others.iter().fold(diagnostic, |told, (_, place)| told.related(place.span, "and here")));
        }
        circular
    }

    fn id(&self, node: usize) -> Option<&'a SourceId> {
        self.sources.get(node).map(|source| &source.id)
    }

    fn next(&self, node: usize) -> impl Iterator<Item = &(usize, &'a Placed<SourceId>)> {
        self.edges.get(node).into_iter().flatten()
    }

    /// The shortest way from a source back to itself within its set.
    fn circle(&self, start: usize, component: &BTreeSet<usize>) -> Option<Circle<'a>> {
        let mut came: BTreeMap<usize, (usize, &'a Placed<SourceId>)> = BTreeMap::new();
        let mut pending = VecDeque::from([start]);
        while !came.contains_key(&start) {
            let node = pending.pop_front()?;
            for (next, place) in self.next(node).filter(|(next, _)| component.contains(next)) {
                came.entry(*next).or_insert_with(|| {
                    pending.push_back(*next);
                    (node, place)
                });
            }
        }
        let mut circle = Vec::new();
        let mut node = start;
        while let Some(step) = came.get(&node) {
            circle.push(*step);
            node = step.0;
            if node == start {
                break;
            }
        }
        circle.reverse();
        Some(circle)
    }

    /// The sets of sources that lead to one another, by Kosaraju's two walks; without recursion, because chains may be long.
    fn components(&self) -> Vec<BTreeSet<usize>> {
        let mut back: Vec<Vec<usize>> = vec![Vec::new(); self.edges.len()];
        for (from, edges) in self.edges.iter().enumerate() {
            for (to, _) in edges {
                if let Some(list) = back.get_mut(*to) {
                    list.push(from);
                }
            }
        }
        let mut left: BTreeSet<usize> = (0..self.edges.len()).collect();
        let mut components = Vec::new();
        for start in self.by_completion().into_iter().rev() {
            let mut component = BTreeSet::new();
            let mut pending = vec![start];
            while let Some(node) = pending.pop() {
                if left.remove(&node) {
                    component.insert(node);
                    pending.extend(back.get(node).into_iter().flatten());
                }
            }
            components.extend((!component.is_empty()).then_some(component));
        }
        components.sort();
        components
    }

    /// All nodes, each after those that it leads to and that were not being walked already.
    fn by_completion(&self) -> Vec<usize> {
        enum Step {
            Enter(usize),
            Leave(usize),
        }
        let mut left: BTreeSet<usize> = (0..self.edges.len()).collect();
        let mut done = Vec::with_capacity(self.edges.len());
        for start in 0..self.edges.len() {
            let mut steps = vec![Step::Enter(start)];
            while let Some(step) = steps.pop() {
                match step {
                    Step::Leave(node) => done.push(node),
                    Step::Enter(node) if left.remove(&node) => {
                        steps.push(Step::Leave(node));
                        steps.extend(self.next(node).map(|(next, _)| Step::Enter(*next)));
                    }
                    Step::Enter(_) => {}
                }
            }
        }
        done
    }
}
