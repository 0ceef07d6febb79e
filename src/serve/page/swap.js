// Puts the changed parts of a page in, so that what an editor looks at stays where it is. Where a part cannot be taken out and put in by itself,
// because the page's own scripts have given it something to do, it says so, and the page is loaded anew.

// Parts in which a script of the page knows every element.
const WHOLE = "figure.drawing-chart, table.sortable, form, script";
// Parts to whose ends scripts have added something.
const DELICATE = `${WHOLE}, .tools, .share`;

const parse = (text) => new DOMParser().parseFromString(text, "text/html");
const editionOf = (page) => page.querySelector("script[data-edition]")?.dataset.edition;

// The page as it was sent, before any script: what is compared with is never the page that is shown.
let sent = Promise.resolve(null);

const get = async () => {
  const answer = await fetch(location.href, { cache: "no-store" });
  return answer.ok ? parse(await answer.text()) : null;
};

/** Fetches the page as it was sent; another edition in the meantime is none that could be compared with. */
export const remember = (edition) => {
  sent = get().then((page) => (page && editionOf(page) === edition ? page : null)).catch(() => null);
};

/** Brings the page up to an edition. Gives back whether that could be done. */
export const swap = async (edition) => {
  const [old, fresh] = [await sent, await get()];
  if (!old || !fresh || editionOf(fresh) !== edition || !isSameHead(old, fresh)) return false;
  const steps = [];
  if (!compare(old.body, fresh.body, document.body, steps)) return false;
  sent = Promise.resolve(fresh.cloneNode(true));
  document.title = fresh.title;
  for (const step of steps) step();
  return true;
};

const isSameHead = (old, fresh) => {
  const drawn = (page) => [...page.querySelectorAll("link[rel=stylesheet], script[src]:not([data-edition])")].map((part) => part.outerHTML).join("\n");
  return drawn(old) === drawn(fresh) && isSameElement(old.documentElement, fresh.documentElement);
};

const isSameElement = (old, fresh) => {
  if (old.nodeType !== Node.ELEMENT_NODE || fresh.nodeType !== Node.ELEMENT_NODE) return false;
  const [one, other] = [old.cloneNode(false), fresh.cloneNode(false)];
  return one.isEqualNode(other);
};

const isDelicate = (node) => node.nodeType === Node.ELEMENT_NODE && (node.matches(DELICATE) || node.querySelector(DELICATE));

// Notes in `steps` how what is shown becomes the fresh one; false where it cannot. `shown` differs from `old` by what scripts did.
const compare = (old, fresh, shown, steps) => {
  if (old.isEqualNode(fresh)) return true;
  if (!isSameElement(old, fresh) || shown.childNodes.length < old.childNodes.length || old.matches(WHOLE)) return replace([old], [fresh], [shown], shown.parentNode, shown.nextSibling, steps);
  const [was, is, now] = [old, fresh, shown].map((node) => [...node.childNodes]);
  const shorter = Math.min(was.length, is.length);
  let start = 0;
  while (start < shorter && was[start].isEqualNode(is[start])) start++;
  let end = 0;
  while (end < shorter - start && was[was.length - 1 - end].isEqualNode(is[is.length - 1 - end])) end++;
  // Scripts add at the end of an element, if anywhere.
  const part = (nodes, length) => nodes.slice(start, length - end);
  const [gone, come, seen] = [part(was, was.length), part(is, is.length), part(now, was.length)];
  if (gone.length === come.length) return gone.every((node, index) => compare(node, come[index], seen[index], steps));
  return replace(gone, come, seen, shown, now[was.length - end] ?? null, steps);
};

const replace = (gone, come, seen, parent, before, steps) => {
  if ([...gone, ...come].some(isDelicate)) return false;
  steps.push(() => {
    const made = come.map((node) => document.importNode(node, true));
    for (const node of seen) node.remove();
    for (const node of made) parent.insertBefore(node, before);
    show(made, parent);
  });
  return true;
};

// Says where something changed: for a moment, and only to those who do not mind.
const show = (made, parent) => {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const elements = made.filter((node) => node.nodeType === Node.ELEMENT_NODE);
  for (const element of elements.length > 0 ? elements : [parent]) {
    element.animate([{ outline: "3px solid #d97706", outlineOffset: "4px" }, { outline: "3px solid transparent", outlineOffset: "4px" }], 1500);
  }
};
