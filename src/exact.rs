//! Room for what is there, and for nothing else. Whatever lives as long as the book is kept so, because there are thousands of it.
//!
//! `shrink_to_fit` does not do it: allocators leave what fills half of its room where it is. Uses nothing else of the program.

/// Moves what a vector holds into one that has no more room.
pub(crate) fn fit<T>(items: &mut Vec<T>) {
    if items.capacity() > items.len() {
        let mut exact = Vec::with_capacity(items.len());
        exact.append(items);
        *items = exact;
    }
}

/// The same of a text.
pub(crate) fn fit_text(text: &mut String) {
    if text.capacity() > text.len() {
        *text = text.as_str().to_owned();
    }
}
