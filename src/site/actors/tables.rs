//! Tables of leaders and of who lists an actor as what, which a script can sort, and the comparison of several actors.
//!
//! Without the script a table stands in the order of its dates, and says so. For the script each cell has a number in `data-sort`:
//! the place of its words in the alphabet of the language, or a day.

use super::Teller;
use super::cards::by_actor;
use super::rows::Subject;
use crate::book::actors::{Item, Told};
use crate::citation::entry::short_name;
use crate::date::Date;
use crate::ids::DrawingId;
use crate::locale::Key;
use crate::site::html::Html;
use crate::site::words::{self, WithLang};
use std::collections::{BTreeMap, BTreeSet};

/// A cell: what it says, and what it is sorted by.
struct Cell {
    html: Html,
    order: Order,
}

enum Order {
    Words(String),
    Day(Option<Date>),
    /// Not sorted by.
    None,
}

impl<'a> Teller<'_, 'a> {
    /// Who leads or led an actor.
    pub(super) fn leaders(&mut self, told: &[Told<'a>]) -> Html {
        let columns = [Key::Name, Key::RoleLabel, Key::Dates, Key::Source];
        let rows = told.iter().enumerate().filter_map(|(number, told)| {
            let Item::Leader(leader) = told.item else { return None };
            let role = self.plain(&leader.role.value).to_owned();
            let mut dates = self.dated(&self.dates(leader));
            if let Some(note) = &leader.note {
                dates.open("span", &[("class", "remark")]).html(&self.text(&note.value)).close("span");
            }
            Some(vec![
                Cell {
                    html: self.text(&leader.name.value),
                    order: Order::Words(self.plain(&leader.name.value).to_owned()),
                },
                Cell { html: self.text(&leader.role.value), order: Order::Words(role) },
                Cell { html: dates, order: Order::Day(leader.order()) },
                Cell { html: self.sources(number, told), order: Order::None },
            ])
        });
        let rows = rows.collect();
        self.sortable(Key::Leaders, &columns, rows)
    }

    /// Who lists an actor as what.
    pub(super) fn designations(&mut self, told: &[Told<'a>]) -> Html {
        let has_terms = told.iter().any(|told| matches!(told.item, Item::Designation(one) if one.term.is_some()));
        let mut columns = vec![Key::Jurisdiction, Key::ListedScope, Key::ListedAs, Key::Since, Key::Source];
        columns.retain(|column| has_terms || *column != Key::ListedAs);
        let rows = told.iter().enumerate().filter_map(|(number, told)| {
            let Item::Designation(designation) = told.item else { return None };
            let mut scope = self.scope(designation);
            if let Some(note) = &designation.note {
                scope.open("span", &[("class", "remark")]).html(&self.text(&note.value)).close("span");
            }
            let words = designation.scope.as_ref().map(|scope| self.plain(&scope.value).to_owned());
            let term = designation.term.as_ref();
            let mut cells = vec![
                Cell {
                    html: self.designator(&designation.by),
                    order: Order::Words(self.designator_name(&designation.by)),
                },
                Cell { html: scope, order: Order::Words(words.unwrap_or_default()) },
            ];
            if has_terms {
                cells.push(Cell {
                    html: term.map(|term| self.text(&term.value)).unwrap_or_default(),
                    order: Order::Words(term.map(|term| self.plain(&term.value).to_owned()).unwrap_or_default()),
                });
            }
            let dates = match (&designation.since, &designation.until, &designation.as_of) {
                (Some(since), None, None) => self.locale.date(since),
                _ => self.term_of(designation),
            };
            cells.push(Cell { html: self.dated(&dates), order: Order::Day(designation.order()) });
            cells.push(Cell { html: self.sources(number, told), order: Order::None });
            Some(cells)
        });
        let rows = rows.collect();
        self.sortable(Key::DesignationsTitle, &columns, rows)
    }

    /// The sources of a row by name, with their marks.
    fn sources(&mut self, number: usize, told: &Told<'a>) -> Html {
        let mut names: Vec<Html> = Vec::new();
        for ground in told.item.grounds(&self.book.library) {
            let Some(source) = self.book.library.source(ground.source) else { continue };
            let (name, lang) = short_name(source, self.locale);
            let name = words::isolated_sentence(&name, WithLang::of(lang.as_ref(), self.book), self.locale);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let mut html = Html::new();
        for (index, name) in names.iter().enumerate() {
            if index > 0 {
                html.text(self.locale.text(Key::Comma));
            }
            html.html(name);
        }
        html.html(&(self.marks)(number, told));
        html
    }

    fn sortable(&self, title: Key, columns: &[Key], rows: Vec<Vec<Cell>>) -> Html {
        let places: Vec<BTreeMap<String, usize>> =
            (0..columns.len()).map(|column| self.places(&rows, column)).collect();
        let mut html = Html::new();
        html.element("p", &[("class", "drawing-title")], self.locale.text(title));
        html.element("p", &[("class", "drawing-subtitle")], self.locale.text(Key::OrderedByDate));
        html.open("div", &[("class", "table"), ("tabindex", "0"), ("role", "group")]);
        html.open("table", &[("class", "sortable")]).open("caption", &[("class", "hidden")]);
        html.text(self.locale.text(title)).markup("</caption><thead><tr>");
        for column in columns {
            let sorts = if *column == Key::Source { "" } else { "data-sorts" };
            let order = if matches!(column, Key::Dates | Key::Since) { "ascending" } else { "" };
            html.element("th", &[("scope", "col"), (sorts, order)], self.locale.text(*column));
        }
        html.markup("</tr></thead><tbody>\n");
        for row in rows {
            html.markup("<tr>");
            for (index, (cell, places)) in row.into_iter().zip(&places).enumerate() {
                let order = match &cell.order {
                    Order::Words(words) => places.get(words).map(ToString::to_string),
                    Order::Day(date) => date.map(|date| date.first_day().number().to_string()),
                    Order::None => None,
                };
                let tag = if index == 0 { "th" } else { "td" };
                let scope = if index == 0 { "scope" } else { "" };
                let sort = if order.is_some() { "data-sort" } else { "" };
                html.open(tag, &[(scope, "row"), (sort, order.as_deref().unwrap_or_default())]);
                html.html(&cell.html).close(tag);
            }
            html.markup("</tr>\n");
        }
        html.markup("</tbody></table></div>");
        html
    }

    /// The words of a column, each with its place in the alphabet of the language.
    fn places(&self, rows: &[Vec<Cell>], column: usize) -> BTreeMap<String, usize> {
        let words = rows.iter().filter_map(|row| match &row.get(column)?.order {
            Order::Words(words) => Some(words.clone()),
            Order::Day(_) | Order::None => None,
        });
        let mut words: Vec<String> = words.collect::<BTreeSet<_>>().into_iter().collect();
        words.sort_by_cached_key(|words| self.locale.alphabet().sort_key(words));
        words.into_iter().enumerate().map(|(place, words)| (words, place)).collect()
    }

    /// The actors of a group side by side: a row a subject, a column an actor.
    pub(super) fn comparison(&mut self, id: &DrawingId, told: &[Told<'a>]) -> Html {
        let mut html = self.group_title(id);
        let mut columns = Vec::new();
        for (actor, items) in by_actor(told) {
            columns.push((actor, self.rows(actor, &items)));
        }
        let subjects: BTreeSet<Subject> = columns.iter().flat_map(|(_, rows)| rows.keys().copied()).collect();
        html.open("div", &[("class", "table"), ("tabindex", "0"), ("role", "group")]);
        html.open("table", &[("class", "comparison")]).open("caption", &[("class", "hidden")]);
        html.text(self.locale.text(Key::Comparison)).markup("</caption><thead><tr><td></td>");
        for (actor, _) in &columns {
            html.open("th", &[("scope", "col")]).html(&self.name(actor)).close("th");
        }
        html.markup("</tr></thead><tbody>\n");
        for subject in subjects {
            html.markup("<tr>").element("th", &[("scope", "row")], self.label(subject));
            for (_, rows) in &columns {
                html.markup("<td>");
                match rows.get(&subject) {
                    Some(cell) => html.html(cell),
                    None => html.element("span", &[("class", "unrecorded")], self.locale.text(Key::NotRecorded)),
                };
                html.markup("</td>");
            }
            html.markup("</tr>\n");
        }
        html.markup("</tbody></table></div>");
        html
    }
}
