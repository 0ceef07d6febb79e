//! `[editor]` of `book.toml`: that the site has a web editor, and the repository that it writes to.

use crate::span::Span;
use crate::workspace::fields::Fields;

/// The repository that the web editor writes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    /// Where `book.toml` speaks of it.
    pub span: Span,
    /// Who keeps the repository.
    pub backend: Backend,
    /// Its name there: `owner/name`.
    pub repo: String,
    /// The branch that is edited.
    pub branch: String,
    /// Where the host's interface is, where it is not the host's own.
    pub api_url: Option<String>,
    /// Where editors sign in, where the host alone does not do.
    pub auth_url: Option<String>,
}

/// Who keeps a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// GitHub, or one's own of its kind.
    GitHub,
    /// GitLab, or one's own.
    GitLab,
    /// Gitea or Forgejo.
    Gitea,
}

impl Backend {
    const ALL: &'static [(&'static str, Self)] =
        &[("github", Self::GitHub), ("gitlab", Self::GitLab), ("gitea", Self::Gitea)];

    /// Its word.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, other)| *other == self).map_or("", |(name, _)| name)
    }

    /// Where its interface is.
    pub fn api(self) -> &'static str {
        match self {
            Self::GitHub => "https://api.github.com",
            Self::GitLab => "https://gitlab.com",
            Self::Gitea => "https://gitea.com",
        }
    }
}

/// Reads the section. `None` where it cannot be used.
pub(super) fn read(mut fields: Fields<'_, '_>) -> Option<Editor> {
    let backend = fields.choice("backend", Backend::ALL);
    let backend = fields.required("backend", backend, "\"github\"");
    let repo = fields.parsed("repo", parse_repo, "the repository's name with its owner's before it: `owner/name`");
    let repo_span = repo.as_ref().map(|repo| repo.span);
    let repo = fields.required("repo", repo, "\"owner/name\"");
    let branch = fields.text("branch").map_or_else(|| "main".to_owned(), |branch| branch.value);
    let api_url = fields.parsed("api-url", parse_url, "an address such as `https://git.example.org/api/v1`");
    let auth_url = fields.parsed("auth-url", parse_url, "an address such as `https://auth.example.org`");
    fields.finish();
    Some(Editor {
        span: repo_span?,
        backend: backend?.value,
        repo: repo?.value,
        branch,
        api_url: api_url.map(|url| url.value),
        auth_url: auth_url.map(|url| url.value),
    })
}

fn parse_repo(text: &str) -> Result<String, String> {
    let part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    if text.contains('/') && text.split('/').all(part) {
        Ok(text.to_owned())
    } else {
        Err(format!("`{text}` is no name of a repository"))
    }
}

fn parse_url(text: &str) -> Result<String, String> {
    match url::Url::parse(text) {
        Ok(url) if url.scheme() == "https" && url.has_host() => Ok(text.to_owned()),
        _ => Err(format!("`{text}` is no `https://` address")),
    }
}

#[cfg(test)]
mod tests {
    use super::{parse_repo, parse_url};

    #[test]
    fn repositories_have_an_owner() {
        for good in ["owner/name", "group/sub.group/name-1"] {
            assert_eq!(parse_repo(good).as_deref(), Ok(good));
        }
        for bad in ["name", "/name", "owner/", "https://github.com/owner/name", "a b/c"] {
            assert!(parse_repo(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn addresses_are_encrypted() {
        assert!(parse_url("https://git.example.org/api/v1").is_ok());
        for bad in ["http://git.example.org", "git.example.org", "https://"] {
            assert!(parse_url(bad).is_err(), "{bad}");
        }
    }
}
