/* Cards for citations and figures, and language links that keep the place. Without this file every mark is a link to its list. */
(() => {
  "use strict";
  const { close: closeLabel = "×" } = document.currentScript?.dataset ?? {};

  // Language links keep the section.
  const keepPlace = () => {
    for (const link of document.querySelectorAll(".languages a")) link.hash = location.hash;
  };
  addEventListener("hashchange", keepPlace);
  keepPlace();

  // Cards.
  if (!("popover" in HTMLElement.prototype)) return;
  const MARKS = 'main a[role="doc-noteref"], main a.figure';
  const GAP = 8;
  const wide = matchMedia("(min-width: 44rem)");
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
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const entries = target ? [target.closest("li")] : [];
    for (let rest = Number(target?.dataset.length ?? 1); rest > 1; rest--) entries.push(entries.at(-1)?.nextElementSibling);
    return entries.filter(Boolean);
  };

  const copyOf = (entry, several) => {
    const copy = element("div", { class: "card-text" }, ...entry.cloneNode(true).childNodes);
    for (const back of copy.querySelectorAll('.backlinks, [role="doc-backlink"], .run')) back.remove();
    for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
    if (several) copy.prepend(element("p", { class: "number" }, String(entry.value)));
    return copy;
  };

  const fill = (link, entries) => {
    const label = link.getAttribute("aria-label");
    const title = element("p", { class: "card-title" }, label ?? "");
    const lang = link.closest("[lang]");
    title.lang = lang.lang;
    title.dir = lang.dir;
    const close = element("button", { type: "button", class: "close", "aria-label": closeLabel }, "×");
    close.addEventListener("click", () => card.hidePopover());

    const copies = entries.map((entry) => copyOf(entry, entries.length > 1));
    const list = entries[0].closest("section").querySelector("h2");
    const more = element("p", { class: "more" }, element("a", { href: link.hash }, list?.textContent ?? link.textContent));
    card.setAttribute("aria-label", label ?? link.textContent);
    card.replaceChildren(element("div", { class: "card-head" }, title, close), ...copies, more);
  };

  // On wide screens beside the mark, else a sheet from below (by the style sheet alone).
  const place = () => {
    const { clientWidth, clientHeight } = document.documentElement;
    const at = mark.getClientRects()[0];
    const start = getComputedStyle(card).direction === "rtl" ? clientWidth - at.right : at.left;
    const above = at.top - 2 * GAP;
    const below = clientHeight - at.bottom - 2 * GAP;
    const down = card.offsetHeight <= below || below >= above;
    card.style.setProperty("--room", `${down ? below : above}px`);
    const top = down ? at.bottom + GAP : at.top - GAP - card.offsetHeight;
    card.style.setProperty("--x", `${Math.max(GAP, Math.min(start - GAP, clientWidth - card.offsetWidth - GAP))}px`);
    card.style.setProperty("--y", `${top + scrollY}px`);
  };

  const show = (link, entries) => {
    if (card.matches(":popover-open")) card.hidePopover();
    fill(link, entries);
    mark = link;
    mark.setAttribute("aria-expanded", "true");
    card.showPopover();
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
  // Leaving the card by the keyboard closes it; so does following a link of it on this page.
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
  wide.addEventListener("change", () => mark && card.hidePopover());

  for (const link of document.querySelectorAll(MARKS)) {
    if (entriesOf(link).length) link.setAttribute("aria-expanded", "false");
  }
  document.body.append(card);
})();
