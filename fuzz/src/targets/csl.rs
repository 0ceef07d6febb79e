//! CSL-JSON, and the same in YAML: what begins like JSON is read as both.

use super::traded::traded;
use sourcebook::exchange::Format;

pub fn run(bytes: &[u8]) {
    if bytes.trim_ascii_start().starts_with(b"[") || bytes.trim_ascii_start().starts_with(b"{") {
        traded(Format::CslJson, bytes);
    }
    traded(Format::CslYaml, bytes);
}
