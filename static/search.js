/* Search: an index made when the site was built, loaded as scripts, because a disk and a strict policy allow nothing else.

   1. words: a text is cut and folded as src/search/normal.rs does it; tests/search/words.tsv holds both to that.
   2. Index: the dictionary, its classes (words that are forms of one), and for each word the records in which it stands.
   3. Finder: ranks records by the index alone, so that the first hits need no text; reads texts for phrases and snippets.
   4. View: the form, the filters and the hits, on the page of the search and in a dialog on every other. What stands, stays: a text that comes
      later fills the room that was kept for it, and moves nothing.

   Nothing of an index is ever taken for markup. */
(() => {
  "use strict";

  /* 1. Words. */

  const ALNUM = /[\p{Alphabetic}\p{N}]/u;
  const MARK =
    /[\u0300-\u036F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED\u08D3-\u08FF\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]/;
  const NOTHING = /[\u00AD\u061C\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/;
  const IDEOGRAPH = /[\u3005\u3040-\u30FF\u3400-\u9FFF\u{20000}-\u{323AF}]/u;
  const APOSTROPHE = /[׳'’‘]/;
  const QUOTATION = /[״"”“]/;
  const HEBREW = /[\u05D0-\u05EA]/;
  const LATIN = /[A-Za-z\u00C0-\u024F\u1E00-\u1EFF]/;
  const DIGIT = /[0-9٠-٩۰-۹]/;
  const GROUPING = /[,.٬'’\u00A0\u202F\u2009]/;
  const ELISION = /^(?:[cdjlmnst]|qu)$/;
  const PLAIN = /^[A-Za-z0-9]*$/;
  const FORMS = {
    ך: "כ", ם: "מ", ן: "נ", ף: "פ", ץ: "צ", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ۃ": "ه", "ھ": "ه", "ە": "ه",
    ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", ς: "σ", ß: "ss", æ: "ae", œ: "oe", þ: "th", "\u0640": "",
  };
  for (let code = 0x2b9; code <= 0x2bf; code++) FORMS[String.fromCharCode(code)] = "";
  for (let digit = 0; digit < 10; digit++) {
    FORMS[String.fromCharCode(0x660 + digit)] = FORMS[String.fromCharCode(0x6f0 + digit)] = String(digit);
  }

  const fold = (word) => {
    if (PLAIN.test(word)) return word.toLowerCase();
    let folded = "";
    for (const c of word.normalize("NFKD")) {
      for (const small of c.toLowerCase()) {
        const form = FORMS[small];
        if (form !== undefined) folded += form;
        else if (!MARK.test(small) && ALNUM.test(small)) folded += small;
      }
    }
    // Signs that stood apart have become neighbours, and neighbours have an order.
    return folded.normalize("NFKD");
  };

  /** Whether characters are of a kind, asked of the expression once for each. */
  const asked = (kind) => {
    const known = new Map();
    return (c) => {
      let answer = known.get(c);
      if (answer === undefined) known.set(c, (answer = kind.test(c)));
      return answer;
    };
  };
  const isAlnum = asked(ALNUM);
  const isMark = asked(MARK);
  const isNothing = asked(NOTHING);
  const isIdeograph = asked(IDEOGRAPH);

  /** The words of a text, with their places in it. */
  const tokens = (text) => {
    const chars = [...text];
    const places = [];
    let place = 0;
    for (const c of chars) {
      places.push(place);
      place += c.length;
    }
    places.push(place);
    const is = (kind, at) => at >= 0 && at < chars.length && kind.test(chars[at]);
    const seen = (c) => !MARK.test(c) && !NOTHING.test(c);
    const part = (start, end) => chars.slice(start, end).join("");
    const elides = (start, at) => ELISION.test(fold(part(start, at))) && /^[aeiouyh]/.test(fold(chars[at + 1] ?? ""));
    const isGenitive = (at) => /^[sS]$/.test(chars[at] ?? "") && !is(ALNUM, at + 1) && !is(MARK, at + 1);
    const isInner = (start, at) => {
      const mark = is(APOSTROPHE, at);
      if (!mark && !is(QUOTATION, at)) return false;
      const before = chars.slice(0, at).findLast(seen) ?? "";
      const after = chars[at + 1] ?? "";
      if (HEBREW.test(before) && HEBREW.test(after)) {
        const isWord = chars.slice(start, at).some((c) => HEBREW.test(c) && !"ושבכלמה".includes(c));
        return mark || isWord || !HEBREW.test(chars.slice(at + 2).find(seen) ?? "");
      }
      return LATIN.test(before) && LATIN.test(after) && mark && !elides(start, at) && !isGenitive(at + 1);
    };
    const groups = (at) =>
      is(GROUPING, at) && is(DIGIT, at - 1) && is(DIGIT, at + 1) && is(DIGIT, at + 2) && is(DIGIT, at + 3) && !is(DIGIT, at + 4);
    const goesOn = (start, at) => {
      if (at >= chars.length) return false;
      const c = chars[at];
      return !isIdeograph(c) && (isAlnum(c) || isMark(c) || isNothing(c) || isInner(start, at) || groups(at));
    };
    const found = [];
    const add = (start, end) => {
      const word = fold(part(start, end));
      if (!word) return;
      const opens = is(APOSTROPHE, end) && is(LATIN, end + 1) && elides(start, end);
      const closes = word === "s" && start > 1 && is(APOSTROPHE, start - 1) && is(LATIN, start - 2);
      if (!opens && !closes) found.push({ word, start: places[start], end: places[end] });
    };
    for (let at = 0; at < chars.length; ) {
      let end = at + 1;
      if (isIdeograph(chars[at])) {
        while (end < chars.length && isIdeograph(chars[end])) end++;
        for (let pair = at; pair < Math.max(end - 1, at + 1); pair++) add(pair, Math.min(pair + 2, end));
      } else if (isAlnum(chars[at])) {
        while (goesOn(at, end)) end++;
        add(at, end);
      }
      at = end;
    }
    return found;
  };

  /* 2. The index. */

  const BASE = 46;
  const KINDS = 7;
  const PROMINENCE = [1, 3, 5]; // text, heading, title
  const WITHIN = 1.4; // in the title of the page
  const STANDING = [1.1, 1, 1.15, 1.1, 0.7, 0.55, 0.6]; // page, section, term, actor, event, source, figure
  const EXACT = 1;
  const PREFIXED = 0.95; // the same word with what is written together with it
  const FORM = 0.85;
  const READING = 0.6;
  const BEGUN = 0.5;
  const NEAR = 0.25;
  const MOST_BEGUN = 300;
  const ROOM = 6; // the length of a text is told in steps of so many characters

  class Index {
    /** `load` brings what else there is, by its name. */
    constructor(data, load) {
      this.data = data;
      this.load = load;
      this.digits = new Uint8Array(128);
      [...data.signs].forEach((sign, digit) => (this.digits[sign.charCodeAt(0)] = digit));
      this.words = [];
      let last = "";
      for (const coded of data.words ? data.words.split(" ") : []) {
        last = last.slice(0, this.digits[coded.charCodeAt(0)]) + coded.slice(1);
        this.words.push(last);
      }
      this.order();
      const all = data.records.length / 3;
      this.kinds = new Uint8Array(all);
      this.lengths = new Uint8Array(all);
      this.named = new Uint8Array(all);
      this.groups = new Uint32Array(all);
      for (let record = 0, group = 0; record < all; record++) {
        const [kind, length, title] = [0, 1, 2].map((at) => data.records.charCodeAt(3 * record + at));
        this.kinds[record] = kind - 48;
        this.lengths[record] = this.digits[length];
        this.named[record] = this.digits[title];
        if (this.kinds[record] !== 1) group = record;
        this.groups[record] = group;
      }
      this.parts = new Map(data.parts.length ? [] : [[0, data.lists.map((list) => list.split(" "))]]);
      this.lists = new Map();
      this.titles = [];
      this.texts = new Map();
    }

    /** Finds the class of each word, and the order of their lists: forms side by side, where the shortest of them stands. */
    order() {
      const count = this.words.length;
      const backs = this.numbers(this.data.classes);
      const [shortest, last] = [new Uint32Array(count), new Uint32Array(count)];
      this.classes = new Uint32Array(count);
      this.first = new Uint32Array(count); // of a class
      this.next = new Uint32Array(count); // of the same class, or 0
      let known = 0;
      for (let at = 0; at < count; at++) {
        const own = backs[at] ? known - backs[at] : known++;
        this.classes[at] = own;
        if (!backs[at]) this.first[own] = shortest[own] = at;
        else {
          this.next[last[own]] = at;
          if (this.words[at].length < this.words[shortest[own]].length) shortest[own] = at;
        }
        last[own] = at;
      }
      this.places = new Uint32Array(count);
      let place = 0;
      for (let at = 0; at < count; at++) {
        const own = this.classes[at];
        if (shortest[own] !== at) continue;
        this.places[this.first[own]] = place++;
        for (let form = this.next[this.first[own]]; form; form = this.next[form]) this.places[form] = place++;
      }
    }

    numbers(packed) {
      const numbers = [];
      let value = 0;
      for (let at = 0; at < packed.length; at++) {
        const digit = this.digits[packed.charCodeAt(at)];
        value = value * BASE + (digit % BASE);
        if (digit < BASE) {
          numbers.push(value);
          value = 0;
        }
      }
      return numbers;
    }

    /** The place of a word in the dictionary, or where it would stand. */
    place(word) {
      let low = 0;
      let high = this.words.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.words[middle] < word) low = middle + 1;
        else high = middle;
      }
      return low;
    }

    find(word) {
      const at = this.place(word);
      return this.words[at] === word ? at : -1;
    }

    /** The words that begin so. */
    beginning(start, most) {
      const found = [];
      for (let at = this.place(start); at < this.words.length && found.length < most && this.words[at].startsWith(start); at++) found.push(at);
      return found;
    }

    forms(at) {
      const forms = [];
      const first = this.first[this.classes[at]];
      if (first !== at) forms.push(first);
      for (let form = this.next[first]; form; form = this.next[form]) if (form !== at) forms.push(form);
      return forms;
    }

    /** What a word may be without the letters written together with it. */
    readings(word) {
      const { prefixes } = this.data;
      let readings = [word];
      for (const group of prefixes?.groups ?? []) {
        for (const reading of [...readings]) {
          for (const prefix of group) {
            const rest = reading.startsWith(prefix) ? reading.slice(prefix.length) : "";
            if ([...rest].length >= prefixes.shortest && !readings.includes(rest)) readings.push(rest);
          }
        }
      }
      return prefixes ? readings.flatMap((reading) => [reading, prefixes.article + reading]).slice(1) : [];
    }

    /** Two words that were written as one: نصرالله. */
    halves(word) {
      const letters = [...word];
      for (let at = letters.length - 2; at > 1; at--) {
        const halves = [letters.slice(0, at).join(""), letters.slice(at).join("")];
        if (halves.every((half) => this.find(half) >= 0)) return halves;
      }
      return null;
    }

    /** Whether the index has a word as it is, or but for what is written together with it. */
    knows(word) {
      return [word, ...this.readings(word)].some((reading) => this.find(reading) >= 0);
    }

    /** The words of the dictionary that a word of the query means, each with how far it is meant. */
    meant(word, isBegun) {
      const meant = new Map();
      const add = (at, factor) => meant.set(at, Math.max(factor, meant.get(at) ?? 0));
      const addWithForms = (at, factor) => {
        add(at, factor);
        const own = this.words[at];
        for (const form of this.forms(at)) {
          const isPrefixed = this.words[form].endsWith(own) || own.endsWith(this.words[form]);
          add(form, factor * (isPrefixed ? PREFIXED : FORM));
        }
      };
      const own = this.find(word);
      if (own >= 0) addWithForms(own, EXACT);
      if (isBegun && word.length > 1) for (const at of this.beginning(word, MOST_BEGUN)) add(at, BEGUN);
      if (own < 0) {
        for (const reading of this.readings(word)) {
          const at = this.find(reading);
          if (at >= 0) addWithForms(at, READING);
        }
      }
      const letters = [...word];
      for (let length = letters.length - 1; !meant.size && length >= Math.max(3, letters.length * 0.6); length--) {
        for (const at of this.beginning(letters.slice(0, length).join(""), MOST_BEGUN)) add(at, NEAR);
      }
      if (!meant.size && letters.length === 1) for (const at of this.beginning(word, MOST_BEGUN)) add(at, BEGUN);
      return meant;
    }

    /** The part that has the list of a word. */
    part(at) {
      return Math.max(0, this.data.parts.findLastIndex((first) => first <= this.places[at]));
    }

    /** Loads the lists of some words, where they stand apart. */
    async listed(words) {
      const wanted = [...new Set(words.map((at) => this.part(at)))].filter((part) => !this.parts.has(part));
      await Promise.all(wanted.map(async (part) => {
        const lists = await this.load(`part-${part}`);
        this.parts.set(part, lists.map((list) => list.split(" ")));
      }));
    }

    /** The records of a word, and how prominently it stands in each: `[record, weight, …]`. */
    list(at) {
      if (!this.lists.has(at)) {
        const part = this.part(at);
        const place = this.places[at] - (this.data.parts[part] ?? 0);
        const list = [];
        this.parts.get(part).forEach((lists, weight) => {
          let next = 0;
          for (const step of this.numbers(lists[place])) {
            list.push(next + step, weight);
            next += step + 1;
          }
        });
        this.lists.set(at, list);
      }
      return this.lists.get(at);
    }

    /** What a reader is shown of a record at once. `room`: so many characters of its text will come. */
    told(record) {
      const told = (at) => this.titles[at].split("\t");
      const [head, address, within = "", lang = "", dir = ""] = told(record);
      const kind = this.kinds[record];
      const group = this.groups[record];
      const [page, base] = kind === 1 ? told(group) : [];
      return {
        title: head.slice(1),
        url: base && address.startsWith("#") ? base + address : address,
        within: within || (page?.slice(1) ?? ""),
        room: this.digits[head.charCodeAt(0)] * ROOM,
        lang, dir, kind, group, record,
      };
    }

    /** The texts of some records. */
    async read(records) {
      const { texts } = this.data;
      const shelf = (record) => texts.findLastIndex((first) => first <= record);
      await Promise.all([...new Set(records.map(shelf))].map(async (number) => {
        if (!this.texts.has(number)) this.texts.set(number, await this.load(`texts-${number}`));
      }));
      return records.map((record) => this.texts.get(shelf(record))[record - texts[shelf(record)]]);
    }
  }

  /* 3. The finder. */

  const QUOTED = /(^|\s)["“”„«»״]\s*(.+?)\s*["“”«»״](?=\s|$)/g;
  const MOST_WORDS = 16;
  const SHOWN = 10;
  const MOST_READ = 120; // records whose texts are read for a phrase before the reader asks for more
  const HEAD = 200;
  const REPEATED = 0.75; // each further section of a page counts for less
  const ENOUGH = 0.8; // of what was asked for: where enough records have so much, those with less are left out
  const SNIPPET = 230;

  const parse = (query, isTyped) => {
    const phrases = [];
    const rest = query.replace(QUOTED, (_, before, inner) => {
      const words = tokens(inner).map((token) => token.word);
      if (words.length) phrases.push(words);
      return `${before} `;
    });
    const loose = tokens(rest).map((token) => token.word);
    const isBegun = isTyped && loose.length > 0 && /[\p{L}\p{N}\p{M}]$/u.test(rest);
    const terms = loose.map((word, at) => ({ word, begun: isBegun && at === loose.length - 1 }));
    for (const word of phrases.flat()) terms.push({ word, begun: false, strict: true });
    const unique = terms.filter((term, at) => terms.findIndex((other) => other.word === term.word && !other.strict === !term.strict) === at);
    return { terms: unique.slice(0, MOST_WORDS), phrases };
  };

  const holds = (words, phrase) => {
    for (let at = 0; at + phrase.length <= words.length; at++) {
      if (phrase.every((word, offset) => words[at + offset].word === word)) return true;
    }
    return false;
  };

  class Finder {
    constructor(index) {
      this.index = index;
    }

    /** Every record that may be meant, the best first. `isTyped`: the last word may be the beginning of one. */
    async rank(query, isTyped) {
      const { index } = this;
      const { terms: asked, phrases } = parse(query, isTyped);
      const terms = asked.flatMap((term) => {
        const halves = term.strict || term.begun || index.knows(term.word) ? null : index.halves(term.word);
        return halves ? halves.map((word) => ({ word, begun: false })) : [term];
      });
      for (const term of terms) {
        const own = index.find(term.word);
        term.meant = term.strict ? new Map(own < 0 ? [] : [[own, EXACT]]) : index.meant(term.word, term.begun);
      }
      await index.listed(terms.flatMap((term) => [...term.meant.keys()]));
      const all = index.kinds.length;
      const scores = new Float64Array(all);
      const met = new Float64Array(all);
      const strict = new Uint8Array(all);
      const named = new Uint8Array(all); // how many of the terms stand in the title
      let known = 0;
      let whole = 0;
      for (const term of terms) {
        const own = new Float64Array(all);
        const records = [];
        const add = (record, score) => {
          if (!own[record]) records.push(record);
          if (score > own[record]) own[record] = score;
        };
        for (const [at, factor] of term.meant) {
          const list = index.list(at);
          for (let place = 0; place < list.length; place += 2) {
            add(list[place], factor * PROMINENCE[list[place + 1]]);
            // What stands in the title of a page is said of its sections, too.
            if (list[place + 1] < 2) continue;
            for (let section = list[place] + 1; index.kinds[section] === 1; section++) add(section, factor * WITHIN);
          }
        }
        if (!records.length && !term.strict) continue;
        const rarity = Math.log(1 + all / (records.length + 0.5));
        whole += rarity;
        known += 1;
        for (const record of records) {
          scores[record] += rarity * own[record];
          met[record] += rarity;
          if (term.strict) strict[record] += 1;
          if (own[record] > WITHIN) named[record] += 1;
        }
      }
      const wanted = terms.filter((term) => term.strict).length;
      let found = [];
      for (let record = 0; record < all; record++) if (met[record] && strict[record] === wanted) found.push(record);
      const wholes = found.filter((record) => met[record] >= ENOUGH * whole);
      if (wholes.length >= SHOWN) found = wholes;
      const ranked = found.map((record) => {
        const length = 1 + 0.08 * Math.max(0, index.lengths[record] - 4);
        const isNamed = named[record] === known && index.named[record] === known;
        const title = 1 + (0.5 * named[record]) / known + (isNamed ? 1 : 0);
        return { record, score: (scores[record] * (met[record] / whole) ** 2 * STANDING[index.kinds[record]] * title) / length };
      });
      const order = (a, b) => b.score - a.score || a.record - b.record;
      ranked.sort(order);
      // Only what is near the beginning is seen before the reader asks for more.
      const head = ranked.splice(0, HEAD);
      const seen = new Map();
      for (const hit of head) {
        const group = index.groups[hit.record];
        const before = seen.get(group) ?? 0;
        seen.set(group, before + 1);
        hit.score *= REPEATED ** before;
      }
      const marked = new Set(terms.flatMap((term) => [...term.meant.keys()].map((at) => index.words[at])));
      return { ranked: head.sort(order).concat(ranked), terms, phrases, marked };
    }

    /** So many hits from a place on, of a kind or of all. Only phrases need the texts for that: those without them are passed over. */
    async take({ ranked, phrases, marked }, from, kind, count = SHOWN) {
      const { index } = this;
      const isKind = ({ record }) => kind === null || (index.kinds[record] || 1) === (kind || 1);
      const wanted = ranked.filter(isKind);
      const hits = [];
      let at = from;
      while (hits.length < count && at < wanted.length && at - from < MOST_READ) {
        const batch = wanted.slice(at, at + count - hits.length).map(({ record }) => {
          const told = index.told(record);
          return { ...told, marked, titleWords: tokens(told.title) };
        });
        at += batch.length;
        if (phrases.length) await this.read(batch);
        const says = ({ titleWords, textWords }) => phrases.every((phrase) => holds(titleWords, phrase) || holds(textWords, phrase));
        hits.push(...batch.filter(says));
      }
      return { hits, next: at, more: at < wanted.length };
    }

    /** Gives hits their texts. */
    async read(hits) {
      const texts = await this.index.read(hits.map(({ record }) => record));
      hits.forEach((hit, at) => Object.assign(hit, { text: texts[at], textWords: tokens(texts[at]) }));
    }
  }

  /** The part of a text that has most of what was asked for, whole words, with the places of the marks in it. */
  const snippet = ({ text, textWords, marked }, length = SNIPPET) => {
    const met = textWords.filter(({ word }) => marked.has(word));
    let start = 0;
    let best = -1;
    for (const first of met) {
      const within = met.filter((other) => other.start >= first.start && other.end <= first.start + length * 0.7);
      const value = new Set(within.map(({ word }) => word)).size * 10 + Math.min(within.length, 9);
      if (value > best) [best, start] = [value, first.start];
    }
    // Where the text ends sooner, more of what stands before: so a snippet fills the room that is kept for it.
    let from = Math.max(0, Math.min(start - 60, text.length - length));
    if (from > 0) from = textWords.find((token) => token.start >= from)?.start ?? from;
    let to = Math.min(text.length, from + length);
    if (to < text.length) to = textWords.findLast((token) => token.end <= to && token.start >= from)?.end ?? to;
    return { from, to, marks: met.filter((token) => token.start >= from && token.end <= to) };
  };

  /* What the data scripts call. */

  const waiting = new Map();
  const take = (name, data) => waiting.get(name)?.(data);

  globalThis.sourcebookSearch = { take, tokens, Index, Finder, snippet };
  if (!globalThis.document) return;

  /* 4. The view. */

  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  /** Loads a data script of an edition from a folder; scripts that are asked for twice at once come once. */
  const loader = (folder) => {
    const asked = new Map();
    return (name, edition) => {
      const url = new URL(`${name}.js`, folder);
      url.search = edition;
      if (!asked.has(url.href)) {
        asked.set(url.href, new Promise((resolve, reject) => {
          const script = element("script", { src: url.href });
          waiting.set(name, (data) => {
            resolve(data);
            script.remove();
          });
          script.addEventListener("error", () => {
            asked.delete(url.href);
            script.remove();
            reject(new Error(name));
          });
          document.head.append(script);
        }));
      }
      return asked.get(url.href);
    };
  };

  const opened = new Map();
  /** The index beside the page of the search, with what it needs to show hits. */
  const open = (base) => {
    const folder = new URL(".", base).href;
    if (!opened.has(folder)) {
      const load = loader(folder);
      const made = (data) => new Index(data, (name) => load(name, data.edition));
      const both = async (edition) => {
        const [index, titles] = await Promise.all([load("index", edition).then(made), load("titles", edition)]);
        index.titles = titles.records.split("\n");
        return { index, editions: [...new Set([index.data.edition, titles.edition])] };
      };
      const whole = async () => {
        let { index, editions } = await both("");
        // A cache has one of them from before.
        if (editions.length > 1) ({ index, editions } = await both(editions.join("-")));
        if (editions.length > 1) throw new Error("editions");
        return index;
      };
      opened.set(folder, whole().catch((error) => {
        opened.delete(folder);
        throw error;
      }));
    }
    return opened.get(folder);
  };

  const marks = (text, from, to, places) => {
    const parts = [];
    let at = from;
    for (const { start, end } of places) {
      if (start < at) continue;
      parts.push(text.slice(at, start), element("mark", {}, text.slice(start, end)));
      at = end;
    }
    parts.push(text.slice(at, to));
    return parts;
  };

  const FIRST = 3; // hits that are painted before the others
  const PAUSE = 150; // ms without a letter before texts are asked for

  /** When what was changed has been painted. */
  const painted = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go)));

  class View {
    /** `form` has the field; the hits are put after it. `keep` is told the query, so that the address has it. */
    constructor(form, base, keep) {
      this.form = form;
      this.base = base;
      this.keep = keep;
      this.input = form.querySelector("input");
      this.kind = null;
      this.turn = 0;
      this.drawing = 0;
      this.status = element("p", { role: "status", class: "search-status" });
      this.filters = element("div", { class: "search-kinds", role: "group" });
      this.list = element("ol", { class: "hits" });
      this.more = element("button", { type: "button", class: "search-more" });
      this.more.hidden = true;
      this.node = element("div", { class: "search-results" }, this.status, this.filters, this.list, this.more);
      form.after(this.node);
      this.input.addEventListener("input", (event) => {
        if (!event.isComposing) this.ask(true);
      });
      this.input.addEventListener("compositionend", () => this.ask(true));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.submitted();
      });
      this.more.addEventListener("click", () => this.showMore());
      form.parentElement.addEventListener("keydown", (event) => this.onKey(event));
    }

    submitted() {
      this.ask(false);
    }

    failed() {
      this.clear(this.form.dataset.failed);
    }

    async ask(isTyped) {
      const query = this.input.value.trim();
      const turn = ++this.turn;
      // The address costs more than the search: it comes after what was found.
      painted().then(() => turn === this.turn && this.keep(query));
      if (!query) {
        this.clear();
        return;
      }
      try {
        const index = await open(this.base);
        if (turn !== this.turn) return;
        this.says = index.data.says;
        this.finder = new Finder(index);
        const answer = await this.finder.rank(this.input.value, isTyped);
        if (turn !== this.turn) return;
        this.answer = answer;
        const counts = Array(KINDS).fill(0);
        for (const { record } of answer.ranked) counts[index.kinds[record] || 1]++;
        if (this.kind !== null && !counts[this.kind]) this.kind = null;
        this.counts = counts;
        await this.show(turn, isTyped ? PAUSE : 0);
      } catch {
        if (turn === this.turn) this.failed();
      }
    }

    clear(message = "") {
      this.drawing++;
      this.status.textContent = message;
      this.list.replaceChildren();
      this.filters.replaceChildren();
      this.more.hidden = true;
    }

    number(n) {
      return String(n).replace(/\d/g, (digit) => [...this.says.digits][digit]);
    }

    async show(turn = ++this.turn, pause = 0) {
      const { phrases, ranked } = this.answer;
      const found = await this.finder.take(this.answer, 0, this.kind);
      if (turn !== this.turn) return;
      const count = this.kind === null ? ranked.length : this.counts[this.kind];
      // How many hold a phrase is known only when all were read.
      const told = phrases.length && !found.more ? found.hits.length : count;
      const isUncertain = phrases.length > 0 && found.more;
      const text = found.hits.length ? this.says.texts.search_found.replace("{n}", () => this.number(isUncertain ? found.hits.length : told) + (isUncertain ? "+" : "")) : this.says.texts.search_none;
      // What has been said is not said again.
      if (this.status.textContent !== text) this.status.textContent = text;
      this.showKinds();
      await this.draw(found);
      this.tell(found.hits, turn, pause);
    }

    /** Puts hits in the place of those before. The first are painted before the others are made, which takes longer than to find them. */
    async draw(found) {
      const drawing = ++this.drawing;
      const put = (hit, at) => {
        const node = this.hit(hit);
        if (this.list.children[at]) this.list.children[at].replaceWith(node);
        else this.list.append(node);
      };
      found.hits.slice(0, FIRST).forEach(put);
      if (found.hits.length > FIRST) await painted();
      if (drawing !== this.drawing) return;
      found.hits.slice(FIRST).forEach((hit, at) => put(hit, FIRST + at));
      while (this.list.children.length > found.hits.length) this.list.lastChild.remove();
      this.after(found);
    }

    /** Brings the texts of hits, after a pause in which another letter may ask for others. */
    async tell(hits, turn, pause) {
      await new Promise((go) => setTimeout(go, pause));
      if (turn !== this.turn) return;
      // A hit whose text does not come leads on all the same.
      for (const hit of hits) this.finder.read([hit]).then(() => this.fill(hit), () => {});
    }

    after({ next, more }) {
      this.next = next;
      this.more.hidden = !more;
      this.more.textContent = this.says.texts.search_more;
    }

    async showMore() {
      const { turn } = this;
      const found = await this.finder.take(this.answer, this.next, this.kind);
      if (turn !== this.turn) return;
      const added = found.hits.map((hit) => this.hit(hit));
      this.list.append(...added);
      this.after(found);
      added[0]?.querySelector("a").focus();
      this.tell(found.hits, turn, 0);
    }

    showKinds() {
      const kinds = this.counts.flatMap((count, kind) => (count ? [kind] : []));
      const button = (kind, name, count) => {
        const made = element("button", { type: "button", "aria-pressed": String(kind === this.kind) }, name, " ", element("span", { class: "count" }, this.number(count)));
        made.addEventListener("click", async () => {
          this.kind = kind;
          await this.show();
          this.filters.querySelector('[aria-pressed="true"]')?.focus();
        });
        return made;
      };
      this.filters.setAttribute("aria-label", this.says.texts.filters);
      this.filters.replaceChildren(...(kinds.length < 2 || this.answer.phrases.length ? [] : [
        button(null, this.says.texts.search_everything, this.answer.ranked.length),
        ...kinds.map((kind) => button(kind, this.says.kinds[kind], this.counts[kind])),
      ]));
    }

    hit(hit) {
      const own = hit.lang ? { lang: hit.lang, dir: hit.dir } : { lang: this.says.lang, dir: this.says.dir };
      const titled = hit.titleWords.filter(({ word }) => hit.marked.has(word));
      const link = element("a", { href: new URL(hit.url, this.base).href, ...own }, ...marks(hit.title, 0, hit.title.length, titled));
      const isText = hit.kind < 2;
      const side = element("p", { class: "side" }, element("span", { class: "kind" }, this.says.kinds[hit.kind]));
      if (hit.within) side.append(" · ", element("bdi", isText ? own : {}, hit.within));
      const made = element("li", {}, element("p", { class: "hit-title" }, link), side);
      if (hit.room) {
        hit.cut = element("bdi", own);
        // As much of some sentence, unseen, keeps the room free, whatever the font and the width are.
        const room = this.says.texts.search_none.repeat(20).slice(0, Math.min(hit.room, SNIPPET + 4));
        made.append(element("p", { class: "snippet", "data-room": room }, element("span", {}, hit.cut)));
      }
      if (hit.text) this.fill(hit);
      return made;
    }

    /** Puts the text of a hit into its room: where the words are wider than what kept it free, some fewer. */
    fill(hit) {
      if (!hit.cut) return;
      const paragraph = hit.cut.closest("p");
      const room = paragraph.offsetHeight;
      for (let length = SNIPPET; length > SNIPPET / 2; length -= 15) {
        const { from, to, marks: places } = snippet(hit, length);
        hit.cut.replaceChildren(from > 0 ? "… " : "", ...marks(hit.text, from, to, places), to < hit.text.length ? " …" : "");
        if (paragraph.offsetHeight <= room) break;
      }
    }

    /** Up and down between the field and the hits. */
    onKey(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
      const links = [...this.list.querySelectorAll(".hit-title a")];
      const at = document.activeElement === this.input ? -1 : links.indexOf(document.activeElement);
      if (at < 0 && (document.activeElement !== this.input || step < 0)) return;
      event.preventDefault();
      (at + step < 0 ? this.input : links[Math.min(at + step, links.length - 1)])?.focus();
    }
  }

  const field = (search) =>
    element("form", { class: "search-form", role: "search" },
      element("label", { for: "search-query", class: "hidden" }, search),
      element("input", { type: "search", id: "search-query", name: "q", autocomplete: "off", autocapitalize: "none", spellcheck: "false", enterkeyhint: "search", dir: "auto", maxlength: "200" }),
      element("button", { type: "submit" }, search));

  /* What it looks like. */
  const sheet = element("link", { rel: "stylesheet", href: new URL("search.css", document.currentScript.src).href });
  const styled = new Promise((resolve) => {
    for (const end of ["load", "error"]) sheet.addEventListener(end, resolve);
  });
  document.head.append(sheet);

  /* On the page of the search: the address has the query, so that it can be sent on, reloaded and gone back to. */
  const page = document.querySelector(".search-page .search-form");
  if (page) {
    const keep = (query) => {
      const url = new URL(location.href);
      if (query) url.searchParams.set("q", query);
      else url.searchParams.delete("q");
      url.hash = "";
      history.replaceState(null, "", url);
    };
    const view = new View(page, location.href, keep);
    // Who came here will ask: the index is on its way before the first letter.
    open(location.href).catch(() => {});
    const asked = new URL(location.href).searchParams.get("q");
    if (asked && !view.input.value) view.input.value = asked;
    // Somebody may have begun before this was there.
    if (view.input.value) view.ask(view.input.value !== asked);
    return;
  }

  /* On any other page: a dialog in place. */
  let dialog;
  globalThis.sourcebookSearch.open = async (link) => {
    await styled;
    const base = link.href;
    if (!dialog) {
      const { search, close, all } = link.dataset;
      const form = field(search);
      const shut = element("button", { type: "button", class: "close", "aria-label": close }, "×");
      const whole = element("a", { href: base }, all);
      dialog = element("dialog", { class: "search-dialog", "aria-label": search }, shut, form, element("p", { class: "more" }, whole));
      const address = () => {
        const url = new URL(base);
        const query = form.querySelector("input").value.trim();
        if (query) url.searchParams.set("q", query);
        return url.href;
      };
      const view = new View(form, base, () => whole.setAttribute("href", address()));
      view.submitted = view.failed = () => location.assign(address());
      shut.addEventListener("click", () => dialog.close());
      // A press beside it closes it; so does a hit on this very page.
      dialog.addEventListener("click", (event) => {
        const { left, right, top, bottom } = dialog.getBoundingClientRect();
        const { clientX: x, clientY: y, target } = event;
        const isBeside = target === dialog && (x < left || x > right || y < top || y > bottom);
        if (isBeside || target.closest(".hits a")) dialog.close();
      });
      document.body.append(dialog);
    }
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").select();
    open(base).catch(() => {});
  };
})();
