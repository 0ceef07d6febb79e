//! Languages in three letters, as libraries name them (ISO 639-3). Uses `ids`.

use crate::ids::Lang;

/// Two letters and three, of every language that has two.
const LETTERS: &str = "\
    aa aar, ab abk, ae ave, af afr, ak aka, am amh, an arg, ar ara, as asm, av ava, ay aym, az aze, ba bak, be \
    bel, bg bul, bi bis, bm bam, bn ben, bo bod, br bre, bs bos, ca cat, ce che, ch cha, co cos, cr cre, cs ces, \
    cu chu, cv chv, cy cym, da dan, de deu, dv div, dz dzo, ee ewe, el ell, en eng, eo epo, es spa, et est, eu \
    eus, fa fas, ff ful, fi fin, fj fij, fo fao, fr fra, fy fry, ga gle, gd gla, gl glg, gn grn, gu guj, gv glv, \
    ha hau, he heb, hi hin, ho hmo, hr hrv, ht hat, hu hun, hy hye, hz her, ia ina, id ind, ie ile, ig ibo, ii \
    iii, ik ipk, io ido, is isl, it ita, iu iku, ja jpn, jv jav, ka kat, kg kon, ki kik, kj kua, kk kaz, kl kal, \
    km khm, kn kan, ko kor, kr kau, ks kas, ku kur, kv kom, kw cor, ky kir, la lat, lb ltz, lg lug, li lim, ln \
    lin, lo lao, lt lit, lu lub, lv lav, mg mlg, mh mah, mi mri, mk mkd, ml mal, mn mon, mr mar, ms msa, mt mlt, \
    my mya, na nau, nb nob, nd nde, ne nep, ng ndo, nl nld, nn nno, no nor, nr nbl, nv nav, ny nya, oc oci, oj \
    oji, om orm, or ori, os oss, pa pan, pi pli, pl pol, ps pus, pt por, qu que, rm roh, rn run, ro ron, ru rus, \
    rw kin, sa san, sc srd, sd snd, se sme, sg sag, si sin, sk slk, sl slv, sm smo, sn sna, so som, sq sqi, sr \
    srp, ss ssw, st sot, su sun, sv swe, sw swa, ta tam, te tel, tg tgk, th tha, ti tir, tk tuk, tl tgl, tn tsn, \
    to ton, tr tur, ts tso, tt tat, tw twi, ty tah, ug uig, uk ukr, ur urd, uz uzb, ve ven, vi vie, vo vol, wa \
    wln, wo wol, xh xho, yi yid, yo yor, za zha, zh zho, zu zul,";

/// What libraries call a language that they have no letters for.
const UNKNOWN: &str = "und";

/// The languages of tags, each once, in their order.
pub(super) fn of<'a>(langs: impl Iterator<Item = &'a Lang>) -> Vec<&'a str> {
    let mut all = Vec::new();
    for lang in langs {
        let language = three(lang);
        if !all.contains(&language) {
            all.push(language);
        }
    }
    if all.is_empty() { vec![UNKNOWN] } else { all }
}

fn three(lang: &Lang) -> &str {
    let language = lang.as_str().split('-').next().unwrap_or_default();
    if language.len() == 3 {
        return language;
    }
    pairs().find(|(two, _)| *two == language).map_or(UNKNOWN, |(_, three)| three)
}

fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    LETTERS.split_terminator(',').filter_map(|pair| pair.trim().split_once(' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use icu::locale::{Locale, LocaleCanonicalizer};

    #[test]
    fn each_language_once() {
        let tags: Vec<Lang> =
            ["en-GB", "he", "en", "ar", "arc", "xx"].iter().map(|tag| Lang::parse(tag).unwrap()).collect();
        assert_eq!(of(tags.iter()), ["eng", "heb", "ara", "arc", "und"]);
        assert_eq!(of([].iter()), ["und"]);
    }

    /// Unicode knows which two letters three stand for.
    #[test]
    fn unicode_says_the_same() {
        let canonicalizer = LocaleCanonicalizer::new_common();
        for (two, three) in pairs() {
            let mut read: Locale = three.parse().unwrap();
            canonicalizer.canonicalize(&mut read);
            let mut short: Locale = two.parse().unwrap();
            canonicalizer.canonicalize(&mut short);
            assert_eq!(read, short, "{two} {three}");
        }
        assert_eq!(pairs().count(), LETTERS.matches(',').count());
    }
}
