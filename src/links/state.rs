//! What an address may answer, and the words for it in the lock file. Uses nothing else of the program.

use std::fmt;

/// What an address answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It answers.
    Alive,
    /// It answers, and says that it has moved for good.
    Moved {
        /// Where.
        to: String,
    },
    /// There is nothing: 404 or 410.
    Gone(u16),
    /// It does not show itself to a program, or to this one: 401, 403, 451 and their like.
    Refused(u16),
    /// It asks for patience: 429 or 503.
    Busy(u16),
    /// It failed: 500 and its like.
    Failed(u16),
    /// It did not answer in time.
    TimedOut,
    /// It took no connection, or broke it off.
    Closed,
    /// It leads on, and not to a page.
    Astray(Detour),
    /// Nobody knows its host.
    NoSuchHost,
    /// It cannot prove who it is.
    Untrusted(Distrust),
}

/// How an address leads on without end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detour {
    /// In a circle.
    Loop,
    /// Through more addresses than anybody follows.
    TooMany,
    /// To what is neither http nor https.
    NotWeb,
    /// To what is no address.
    Unreadable,
}

/// Why a certificate proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distrust {
    /// It has expired.
    Expired,
    /// It is for other names.
    WrongName,
    /// Nobody known vouches for it.
    UnknownIssuer,
    /// It is invalid in some other way.
    Invalid,
    /// No encrypted connection came about at all.
    Handshake,
}

impl Detour {
    /// Every detour with the word for it in the lock file.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("loop", Self::Loop),
        ("too-many", Self::TooMany),
        ("not-web", Self::NotWeb),
        ("unreadable", Self::Unreadable),
    ];
}

impl Distrust {
    /// Every reason with the word for it in the lock file.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("expired", Self::Expired),
        ("wrong-name", Self::WrongName),
        ("unknown-issuer", Self::UnknownIssuer),
        ("invalid", Self::Invalid),
        ("handshake", Self::Handshake),
    ];
}

impl State {
    /// The word for it in the lock file.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Alive => "alive",
            Self::Moved { .. } => "moved",
            Self::Gone(_) => "gone",
            Self::Refused(_) => "refused",
            Self::Busy(_) => "busy",
            Self::Failed(_) => "failed",
            Self::TimedOut => "timed-out",
            Self::Closed => "closed",
            Self::Astray(_) => "astray",
            Self::NoSuchHost => "no-such-host",
            Self::Untrusted(_) => "untrusted",
        }
    }

    /// The status that the host answered with, where that says what became of the address.
    pub fn code(&self) -> Option<u16> {
        match self {
            Self::Gone(code) | Self::Refused(code) | Self::Busy(code) | Self::Failed(code) => Some(*code),
            _ => None,
        }
    }

    /// What is written beside the status.
    pub fn reason(&self) -> Option<&'static str> {
        fn word<T: PartialEq>(all: &'static [(&'static str, T)], one: &T) -> Option<&'static str> {
            all.iter().find(|(_, other)| other == one).map(|(word, _)| *word)
        }
        match self {
            Self::Astray(detour) => word(Detour::ALL, detour),
            Self::Untrusted(distrust) => word(Distrust::ALL, distrust),
            _ => None,
        }
    }

    /// Whether the document is still there.
    pub fn is_alive(&self) -> bool {
        matches!(self, Self::Alive | Self::Moved { .. })
    }

    /// Whether it is likely to pass: nothing is said of it before it has happened several times.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Busy(_) | Self::Failed(_) | Self::TimedOut | Self::Closed | Self::Astray(_))
    }

    /// Whether nothing of the document was seen, for whatever reason.
    pub fn is_failure(&self) -> bool {
        !self.is_alive() && !matches!(self, Self::Refused(_))
    }

    /// Whether two visits found the same, so that the later one only says that it lasts.
    pub fn is_same_trouble(&self, other: &Self) -> bool {
        (self.is_transient() && other.is_transient()) || self == other
    }
}

/// What an editor is told: "answers 404".
impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alive => f.write_str("answers"),
            Self::Moved { to } => write!(f, "has moved for good to `{to}`"),
            Self::Gone(code) | Self::Refused(code) | Self::Busy(code) | Self::Failed(code) => {
                write!(f, "answers {code}")
            }
            Self::TimedOut => f.write_str("does not answer in time"),
            Self::Closed => f.write_str("takes no connection, or breaks it off"),
            Self::Astray(detour) => f.write_str(match detour {
                Detour::Loop => "leads on in a circle",
                Detour::TooMany => "leads on and on",
                Detour::NotWeb => "leads to what is no web address",
                Detour::Unreadable => "leads to what is no address",
            }),
            Self::NoSuchHost => f.write_str("names a host that nobody knows"),
            Self::Untrusted(distrust) => f.write_str(match distrust {
                Distrust::Expired => "has a certificate that has expired",
                Distrust::WrongName => "has a certificate for another name",
                Distrust::UnknownIssuer => "has a certificate that nobody known vouches for",
                Distrust::Invalid => "has an invalid certificate",
                Distrust::Handshake => "makes no encrypted connection",
            }),
        }
    }
}
