//! The keys of the site's words. Every language's file has each of them; a test sees to it.

macro_rules! keys {
    ($($name:ident $word:literal),* $(,)?) => {
        /// A word or sentence of the site; its meaning is its English text in `strings/en.yaml`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the English text says it")]
        pub enum Key { $($name),* }

        impl Key {
            /// Every key.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The key as the files of strings write it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }

            /// Reads a key as the files of strings write it.
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($word => Some(Self::$name),)* _ => None }
            }
        }
    };
}

keys! {
    // Numbers and dates
    Percent "percent",
    Range "range",
    DateInterval "date_interval",
    DateAbout "date_about",
    LabelValue "label_value",
    Dated "dated",
    DatedBy "dated_by",
    NamedBy "named_by",
    Quotation "quotation",
    Comma "comma",
    // Around every page
    SkipToContent "skip_to_content",
    Menu "menu",
    Home "home",
    Sections "sections",
    Languages "languages",
    Breadcrumbs "breadcrumbs",
    Contents "contents",
    PreviousPage "previous_page",
    NextPage "next_page",
    AllPagesInSection "all_pages_in_section",
    LinkToSection "link_to_section",
    Print "print",
    Close "close",
    GeneratedBy "generated_by",
    LanguageChoice "language_choice",
    NotFoundTitle "not_found_title",
    NotFoundText "not_found_text",
    PageMoved "page_moved",
    ReportError "report_error",
    // Under the title
    DataTo "data_to",
    ReviewedOn "reviewed_on",
    ReviewedOnAnonymous "reviewed_on_anonymous",
    NotReviewed "not_reviewed",
    Draft "draft",
    SourceCount "source_count",
    FigureCount "figure_count",
    PageCount "page_count",
    ReadingTime "reading_time",
    KeyFacts "key_facts",
    // Translations
    Fallback "fallback",
    MachineTranslation "machine_translation",
    MachineEdited "machine_edited",
    HumanTranslation "human_translation",
    UntranslatedSuffix "untranslated_suffix",
    InLanguage "in_language",
    NotTranslated "not_translated",
    // Positions and callouts
    AccordingTo "according_to",
    Positions "positions",
    // Sources
    PageSources "page_sources",
    AllSources "all_sources",
    OtherSources "other_sources",
    Source "source",
    Sources "sources",
    SourceKind "source_kind",
    BackToText "back_to_text",
    BackToSentence "back_to_sentence",
    Backlinks "backlinks",
    CitedOn "cited_on",
    OpenSource "open_source",
    OpenPassage "open_passage",
    ArchivedCopy "archived_copy",
    ArchivedCopyOf "archived_copy_of",
    MoreFromSource "more_from_source",
    ReliesOn "relies_on",
    DownloadRecord "download_record",
    Quotations "quotations",
    QuoteOriginal "quote_original",
    QuoteTranslationOurs "quote_translation_ours",
    QuoteTranslationMachine "quote_translation_machine",
    QuoteTranslationOfficial "quote_translation_official",
    RetractedNotice "retracted_notice",
    CorrectedNotice "corrected_notice",
    OvertakenNotice "overtaken_notice",
    HowChecked "how_checked",
    SpeaksFor "speaks_for",
    Perspective "perspective",
    Published "published",
    Accessed "accessed",
    NoDate "no_date",
    AndOthers "and_others",
    CitationAria "citation_aria",
    CitationRunAria "citation_run_aria",
    CitationNeeded "citation_needed",
    Footnotes "footnotes",
    // Figures
    PageFigures "page_figures",
    AllFigures "all_figures",
    FigureAria "figure_aria",
    FigureFull "figure_full",
    FigureFullAnonymous "figure_full_anonymous",
    AtLeast "at_least",
    MoreThan "more_than",
    Approximately "approximately",
    AsOf "as_of",
    AsOfLabel "as_of_label",
    ReportedByLabel "reported_by_label",
    IntervalLabel "interval_label",
    AsOfMonth "as_of_month",
    AsOfYear "as_of_year",
    ForPeriod "for_period",
    ReportedBy "reported_by",
    Interval "interval",
    CountedPopulation "counted_population",
    Method "method",
    Caveat "caveat",
    CounterFigures "counter_figures",
    OlderValues "older_values",
    Status "status",
    // Drawings
    Chart "chart",
    Timeline "timeline",
    Map "map",
    DataTable "data_table",
    Table "table",
    Date "date",
    Value "value",
    Low "low",
    High "high",
    // Coverage
    Coverage "coverage",
    CoverageExempt "coverage_exempt",
    CoverageUncovered "coverage_uncovered",
    // The fact-checker's sheet
    SheetTitle "sheet_title",
    SheetIntro "sheet_intro",
    SheetErrors "sheet_errors",
    Summary "summary",
    Statement "statement",
    Supported "supported",
    NotSupported "not_supported",
    Unclear "unclear",
    Initials "initials",
    CheckedBy "checked_by",
    Signature "signature",
    Remarks "remarks",
    NeedsNoneBecause "needs_none_because",
    SourceAskedFor "source_asked_for",
    WithoutSource "without_source",
    Relation "relation",
}
