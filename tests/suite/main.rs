//! Tests of the program from outside: its documentation, its command line, what it writes, and the site that it was made for.
//!
//! [`actors`] looks at fact boxes and tables of actors; [`edges`] at where rules begin and end; [`bundle`] packs sites and tampers with them, [`epub`] makes books of them; [`diagnostics`] runs the examples of `docs/diagnostics`; [`entries`] reads list entries; [`evidence`] looks at what reviewers are given; [`cli`] runs the binary, [`source`] its exchange with
//! other programs; [`render`] looks at what is written, [`library`] at the pages about sources; [`lsp`] is an editor that types; [`seed`] at the text the project began with;
//! [`fallback`] at pages that are not translated; [`faults`] at runs that are killed or let down at each step; [`figures`] at figures as data; [`fonts`] at fonts of a site's own; [`content`] at the repository's own site; [`hosting`] at what hosts and search engines are told; [`floors`] at the order of the rooms in `src/`; [`pandoc`] at what pandoc reads where we read
//! citations; [`init`] at the site that a new one begins with, [`begin`] at what is added to it, [`first_page`] at the way of a new editor, [`manual`] at completions and pages of the manual; [`changes`] at what figures were before; [`citing`] at how pages are cited; [`external`] visits hosts of its own ([`server`]). [`styles`] at sites with a citation style of their own, [`timeline`] at events, [`maps`] at maps, [`mentions`] at the names of things, [`met`] at what readers come upon, [`social`] at pictures for sharing, [`offline`] at copies that readers take, [`moving`] at pages that go elsewhere, [`voice`] at loaded words, [`weight`] at what a page weighs, [`template_context`] at what templates are given, [`themes`] at what sites put over them. [`translate`] at translations that fall behind. [`at_once`] looks at what a preview shows before the whole is built. [`pdf`] prints with a browser that is none; [`zim`] reads files for Kiwix. [`review`] looks at changes as reviewers see them. [`workflows`] at what code hosts run, [`dependencies`] at what the program is made of, [`desk`] at what editors are told beside a page, [`security`] at what is promised to readers and editors. [`schemas`] at what editors are told, [`tidy`] at files that are formatted. [`unchanged`] at builds of what was built before. [`support`] makes small sites.
//! [`doors`] looks for side doors, [`watching`] does to files what editors and machines do, and [`load`] reads with many readers, all three by way of [`preview`]. [`hostile`] writes what strangers write where words are expected.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    unreachable_pub
)]

mod actors;
mod again;
mod at_once;
mod begin;
mod bundle;
mod changes;
mod citing;
mod cli;
mod content;
mod dependencies;
mod desk;
mod diagnostics;
mod doors;
mod edges;
mod edits;
mod entries;
mod epub;
mod evidence;
mod external;
mod fallback;
#[cfg(all(unix, debug_assertions))]
mod faults;
mod figures;
mod first_page;
mod floors;
mod fonts;
mod fuzz;
mod hostile;
mod hosting;
mod html;
mod init;
mod ledger;
mod library;
mod limits;
mod load;
mod lsp;
mod manual;
mod maps;
mod mentions;
mod met;
mod moving;
mod new;
mod offline;
mod pandoc;
#[cfg(unix)]
mod pdf;
mod preview;
mod render;
mod review;
mod rules;
mod schemas;
mod security;
mod seed;
mod server;
mod social;
mod source;
mod styles;
mod support;
mod template_context;
mod themes;
mod tidy;
mod timeline;
mod translate;
#[cfg(unix)]
mod unchanged;
mod voice;
mod watching;
mod weight;
mod workflows;
mod zim;
