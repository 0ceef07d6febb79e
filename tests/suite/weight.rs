//! What a page of 1,500 words with 30 sources weighs on its way to a reader. `docs/weight.md` says which budget is held where.

use crate::support::Site;
use flate2::{Compression, write::GzEncoder};
use std::fmt::Write as _;
use std::io::Write as _;

const KB: usize = 1024;
const SOURCES: usize = 30;
/// Sentences of twenty words.
const SENTENCES: usize = 75;

/// Drawn at random they are harder to pack than prose, in which words follow one another more often.
const WORDS: &str = "about access after agency agreed aid also among and area army assembly authority before began between border both building by called camp \
    children city civilian claim clinic commission committee concern condition conflict convention council country court crossing damage data day death decision \
    declaration demand described different displaced district doctor document during each early east emergency estimate evidence fact family few field figure first \
    food for force former found from fuel full government group had harvest have health help home hospital household however human hundred if in increase independent \
    inquiry inspection international into investigation its journalist judge land large later law leader less letter line local long made many market measure medical \
    meeting member message military ministry mission month more most movement nation near neighbour network north not number office official often only open opinion \
    order organisation other over part party people percent period permit person place plan population port power price protection published question rate reached reason \
    record region relief report represent request resident resolution result return right river road rule said same school sea second security several share shelter \
    should since site small some south staff state statement station still street study such supply support survey system team than that their then these they third this \
    those though three through time to town trade treaty truck two under union until upon use village violation visit was water week were west what when where which while \
    who with within witness without women work world would year young";

/// Words in an order that is the same on every machine.
struct Speaker {
    state: u64,
    words: Vec<&'static str>,
}

impl Speaker {
    fn words(&mut self, count: usize) -> String {
        let mut said: Vec<&str> = Vec::new();
        for _ in 0..count {
            self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let place = usize::try_from(self.state >> 33).unwrap() % self.words.len();
            said.push(self.words[place]);
        }
        said.join(" ")
    }
}

fn packed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

#[test]
fn a_page_of_1500_words_with_30_sources_is_light() {
    let mut speaker = Speaker { state: 7, words: WORDS.split_whitespace().collect() };
    let site = Site::base();
    let mut sources = String::new();
    for number in 0..SOURCES {
        let (title, body, path) = (speaker.words(8), speaker.words(3), speaker.words(5).replace(' ', "-"));
        let day = number % 28 + 1;
        write!(
            sources,
            "made-{number}:\n  type: report\n  lang: en\n  title: {{en: \"Report {title}\"}}\n  author:\n    - org: {{en: \"Office {body}\"}}\n  \
             date: 2024-01-{day:02}\n  url: https://www.example.org/{path}\n  kind: un\n  checked: corroborated\n\n"
        )
        .unwrap();
    }
    site.put("content/sources/made.yaml", sources);
    let mut text = String::from("---\ntitle: A long page\n---\n");
    for number in 0..SENTENCES {
        match number % 15 {
            0 => write!(text, "\n\n## Part {}\n\n", speaker.words(3)).unwrap(),
            5 | 10 => text.push_str("\n\n"),
            _ => text.push(' '),
        }
        write!(text, "It is said: {} [@made-{}].", speaker.words(20), number % SOURCES).unwrap();
    }
    site.put("content/en/documents/long.md", text);
    let built = site.build();

    let html = built.text("en/documents/long/index.html");
    assert_eq!(html.matches("<p class=\"entry\">").count(), SOURCES);
    let names = |start: &str| -> Vec<&str> {
        html.split(start).skip(1).filter_map(|rest| rest.split_once('"')).map(|(name, _)| name).collect()
    };
    let sheets = names("<link rel=\"stylesheet\" href=\"../../../");
    let scripts = names("<script defer src=\"../../../");
    assert_eq!(html.matches("<script").count() - html.matches("application/ld+json").count(), scripts.len());
    assert_eq!((sheets.len(), scripts.len()), (1, 1), "a page is itself, a style sheet and a script");
    let of = |files: &[&str]| files.iter().map(|file| packed(&built.files[*file])).sum::<usize>();
    let (html, css, js) = (packed(html.as_bytes()), of(&sheets), of(&scripts));
    assert!(css <= 10 * KB, "{css} bytes of CSS");
    assert!(js <= 8 * KB, "{js} bytes of JavaScript");
    assert!(html + css + js <= 50 * KB, "{html} + {css} + {js} bytes");
}
