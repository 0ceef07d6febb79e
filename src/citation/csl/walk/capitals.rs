//! Capitals: a style may ask for titles in capitals or in small letters, and the engine makes `Mccarthy` of `McCarthy` and `V.` of `v.`
//!
//! CSL never takes a capital away from a title that has small letters, too. So capitals of the record stay, and small words stay small.

/// English words that have no capital within a title.
const SMALL: &[&str] = &[
    "a", "about", "across", "after", "against", "an", "and", "around", "as", "at", "before", "but", "by", "down",
    "for", "from", "in", "into", "nor", "of", "off", "on", "onto", "or", "over", "per", "since", "so", "the",
    "through", "to", "under", "until", "up", "upon", "v", "via", "vs", "with", "without", "yet",
];

/// The title as printed, with the capitals of the title as recorded.
pub(super) fn restored(recorded: &str, printed: &str) -> String {
    let is_mixed = printed.contains(char::is_uppercase) && printed.contains(char::is_lowercase);
    if !is_mixed || recorded.chars().count() != printed.chars().count() {
        return printed.to_owned();
    }
    let mut written = String::with_capacity(printed.len());
    let mut begins = true;
    let mut letters = recorded.chars().zip(printed.chars()).peekable();
    while let Some((own, shown)) = letters.next() {
        if !own.is_alphanumeric() {
            begins |= matches!(own, '.' | ':' | '?' | '!' | '—');
            written.push(own);
            continue;
        }
        let (mut word, mut shown_word) = (String::from(own), String::from(shown));
        while let Some((own, shown)) = letters.next_if(|(own, _)| own.is_alphanumeric() || matches!(own, '\'' | '’'))
        {
            word.push(own);
            shown_word.push(shown);
        }
        let keeps = word.contains(char::is_uppercase) || (!begins && SMALL.contains(&word.as_str()));
        written.push_str(if keeps { &word } else { &shown_word });
        begins = false;
    }
    written
}

#[cfg(test)]
mod tests {
    use super::restored;

    #[test]
    fn capitals_of_the_record_stay_and_small_words_stay_small() {
        let cases = [
            ("The Army–McCarthy hearings", "The Army–Mccarthy Hearings", "The Army–McCarthy Hearings"),
            ("United Kingdom v. Albania", "United Kingdom V. Albania", "United Kingdom v. Albania"),
            (
                "Verbal Behavior, by B. F. Skinner",
                "Verbal Behavior, By B. F. Skinner",
                "Verbal Behavior, by B. F. Skinner",
            ),
            ("a life: the making of it", "A Life: The Making Of It", "A Life: The Making of It"),
            ("ImageNet in Gaza's north", "Imagenet in gaza's north", "ImageNet in Gaza's north"),
            ("all small", "all small", "all small"),
            ("Whole", "WHOLE", "WHOLE"),
            ("Straße", "STRASSE", "STRASSE"),
        ];
        for (recorded, printed, expected) in cases {
            assert_eq!(restored(recorded, printed), expected);
        }
    }
}
