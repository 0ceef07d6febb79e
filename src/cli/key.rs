//! The key that signs: read from its file, opened with its password.

use super::{Exit, report};
use crate::signature::Key;
use std::path::Path;

/// Where machines find the password, which nobody types for them.
const PASSWORD: &str = "SOURCEBOOK_KEY_PASSWORD";

/// The key of a file. The password is that of the environment, or is asked for.
pub(super) fn read(path: &Path) -> Result<Key, Exit> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        report::error(&format!("--sign: {} cannot be read: {error}", path.display()));
        Exit::Usage
    })?;
    let password = || match std::env::var(PASSWORD) {
        Ok(password) => Some(password),
        Err(_) => rpassword::prompt_password("Password of the key: ").ok(),
    };
    Key::read(&text, password).map_err(|error| {
        report::error(&format!("--sign: {}: {error}", path.display()));
        Exit::Usage
    })
}
