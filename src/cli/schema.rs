//! `sourcebook schema`: what every file may hold, for editors.

use super::root::RootArguments;
use super::{Exit, report};
use crate::ids::Lang;
use crate::publish;
use crate::schema::{self, SORTS, Wiring};
use crate::workspace;
use std::path::{Path, PathBuf};

/// `sourcebook schema [DIR] [--root DIR]`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sourcebook schema                  into schema/, beside book.toml; prints how editors are told of them\n  sourcebook schema .editor/schema\n\nThe files are JSON Schemas (draft 7): with them yaml-language-server and Taplo complete, explain and check fields as you type. Write them anew when you update sourcebook."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// The folder to write, from the site's folder
    #[arg(default_value = "schema", value_name = "DIR")]
    folder: PathBuf,
}

/// Writes the schemas, and says how to wire them.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let Some(root) = arguments.root.find() else { return Exit::Usage };
    let config = workspace::config_of(&root);
    let languages: Vec<Lang> =
        config.iter().flat_map(|config| config.languages.iter().map(|language| language.lang.clone())).collect();
    for sort in SORTS {
        let path = root.join(&arguments.folder).join(sort.file());
        let text = schema::write(sort, &languages);
        let is_ours = |old: &[u8]| String::from_utf8_lossy(old).contains(schema::MARK);
        if let Err(error) = publish::file::write(&path, text.as_bytes(), is_ours) {
            report::error(&error.to_string());
            return if error.is_usage() { Exit::Usage } else { Exit::Machine };
        }
    }
    report::say(&format!("Wrote {} schemas into {}", SORTS.len(), root.join(&arguments.folder).display()));
    let content = config.as_ref().map_or("content", |config| config.content_dir.as_str());
    report::out(&Wiring { schemas: &from_root(&root, &arguments.folder), content }.told());
    Exit::Done
}

/// The folder as files of the site name it.
fn from_root(root: &Path, folder: &Path) -> String {
    let folder = folder.strip_prefix(root).or_else(|_| folder.strip_prefix(".")).unwrap_or(folder);
    folder.to_string_lossy().replace('\\', "/").trim_end_matches('/').to_owned()
}
