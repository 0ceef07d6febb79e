/* One file, so that a page has one script: language links that keep the place, tables that sort, cards for citations, figures and terms; and at its
   end what reads charts out. Without it every mark is a link to its list. */
(() => {
  "use strict";
  const own = document.currentScript?.src;
  const { close: closeLabel = "×", source: sourceLabel = "", figure: figureLabel = "", term: termLabel = "" } = document.currentScript?.dataset ?? {};

  // Language links keep the section.
  const keepPlace = () => {
    for (const link of document.querySelectorAll(".languages a")) link.hash = location.hash;
  };
  addEventListener("hashchange", keepPlace);
  keepPlace();

  // The language that a reader chooses by a click is kept for the door of the site, here and nowhere else.
  for (const link of document.querySelectorAll(".languages a, .choices a")) {
    link.addEventListener("click", () => {
      try {
        localStorage.setItem("sourcebook-language", link.hreflang);
      } catch {
        // Nothing may be kept here.
      }
    });
  }

  // What can be copied, handed on or printed gets a button for it.
  const tools = document.querySelector(".tools:has(.share)");
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      tools.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };
  const offer = (place, label, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => act(button));
    place.append(" ", button);
  };
  if (tools) {
    const copied = (text) => (button) => copy(text).then(() => {
      button.textContent = tools.dataset.copied;
      button.focus();
    });
    for (const part of tools.querySelectorAll("[data-text]")) {
      const text = part.textContent.trim();
      offer(part.matches("pre") ? part.previousElementSibling : part, tools.dataset.copy, copied(text));
    }
    const share = tools.querySelector(".share");
    const { href } = share.querySelector("a");
    offer(share, tools.dataset.copy, copied(href));
    if (navigator.share) offer(share, tools.dataset.share, () => navigator.share({ title: document.title, url: href }).catch(() => {}));
    offer(share, tools.dataset.print, () => print());
  }

  // The search comes when it is asked for: by its link, by Ctrl+K, or on its own page by the field or an address that has a query.
  const searchLink = document.querySelector(".search-link");
  const searchForm = document.querySelector(".search-page .search-form");
  let search = null;
  const withSearch = (act) => {
    search ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL("search.js", own).href;
      script.addEventListener("load", () => resolve(globalThis.sourcebookSearch));
      script.addEventListener("error", reject);
      document.head.append(script);
    });
    search.then(act, () => searchForm || location.assign(searchLink.href));
  };
  const openSearch = (event) => {
    event.preventDefault();
    if (searchForm) searchForm.querySelector("input").focus();
    else withSearch((search) => search.open(searchLink));
  };
  searchLink?.addEventListener("click", (event) => {
    if (!event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) openSearch(event);
  });
  addEventListener("keydown", (event) => {
    if (searchLink && event.key.toLowerCase() === "k" && event.ctrlKey !== event.metaKey && !event.shiftKey && !event.altKey) openSearch(event);
  });
  if (searchForm) searchForm.hidden = false;
  searchForm?.addEventListener("focusin", () => withSearch(() => {}), { once: true });
  if (searchForm && new URL(location.href).searchParams.has("q")) withSearch(() => {});

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
    const list = first.closest("section").querySelector("h2, h3");
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
    const rtl = getComputedStyle(mark.closest(".leaf, main")).direction === "rtl";
    const text = (mark.closest(".leaf") ?? document).querySelector(".text").getBoundingClientRect();
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

