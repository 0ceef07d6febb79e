//! A volume bound into one document: its pages one after another, for a browser that can open nothing else.
//!
//! 1. [`article`] makes an article of each page: its ids are told apart by the number of the page, its links lead to other articles, its pictures
//!    stand in it.
//! 2. [`sheet`] has the theme's style sheet, fitted to headings that are one level lower.
//! 3. [`front`] writes the title and the table of contents; [`policy`] says what a document may ask for: nothing.
//!
//! `html` reads it on a screen, `pdf` prints it. Uses `base64`, `media`, `bundle::pages`, `site::edition`, `site::volume`.

mod article;
mod front;
mod policy;
mod sheet;

pub(in crate::bundle) use article::{Article, Book, id_of};
pub(in crate::bundle) use front::{copy, write_contents, write_cover};
pub(in crate::bundle) use policy::policy;
pub(in crate::bundle) use sheet::{inline, theme};
