use super::*;
use crate::span::Files;

fn locale(lang: &str) -> Locale {
    Locale::new(&Lang::parse(lang).unwrap(), &LocaleSettings::default()).unwrap()
}

fn with_format(lang: &str, format: &str) -> Locale {
    let settings = LocaleSettings { format_locale: Some(format.to_owned()), ..LocaleSettings::default() };
    Locale::new(&Lang::parse(lang).unwrap(), &settings).unwrap()
}

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Invisible characters made visible.
fn seen(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{A0}' => "⍽".to_owned(),
            '\u{202F}' => "˽".to_owned(),
            '\u{200E}' => "<LRM>".to_owned(),
            '\u{200F}' => "<RLM>".to_owned(),
            '\u{61C}' => "<ALM>".to_owned(),
            '\u{2068}' => "[".to_owned(),
            '\u{2069}' => "]".to_owned(),
            c => c.to_string(),
        })
        .collect()
}

fn in_all(write: impl Fn(&Locale) -> String) -> String {
    ["en", "he", "ar", "fr"].map(|lang| format!("{lang}: {}", seen(&write(&locale(lang))))).join("\n")
}

#[test]
fn numbers() {
    insta::assert_snapshot!(in_all(|l| ["73419", "1234.50", "29.7", "-3", "0"].map(|n| l.number(&number(n))).join(" | ")), @r"
    en: 73,419 | 1,234.50 | 29.7 | -3 | 0
    he: 73,419 | 1,234.50 | 29.7 | <LRM>-3 | 0
    ar: 73,419 | 1,234.50 | 29.7 | <LRM>-3 | 0
    fr: 73˽419 | 1˽234,50 | 29,7 | -3 | 0
    ");
    insta::assert_snapshot!(in_all(|l| l.percent(&number("29.7"))), @r"
    en: 29.7%
    he: 29.7%
    ar: 29.7%
    fr: 29,7˽%
    ");
    insta::assert_snapshot!(in_all(|l| l.range(&number("55298"), &number("78525"))), @r"
    en: 55,298–78,525
    he: 55,298–78,525
    ar: 55,298–78,525
    fr: 55˽298–78˽525
    ");
    insta::assert_snapshot!(in_all(|l| l.unit_range("percent", &number("50"), &number("60.5")).unwrap()), @r"
    en: 50–60.5%
    he: 50–60.5%
    ar: 50–60.5%
    fr: 50–60,5˽%
    ");
}

#[test]
fn dates() {
    let dates = ["2024-01-26", "2023-10-01", "2024-02", "2024", "2023-10-07/2024-06-30", "2023-10/2024", "1948~"];
    insta::assert_snapshot!(in_all(|l| dates.map(|d| l.date(&date(d))).join(" | ")), @r"
    en: 26 January 2024 | 1 October 2023 | February 2024 | 2024 | 7 October 2023 – 30 June 2024 | October 2023 – 2024 | about 1948
    he: 26 בינואר 2024 | 1 באוקטובר 2023 | פברואר 2024 | 2024 | 7 באוקטובר 2023 – 30 ביוני 2024 | אוקטובר 2023 – 2024 | סביב 1948
    ar: 26 يناير 2024 | 1 أكتوبر 2023 | فبراير 2024 | 2024 | 7 أكتوبر 2023 – 30 يونيو 2024 | أكتوبر 2023 – 2024 | حوالي 1948
    fr: 26 janvier 2024 | 1er octobre 2023 | février 2024 | 2024 | 7 octobre 2023 – 30 juin 2024 | octobre 2023 – 2024 | vers 1948
    ");
    insta::assert_snapshot!(in_all(|l| dates.map(|d| join(&l.as_of(&date(d)))).join(" | ")), @r"
    en: as of 26 January 2024 | as of 1 October 2023 | as of February 2024 | as of 2024 | for the period 7 October 2023 – 30 June 2024 | for the period October 2023 – 2024 | about 1948
    he: נכון ל־26 בינואר 2024 | נכון ל־1 באוקטובר 2023 | נכון לפברואר 2024 | נכון ל־2024 | בתקופה 7 באוקטובר 2023 – 30 ביוני 2024 | בתקופה אוקטובר 2023 – 2024 | סביב 1948
    ar: حتى 26 يناير 2024 | حتى 1 أكتوبر 2023 | حتى فبراير 2024 | حتى عام 2024 | في الفترة 7 أكتوبر 2023 – 30 يونيو 2024 | في الفترة أكتوبر 2023 – 2024 | حوالي 1948
    fr: au 26 janvier 2024 | au 1er octobre 2023 | en février 2024 | en 2024 | pour la période 7 octobre 2023 – 30 juin 2024 | pour la période octobre 2023 – 2024 | vers 1948
    ");
}

#[test]
fn old_years_stay_readable() {
    insta::assert_snapshot!(in_all(|l| ["0622", "0070-08", "1099-07-15"].map(|d| l.date(&date(d))).join(" | ")), @r"
    en: 622 AD | August 70 AD | 15 July 1099
    he: 622 לספירה | אוגוסט 70 לספירה | 15 ביולי 1099
    ar: 622 م | م 70 أغسطس | 15 يوليو 1099
    fr: 622 ap. J.-C. | août 70 ap. J.-C. | 15 juillet 1099
    ");
}

#[test]
fn units_agree_with_their_number() {
    let numbers = ["0", "1", "2", "3", "11", "100", "0.5", "1.5", "1000000", "73419"];
    let all = |unit: &'static str| in_all(move |l| numbers.map(|n| l.unit(unit, &number(n)).unwrap()).join(" | "));
    insta::assert_snapshot!(all("people"), @r"
    en: 0 people | 1 person | 2 people | 3 people | 11 people | 100 people | 0.5 people | 1.5 people | 1,000,000 people | 73,419 people
    he: 0 בני אדם | אדם אחד | שני בני אדם | 3 בני אדם | 11 בני אדם | 100 בני אדם | 0.5 בני אדם | 1.5 בני אדם | 1,000,000 בני אדם | 73,419 בני אדם
    ar: 0 شخص | شخص واحد | شخصان | 3 أشخاص | 11 شخصاً | 100 شخص | 0.5 شخص | 1.5 شخص | 1,000,000 شخص | 73,419 شخصاً
    fr: 0 personne | 1 personne | 2 personnes | 3 personnes | 11 personnes | 100 personnes | 0,5 personne | 1,5 personne | 1˽000˽000 de personnes | 73˽419 personnes
    ");
    insta::assert_snapshot!(all("years"), @r"
    en: 0 years | 1 year | 2 years | 3 years | 11 years | 100 years | 0.5 years | 1.5 years | 1,000,000 years | 73,419 years
    he: 0 שנים | שנה אחת | שנתיים | 3 שנים | 11 שנים | 100 שנים | 0.5 שנים | 1.5 שנים | 1,000,000 שנים | 73,419 שנים
    ar: 0 سنة | سنة واحدة | سنتان | 3 سنوات | 11 سنة | 100 سنة | 0.5 سنة | 1.5 سنة | 1,000,000 سنة | 73,419 سنة
    fr: 0 an | 1 an | 2 ans | 3 ans | 11 ans | 100 ans | 0,5 an | 1,5 an | 1˽000˽000 d’années | 73˽419 ans
    ");
    insta::assert_snapshot!(all("usd-billion"), @r"
    en: US$0 billion | US$1 billion | US$2 billion | US$3 billion | US$11 billion | US$100 billion | US$0.5 billion | US$1.5 billion | US$1,000,000 billion | US$73,419 billion
    he: 0 מיליארד דולר | מיליארד דולר | שני מיליארד דולר | 3 מיליארד דולר | 11 מיליארד דולר | 100 מיליארד דולר | 0.5 מיליארד דולר | 1.5 מיליארד דולר | 1,000,000 מיליארד דולר | 73,419 מיליארד דולר
    ar: 0 مليار دولار | مليار دولار | مليارا دولار | 3 مليارات دولار | 11 مليار دولار | 100 مليار دولار | 0.5 مليار دولار | 1.5 مليار دولار | 1,000,000 مليار دولار | 73,419 مليار دولار
    fr: 0 milliard de dollars | 1 milliard de dollars | 2 milliards de dollars | 3 milliards de dollars | 11 milliards de dollars | 100 milliards de dollars | 0,5 milliard de dollars | 1,5 milliard de dollars | 1˽000˽000 de milliards de dollars | 73˽419 milliards de dollars
    ");
    insta::assert_snapshot!(in_all(|l| l.unit_range("people", &number("1"), &number("2")).unwrap()), @r"
    en: 1–2 people
    he: 1–2 בני אדם
    ar: 1–2 شخص
    fr: 1–2 personnes
    ");
    assert_eq!(locale("en").unit("parsecs", &number("1")), None);
    assert!(locale("en").units().any(|unit| unit == "percent"));
}

#[test]
fn sentences() {
    insta::assert_snapshot!(in_all(|l| {
        l.fill_text(Key::ReviewedOn, &[("date", (&date("2026-08-01")).into()), ("name", "A. Reader".into())])
    }), @r"
    en: Reviewed on [1 August 2026] by [A. Reader]
    he: נבדק ב־[1 באוגוסט 2026] בידי [A. Reader]
    ar: راجعها بتاريخ [1 أغسطس 2026]: [A. Reader]
    fr: Relu le [1er août 2026] par [A. Reader]
    ");
    insta::assert_snapshot!(in_all(|l| {
        let language = l.language_name(l.lang());
        l.fill_text(Key::Fallback, &[("language", language.into()), ("source_language", l.language_name(&Lang::parse("en").unwrap()).into())])
    }), @r"
    en: This page has not been translated into [English] yet; it is shown in [English].
    he: דף זה טרם תורגם ל[עברית]; הוא מוצג ב[אנגלית].
    ar: لم تُترجم هذه الصفحة إلى [العربية] بعد؛ وهي معروضة باللغة [الإنجليزية].
    fr: Cette page n’a pas encore été traduite en [français]˽; elle est affichée en [anglais].
    ");
    insta::assert_snapshot!(in_all(|l| ["1", "2", "43"].map(|n| l.count_text(Key::SourceCount, &number(n), &[])).join(" | ")), @r"
    en: [1] source | [2] sources | [43] sources
    he: מקור אחד | שני מקורות | [43] מקורות
    ar: مصدر واحد | مصدران | [43] مصدراً
    fr: [1] source | [2] sources | [43] sources
    ");
    insta::assert_snapshot!(in_all(|l| join(&l.locator("page", "3–5", true).unwrap())), @r"
    en: pp. 3–5
    he: עמ׳ 3–5
    ar: ص ص. 3–5
    fr: p. 3–5
    ");
    insta::assert_snapshot!(in_all(|l| l.list(&["A".to_owned(), "B".to_owned(), "C".to_owned()])), @r"
    en: A, B and C
    he: A, B ו‑C
    ar: A وB وC
    fr: A, B et C
    ");
    assert_eq!(locale("en").text(Key::KeyFacts), "Key facts");
    assert_eq!(locale("he").term(Vocabulary::Affiliation, "hamas"), Some("חמאס"));
    assert_eq!(locale("he").term(Vocabulary::Affiliation, "nobody"), None);
}

#[test]
fn what_is_missing_is_seen() {
    let english = locale("en");
    let pieces = english.fill_pieces(Key::DataTo, &[]);
    assert_eq!(pieces, [Piece::Text("Data to "), Piece::Arg { name: "date", value: "{date}".to_owned() }]);
}

#[test]
fn the_format_locale_chooses_digits_and_months() {
    let levant = with_format("ar", "ar-PS");
    assert_eq!(levant.number(&number("41234")), "٤١٬٢٣٤");
    assert_eq!(levant.percent(&number("29.7")), "٢٩٫٧٪");
    assert_eq!(levant.date(&date("2024-01-26")), "٢٦ كانون الثاني ٢٠٢٤");
    assert_eq!(with_format("en", "en-US").date(&date("2024-01-26")), "January 26, 2024");
    // The calendar stays Gregorian where the locale's own is another.
    assert_eq!(locale("fa").date(&date("2024-01-26")), "۲۶ ژانویه ۲۰۲۴");
}

#[test]
fn a_language_without_strings_has_english_words_and_its_own_numbers() {
    let bengali = locale("bn");
    assert!(!bengali.has_words());
    assert_eq!(bengali.name(), "bn");
    assert_eq!(bengali.text(Key::Home), "Home");
    // Bengali's `one` holds 0.5, English's does not: the words are English, so English rules choose among them.
    assert_eq!(bengali.unit("people", &number("0.5")).as_deref(), Some("০.৫ people"));
    assert_eq!(bengali.plural_category(&number("0.5")), PluralCategory::One);
}

/// The files of a site, by language; what is wrong with them must be nothing.
fn site(files: &[(&str, &str)]) -> Vec<SiteStrings> {
    let mut said = Vec::new();
    let mut all = Files::default();
    let read = |(lang, yaml): &(&str, &str)| {
        let file = all.add(format!("content/strings/{lang}.yaml"), *yaml);
        read::read_file(&Lang::parse(lang).unwrap(), file, yaml, &mut said)
    };
    let strings = files.iter().filter_map(read).collect();
    assert!(said.is_empty(), "{said:?}");
    strings
}

fn of_site(lang: &str, source: &str, site: &[SiteStrings]) -> Locale {
    let [lang, source] = [lang, source].map(|lang| Lang::parse(lang).unwrap());
    Locale::of_site(&lang, &LocaleSettings::default(), site, Some(&source)).unwrap()
}

#[test]
fn a_sites_own_words_go_before_the_built_in_ones_and_what_is_missing_comes_from_its_first_language() {
    let site = site(&[
        ("fr", "texts: {menu: Sommaire}\nlanguages: {sw: swahili}\n"),
        (
            "sw",
            "autonym: Kiswahili\ntexts:\n  home: Mwanzo\n  source_count: {one: chanzo kimoja, other: \"vyanzo {n}\"}\n",
        ),
    ]);
    let french = of_site("fr", "fr", &site);
    assert_eq!((french.text(Key::Menu), french.text(Key::Home)), ("Sommaire", "Accueil"));
    assert_eq!(french.language_name(&Lang::parse("sw").unwrap()), "swahili");
    assert_eq!(french.missing_words(), Vec::<String>::new());
    let swahili = of_site("sw", "fr", &site);
    assert_eq!((swahili.name(), swahili.has_words()), ("Kiswahili", true));
    assert_eq!([Key::Home, Key::Menu, Key::Close].map(|key| swahili.text(key)), ["Mwanzo", "Sommaire", "Fermer"]);
    assert_eq!(
        ["1", "0.5", "3"].map(|n| swahili.count_text(Key::SourceCount, &number(n), &[])),
        ["chanzo kimoja", "vyanzo \u{2068}0.5\u{2069}", "vyanzo \u{2068}3\u{2069}"]
    );
    // French words are chosen by French rules: nothing is one.
    assert_eq!(swahili.unit("people", &number("0")).as_deref(), Some("0 personne"));
    let missing = swahili.missing_words();
    assert!(missing.contains(&"texts.menu".to_owned()) && !missing.contains(&"texts.home".to_owned()));
    let neither = of_site("sw", "bn", &[]);
    assert_eq!(neither.text(Key::Home), "Home");
}

#[test]
fn directions_and_names() {
    let all = ["en", "he", "ar", "fr"].map(|lang| (locale(lang).direction(), locale(lang).name().to_owned()));
    assert_eq!(all.clone().map(|(direction, _)| direction.name()), ["ltr", "rtl", "rtl", "ltr"]);
    assert_eq!(all.map(|(_, name)| name), ["English", "עברית", "العربية", "Français"]);
    assert_eq!(["yi", "dv", "ur", "ckb"].map(|lang| locale(lang).direction()), [Direction::Rtl; 4]);
    let settings = LocaleSettings {
        direction: Some(Direction::Ltr),
        name: Some("Ladino".to_owned()),
        ..LocaleSettings::default()
    };
    let ladino = Locale::new(&Lang::parse("lad").unwrap(), &settings).unwrap();
    assert_eq!((ladino.direction(), ladino.name()), (Direction::Ltr, "Ladino"));
}

#[test]
fn a_wrong_format_locale_is_refused() {
    let settings = LocaleSettings { format_locale: Some("english please".to_owned()), ..LocaleSettings::default() };
    let error = Locale::new(&Lang::parse("en").unwrap(), &settings).unwrap_err();
    assert!(error.to_string().contains("en-GB"), "{error}");
}

fn with_calendar(lang: &str, calendar: &str) -> Locale {
    let settings = LocaleSettings { second_calendar: Calendar::parse(calendar), ..LocaleSettings::default() };
    Locale::new(&Lang::parse(lang).unwrap(), &settings).unwrap()
}

#[test]
fn a_second_calendar_stands_in_brackets_where_it_is_asked_for() {
    let dates = ["2024-01-26", "2023-10-07/2024-06-30", "2024-01", "2024", "1948~", "1850-01-01"];
    let all = [
        ("he", "hebrew"),
        ("en", "hebrew"),
        ("ar", "islamic-umalqura"),
        ("ar", "islamic-civil"),
        ("en", "islamic-tbla"),
        ("en", "persian"),
    ];
    let all = all.map(|(lang, calendar)| {
        let locale = with_calendar(lang, calendar);
        format!("{lang}, {calendar}: {}", seen(&dates.map(|d| locale.date_in_full(&date(d))).join(" | ")))
    });
    insta::assert_snapshot!(all.join("\n"), @r"
    he, hebrew: 26 בינואר 2024 (ט״ז בשבט ה׳תשפ״ד) | 7 באוקטובר 2023 – 30 ביוני 2024 (כ״ב בתשרי ה׳תשפ״ד – כ״ד בסיוון ה׳תשפ״ד) | ינואר 2024 | 2024 | סביב 1948 | 1 בינואר 1850 (י״ז בטבת ה׳תר״י)
    en, hebrew: 26 January 2024 (16 Shevat 5784) | 7 October 2023 – 30 June 2024 (22 Tishri 5784 – 24 Sivan 5784) | January 2024 | 2024 | about 1948 | 1 January 1850 (17 Tevet 5610)
    ar, islamic-umalqura: 26 يناير 2024 (14 رجب 1445 هـ) | 7 أكتوبر 2023 – 30 يونيو 2024 (22 ربيع الأول 1445 هـ – 24 ذو الحجة 1445 هـ) | يناير 2024 | 2024 | حوالي 1948 | 1 يناير 1850
    ar, islamic-civil: 26 يناير 2024 (15 رجب 1445 هـ) | 7 أكتوبر 2023 – 30 يونيو 2024 (22 ربيع الأول 1445 هـ – 23 ذو الحجة 1445 هـ) | يناير 2024 | 2024 | حوالي 1948 | 1 يناير 1850 (16 صفر 1266 هـ)
    en, islamic-tbla: 26 January 2024 (16 Rajab 1445 AH) | 7 October 2023 – 30 June 2024 (23 Rabiʻ I 1445 AH – 24 Dhuʻl-Hijjah 1445 AH) | January 2024 | 2024 | about 1948 | 1 January 1850 (17 Safar 1266 AH)
    en, persian: 26 January 2024 (6 Bahman 1402 AP) | 7 October 2023 – 30 June 2024 (15 Mehr 1402 AP – 10 Tir 1403 AP) | January 2024 | 2024 | about 1948 | 1 January 1850 (11 Dey 1228 AP)
    ");
    assert_eq!(locale("he").date_in_full(&date("2024-01-26")), locale("he").date(&date("2024-01-26")));
    assert_eq!(Calendar::parse("islamic"), None);
}

#[test]
fn dates_are_gregorian_wherever_the_country_counts_otherwise() {
    let of = ["fa", "fa-AF", "th", "ar-SA", "am", "ps", "ckb-IR", "th-TH-u-ca-buddhist", "fa-u-ca-persian"];
    let all = of.map(|format| format!("{format}: {}", seen(&with_format("en", format).date(&date("2024-01-26")))));
    insta::assert_snapshot!(all.join("\n"), @r"
    fa: ۲۶ ژانویه ۲۰۲۴
    fa-AF: ۲۶ جنوری ۲۰۲۴
    th: 26 มกราคม ค.ศ. 2024
    ar-SA: ٢٦ يناير ٢٠٢٤
    am: ጃንዋሪ 26 2024
    ps: ۲۶ جنوري ۲۰۲۴
    ckb-IR: ٢٦ی کانوونی دووەمی ٢٠٢٤
    th-TH-u-ca-buddhist: 26 มกราคม ค.ศ. 2024
    fa-u-ca-persian: ۲۶ ژانویه ۲۰۲۴
    ");
}

#[test]
fn the_next_languages_write_numbers_dates_and_lists_in_their_own_way() {
    let all = ["es", "fa", "ur", "ru", "de", "zh"].map(|lang| {
        let locale = locale(lang);
        let numbers = ["41234", "29.7"].map(|n| locale.number(&number(n))).join(" ");
        let dates = ["2024-01-26", "2024-02"].map(|d| locale.date(&date(d))).join(", ");
        let list = locale.list(&["A".to_owned(), "B".to_owned(), "C".to_owned()]);
        seen(&format!("{lang} {}: {numbers} | {dates} | {list}", locale.direction().name()))
    });
    insta::assert_snapshot!(all.join("\n"), @r"
    es ltr: 41.234 29,7 | 26 de enero de 2024, febrero de 2024 | A, B y C
    fa rtl: ۴۱٬۲۳۴ ۲۹٫۷ | ۲۶ ژانویه ۲۰۲۴, فوریه ۲۰۲۴ | A،<RLM> B، و C
    ur rtl: 41,234 29.7 | 26 جنوری، 2024, فروری 2024 | A، B، اور C
    ru ltr: 41⍽234 29,7 | 26 января 2024˽г., февраль 2024˽г. | A, B и C
    de ltr: 41.234 29,7 | 26. Januar 2024, Februar 2024 | A, B und C
    zh ltr: 41,234 29.7 | 2024年1月26日, 2024年2月 | A、B和C
    ");
}
