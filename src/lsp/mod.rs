//! A language server: what is wrong, while it is typed, and what an editor asks of a site.
//!
//! In: messages of the Language Server Protocol on standard input. Out: answers on standard output. Nothing is ever written to the site: edits are
//! proposed, and the editor makes them.
//! 1. [`transport`] reads and writes messages; whatever is none is passed over.
//! 2. [`server`] is the loop: it keeps the texts that are open ([`documents`]), has the site compiled with them by a thread of its own ([`compiler`]), publishes
//!    what is wrong ([`diagnostics`]) and hands questions to the files that know: [`completion`], [`hover`], [`references`], [`rename`], [`actions`], [`symbols`].
//! 3. [`view`] is what these are given: the last compiled book, the open texts, and how places are told ([`position`], [`paths`]).
//!
//! Every question is asked of the book as `check` and `site` ask it; only what is not written whole yet is looked at as text ([`completion`]).
//! Uses `compile` and what it is made of.

mod actions;
mod compiler;
mod completion;
mod diagnostics;
mod documents;
mod extract;
mod hover;
mod paths;
mod position;
mod references;
mod rename;
mod server;
mod symbols;
mod transport;
mod view;

pub use server::{Ended, serve};
