//! `/admin/`: the web editor, where people without Git or a terminal change pages and records in a browser.
//!
//! It is Sveltia CMS, which the site brings along (`editor/`, from its npm package, of one version that was tested and is recognised by its hashes), with
//! a configuration that follows from the site ([`config`], of the fields in [`forms`]) and a script of our own (`editor.js`) that reads and writes the
//! files, so that nothing but what was edited changes in them. The page has a policy of its own. No page leads there, no copy has it.

mod config;
mod field;
mod forms;

use super::edition::OutPath;
use crate::base64;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::hosting::policy;
use crate::workspace::config::Editor;
use crate::workspace::{EDITOR, Workspace};
use sha2::{Digest as _, Sha384};
use std::sync::Arc;

/// The version of Sveltia CMS with which `editor.js` and the configuration were tested.
const VERSION: &str = "0.221.1";

/// A file of somebody else's that the editor is made of.
struct Part {
    /// Its name in `editor/`, as in the package.
    name: &'static str,
    /// Its name on the site.
    out: &'static str,
    /// Its hash, as browsers check it.
    integrity: &'static str,
}

/// The editor itself.
const SCRIPT: Part = Part {
    name: "sveltia-cms.js",
    out: "sveltia-cms.js",
    integrity: "sha384-JQ+XsKx/UzwdTiNnFStza3XtqqQoVtyNPApkfvwlzZDfhe7giE9CnfQrpHqgv3k6",
};

/// All of them. The licences go along because they ask for it; without the icons the editor would ask another host for them.
const PARTS: [Part; 4] = [
    SCRIPT,
    Part {
        name: "LICENSE.txt",
        out: "sveltia-cms.LICENSE.txt",
        integrity: "sha384-WDiS8Wu4QbzEDJ0K4Ml128rLcDYVe7RQT6LSuPfaZ1OiM1qr4HOsWb0qIG6GfxkZ",
    },
    Part {
        name: "material-symbols-outlined-latin-wght-normal-_Z1IJPLg.woff2",
        out: "icons.woff2",
        integrity: "sha384-jSrN0g1mW/BeecSujeAPcuLp7zQj/xLJoQCLGYEec9wBNVcjMvG7t7zm6owf/EbR",
    },
    Part {
        name: "material-symbols-outlined.LICENSE.txt",
        out: "icons.LICENSE.txt",
        integrity: "sha384-SBZx/9BZ16w4UhHNp8yeyXPgeNVjp2LKgIb2rzyiLzPl3Q+h+9ongbnHA+Hsrdtq",
    },
];

const PAGE: &str = include_str!("index.html");
const STYLE: &str = include_str!("editor.css");
const OWN_SCRIPT: &str = include_str!("editor.js");

/// A file of the site, and where it lies.
type File = (OutPath, Arc<[u8]>);

/// The editor's files; none where the site has no editor, or not all that it is made of.
pub(super) fn files(workspace: &Workspace, diagnostics: &mut Vec<Diagnostic>) -> Vec<File> {
    let Some(editor) = &workspace.config.editor else { return Vec::new() };
    let Some(parts) = parts(workspace, editor, diagnostics) else { return Vec::new() };
    let page = PAGE.replace("{policy}", &policy::of_editor(editor)).replace("{integrity}", SCRIPT.integrity);
    let own = [
        ("index.html", page),
        ("config.yml", config::text(&workspace.config, editor)),
        ("editor.css", STYLE.to_owned()),
        ("editor.js", OWN_SCRIPT.to_owned()),
    ];
    let own = own.into_iter().filter_map(|(name, text)| Some((path(name)?, text.into_bytes().into())));
    own.chain(parts).collect()
}

fn path(name: &str) -> Option<OutPath> {
    OutPath::parse(&format!("{}/{name}", policy::EDITOR))
}

/// What others made, if all of it is there and is what it should be.
fn parts(workspace: &Workspace, editor: &Editor, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<File>> {
    let help = format!("take it from the npm package @sveltia/cms {VERSION}: docs/web-editor.md says how");
    let (there, missing): (Vec<&Part>, Vec<&Part>) =
        PARTS.iter().partition(|part| workspace.editor.contains_key(part.name));
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|part| format!("`{EDITOR}/{}`", part.name)).collect();
        let message = format!("the web editor lacks {}", names.join(", "));
        diagnostics.push(Diagnostic::new(Code::SB726, editor.span, message).help(help.clone()));
    }
    let changed: Vec<&Part> = there
        .into_iter()
        .filter(|part| workspace.editor.get(part.name).is_some_and(|bytes| integrity(bytes) != part.integrity))
        .collect();
    for part in &changed {
        let message = format!("`{EDITOR}/{}` is not that of Sveltia CMS {VERSION}", part.name);
        diagnostics.push(Diagnostic::new(Code::SB727, editor.span, message).help(help.clone()));
    }
    let is_whole = missing.is_empty() && changed.is_empty();
    is_whole.then(|| {
        let taken = PARTS.iter().filter_map(|part| Some((path(part.out)?, workspace.editor.get(part.name)?.clone())));
        taken.collect()
    })
}

/// A hash as pages name it.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", base64::encode(&Sha384::digest(bytes)))
}