/* Reads charts out: the date and the numbers at the pointer, or by arrow keys. All of it comes from the chart's own table, so without this
   nothing is lost. */
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const GAP = 8;
  const drawn = (tag, attributes) => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };

  for (const figure of document.querySelectorAll("figure.drawing-chart")) {
    const plot = figure.querySelector(".plot");
    const svg = plot?.querySelector("svg");
    const rows = [...figure.querySelectorAll("tr[data-x]")].sort((a, b) => a.dataset.x - b.dataset.x);
    if (!svg || !rows.length) continue;
    const names = [...figure.querySelectorAll("thead th")].slice(1, -1);
    const { height } = svg.viewBox.baseVal;
    const cursor = drawn("g", { class: "cursor", "aria-hidden": "true" });
    const note = document.createElement("div");
    note.className = "readout";
    note.setAttribute("role", "status");
    note.hidden = true;
    let at = -1; // the row that is read out

    const copy = (node) => [...node.cloneNode(true).childNodes];
    const line = (tag, ...content) => {
      const made = document.createElement(tag);
      made.append(...content);
      return made;
    };

    const hide = () => {
      at = -1;
      note.hidden = true;
      cursor.replaceChildren();
    };

    // Over the highest number of the row where there is room, else under the lowest; never beyond the drawing's edges.
    const place = (x, ys) => {
      const scale = svg.clientWidth / svg.viewBox.baseVal.width;
      const within = (low, value, high) => Math.max(low, Math.min(value, high));
      const above = Math.min(...ys) * scale - note.offsetHeight - GAP;
      const y = above >= 0 ? above : Math.max(...ys) * scale + GAP;
      const room = svg.clientWidth - note.offsetWidth;
      const left = within(0, x * scale - note.offsetWidth / 2, room);
      note.style.setProperty("--x", `${getComputedStyle(plot).direction === "rtl" ? plot.clientWidth - note.offsetWidth - left : left}px`);
      note.style.setProperty("--y", `${y}px`);
    };

    const show = (index) => {
      if (index === at) return;
      at = index;
      const row = rows[index];
      const x = Number(row.dataset.x);
      const cells = [...row.cells].slice(1, -1);
      const told = cells.map((cell, number) => ({ cell, number })).filter(({ cell }) => cell.dataset.y);
      const numbers = told.map(({ cell, number }) =>
        names.length > 1 ? line("p", ...copy(names[number]), ": ", ...copy(cell)) : line("p", ...copy(cell)));
      note.hidden = false;
      note.replaceChildren(line("p", line("strong", ...copy(row.cells[0]))), ...numbers);
      cursor.replaceChildren(
        drawn("line", { x1: x, x2: x, y1: 0, y2: height - 22 }),
        ...told.map(({ cell, number }) => drawn("circle", { class: `s${(number % 6) + 1}`, cx: x, cy: cell.dataset.y, r: 4.5 })),
      );
      place(x, told.map(({ cell }) => Number(cell.dataset.y)));
    };

    const nearest = (clientX) => {
      const x = new DOMPoint(clientX, 0).matrixTransform(svg.getScreenCTM().inverse()).x;
      const away = (row) => Math.abs(row.dataset.x - x);
      return rows.reduce((best, row, index) => (away(row) < away(rows[best]) ? index : best), 0);
    };

    // A row of the table may have several points of one day; each is read out.
    const keys = {
      ArrowRight: () => Math.min(at + 1, rows.length - 1),
      ArrowLeft: () => (at < 0 ? rows.length - 1 : Math.max(at - 1, 0)),
      Home: () => 0,
      End: () => rows.length - 1,
    };
    plot.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape" && at >= 0) {
        hide();
      } else if (keys[event.key]) {
        show(keys[event.key]());
      } else {
        return;
      }
      event.preventDefault();
    });
    svg.addEventListener("pointermove", (event) => show(nearest(event.clientX)));
    svg.addEventListener("pointerdown", (event) => show(nearest(event.clientX)));
    plot.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && hide());
    plot.addEventListener("focusout", hide);
    addEventListener("resize", hide);

    // The browser's own tips would say the same once more.
    for (const tip of svg.querySelectorAll(".mark > title")) tip.remove();
    plot.setAttribute("role", "application");
    plot.setAttribute("tabindex", "0");
    plot.setAttribute("aria-labelledby", svg.getAttribute("aria-labelledby"));
    plot.setAttribute("aria-describedby", svg.getAttribute("aria-describedby"));
    svg.append(cursor);
    plot.append(note);
  }
})();
