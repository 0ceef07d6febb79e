//! The program that prints, as the environment tells of it.

use crate::press::Press;
use std::env::var_os;

/// The browser that `CHROMIUM` names, else the first that is installed.
pub(super) fn installed() -> Press {
    Press::new(var_os("CHROMIUM"), var_os("PATH"))
}
