//! `sourcebook init`: a new site, or what one wants to change of the theme in a site that is there. One file each.

mod site;
mod theme;

use super::Exit;
use super::root::RootArguments;
use std::path::PathBuf;

/// `sourcebook init DIR` or `sourcebook init --theme [NAME]…`
#[derive(Debug, clap::Args)]
#[command(
    group(clap::ArgGroup::new("what").args(["dir", "theme"]).required(true)),
    after_help = "Examples:\n  sourcebook init our-site                             a small, whole site to change\n  sourcebook init --theme                              what there is of the theme\n  sourcebook init --theme colours                      every colour, into static/custom.css\n  sourcebook init --theme page.html partials/meta.html\n  sourcebook init --theme 'partials/*'"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    root: RootArguments,
    /// Make a site in this folder, which must be empty or not be there yet
    #[arg(conflicts_with = "root")]
    dir: Option<PathBuf>,
    /// Copy these pieces of the theme into the site; without names, list what there is
    #[arg(long, num_args = 0.., value_name = "NAME")]
    theme: Option<Vec<String>>,
}

/// Makes a site, or lists or copies pieces of the theme.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let done = match &arguments.dir {
        Some(dir) => site::run(dir),
        None => theme::run(&arguments.root, arguments.theme.as_deref().unwrap_or_default()),
    };
    done.unwrap_or_else(|exit| exit)
}
