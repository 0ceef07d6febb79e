//! A comparison side by side → one after the other: a page of a book or of paper is narrow, and nothing on it can be pushed aside.
//!
//! Nothing is left out, not even what is not recorded: that is said of each, as in the table.

use super::tree::Element;

/// Puts what stands in the columns of a table one under the other. `None` where its rows have not all the same cells: it stays a table.
pub(in crate::bundle) fn unfold(table: &Element) -> Option<Element> {
    let mut rows: Vec<Vec<&Element>> = Vec::new();
    table.each(&mut |element| {
        if element.is("tr") {
            rows.push(element.elements().filter(|cell| cell.is("th") || cell.is("td")).collect());
        }
    });
    let (names, rows) = rows.split_first()?;
    let is_regular = rows.iter().all(|row| row.len() == names.len());
    let spans = names.iter().chain(rows.iter().flatten()).any(|cell| spans(cell));
    if names.len() < 2 || rows.is_empty() || !is_regular || spans {
        return None;
    }
    let mut all = Element::new("div").with("class", "compared");
    for (column, name) in names.iter().enumerate().skip(1) {
        let mut facts = Element::new("dl");
        for row in rows {
            let (label, said) = (row.first()?, row.get(column)?);
            let fact = Element::new("div").holding(renamed(label, "dt")).holding(renamed(said, "dd"));
            facts.children.push(fact.into());
        }
        all.children.push(renamed(name, "div").with("class", "actor-name").into());
        all.children.push(facts.into());
    }
    Some(all)
}

fn spans(cell: &Element) -> bool {
    cell.get("colspan").is_some() || cell.get("rowspan").is_some()
}

/// The same with another name, and without what only cells have.
fn renamed(cell: &Element, name: &str) -> Element {
    let mut element = Element::new(name);
    let keeps = |name: &str| matches!(name, "class" | "id" | "lang" | "dir");
    element.attributes = cell.attributes.iter().filter(|(name, _)| keeps(name)).cloned().collect();
    element.children.clone_from(&cell.children);
    element
}

#[cfg(test)]
mod tests {
    use super::super::{Syntax, write};
    use super::*;

    fn row(cells: &[(&str, &str)]) -> Element {
        cells.iter().fold(Element::new("tr"), |row, (name, text)| row.holding(Element::new(name).holding(*text)))
    }

    #[test]
    fn columns_follow_each_other() {
        let head = Element::new("thead").holding(row(&[("td", ""), ("th", "Fatah"), ("th", "Hamas")]));
        let body = Element::new("tbody")
            .holding(row(&[("th", "Kind"), ("td", "movement"), ("td", "movement, too")]))
            .holding(row(&[("th", "Since"), ("td", "1959"), ("td", "1987")]));
        let table = Element::new("table").holding(head).holding(body);
        let html = write(&unfold(&table).unwrap(), Syntax::Xhtml);
        let one = |name: &str, kind: &str, since: &str| {
            format!(
                "<div class=\"actor-name\">{name}</div><dl><div><dt>Kind</dt><dd>{kind}</dd></div><div><dt>Since</dt><dd>{since}</dd></div></dl>"
            )
        };
        let both = [one("Fatah", "movement", "1959"), one("Hamas", "movement, too", "1987")].concat();
        assert_eq!(html, format!("<div class=\"compared\">{both}</div>"));
    }

    #[test]
    fn what_is_no_grid_stays_a_table() {
        let head = row(&[("td", ""), ("th", "a"), ("th", "b")]);
        let short = Element::new("table").holding(head.clone()).holding(row(&[("th", "c"), ("td", "d")]));
        let alone = Element::new("table").holding(head);
        assert_eq!((unfold(&short), unfold(&alone)), (None, None));
    }
}
