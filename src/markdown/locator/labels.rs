//! The words for what a locator counts, in every language at once: CSL's terms and what editors write besides.
//!
//! Words that mean different things in different languages (`s.` is a section in English law and a page in Polish) or that are ordinary
//! words (`c.` is circa, Turkish `not` is a note) are left out: an unknown label stays in the citation as the words that were written.

use super::Label;
use super::value::{blanks, is_direction_mark};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A label's words, without full stops, in lower case, with `'` and `"` for every kind of apostrophe and quotation mark.
#[rustfmt::skip]
const WORDS: &[(Label, &[&str])] = &[
    (Label::Act, &["act", "acts", "acte", "actes", "akt", "atto", "acto", "actos", "מערכה"]),
    (Label::Appendix, &[
        "appendix", "appendices", "app", "apps", "append", "annex", "annexes", "annexe", "appendice", "anexo", "anexos", "apéndice",
        "apêndice", "appendici", "allegato", "anhang", "anlage", "bijlage", "приложение", "прил", "додаток", "załącznik",
        "נספח", "נספחים", "ملحق", "الملحق", "مرفق", "المرفق", "ملاحق", "پیوست",
    ]),
    (Label::Article, &[
        "article", "articles", "art", "arts", "artikel", "artículo", "artículos", "articolo", "articoli", "artigo", "artigos",
        "статья", "статьи", "ст", "стаття", "статті", "artykuł", "madde", "maddeler",
        "مادة", "المادة", "مواد", "المواد", "المادتان", "المادتين", "ماده",
    ]),
    (Label::Book, &["book", "books", "bk", "bks", "livre", "livres", "libro", "libros", "libri", "livro", "livros", "buch", "книга", "кн", "ספר", "كتاب", "الكتاب"]),
    (Label::Chapter, &[
        "chapter", "chapters", "chap", "chaps", "ch", "chapitre", "chapitres", "capítulo", "capítulos", "cap", "kapitel", "kap",
        "capitolo", "capitoli", "capp", "hoofdstuk", "глава", "главы", "гл", "розділ", "розд", "rozdział", "rozdz",
        "פרק", "פרקים", "פר'", "פ'", "فصل", "الفصل", "فصول", "الفصول", "باب", "الباب",
    ]),
    (Label::Column, &[
        "column", "columns", "col", "cols", "colonne", "colonnes", "columna", "columnas", "spalte", "spalten", "sp", "colonna",
        "coluna", "столбец", "стб", "טור", "טורים", "عمود", "العمود", "أعمدة",
    ]),
    (Label::Elocation, &["elocation", "location", "locations", "loc", "locs", "emplacement", "emplacements"]),
    (Label::Equation, &["equation", "equations", "eq", "eqs", "eqq", "eqt", "équation", "équations", "ecuación", "gleichung", "equazione", "уравнение", "משוואה", "משוואות", "معادلة", "المعادلة"]),
    (Label::Figure, &[
        "figure", "figures", "fig", "figs", "figura", "figuras", "abbildung", "abbildungen", "abb", "figuur", "рисунок", "рис",
        "rycina", "ryc", "şekil", "איור", "איורים", "תרשים", "תרשימים", "شكل", "الشكل", "رسم توضيحي", "تصویر",
    ]),
    (Label::Folio, &["folio", "folios", "fol", "fols", "f°", "fo", "fᵒ", "fᵒˢ", "blatt", "bl", "foglio", "лист", "דף", "דפים", "פוליו", "ورقة", "الورقة", "أوراق"]),
    (Label::Issue, &[
        "issue", "issues", "no", "nos", "nr", "nrs", "number", "numéro", "numéros", "n°", "nº", "nᵒ", "nᵒˢ", "№", "número", "números",
        "nummer", "nummern", "numero", "fascicolo", "fasc", "выпуск", "вып", "випуск",
        "גיליון", "גליון", "גיליונות", "מספר", "מס'", "חוברת", "عدد", "العدد", "أعداد", "الأعداد", "شماره",
    ]),
    (Label::Line, &["line", "lines", "l", "ll", "ligne", "lignes", "línea", "líneas", "zeile", "zeilen", "riga", "righe", "linha", "строка", "שורה", "שורות", "ש'", "שו'", "سطر", "السطر", "أسطر"]),
    (Label::Note, &[
        "note", "notes", "n", "nn", "fn", "footnote", "footnotes", "endnote", "nota", "notas", "anmerkung", "anmerkungen", "anm", "fußnote",
        "note de bas de page", "примечание", "прим", "примітка", "הערה", "הערות", "הע'", "ה\"ש", "הערת שוליים", "הערות שוליים",
        "ملاحظة", "حاشية", "الحاشية", "هامش", "الهامش", "پانویس",
    ]),
    (Label::Opus, &["opus", "opera", "op", "opp", "сочинение", "соч", "אופוס"]),
    (Label::Page, &[
        "page", "pages", "p", "pp", "pg", "pgs", "página", "páginas", "pág", "págs", "seite", "seiten", "pagina", "pagine", "страница",
        "страницы", "с", "сс", "стр", "сторінка", "strona", "strony", "sayfa", "sayfalar",
        "עמוד", "עמודים", "עמ", "עמ'", "'עמ", "ע'", "ص", "صص", "صفحة", "الصفحة", "صفحات", "الصفحات", "الصفحتان", "الصفحتين", "صفحه",
    ]),
    (Label::Paragraph, &[
        "paragraph", "paragraphs", "para", "paras", "par", "pars", "¶", "¶¶", "paragraphe", "paragraphes", "paragr", "alinéa", "alinéas",
        "al", "párrafo", "párrafos", "párr", "párrs", "absatz", "absätze", "abs", "randnummer", "rn", "rdnr", "rz", "ziffer", "ziff",
        "paragrafo", "paragrafi", "parágrafo", "parágrafos", "paragraaf", "параграф", "абзац", "абз", "пункт", "пункты", "п", "пп",
        "akapit", "פסקה", "פסקאות", "פיסקה", "פיסקאות", "פס'",
        "فقرة", "الفقرة", "فقرات", "الفقرات", "الفقرتان", "الفقرتين", "فق", "بند", "البند",
    ]),
    (Label::Part, &["part", "parts", "pt", "pts", "partie", "parties", "parte", "partes", "parti", "teil", "deel", "часть", "ч", "чч", "частина", "część", "cz", "חלק", "חלקים", "جزء", "الجزء", "أجزاء", "الأجزاء", "ج", "بخش"]),
    (Label::Rule, &["rule", "rules", "r", "rr", "règle", "règles", "regla", "regel", "regola", "regra", "правило", "כלל", "תקנה", "תקנות", "قاعدة", "القاعدة"]),
    (Label::Scene, &["scene", "scenes", "sc", "scs", "scène", "scènes", "escena", "szene", "scena", "сцена", "סצנה", "תמונה", "مشهد", "المشهد"]),
    (Label::Section, &[
        "section", "sections", "sec", "secs", "sect", "sects", "§", "§§", "sección", "secciones", "abschnitt", "abschnitte", "abschn",
        "sezione", "sez", "secção", "раздел", "разд", "סעיף", "סעיפים", "סע'", "ס'", "ס\"ק", "סעיף קטן",
        "قسم", "القسم", "أقسام", "الأقسام", "قسمت",
    ]),
    (Label::SubVerbo, &["sub verbo", "sub verbis", "sub voce", "sv", "svv", "s v", "s vv"]),
    (Label::Supplement, &["supplement", "supplements", "supp", "supps", "suppl", "supplément", "suppléments", "suplemento", "supl", "beilage", "приложения", "מוסף"]),
    (Label::Table, &["table", "tables", "tbl", "tbls", "tab", "tableau", "tableaux", "tabla", "tablas", "tabelle", "tabellen", "tavola", "tabela", "таблица", "табл", "таблиця", "טבלה", "טבלאות", "לוח", "לוחות", "جدول", "الجدول", "جداول"]),
    (Label::Timestamp, &["at", "timestamp", "à", "um", "בדקה", "דקה", "בשעה", "عند", "الدقيقة", "دقيقة", "دقیقه", "минута"]),
    (Label::Title, &["title", "titles", "tit", "titt", "tits", "titre", "titres", "título", "títulos", "titel", "titolo", "titoli", "титул", "כותר"]),
    (Label::Verse, &["verse", "verses", "v", "vv", "verset", "versets", "verso", "versos", "vers", "versículo", "стих", "פסוק", "פסוקים", "آية", "الآية", "آيات", "بيت شعر"]),
    (Label::Version, &["version", "versions", "ver", "versión", "versione", "versão", "версия", "גירסה", "גרסה", "إصدار", "الإصدار", "نسخة", "نسخه"]),
    (Label::Volume, &[
        "volume", "volumes", "vol", "vols", "tome", "tomes", "t", "volumen", "volúmenes", "tomo", "tomos", "band", "bände", "bd", "bde",
        "volumi", "voll", "том", "тома", "т", "тт", "cilt", "כרך", "כרכים", "مجلد", "المجلد", "مجلدات", "المجلدات", "جلد",
    ]),
];

