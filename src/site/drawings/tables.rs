//! The numbers of a chart as a table: what the drawing shows, exactly, with the source of each.

use super::plots::Plotter;
use crate::book::Book;
use crate::book::drawings::{Shown, points};
use crate::chart::svg::number;
use crate::chart::{ChartRecord, Place};
use crate::citation::entry::short_name;
use crate::date::Date;
use crate::figure::phrase;
use crate::figure::series::Point;
use crate::figure::{Figure, Series};
use crate::ids::SourceId;
use crate::locale::{Key, Locale};
use crate::site::html::Html;
use crate::site::words::{self, WithLang};
use crate::workspace::Localized;
use std::collections::BTreeMap;

/// The table of a chart.
pub(super) fn table(
    book: &Book,
    locale: &Locale,
    chart: &ChartRecord,
    shown: &Shown<'_>,
    plotter: &Plotter<'_>,
    places: &[Vec<Place>],
) -> Html {
    let writer = Writer { book, locale, plotter, places };
    let mut html = Html::new();
    let title = words::localized(book, locale, &chart.title);
    html.open("div", &[("class", "table"), ("tabindex", "0"), ("role", "group")]);
    html.markup("<table><caption class=\"hidden\">").html(&title).markup("</caption>");
    if shown.series.is_empty() {
        writer.figures(&shown.figures, &mut html);
    } else {
        writer.series(chart, &shown.series, &mut html);
    }
    html.markup("</table></div>");
    html
}

/// A point in a row, and where it is drawn.
#[derive(Clone, Copy)]
struct Cell<'a> {
    point: &'a Point,
    place: Option<Place>,
}

struct Writer<'a> {
    book: &'a Book,
    locale: &'a Locale,
    plotter: &'a Plotter<'a>,
    /// Where each point of each series is drawn.
    places: &'a [Vec<Place>],
}

impl Writer<'_> {
    /// A row a date; a column a series, and the source of what stands in the row.
    fn series(&self, chart: &ChartRecord, all: &[&Series], html: &mut Html) {
        // A series may have several points of one date; each has a row of its own.
        let mut rows: BTreeMap<(Date, usize), Vec<Option<Cell<'_>>>> = BTreeMap::new();
        for (column, series) in all.iter().enumerate() {
            let mut before: Option<(Date, usize)> = None;
            let drawn = self.places.get(column).map(Vec::as_slice).unwrap_or_default();
            for (index, point) in points(series, chart.period.as_ref()).into_iter().enumerate() {
                let again = before.filter(|(date, _)| *date == point.date).map_or(0, |(_, times)| times + 1);
                before = Some((point.date, again));
                let row = rows.entry((point.date, again)).or_insert_with(|| vec![None; all.len()]);
                if let Some(cell) = row.get_mut(column) {
                    *cell = Some(Cell { point, place: drawn.get(index).copied() });
                }
            }
        }
        html.markup("<thead><tr>").element("th", &[("scope", "col")], self.locale.text(Key::Date));
        for series in all {
            let name = if all.len() == 1 {
                Html::escaped(self.locale.text(Key::Value))
            } else {
                words::localized(self.book, self.locale, &series.label)
            };
            html.open("th", &[("scope", "col"), ("class", "end")]).html(&name).close("th");
        }
        html.element("th", &[("scope", "col")], self.locale.text(Key::Source)).markup("</tr></thead><tbody>\n");
        for ((date, _), cells) in rows {
            // What a script needs to read the chart out: where the date stands, and each number.
            let x = cells.iter().flatten().find_map(|cell| cell.place).map(|(x, _)| number(x));
            html.open("tr", &x.iter().map(|x| ("data-x", x.as_str())).collect::<Vec<_>>())
                .open("th", &[("scope", "row")])
                .element("bdi", &[], &self.locale.date(&date))
                .close("th");
            for (series, cell) in all.iter().zip(&cells) {
                let y = cell.as_ref().and_then(|cell| cell.place).map(|(_, y)| number(y));
                let mut attributes = vec![("class", "end")];
                attributes.extend(y.iter().map(|y| ("data-y", y.as_str())));
                html.open("td", &attributes);
                if let Some(cell) = cell {
                    html.html(&words::isolated_sentence(
                        &self.number(series, cell.point),
                        WithLang::default(),
                        self.locale,
                    ));
                }
                html.close("td");
            }
            html.markup("<td>").html(&self.sources(all, &cells)).markup("</td></tr>\n");
        }
        html.markup("</tbody>");
    }

    fn number(&self, series: &Series, point: &Point) -> String {
        let value = self.plotter.value(series, &point.value);
        match &point.range {
            Some((low, high)) => format!("{value} ({})", self.locale.range(low, high)),
            None => value,
        }
    }

    fn sources(&self, all: &[&Series], cells: &[Option<Cell<'_>>]) -> Html {
        let mut named: Vec<&SourceId> = Vec::new();
        let mut html = Html::new();
        for (series, cell) in all.iter().zip(cells) {
            let Some(Cell { point, .. }) = cell else { continue };
            let id = point.source.as_ref().map_or(&series.source.value, |source| &source.value);
            if named.contains(&id) {
                continue;
            }
            if !named.is_empty() {
                html.text(self.locale.text(Key::Comma));
            }
            named.push(id);
            html.html(&self.source(id));
        }
        html
    }

    fn source(&self, id: &SourceId) -> Html {
        let Some(source) = self.book.library.source(id) else { return Html::new() };
        let (name, lang) = short_name(source, self.locale);
        words::isolated_sentence(&name, WithLang::of(lang.as_ref(), self.book), self.locale)
    }

    /// A row a figure.
    fn figures(&self, figures: &[&Figure], html: &mut Html) {
        html.markup("<thead><tr><td></td>");
        for key in [Key::Value, Key::IntervalLabel, Key::AsOfLabel, Key::ReportedByLabel, Key::Source] {
            html.element("th", &[("scope", "col")], self.locale.text(key));
        }
        html.markup("</tr></thead><tbody>\n");
        for figure in figures {
            html.markup("<tr>").open("th", &[("scope", "row")]).html(&self.words(&figure.label)).close("th");
            let value =
                phrase::phrase(figure, crate::markdown::tree::FigureForm::Value, self.locale, self.plotter.source_lang);
            html.open("td", &[("class", "end")])
                .html(&words::isolated_sentence(&value.unwrap_or_default(), WithLang::default(), self.locale))
                .close("td");
            html.open("td", &[("class", "end")]);
            if let Some((low, high)) = &figure.range {
                html.html(&words::isolated_sentence(
                    &phrase::interval(figure, low, high, self.locale),
                    WithLang::default(),
                    self.locale,
                ));
            }
            html.close("td").markup("<td>").element("bdi", &[], &self.locale.date(&figure.when)).markup("</td><td>");
            if let Some(reporter) = &figure.reporter {
                html.html(&self.words(reporter));
            }
            html.markup("</td><td>").html(&self.source(&figure.source.value)).markup("</td></tr>\n");
        }
        html.markup("</tbody>");
    }

    fn words(&self, text: &Localized) -> Html {
        words::localized(self.book, self.locale, text)
    }
}
