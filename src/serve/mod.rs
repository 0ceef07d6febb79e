//! watch → rebuild → reload