/// Words that are labels only when they are written in this very case: German `S.` is a page, `s.` could be anything.
const EXACT: &[(Label, &str)] = &[(Label::Page, "S"), (Label::Line, "Z")];

/// The longest label is three words and a few letters.
const MOST_WORDS: usize = 5;
const MOST_BYTES: usize = 80;

fn table() -> &'static HashMap<&'static str, Label> {
    static TABLE: OnceLock<HashMap<&'static str, Label>> = OnceLock::new();
    TABLE.get_or_init(|| WORDS.iter().flat_map(|(label, words)| words.iter().map(|word| (*word, *label))).collect())
}

/// The label a text begins with, and the bytes up to its value.
pub(super) fn label_at(text: &str) -> Option<(Label, usize)> {
    let mut best = None;
    for end in word_ends(text) {
        let Some(word) = text.get(..end) else { break };
        let Some(label) = lookup(word) else { continue };
        let stop = usize::from(text.get(end..).is_some_and(|rest| rest.starts_with('.')));
        let after = end + stop;
        let gap = blanks(text.get(after..).unwrap_or(""));
        if stands_apart(word, stop > 0, gap > 0, label) {
            best = Some((label, after + gap));
        }
    }
    best
}

fn lookup(word: &str) -> Option<Label> {
    if let Some((label, _)) = EXACT.iter().find(|(_, exact)| *exact == word) {
        return Some(*label);
    }
    table().get(normal(word).as_str()).copied()
}

