// Keeps a previewed page up to date: reloads it when the site has changed, and shows over it what is wrong.
// Added by `sourcebook serve` alone; a built site does not have it.
(() => {
  "use strict";
  const edition = document.currentScript.dataset.edition;
  const SCROLL = "sourcebook-scroll";
  const SMALL = "sourcebook-small";

  // Where the reader was before the page reloaded itself.
  const restoreScroll = () => {
    const kept = sessionStorage.getItem(SCROLL);
    sessionStorage.removeItem(SCROLL);
    const { path, x, y } = JSON.parse(kept ?? "{}");
    if (path === location.pathname) scrollTo({ left: x, top: y, behavior: "instant" });
  };
  const reload = () => {
    sessionStorage.setItem(SCROLL, JSON.stringify({ path: location.pathname, x: scrollX, y: scrollY }));
    location.reload();
  };
  if (document.readyState === "complete") restoreScroll();
  else addEventListener("load", restoreScroll, { once: true });

  // A browser keeps six connections to one host: pages that nobody looks at give theirs back.
  let events;
  // The problems told last, and those that the editor has closed.
  let told = "";
  let dismissed = "";
  const connect = () => {
    events?.close();
    if (document.hidden) return;
    events = new EventSource(`/__sourcebook/events?edition=${edition}`);
    events.addEventListener("reload", reload);
    events.addEventListener("problems", (event) => event.data !== dismissed && show(JSON.parse((told = event.data))));
    events.addEventListener("fixed", hide);
  };
  document.addEventListener("visibilitychange", connect);
  addEventListener("pageshow", (event) => event.persisted && connect());
  addEventListener("pagehide", () => events?.close());

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // Text in a language of its own, whatever the direction of the text around it.
  const isolated = (text) => element("bdi", { dir: "auto" }, text);

  const count = (problems, severity) => {
    const number = problems.filter((problem) => problem.severity === severity).length;
    return number === 0 ? [] : [`${number} ${severity}${number === 1 ? "" : "s"}`];
  };

  const describe = ({ severity, code, message, help, place, excerpt }) => {
    const item = element("li", { className: severity });
    item.append(element("p", { className: "message" }, element("b", {}, `${severity} ${code} `), isolated(message)));
    if (place) item.append(element("p", { className: "place" }, element("code", { dir: "ltr" }, place)));
    if (excerpt) {
      const line = element("p", { className: "excerpt", dir: "auto" });
      line.append(excerpt.before, element("mark", { dir: "auto" }, excerpt.marked), excerpt.after);
      item.append(line);
    }
    if (help) item.append(element("p", { className: "help" }, "Help: ", isolated(help)));
    return item;
  };

  // A style sheet object and not a style element: the site's content security policy forbids the latter.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; position: fixed; z-index: 2147483647; inset: auto 0 0 0; color-scheme: light dark; pointer-events: none; }
    section, .pill { font: 1rem/1.5 system-ui, sans-serif; color: light-dark(#1a1a1a, #f2f2f2); background: light-dark(#fff, #1f1f1f);
      border: 2px solid light-dark(#b3261e, #ff8a80); border-radius: 0.5rem; box-shadow: 0 0.25rem 1.5rem rgb(0 0 0 / 0.4); pointer-events: auto; }
    .mild { border-color: light-dark(#8a5a00, #ffca61); }
    section { margin: 1rem auto; max-inline-size: min(60rem, calc(100vw - 2rem)); max-block-size: 80vh; box-sizing: border-box; overflow: auto; }
    section:focus { outline: none; }
    header { position: sticky; inset-block-start: 0; display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center;
      padding: 0.75rem 1rem; background: inherit; }
    h2 { font-size: 1.125rem; margin: 0; flex: 1; }
    button { font: inherit; color: inherit; background: transparent; border: 1px solid currentColor; border-radius: 0.25rem;
      padding: 0.25rem 0.75rem; min-block-size: 2rem; cursor: pointer; }
    button:focus-visible { outline: 3px solid light-dark(#0b57d0, #a8c7fa); outline-offset: 2px; }
    .pill { display: block; margin: 1rem; margin-inline-start: auto; padding: 0.5rem 1rem; }
    ul { list-style: none; margin: 0; padding: 0 1rem 1rem; }
    li { border-block-start: 1px solid light-dark(#ccc, #555); padding-block: 0.75rem; }
    p { margin: 0.25rem 0; overflow-wrap: anywhere; }
    code, .excerpt { font-family: ui-monospace, monospace; font-size: 0.9375rem; }
    .excerpt { white-space: pre-wrap; padding: 0.5rem; background: light-dark(#f1f1f1, #2d2d2d); }
    mark { color: inherit; background: light-dark(#ffd6d2, #7a1f18); text-decoration: underline wavy light-dark(#b3261e, #ff8a80);
      text-underline-offset: 0.25em; }
    [hidden] { display: none; }
    @media print { :host { display: none; } }
  `);

  const host = element("sourcebook-problems", { lang: "en", dir: "ltr" });
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];
  const title = element("h2", { id: "title" });
  const list = element("ul");
  const smaller = element("button", { type: "button" }, "Minimise");
  const close = element("button", { type: "button" }, "Close");
  const panel = element("section", { tabIndex: -1 }, element("header", {}, title, smaller, close), list);
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-labelledby", "title");
  const pill = element("button", { type: "button", className: "pill" });
  shadow.append(panel, pill);

  // The one of the two that can be seen: the whole list, or a button that opens it.
  let isSmall = false;
  let before = null;
  const resize = (small, focus) => {
    isSmall = small;
    panel.hidden = small;
    pill.hidden = !small;
    if (focus) (small ? pill : panel).focus({ preventScroll: true });
  };
  const show = ({ problems }) => {
    const errors = count(problems, "error");
    const summary = [...errors, ...count(problems, "warning")].join(", ");
    // The first edition of all has the number 1.
    title.textContent = errors.length > 0 && !edition.endsWith("-0") ? `${summary}; this is the last good page` : summary;
    pill.textContent = summary;
    for (const part of [panel, pill]) part.classList.toggle("mild", errors.length === 0);
    list.replaceChildren(...problems.map(describe));
    const isNew = !host.isConnected;
    if (isNew) {
      before = document.activeElement;
      document.documentElement.append(host);
    }
    // Warnings do not stand before the page; errors do, unless the editor has made them small.
    const small = errors.length === 0 || sessionStorage.getItem(SMALL) === "yes";
    if (isNew) resize(small, !small);
    else if (isSmall && !small) resize(false, true);
  };
  const hide = () => {
    const hadFocus = document.activeElement === host;
    host.remove();
    if (hadFocus) before?.focus?.({ preventScroll: true });
  };

  const dismiss = () => {
    dismissed = told;
    hide();
  };

  smaller.addEventListener("click", () => {
    sessionStorage.setItem(SMALL, "yes");
    resize(true, true);
  });
  pill.addEventListener("click", () => {
    sessionStorage.removeItem(SMALL);
    resize(false, true);
  });
  close.addEventListener("click", dismiss);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && host.isConnected && !isSmall) dismiss();
  });

  connect();
})();
