/* Cards for citations, figures and terms, and language links that keep the place. Without this file every mark is a link to its list. */
(() => {
  "use strict";
  const { close: closeLabel = "×", source: sourceLabel = "", figure: figureLabel = "", term: termLabel = "" } = document.currentScript?.dataset ?? {};

  // Language links keep the section.
  const keepPlace = () => {
    for (const link of document.querySelectorAll(".languages a")) link.hash = location.hash;
  };
  addEventListener("hashchange", keepPlace);
  keepPlace();

  // Tables sort by the column whose heading is pressed, and then the other way; what has no date or word there comes last.
  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    const [body] = table.tBodies;
    const sortBy = (head) => {
      const column = heads.indexOf(head);
      const falling = head.getAttribute("aria-sort") === "ascending";
      const sorted = (row) => row.cells[column].dataset.sort;
      const compare = (one, other) => (falling ? sorted(other) - sorted(one) : sorted(one) - sorted(other));
      const rows = [...body.rows];
      const known = rows.filter((row) => sorted(row)).sort(compare);
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      body.append(...known, ...rows.filter((row) => !sorted(row)));
    };
    for (const head of heads.filter((head) => "sorts" in head.dataset)) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sortBy(head));
      head.append(button);
      if (head.dataset.sorts) head.setAttribute("aria-sort", head.dataset.sorts);
    }
  }

  // Cards.
  if (!("popover" in HTMLElement.prototype)) return;
  const MARKS = 'main a[role="doc-noteref"], main .citation a, main a.figure, main a.term[data-term]';
  const GAP = 8;
  const NARROWEST = 272; // a card beside the text is no narrower
  const sheet = matchMedia("(max-width: 43.99rem)");
  const element = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const card = element("div", { class: "card", role: "dialog", popover: "auto", tabindex: "-1" });
  let mark = null; // whose card is shown
  let pressed = null; // whose card was shown when the pointer went down: closing it by its mark must not open it again

  // A mark of several sources leads into the first of their entries, which says how many follow one another.
  const entriesOf = (link) => {
    // A term leads to the glossary; its entry stands on this page, too.
    const target = document.getElementById(link.dataset.term ?? decodeURIComponent(link.hash.slice(1)));
    const entries = target ? [target.closest("li")] : [];
    for (let rest = Number(target?.dataset.length ?? 1); rest > 1; rest--) entries.push(entries.at(-1)?.nextElementSibling);
    return entries.filter(Boolean);
  };

  // The entry as it stands in the list, without the ways back, and of its passages only the mark's own.
  const copyOf = (entry, link, several) => {
    const copy = element("div", { class: "card-text" }, ...entry.cloneNode(true).childNodes);
    const all = (selector) => [...copy.querySelectorAll(selector)];
    const isOther = (passage) => !passage.dataset.marks.split(" ").includes(link.id);
    for (const part of [...all(".backlinks, .back, .back-to-term, .run"), ...all(".passage").filter(isOther)]) part.remove();
    for (const named of all("[id]")) named.removeAttribute("id");
    // Who, what, when, and where in it.
    const detail = copy.querySelector(".passage .detail");
    if (detail) copy.querySelector(".entry")?.append(" · ", detail);
    // What opens at the passage need not be offered from its beginning, too.
    const closer = all(".passage a").map((way) => way.href);
    for (const way of all(".links .way")) {
      if (closer.some((href) => href.startsWith(way.querySelector("a").href))) way.remove();
    }
    for (const part of all("p, .side")) if (!part.textContent.trim()) part.remove();
    if (several) copy.prepend(element("p", { class: "card-number" }, String(entry.value)));
    return copy;
  };

  const fill = (link, entries) => {
    const [first] = entries;
    const name = link.getAttribute("aria-label") ?? (link.matches(".citation a") ? link.textContent : null);
    const isFigure = link.matches(".figure");
    const isTerm = link.matches(".term");
    const single = entries.length === 1 && first.value ? `${sourceLabel} ${first.value}` : (isFigure && figureLabel) || (isTerm && termLabel);
    const title = element("p", { class: "card-title" }, single || name || "");
    if (!single) {
      const lang = link.closest("[lang]");
      title.lang = lang.lang;
      title.dir = lang.dir;
    }
    const close = element("button", { type: "button", class: "close", "aria-label": closeLabel }, "×");
    close.addEventListener("click", () => card.hidePopover());
    const copies = entries.map((entry) => copyOf(entry, link, entries.length > 1));
    const list = first.closest("section").querySelector("h2");
    const onward = isTerm ? first.querySelector(".back-to-term a") : list;
    const more = element("p", { class: "more" }, element("a", { href: isTerm ? link.href : link.hash }, onward?.textContent ?? link.textContent));
    const page = copies.length === 1 && copies[0].querySelector(".source-page");
    if (page) {
      more.prepend(...page.childNodes, " ");
      page.remove();
    }
    card.setAttribute("aria-label", name ?? (isFigure || isTerm ? `${single}: ${link.textContent}` : link.textContent));
    card.replaceChildren(element("div", { class: "card-head" }, title, close), ...copies, more);
  };

  // Beside the text at the height of the mark where there is room, else under or over it; on phones a sheet from below, by the style sheet.
  const place = () => {
    if (sheet.matches) return;
    const { clientWidth, clientHeight } = document.documentElement;
    const set = (name, pixels) => card.style.setProperty(name, `${pixels}px`);
    const within = (low, value, high) => Math.max(low, Math.min(value, high));
    const at = mark.getClientRects()[0];
    const rtl = getComputedStyle(mark.closest("main")).direction === "rtl";
    const text = document.querySelector(".text").getBoundingClientRect();
    const beside = (rtl ? text.left : clientWidth - text.right) - 4 * GAP;
    const isBeside = beside >= NARROWEST;
    const above = at.top - 2 * GAP;
    const below = clientHeight - at.bottom - 2 * GAP;
    set("--width", isBeside ? Math.min(beside, 384) : 384);
    set("--room", isBeside ? clientHeight - 2 * GAP : Math.max(above, below));
    let x = rtl ? at.right - card.offsetWidth + GAP : at.left - GAP;
    let y = card.offsetHeight <= below || below >= above ? at.bottom + GAP : at.top - GAP - card.offsetHeight;
    if (isBeside) {
      x = rtl ? text.left - 3 * GAP - card.offsetWidth : text.right + 3 * GAP;
      y = at.top - 2 * GAP;
    }
    set("--x", within(GAP, x, clientWidth - card.offsetWidth - GAP) + scrollX);
    set("--y", within(GAP, y, clientHeight - card.offsetHeight - GAP) + scrollY);
  };

  const show = (link, entries) => {
    if (card.matches(":popover-open")) card.hidePopover();
    fill(link, entries);
    mark = link;
    mark.setAttribute("aria-expanded", "true");
    card.showPopover();
    card.scrollTop = 0;
    place();
    card.focus({ preventScroll: true });
  };

  card.addEventListener("beforetoggle", (event) => {
    if (event.newState !== "closed" || !mark) return;
    const focus = document.activeElement;
    mark.setAttribute("aria-expanded", "false");
    if (focus === document.body || card.contains(focus)) mark.focus({ preventScroll: true });
    mark = null;
  });
  // Tab goes on behind the mark, and back to it; whatever else takes the focus away closes the card, too, and so does a link within the page.
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const stops = [card, ...card.querySelectorAll("a[href], button")];
    const at = stops.indexOf(document.activeElement);
    if (event.shiftKey ? at > 1 : at < stops.length - 1) return;
    if (event.shiftKey) event.preventDefault();
    card.hidePopover();
  });
  card.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && relatedTarget !== mark && !card.contains(relatedTarget) && mark) card.hidePopover();
  });
  card.addEventListener("click", (event) => {
    if (event.target.closest('a[href^="#"]')) card.hidePopover();
  });

  document.addEventListener("pointerdown", (event) => {
    const link = event.target.closest(MARKS);
    pressed = link && link === mark ? link : null;
  }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest(MARKS);
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const entries = entriesOf(link);
    if (!entries.length) return;
    event.preventDefault();
    if (link === pressed || link === mark) {
      if (mark) card.hidePopover();
      pressed = null;
    } else {
      show(link, entries);
    }
  });
  addEventListener("resize", () => mark && place());

  for (const link of document.querySelectorAll(MARKS)) {
    if (!entriesOf(link).length) continue;
    link.setAttribute("aria-expanded", "false");
    link.setAttribute("aria-haspopup", "dialog");
  }
  document.body.append(card);
})();
