//! Every diagnostic code, once: its number, its name, and whether it stops a build. Codes are stable; a retired one is never given again.
//! `docs/diagnostics/<number>.md` says what it means, with one example that fails and one that passes; a test holds the two together.

use super::Level;
use std::fmt;

macro_rules! codes {
    ($($code:ident $level:ident $name:literal $title:literal),* $(,)?) => {
        /// A diagnostic code. Families: 1 configuration and data files, 2 citations and sources, 3 figures, 4 languages, 5 links and structure, 6 editorial, 7 output.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the title beside each is its documentation")]
        pub enum Code { $($code),* }

        impl Code {
            /// All codes in order.
            pub const ALL: &'static [Self] = &[$(Self::$code),*];

            /// The number, such as `SB201`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$code => stringify!($code)),* }
            }

            /// The short name, such as `source-unknown`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$code => $name),* }
            }

            /// What it is about, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Self::$code => $title),* }
            }

            /// The level where the site's owner says nothing.
            pub fn default_level(self) -> Level {
                match self { $(Self::$code => Level::$level),* }
            }
        }
    };
}

codes! {
    SB101 Deny "config-unknown-key" "unknown key in book.toml",
    SB102 Deny "config-invalid" "book.toml cannot be used as it is",
    SB103 Deny "front-matter-unknown-field" "unknown field in front matter",
    SB104 Deny "front-matter-invalid" "front matter missing, malformed or incomplete",
    SB105 Deny "record-unknown-field" "unknown field in a source, figure or series",
    SB106 Deny "record-invalid" "malformed or incomplete source, figure or series",
    SB107 Deny "duplicate-id" "one id for two records",
    SB108 Deny "file-unreadable" "a file that cannot be read",
    SB109 Deny "file-misplaced" "a file or folder whose name or place makes no page",
    SB201 Deny "source-unknown" "citation of a source that does not exist",
    SB202 Deny "quote-unknown" "citation of a quotation that the source does not have",
    SB203 Deny "citation-malformed" "a citation that cannot be read",
    SB204 Deny "citations-adjacent" "two brackets side by side",
    SB205 Deny "citation-in-link" "a citation inside a link or an image",
    SB206 Deny "citation-shadowed" "a citation that Markdown reads as something else",
    SB207 Warn "citation-needed" "citation needed",
    SB208 Warn "source-unused" "a source that nothing cites",
    SB209 Deny "source-unchecked" "citation of a source that nobody has checked",
    SB210 Deny "sentence-uncited" "a sentence without a source",
    SB211 Deny "snapshot-broken" "a stored copy that is missing or was changed",
    SB212 Deny "quote-absent" "a quotation that does not stand in the stored copy",
    SB213 Warn "snapshot-unnamed" "a stored copy that no record names",
    SB214 Deny "locator-malformed" "a place within a source that cannot be one",
    SB215 Warn "source-superseded" "a source that another has superseded",
    SB216 Deny "source-retracted" "a source that was retracted",
    SB217 Warn "source-stale" "a source that must be read again",
    SB218 Deny "sources-contradict" "records that contradict each other",
    SB219 Warn "source-unarchived" "an address without an archived copy",
    SB220 Warn "accessed-missing" "an address that nobody says to have seen",
    SB221 Warn "party-unattributed" "the word of a party without its name",
    SB222 Warn "contested-single-source" "a contested point with one witness",
    SB223 Deny "source-duplicate" "two records of one document",
    SB224 Deny "sentence-crowded" "a sentence with more sources than anybody reads",
    SB230 Warn "link-gone" "an address at which there is nothing any more",
    SB231 Warn "link-moved" "an address that has moved for good",
    SB232 Warn "link-untrusted" "an address whose host is unknown or cannot prove who it is",
    SB233 Warn "link-failing" "an address that could not be reached several times in a row",
    SB234 Warn "link-revived" "an address that is called dead and answers",
    SB235 Warn "link-refused" "an address that does not show itself",
    SB236 Deny "links-unreadable" "a lock file of addresses that cannot be read",
    SB240 Deny "style-unusable" "a citation style that cannot be used",
    SB241 Warn "source-unformatted" "a source of which the citation style makes nothing",
    SB242 Warn "citation-unformatted" "a citation of which the citation style makes nothing",
    SB246 Deny "source-address-taken" "two sources whose pages would have one address",
    SB247 Deny "address-reserved" "a page at an address of the site's own",
    SB250 Deny "import-unreadable" "an imported file that cannot be read",
    SB251 Warn "import-entry-refused" "an imported entry that makes no record",
    SB252 Warn "import-id-taken" "an imported entry whose id is taken",
    SB253 Warn "import-value-refused" "an imported value that a record cannot hold",
    SB254 Warn "import-known" "an imported entry that the library has already",
    SB255 Warn "import-language-missing" "an imported entry that does not say its language",
    SB256 Warn "import-changed" "an exported field that was changed elsewhere",
    SB301 Deny "figure-unknown" "a figure that does not exist",
    SB302 Deny "figure-undated" "a figure without a date",
    SB303 Deny "figure-unsourced" "a figure without a source",
    SB304 Deny "figure-form" "a form that the figure does not have",
    SB305 Deny "series-point-missing" "a date at which the series has no point",
    SB306 Warn "figure-unused" "a figure that nothing shows",
    SB307 Deny "figure-underivable" "a figure that cannot be worked out from others",
    SB308 Deny "chart-unknown" "a chart, or something in it, that does not exist",
    SB309 Deny "chart-incomparable" "a chart that draws together what cannot be compared",
    SB310 Deny "figure-unattributed" "a figure without anybody who counted",
    SB311 Warn "figure-population-missing" "a figure that does not say who or what is counted",
    SB312 Deny "figure-unit-unknown" "a unit that has no words",
    SB313 Deny "series-falls" "a series that falls although it only grows",
    SB314 Deny "figure-not-quoted" "a figure that its quotation does not give",
    SB315 Warn "figure-stale" "a figure of which a newer one is wanted",
    SB316 Warn "counter-figure-absent" "a figure without the one that speaks against it",
    SB317 Warn "number-typed" "a number that is typed although there is a figure of it",
    SB318 Warn "number-contradicts" "a number that contradicts a figure",
    SB320 Deny "theme-unknown" "a theme of events that does not exist",
    SB321 Deny "event-unknown" "a link to an event that does not exist",
    SB322 Deny "timeline-empty" "a timeline without an event",
    SB323 Deny "map-unknown" "a map, or something on it, that does not exist",
    SB324 Deny "map-outside" "a name or a place outside its map",
    SB325 Warn "words-missing" "a name on a map or timeline that a language lacks",
    SB330 Deny "actor-unknown" "an actor, or a group of actors, that does not exist",
    SB331 Deny "fact-unsourced" "a fact of an actor without a source",
    SB332 Deny "leader-dates" "a leader whose dates are missing, reversed or overlap",
    SB333 Deny "designation-incomplete" "a designation without a date or a scope",
    SB334 Deny "actor-unnamed" "a name that a language of the site does not have",
    SB340 Deny "changes-unreadable" "a lock file of figures that cannot be read",
    SB341 Warn "change-unexplained" "another number for the same day, and no word why",
    SB342 Warn "figure-removed" "a published figure whose record is gone",
    SB401 Deny "translation-orphan" "a translation without a source page",
    SB402 Warn "interface-untranslated" "a language that lacks interface strings",
    SB403 Deny "translation-record-invalid" "a record of a translation that cannot be read",
    SB404 Warn "translation-unrecorded" "a translation of which nothing says what it was made from",
    SB405 Warn "translation-stale" "a passage whose source has changed since it was translated",
    SB406 Warn "translation-urgent" "a passage whose source has another number, figure or citation now",
    SB407 Warn "translation-missing" "a passage of the source that is not translated",
    SB408 Warn "translation-left-over" "a passage of a translation that the source does not have",
    SB409 Warn "translation-unaligned" "a passage of which nothing says what it translates",
    SB410 Warn "translation-record-orphan" "a record of a translation that does not exist",
    SB412 Deny "parity-citation" "a translated passage that cites something else",
    SB413 Deny "parity-figure" "a translated passage that shows another figure",
    SB414 Deny "parity-footnote" "a translated passage with other footnotes",
    SB415 Deny "parity-structure" "a heading, callout, quotation, table or drawing that a translation lost",
    SB416 Warn "parity-link" "a translated passage that lost a link",
    SB417 Warn "parity-number" "a translated passage that lost a number",
    SB418 Warn "parity-length" "a translated passage that is far too short or too long",
    SB419 Warn "parity-untranslated" "a passage that says word by word what its source says",
    SB420 Warn "letters-in-pieces" "letters that are not written as one",
    SB421 Warn "letters-joined" "letters in the shapes of print",
    SB422 Warn "letters-lookalike" "a letter that only looks like one of the alphabet",
    SB425 Deny "po-unreadable" "a file from a translator that cannot be read",
    SB426 Warn "po-unit-refused" "a translated passage that does not fit the site",
    SB427 Deny "correction-misplaced" "a correction that not all readers would be told of, or of a passage that the page does not have",
    SB430 Deny "term-unknown" "a term that does not exist",
    SB431 Warn "term-untranslated" "a term that a language does not name or explain",
    SB432 Warn "term-avoided" "a name that the site does not use",
    SB433 Deny "term-refused" "a name that the site must not use",
    SB435 Warn "term-lost" "a term that a translation does not name",
    SB450 Deny "interface-unknown" "an interface string that does not exist",
    SB451 Deny "interface-invalid" "an interface string that cannot be used",
    SB452 Warn "format-locale-unheeded" "a format locale that is not understood as a whole",
    SB501 Deny "link-broken" "a link to a page that does not exist",
    SB502 Deny "anchor-broken" "a link to a place that the page does not have",
    SB503 Deny "raw-html" "raw HTML",
    SB504 Deny "url-unsafe" "an address that is not http, https or mailto",
    SB506 Deny "image-missing" "an image that does not exist",
    SB507 Deny "heading-id-duplicate" "two headings with one id",
    SB508 Warn "heading-level" "a heading of the wrong level",
    SB509 Deny "footnote-undefined" "a footnote that is not defined",
    SB510 Deny "section-unnamed" "a folder without an index page",
    SB511 Deny "image-undescribed" "an image without a description",
    SB512 Deny "callout-unknown" "a callout of an unknown kind",
    SB513 Deny "text-turned" "a character that turns the direction of what follows",
    SB514 Warn "text-unseen" "a character that nobody sees",
    SB515 Deny "host-lookalike" "an address whose host looks like another",
    SB516 Deny "text-broken" "a character that no text has",
    SB517 Deny "nested-deep" "quotations, lists or footnotes within each other without end",
    SB601 Deny "position-alone" "one side of a contested point without the other",
    SB602 Warn "word-unattributed" "a loaded word that nobody is named for",
    SB604 Warn "word-unquoted" "a word of a party without quotation marks",
    SB605 Warn "word-replaceable" "a word that the site does not say",
    SB606 Warn "word-undated" "a word that means the day on which it is read",
    SB701 Deny "output-collision" "two pages that want the same address",
    SB702 Deny "template-invalid" "a template that cannot be used",
    SB703 Warn "contrast-low" "a colour of the site's own in which text is hard to read",
    SB704 Warn "template-name-unknown" "a template that asks for what it is never given",
    SB720 Deny "font-unusable" "a font that cannot be used",
    SB721 Warn "picture-letters" "a title whose letters no font has",
    SB722 Deny "site-font-unusable" "a font of a language that cannot be used",
    SB723 Deny "icon-unreadable" "an icon that cannot be drawn",
    SB724 Warn "site-font-unfit" "a font that is too heavy, or lacks letters of its language",
    SB726 Deny "editor-incomplete" "a web editor that lacks files",
    SB727 Deny "editor-changed" "a file of the web editor that is not the one it was tested with",
}

impl Code {
    /// Reads a number such as `SB201` or a name such as `source-unknown`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.id().eq_ignore_ascii_case(text) || code.name() == text)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
