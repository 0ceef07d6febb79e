// Finds passages of a page by their words and colours them, without touching the page: a highlight is no element.

const COLOURS = { uncited: "#fca5a5", stale: "#fcd34d", disputed: "#c4b5fd" };

/** Whether the browser can colour words. */
export const CAN_MARK = "highlights" in CSS;

const sheet = new CSSStyleSheet();
sheet.replaceSync(
  Object.entries(COLOURS)
    .map(([kind, colour]) => `::highlight(sourcebook-${kind}) { background-color: ${colour}; color: #1a1a1a; }`)
    .join("\n"),
);
document.adoptedStyleSheets.push(sheet);

/** Words with the place of each character: white space counts as one blank, and what is no text of the author's not at all. */
class Text {
  constructor(root) {
    this.places = [];
    let words = "";
    const isText = (node) => (node.parentElement.closest(".margin, sup, [aria-hidden=true], script, .backlinks") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, isText);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let at = 0; at < node.data.length; at++) {
        const character = /\s/.test(node.data[at]) ? " " : node.data[at];
        if (character === " " && (words === "" || words.endsWith(" "))) continue;
        words += character;
        this.places.push([node, at]);
      }
    }
    this.words = words;
  }

  range(from, to) {
    const range = document.createRange();
    range.setStart(...this.places[from]);
    const [node, at] = this.places[to - 1];
    range.setEnd(node, at + 1);
    return range;
  }
}

// The parts of one passage follow one another at no great distance: between them stand a number, a mark, a name.
const BETWEEN = 120;

const find = (text, words, from) => {
  for (let start = text.words.indexOf(words[0], from); start !== -1; start = text.words.indexOf(words[0], start + 1)) {
    let end = start + words[0].length;
    const fits = words.slice(1).every((part) => {
      const next = text.words.indexOf(part, end);
      if (next === -1 || next - end > BETWEEN) return false;
      end = next + part.length;
      return true;
    });
    if (fits) return [start, end];
  }
  return null;
};

/** Colours passages. Gives back the range of each, or null where its words are not on the page as they were written. */
export const colour = (marks) => {
  const text = new Text(document.querySelector("main") ?? document.body);
  const ranges = {};
  let from = 0;
  const found = marks.map(({ kind, words }) => {
    const clean = words.map((part) => part.replace(/\s+/g, " ").trim()).filter(Boolean);
    if (clean.length === 0) return null;
    // Passages come in the order of the text, but for those of the page's head.
    const place = find(text, clean, from) ?? find(text, clean, 0);
    if (!place) return null;
    [from] = place;
    const range = text.range(...place);
    (ranges[kind] ??= []).push(range);
    return range;
  });
  for (const kind of Object.keys(COLOURS)) {
    if (!CAN_MARK) break;
    if (ranges[kind]) CSS.highlights.set(`sourcebook-${kind}`, new Highlight(...ranges[kind]));
    else CSS.highlights.delete(`sourcebook-${kind}`);
  }
  return found;
};

export const COLOUR_OF = COLOURS;
