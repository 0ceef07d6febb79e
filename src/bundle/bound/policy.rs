//! What a browser may do with a document.

use crate::base64;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// What the browser is allowed: these scripts, this style sheet, pictures that stand in the file. No network, in no form.
pub(in crate::bundle) fn policy(style: &str, scripts: &[String]) -> String {
    let hash = |text: &str| format!("'sha256-{}'", base64::encode(&Sha256::digest(text)));
    let mut policy =
        format!("default-src 'none'; img-src data:; font-src data:; style-src {}; script-src", hash(style));
    for script in scripts {
        let _ = write!(policy, " {}", hash(script));
    }
    policy.push_str("; base-uri 'none'; form-action 'none'");
    policy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_what_stands_in_the_file_and_nothing_else() {
        let policy = policy("", &["a".to_owned()]);
        insta::assert_snapshot!(policy, @"default-src 'none'; img-src data:; font-src data:; style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; script-src 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='; base-uri 'none'; form-action 'none'");
    }
}
