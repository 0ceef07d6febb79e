use super::*;
use proptest::prelude::*;

fn marked(input: &str) -> String {
    let html = running(input, Direction::Rtl);
    html.as_str().replace("<bdi dir=\"ltr\">", "⟨").replace("</bdi>", "⟩").replace("&#39;", "'").replace("&amp;", "&")
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (input, expected) in cases {
        assert_eq!(marked(input), *expected, "{input}");
    }
}

#[test]
fn runs_are_isolated_whole() {
    check(&[
        ("לפי OCHA (2024), נהרגו 1,200+ בני אדם.", "לפי ⟨OCHA (2024)⟩, נהרגו ⟨1,200+⟩ בני אדם."),
        ("לפי OCHA (2024) (41,234) נהרגו", "לפי ⟨OCHA (2024) (41,234)⟩ נהרגו"),
        ("ירידה של -12.5% בשנת 2024", "ירידה של ⟨-12.5%⟩ בשנת 2024"),
        ("נسبة 12.5% من السكان", "נسبة ⟨12.5%⟩ من السكان"),
        ("טלפון +972 2 589 0400.", "טלפון ⟨+972 2 589 0400⟩."),
        ("בגיל 5–10 שנים, 2008 – 2009", "בגיל ⟨5–10⟩ שנים, ⟨2008 – 2009⟩"),
        ("منظمة Human Rights Watch، وقالت", "منظمة ⟨Human Rights Watch⟩، وقالت"),
        ("ארגון B'Tselem.", "ארגון ⟨B'Tselem⟩."),
        ("כתב העת The Lancet (2025) ואחרים", "כתב העת ⟨The Lancet (2025)⟩ ואחרים"),
        ("Ḥamās و Žižek", "⟨Ḥamās⟩ و ⟨Žižek⟩"),
        ("ВСУ и Ήλιος עוד", "⟨ВСУ и Ήλιος⟩ עוד"),
        ("$71.4 מיליארד, US$71.4, 5€, -£3", "⟨$71.4⟩ מיליארד, ⟨US$71.4⟩, ⟨5€⟩, ⟨-£3⟩"),
        ("~500 ו-20°C ב-300 m² כאן", "⟨~500⟩ ו-⟨20°C⟩ ב-⟨300 m²⟩ כאן"),
        ("מסמך A/RES/181(II) ועוד", "מסמך ⟨A/RES/181(II)⟩ ועוד"),
        ("סעיף 51(7)-(8) לאמנה", "סעיף ⟨51(7)-(8)⟩ לאמנה"),
        ("ראו p. 3 אצל J. Smith", "ראו ⟨p. 3⟩ אצל ⟨J. Smith⟩"),
        ("חשבון @ochaopt וכתובת info@ochaopt.org.", "חשבון ⟨@ochaopt⟩ וכתובת ⟨info@ochaopt.org⟩."),
    ]);
}

#[test]
fn plain_text_is_isolated_by_marks() {
    assert_eq!(plain("2000–2007: עזה", Direction::Rtl), "\u{2066}2000–2007\u{2069}: עזה");
    assert_eq!(plain("2000–2007: Gaza", Direction::Ltr), "2000–2007: Gaza");
}

#[test]
fn what_keeps_its_order_by_itself_is_left_alone() {
    check(&[
        ("בין 7 באוקטובר ל-27 באוקטובר", "בין 7 באוקטובר ל-27 באוקטובר"),
        ("41,234 ו־29.7", "41,234 ו־29.7"),
        ("אין כאן דבר - רק מקף", "אין כאן דבר - רק מקף"),
        ("ראו [12] (2024)", "ראו [12] (2024)"),
        ("(BBC)", "(⟨BBC⟩)"),
    ]);
}

/// Each in the sentence's order: isolated as one, the second would be read first.
#[test]
fn words_that_do_not_belong_together_are_not_one_run() {
    check(&[
        ("בשנת 2024, 1,200 בני אדם", "בשנת 2024, 1,200 בני אדם"),
        ("ב-2024: 796 הרוגים", "ב-2024: 796 הרוגים"),
        ("לפי CPJ, 247 עיתונאים", "לפי ⟨CPJ⟩, 247 עיתונאים"),
        ("לפי OHCHR: 1,054", "לפי ⟨OHCHR⟩: 1,054"),
        ("כך OCHA. 1,200 נהרגו", "כך ⟨OCHA⟩. 1,200 נהרגו"),
        ("כך BBC. OCHA מסר", "כך ⟨BBC⟩. ⟨OCHA⟩ מסר"),
        ("נמסר ל-BBC – 1,200 הרוגים", "נמסר ל-⟨BBC⟩ – 1,200 הרוגים"),
        ("נהרגו 1,200 (OCHA)", "נהרגו 1,200 (⟨OCHA⟩)"),
        ("75,200 (63,600–86,800)", "75,200 (⟨63,600–86,800⟩)"),
        ("OCHA (BBC ועוד)", "⟨OCHA⟩ (⟨BBC⟩ ועוד)"),
        ("עד סוף 2023 – 4 ביולי", "עד סוף 2023 – 4 ביולי"),
        ("95%: 55,298–78,525", "⟨95%⟩: ⟨55,298–78,525⟩"),
    ]);
}

#[test]
fn addresses_are_whole() {
    check(&[
        ("ראו https://example.org/a?b=1&c=2#d.", "ראו ⟨https://example.org/a?b=1&c=2#d⟩."),
        ("(www.example.org/x_(y))", "(⟨www.example.org/x_(y)⟩)"),
        ("انظر http://example.org/أ، ثم", "انظر ⟨http://example.org/أ⟩، ثم"),
    ]);
}

proptest! {
    /// Isolation adds elements and nothing else; no bracket of the sentence is cut off by one.
    #[test]
    fn every_text_stays_itself(input in "[א-ה0-3A-C .,:%+$()–-]{0,24}") {
        let shown = marked(&input);
        prop_assert_eq!(shown.replace(['⟨', '⟩'], ""), input);
        for run in shown.split('⟨').skip(1).filter_map(|rest| rest.split('⟩').next()) {
            prop_assert_eq!(run.matches('(').count(), run.matches(')').count(), "{}", run);
            prop_assert!(!run.ends_with([' ', ',', '.', ':', '–', '-']), "{}", run);
        }
    }
}
