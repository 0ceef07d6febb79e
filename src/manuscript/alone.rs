//! One file by itself, as its own parser sees it: for editors, who ask what may stand at a place of it.

use super::parse_page;
use crate::actor;
use crate::chart;
use crate::citation;
use crate::diagnostic::Diagnostic;
use crate::editorial;
use crate::figure::{self, series};
use crate::glossary;
use crate::locale;
use crate::map;
use crate::span::FileId;
use crate::timeline;
use crate::workspace::{PageFile, Role};

/// What the parser of its kind says of a text.
pub fn problems(role: &Role, file: FileId, text: &str) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    match role {
        Role::Page(lang, id, path) => {
            let page = PageFile { lang: lang.clone(), id: id.clone(), path: path.clone(), file };
            said = parse_page(&page, text).1;
        }
        Role::Source => drop(citation::read::read_file(file, text, &mut said)),
        Role::Figure => drop(figure::read::read_file(file, text, &mut said)),
        Role::SeriesHeader(name) => drop(series::read(name, (file, text), None, &mut said)),
        Role::Event => drop(timeline::read::read_file(file, text, &mut said)),
        Role::Themes => drop(timeline::read::read_themes(file, text, &mut said)),
        Role::Chart => drop(chart::read::read_file(file, text, &mut said)),
        Role::Actors => drop(actor::read::read_file(file, text, &mut said)),
        Role::ActorGroups => drop(actor::read::read_groups(file, text, &mut said)),
        Role::HouseStyle(lang) => drop(editorial::read::read_file(lang, file, text, &mut said)),
        Role::Strings(lang) => drop(locale::read::read_file(lang, file, text, &mut said)),
        Role::Terms => drop(glossary::read::terms(file, text, &mut said)),
        Role::TermNames(lang) => drop(glossary::read::namings(lang, file, text, &mut said)),
        Role::Map => drop(map::read::read_file(file, text, &mut said)),
        Role::SeriesPoints(_) | Role::MapData(_) | Role::Image(..) | Role::Snapshot | Role::SnapshotText => {}
    }
    said
}