/// Whether a word that is a label may be one here: a single letter needs its full stop (`v. 2`, not `v 2`), except `p`; a word that its
/// number follows at once (`p3`, `§3`, `ص3`) must be a sign, a page, or not Latin.
fn stands_apart(word: &str, stop: bool, gap: bool, label: Label) -> bool {
    let latin = word.chars().all(|c| c.is_ascii_alphabetic());
    let page = label == Label::Page;
    let single = word.chars().filter(|c| c.is_alphabetic()).count() == 1;
    let cyrillic = word.chars().all(|c| matches!(c, 'а'..='я' | 'А'..='Я'));
    if single && (latin || cyrillic) && !stop && !page {
        return false;
    }
    stop || gap || page || !latin
}

/// The ends of the first few words of a text, where a label could end.
fn word_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut in_word = false;
    let mut last = 0;
    for (at, c) in text.char_indices().take_while(|(at, _)| *at <= MOST_BYTES) {
        last = at + c.len_utf8();
        if is_label_letter(c) {
            in_word = true;
            continue;
        }
        if in_word {
            ends.push(at);
            in_word = false;
        }
        if c.is_numeric() || ends.len() >= MOST_WORDS || !(c == '.' || c.is_whitespace() || is_direction_mark(c)) {
            return ends;
        }
    }
    if in_word {
        ends.push(last);
    }
    ends
}

fn is_label_letter(c: char) -> bool {
    // º and ᵒ are letters to Unicode, ° and № are signs.
    (c.is_alphabetic() && !c.is_numeric())
        || matches!(
            c,
            '\'' | '’' | '‘' | '׳' | '"' | '״' | '”' | '“' | '`' | '§' | '¶' | '°' | '№' | '\u{301}' | '\u{308}'
        )
}

/// A word as it stands in [`WORDS`].
fn normal(word: &str) -> String {
    let mut normal = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '.' | '\u{640}' => {}
            c if is_direction_mark(c) => {}
            '’' | '‘' | '׳' | '`' => normal.push('\''),
            '״' | '”' | '“' => normal.push('"'),
            c if c.is_whitespace() => {
                if !normal.ends_with(' ') {
                    normal.push(' ');
                }
            }
            c => normal.extend(c.to_lowercase()),
        }
    }
    normal.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_in_its_normal_form_and_means_one_thing() {
        let mut seen = HashMap::new();
        for (label, words) in WORDS {
            for word in *words {
                assert_eq!(&normal(word), word);
                if let Some(other) = seen.insert(*word, *label) {
                    panic!("{word} is {other:?} and {label:?}");
                }
            }
        }
        for label in Label::ALL {
            assert!(WORDS.iter().any(|(known, _)| known == label), "{label:?} has no word");
        }
    }
}
