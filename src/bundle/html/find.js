/* Search in a file that holds everything. Nothing is kept in an index: the text of the articles is read when somebody first searches, a piece at a
   time, and folded as the site's search folds it (static/search.js), as far as that can be said in a few lines. */
(() => {
  "use strict";
  const { close, search, hint, found, zero, none } = document.currentScript.dataset;
  const opener = document.getElementById("find");
  if (!opener || !("HTMLDialogElement" in globalThis)) return;

  /* 1. Words. */

  const MARK = /[\p{M}\u0640\u00AD\u061C\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
  const WITHIN_HEBREW = /([\u05D0-\u05EA])['’׳"״”“](?=[\u05D0-\u05EA])/g;
  const GROUPING = /(\d)[,.٬'’\u00A0\u202F\u2009](?=\d{3}(?!\d))/g;
  const TOKEN = /[\p{L}\p{M}\p{N}]+(?:['’׳"״”“,.٬\u00A0\u202F\u2009][\p{L}\p{M}\p{N}]+)*/gu;
  const FORMS = {
    ך: "כ", ם: "מ", ן: "נ", ף: "פ", ץ: "צ", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ۃ": "ه", "ھ": "ه", "ە": "ه",
    ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", ς: "σ", ß: "ss", æ: "ae", œ: "oe", þ: "th",
  };
  for (let digit = 0; digit < 10; digit++) {
    FORMS[String.fromCharCode(0x660 + digit)] = FORMS[String.fromCharCode(0x6f0 + digit)] = String(digit);
  }
  const FORM = new RegExp(`[${Object.keys(FORMS).join("")}]`, "g");
  const fold = (text) =>
    text.normalize("NFKD").toLowerCase().replace(MARK, "").replace(FORM, (c) => FORMS[c]).replace(WITHIN_HEBREW, "$1").replace(GROUPING, "$1");

  // A word is met where one begins with it, or with what Hebrew and Arabic write together with it.
  const before = (word) => (/^[א-ת]/.test(word) ? "[ושהבלכמ]{0,3}" : /^[\u0621-\u064A]/.test(word) ? "[وف]?[بكلس]?(?:ال|ل)?" : "");
  const NUMBER = /^\p{N}+$/u; // a number is met whole: who looks for 5 does not look for 514
  const pattern = (words) =>
    new RegExp(`(?:^|[^\\p{L}\\p{N}])${before(words[0])}${words.join("[^\\p{L}\\p{N}]+")}${NUMBER.test(words.at(-1)) ? "(?!\\p{N})" : ""}`, "u");
  const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  /** What is looked for: each word, and each phrase in quotation marks. */
  const asked = (query) => {
    const terms = [];
    const rest = query.replace(/(?:^|\s)["“”„«״](.+?)["“”»״](?=\s|$)/g, (_, phrase) => {
      const words = wordsOf(phrase);
      if (words.length) terms.push(words);
      return " ";
    });
    for (const word of wordsOf(rest)) terms.push([word]);
    return { patterns: terms.map(pattern), marks: terms.flat().map((word) => pattern([word])) };
  };

  /* 2. The text. */

  const BLOCK = "h2, h3, h4, h5, h6, p, li, dt, dd, tr, figcaption, summary, blockquote, div, section, dl, ul, ol, table, thead, tbody, figure, details, pre";
  const SKIP = "svg, nav, sup.cite, .margin, .backlinks, .way-back, .links, .source-page, .sep, .apparatus > .sources, .apparatus > .figures, .back-to-term, .tools";
  const WEIGHT = { H2: 8, H3: 3, H4: 3, H5: 2, H6: 2 };

  /** Adds the blocks of an element, each with the text that is its own, and gives back the text of what is none. */
  const gather = (element, blocks) => {
    let text = "";
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) text += node.data;
      if (node.nodeType !== Node.ELEMENT_NODE || node.matches(SKIP)) continue;
      if (node.matches(BLOCK)) {
        const own = gather(node, blocks).replace(/\s+/g, " ").trim();
        if (own) blocks.push({ element: node, text: own, folded: fold(own), weight: WEIGHT[node.tagName] ?? 1 });
      } else {
        text += gather(node, blocks) + (node.matches("td, th") ? " " : "");
      }
    }
    return text;
  };

  let reading = null;
  const read = () =>
    (reading ??= (async () => {
      const articles = [];
      for (const element of document.querySelectorAll("article.leaf")) {
        const blocks = [];
        gather(element, blocks);
        const title = document.getElementById(element.getAttribute("aria-labelledby"))?.textContent ?? element.getAttribute("aria-label");
        articles.push({ element, title, blocks, worth: element.matches(".library") ? 0.4 : 1 });
        await new Promise((go) => setTimeout(go));
      }
      return articles;
    })());

  const MOST = 40; // articles that are shown
  const EACH = 3; // places in one

  /** The articles in which everything stands, and the places in them that say most of it. */
  const find = (articles, { patterns }) => {
    const hits = [];
    for (const article of articles) {
      const met = new Set();
      const places = [];
      for (const block of article.blocks) {
        const here = patterns.filter((one) => one.test(block.folded));
        for (const one of here) met.add(one);
        if (here.length) places.push({ block, score: here.length ** 2 * block.weight });
      }
      if (met.size < patterns.length) continue;
      places.sort((a, b) => b.score - a.score);
      hits.push({ article, places: places.slice(0, EACH), score: (places[0].score + Math.log(places.length)) * article.worth });
    }
    return hits.sort((a, b) => b.score - a.score);
  };

  /* 3. The view. */

  const made = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const field = made("input", { type: "search", "aria-label": search, autocomplete: "off", spellcheck: "false", enterkeyhint: "search" });
  const shut = made("button", { type: "button", class: "close", "aria-label": close }, "×");
  const status = made("p", { class: "finder-status", role: "status" }, hint);
  const list = made("ol", { class: "hits" });
  const dialog = made("dialog", { class: "finder", "aria-label": search }, made("div", { class: "finder-head" }, field, shut), status, list);

  const AROUND = 90; // characters before and after the first word that is met

  /** The text around the first word that is met, with every such word marked. */
  const snippet = (text, marks) => {
    const tokens = [...text.matchAll(TOKEN)].map((match) => ({ start: match.index, end: match.index + match[0].length, word: fold(match[0]) }));
    const met = tokens.filter(({ word }) => marks.some((mark) => mark.test(word)));
    const first = met[0]?.start ?? 0;
    const from = first <= AROUND ? 0 : (tokens.find(({ start }) => start >= first - AROUND)?.start ?? 0);
    const last = tokens.findLast(({ end }) => end <= first + 2 * AROUND)?.end ?? text.length;
    const to = text.length - last < 20 ? text.length : last;
    const parts = from > 0 ? ["… "] : [];
    let at = from;
    for (const { start, end } of met.filter((token) => token.start >= from && token.end <= to)) {
      parts.push(text.slice(at, start), made("mark", {}, text.slice(start, end)));
      at = end;
    }
    parts.push(text.slice(at, to), to < text.length ? " …" : "");
    return parts;
  };

  /** Goes to a place and leaves the reader there, however much above it is only now laid out. */
  const go = (article, element) => {
    dialog.close();
    location.hash = article.id;
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
    const show = () => element.scrollIntoView({ block: "center" });
    show();
    requestAnimationFrame(() => requestAnimationFrame(show));
  };

  const link = (article, element, content, attributes = {}) => {
    const { lang, dir } = article.element;
    const made_ = made("a", { href: `#${article.element.id}`, ...attributes }, made("bdi", { lang, dir }, ...content));
    made_.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(article.element, element);
    });
    return made_;
  };

  const number = (n) => String(n).replace(/\d/g, (digit) => String.fromCodePoint(zero.codePointAt(0) + Number(digit)));

  let turn = 0; // what is typed while an older answer is still looked for takes its place
  const answer = async () => {
    const own = ++turn;
    const query = asked(field.value);
    if (!query.patterns.length) {
      list.replaceChildren();
      status.textContent = hint;
      return;
    }
    const articles = await read();
    if (own !== turn) return;
    const hits = find(articles, query);
    status.textContent = hits.length ? found.replace("{n}", () => number(hits.length)) : none;
    list.replaceChildren(...hits.slice(0, MOST).map(({ article, places }) => {
      const said = places.filter(({ block }) => block.element.tagName !== "H2");
      const lines = said.map(({ block }) => made("li", {}, link(article, block.element, snippet(block.text, query.marks))));
      const title = link(article, article.element, [article.title], { class: "hit-title" });
      return made("li", {}, title, ...(lines.length ? [made("ul", {}, ...lines)] : []));
    }));
    dialog.scrollTop = 0;
  };

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    field.select();
    read();
  };

  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(answer, 120);
  });
  dialog.addEventListener("keydown", (event) => {
    const stops = [field, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && document.activeElement === field) {
      event.preventDefault();
      clearTimeout(waiting);
      answer().then(() => list.querySelector("a")?.focus());
    } else if (step && at >= 0) {
      event.preventDefault();
      stops[Math.max(0, Math.min(at + step, stops.length - 1))].focus();
    }
  });
  shut.addEventListener("click", () => dialog.close());
  opener.addEventListener("click", open);
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || event.ctrlKey === event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  document.body.append(dialog);
  opener.hidden = false;
})();
