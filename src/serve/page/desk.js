// What an editor has beside a previewed page: what is wrong, where the page stands, and the sources to cite. In English, as the program speaks.
// It lives in a shadow of its own: neither does the site's style reach it, nor its own the site.
import { colour, COLOUR_OF } from "./marks.js";

const SMALL = "sourcebook-small";
const MARKS = "sourcebook-marks";
// So many sources are listed at once.
const LISTED = 25;

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
};

// Text in a language of its own, whatever the direction of the text around it.
const isolated = (text) => element("bdi", { dir: "auto" }, text);

const counted = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

// Words without case and accents, in which somebody who types finds them.
const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// A style sheet object and not a style element: the site's content security policy forbids the latter.
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { all: initial; position: fixed; z-index: 2147483647; inset: auto 0 0 0; color-scheme: light dark; pointer-events: none; }
  section, .pill { font: 1rem/1.5 system-ui, sans-serif; color: light-dark(#1a1a1a, #f2f2f2); background: light-dark(#fff, #1f1f1f);
    border: 2px solid light-dark(#5f6368, #9aa0a6); border-radius: 0.5rem; box-shadow: 0 0.25rem 1.5rem rgb(0 0 0 / 0.4); pointer-events: auto; }
  .warned { border-color: light-dark(#8a5a00, #ffca61); }
  .failed { border-color: light-dark(#b3261e, #ff8a80); }
  section { margin: 1rem auto; max-inline-size: min(60rem, calc(100vw - 2rem)); max-block-size: 70vh; box-sizing: border-box; overflow: auto; }
  section:focus { outline: none; }
  .head { position: sticky; inset-block-start: 0; display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center;
    padding: 0.75rem 1rem; background: inherit; }
  h2 { font-size: 1.125rem; margin: 0; flex: 1; min-inline-size: 12rem; }
  h3 { font-size: 1rem; margin: 1rem 0 0.25rem; }
  button, .button { font: inherit; color: inherit; background: transparent; border: 1px solid currentColor; border-radius: 0.25rem;
    padding: 0.25rem 0.75rem; min-block-size: 2rem; cursor: pointer; text-decoration: none; box-sizing: border-box; display: inline-block; }
  button.quiet, a.quiet { border: 0; padding: 0.25rem 0; text-decoration: underline; text-align: start; overflow-wrap: anywhere; color: inherit; }
  [role=tab][aria-selected=true] { background: light-dark(#1a1a1a, #f2f2f2); color: light-dark(#fff, #1a1a1a); }
  :focus-visible { outline: 3px solid light-dark(#0b57d0, #a8c7fa); outline-offset: 2px; }
  .pill { display: block; margin: 1rem; margin-inline-start: auto; padding: 0.5rem 1rem; }
  [role=tabpanel] { padding: 0 1rem 1rem; }
  ul { list-style: none; margin: 0; padding: 0; }
  li { border-block-start: 1px solid light-dark(#ccc, #555); padding-block: 0.75rem; }
  p { margin: 0.25rem 0; overflow-wrap: anywhere; }
  a { color: inherit; }
  code, .excerpt { font-family: ui-monospace, monospace; font-size: 0.9375rem; }
  .excerpt { white-space: pre-wrap; padding: 0.5rem; background: light-dark(#f1f1f1, #2d2d2d); }
  mark { color: inherit; background: light-dark(#ffd6d2, #7a1f18); text-decoration: underline wavy light-dark(#b3261e, #ff8a80);
    text-underline-offset: 0.25em; }
  .badge { display: inline-block; border-radius: 1rem; padding: 0 0.75rem; background: light-dark(#ffe08a, #6b4e00); font-weight: 600; }
  .swatch { display: inline-block; inline-size: 1rem; block-size: 1rem; border: 1px solid currentColor; vertical-align: -0.125rem; margin-inline-end: 0.375rem; }
  .row { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; }
  input[type=search] { font: inherit; inline-size: 100%; box-sizing: border-box; padding: 0.5rem; min-block-size: 2.5rem; }
  [hidden] { display: none !important; }
  @media print { :host { display: none; } }
`);

/** The panel and the button that opens it. */
export class Desk {
  #root;
  #editor;
  #state = { problems: [], page: null, site: null };
  #told = null;
  #ranges = [];
  #tab = "page";
  #query = "";
  #isShown = true;
  #isWaiting;

  constructor({ root = "", editor = "", edition = "" }) {
    this.#root = root;
    this.#editor = editor;
    // The first edition of all has the number 1.
    this.#isWaiting = edition.endsWith("-0");
    this.host = element("sourcebook-desk", { lang: "en", dir: "ltr" });
    const shadow = this.host.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    this.title = element("h2", { id: "title" });
    const smaller = element("button", { type: "button" }, "Minimise");
    smaller.addEventListener("click", () => this.#shrink());
    this.tabs = element("div", { className: "row" });
    this.tabs.setAttribute("role", "tablist");
    this.tabs.setAttribute("aria-label", "Desk");
    this.body = element("div", { id: "body", tabIndex: 0 });
    this.body.setAttribute("role", "tabpanel");
    this.panel = element("section", { tabIndex: -1, hidden: true }, element("div", { className: "head" }, this.title, this.tabs, smaller), this.body);
    this.panel.setAttribute("role", "dialog");
    this.panel.setAttribute("aria-labelledby", "title");
    this.pill = element("button", { type: "button", className: "pill" }, "Desk");
    this.pill.addEventListener("click", () => this.#grow());
    shadow.append(this.panel, this.pill);
    document.documentElement.append(this.host);
    addEventListener("keydown", (event) => event.key === "Escape" && !this.panel.hidden && this.#shrink());
  }

  /** What was wrong with the last build, as JSON; empty where nothing is. */
  tell(data) {
    if (data === this.#told) return;
    const wasShown = this.#isShown;
    this.#told = data;
    const told = data ? JSON.parse(data) : { problems: [], is_shown: true };
    this.#state.problems = told.problems;
    this.#isShown = told.is_shown;
    // What can be shown is looked at first. What cannot stands before the last page that could, unless the editor has made it small.
    if (!this.#isShown && sessionStorage.getItem(SMALL) !== "yes") {
      this.#tab = "problems";
      if (this.panel.hidden) this.#grow(false);
    }
    if (!wasShown && this.#isShown && this.#tab === "problems") this.#shrink(false);
    this.#draw();
  }

  /** Asks what is to be said of the page as it is now. */
  async refresh() {
    const ask = (path) => fetch(`/__sourcebook/${path}`, { cache: "no-store" }).then((answer) => (answer.ok ? answer.json() : null), () => null);
    const [page, site] = await Promise.all([ask(`desk?page=${encodeURIComponent(location.pathname)}`), ask("desk")]);
    Object.assign(this.#state, { page, site });
    this.#colour();
    this.#markDrafts();
    this.#draw();
  }

  #errors() {
    return this.#state.problems.filter(({ severity }) => severity === "error");
  }

  #grow(byHand = true) {
    if (byHand) sessionStorage.removeItem(SMALL);
    this.panel.hidden = false;
    this.pill.hidden = true;
    this.#draw();
    this.panel.focus({ preventScroll: true });
  }

  #shrink(byHand = true) {
    if (byHand) sessionStorage.setItem(SMALL, "yes");
    const hadFocus = document.activeElement === this.host;
    this.panel.hidden = true;
    this.pill.hidden = false;
    this.#draw();
    if (hadFocus) this.pill.focus({ preventScroll: true });
  }

  #colour() {
    const isWanted = localStorage.getItem(MARKS) !== "no";
    this.#ranges = colour(isWanted ? (this.#state.page?.marks ?? []) : []);
  }

  /** Links to pages that readers do not get yet say so. */
  #markDrafts() {
    const drafts = new Set((this.#state.site?.drafts ?? []).map((path) => `/${path.replace(/index\.html$/, "")}`));
    for (const link of document.querySelectorAll("a[href]")) {
      const isDraft = link.origin === location.origin && drafts.has(link.pathname);
      link.toggleAttribute("data-sourcebook-draft", isDraft);
    }
  }

  #draw() {
    const { problems, page } = this.#state;
    const errors = this.#errors().length;
    const warnings = problems.length - errors;
    const wrong = [errors && counted(errors, "error"), warnings && counted(warnings, "warning")].filter(Boolean).join(", ");
    const stands = page ? `${page.coverage.covered} of ${page.coverage.total} sourced` : "";
    const badges = [page?.is_draft && "draft", this.#isFuture() && "not published yet"].filter(Boolean);
    this.pill.textContent = [wrong, stands, ...badges].filter(Boolean).join(" · ") || "Desk";
    this.title.textContent = !this.#isShown && !this.#isWaiting ? `${wrong}; this is the last good page` : wrong || "Nothing is wrong";
    for (const part of [this.panel, this.pill]) {
      part.classList.toggle("failed", errors > 0);
      part.classList.toggle("warned", errors === 0 && warnings > 0);
    }
    // What is closed says nothing.
    if (this.panel.hidden) return this.body.replaceChildren();
    const tabs = [["page", "This page", () => this.#page()], ["problems", `Problems (${problems.length})`, () => this.#problems()], ["sources", "Sources", () => this.#sources()]];
    this.tabs.replaceChildren(...tabs.map(([name, label]) => this.#tabButton(name, label)));
    this.body.setAttribute("aria-label", tabs.find(([name]) => name === this.#tab)[1]);
    this.body.replaceChildren(...tabs.find(([name]) => name === this.#tab)[2]().filter(Boolean));
  }

  #tabButton(name, label) {
    const tab = element("button", { type: "button" }, label);
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-selected", String(name === this.#tab));
    tab.setAttribute("aria-controls", "body");
    tab.addEventListener("click", () => {
      this.#tab = name;
      this.#draw();
      this.tabs.querySelector("[aria-selected=true]").focus();
    });
    return tab;
  }

  /** A place in a file: opens it where an editor was named, copies it otherwise. */
  #place(place, label = place) {
    const [, path, line = "1", column = "1"] = /^(.*?)(?::(\d+):(\d+))?$/.exec(place);
    const whole = `${this.#root}/${path}`;
    const text = element("code", { dir: "ltr" }, label);
    if (this.#editor) {
      const values = { path: whole.split("/").map(encodeURIComponent).join("/"), line, column };
      return element("a", { className: "quiet", href: this.#editor.replace(/\{(path|line|column)\}/g, (_, name) => values[name]) }, text);
    }
    return this.#copier(text, `${whole}:${line}:${column}`, "quiet", "Copy the place: ");
  }

  /** A button that copies. */
  #copier(content, text, className = "", name = "") {
    const button = element("button", { type: "button", className, title: `${name}${text}` }, content);
    button.addEventListener("click", async () => {
      const was = [...button.childNodes];
      const isCopied = await navigator.clipboard.writeText(text).then(() => true, () => false);
      button.replaceChildren(isCopied ? `copied: ${text}` : text);
      setTimeout(() => button.replaceChildren(...was), 2000);
    });
    return button;
  }

  #problems() {
    const { problems, page } = this.#state;
    if (problems.length === 0) return [element("p", {}, "Nothing is wrong, here or on any other page.")];
    const isHere = ({ place }) => Boolean(page && place?.startsWith(`${page.file}:`));
    const list = (title, some) => (some.length === 0 ? [] : [element("h3", {}, title), element("ul", {}, ...some.map((problem) => this.#problem(problem)))]);
    return [...list("On this page", problems.filter(isHere)), ...list("Elsewhere", problems.filter((problem) => !isHere(problem)))];
  }

  #problem({ severity, code, message, help, place, excerpt }) {
    const item = element("li", { className: severity });
    item.append(element("p", { className: "message" }, element("b", {}, `${severity} ${code} `), isolated(message)));
    if (place) item.append(element("p", { className: "place" }, this.#place(place)));
    if (excerpt) {
      const line = element("p", { className: "excerpt", dir: "auto" });
      line.append(excerpt.before, element("mark", { dir: "auto" }, excerpt.marked), excerpt.after);
      item.append(line);
    }
    if (help) item.append(element("p", { className: "help" }, "Help: ", isolated(help)));
    return item;
  }

  #isFuture() {
    const day = this.#state.page?.published;
    return Boolean(day) && new Date(day) > new Date();
  }

  #page() {
    const { page } = this.#state;
    if (!page) return [element("p", {}, "This page is made by the program, from records. It has no file of its own.")];
    const { coverage } = page;
    const badges = element("p", { className: "row" });
    if (page.is_draft) badges.append(element("span", { className: "badge" }, "Draft: readers do not get this page"));
    if (this.#isFuture()) badges.append(element("span", { className: "badge" }, `To be published on ${page.published}`));
    const exempt = coverage.exempt > 0 ? `; ${counted(coverage.exempt, "other")} said to need none` : "";
    return [
      badges,
      element("p", {}, "Written in ", this.#place(`${page.file}:1:1`, page.file)),
      element("p", {}, `${coverage.covered} of ${counted(coverage.total, "statement")} show a source${exempt}.`),
      this.#translation(page.translation),
      this.#languages(page.languages),
      ...this.#marked(page.marks),
    ];
  }

  #translation(translation) {
    if (!translation) return null;
    const words = {
      none: () => "Not translated: readers get the original.",
      unrecorded: () => "A translation of which nothing is recorded yet: sourcebook translate adopt",
      recorded: ({ current, behind, urgent, method }) =>
        `A translation (${method ?? "nobody says how it was made"}): ${counted(current, "passage")} as in the original, ${behind} behind${urgent > 0 ? `, ${urgent} of them urgent` : ""}.`,
    };
    return element("p", {}, words[translation.state](translation));
  }

  #languages(languages) {
    const row = element("p", { className: "row" }, "Languages:");
    for (const { lang, path, is_written: isWritten } of languages) {
      row.append(element("a", { href: `/${path.replace(/index\.html$/, "")}`, hreflang: lang }, isWritten ? lang : `${lang} (not translated)`));
    }
    if (languages.length > 1) {
      row.append(element("a", { className: "button", href: `/__sourcebook/beside?page=${encodeURIComponent(location.pathname)}` }, "Side by side"));
    }
    return row;
  }

  #marked(marks) {
    const box = element("input", { type: "checkbox", checked: localStorage.getItem(MARKS) !== "no" });
    box.addEventListener("change", () => {
      localStorage.setItem(MARKS, box.checked ? "yes" : "no");
      this.#colour();
    });
    const names = { uncited: "no source", stale: "the original has changed", disputed: "a disputed number" };
    const heading = element("h3", {}, marks.length === 0 ? "No passage needs a second look" : `${counted(marks.length, "passage")} to look at`);
    const list = element("ul");
    for (const [index, { kind, words, note, place }] of marks.entries()) {
      const swatch = element("span", { className: "swatch" });
      swatch.style.setProperty("background", COLOUR_OF[kind]);
      const quoted = words.join(" … ");
      const jump = element("button", { type: "button", className: "quiet" }, isolated(quoted.length > 160 ? `${quoted.slice(0, 160)}…` : quoted));
      jump.addEventListener("click", () => this.#ranges[index]?.startContainer.parentElement.scrollIntoView({ block: "center" }));
      const what = element("p", {}, swatch, element("b", {}, names[kind]), note ? ` (${note})` : "");
      list.append(element("li", {}, what, element("p", {}, jump), place ? element("p", {}, this.#place(place)) : null));
    }
    return [heading, element("p", {}, element("label", {}, box, " Show them in the page")), list];
  }

  #sources() {
    const field = element("input", { type: "search", value: this.#query, placeholder: "Author, title or key" });
    field.setAttribute("aria-label", "Search the sources");
    const list = element("ul");
    const status = element("p");
    status.setAttribute("role", "status");
    const show = () => {
      this.#query = field.value;
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      const all = this.#state.site?.sources ?? [];
      const hits = all.filter(({ key, who, title }) => {
        const text = plain(`${key} ${who} ${title}`);
        return words.every((word) => text.includes(word));
      });
      status.textContent = `${hits.length > LISTED ? `The first ${LISTED} of ` : ""}${counted(hits.length, "source")}`;
      list.replaceChildren(...hits.slice(0, LISTED).map((source) => this.#source(source)));
    };
    field.addEventListener("input", show);
    show();
    return [element("p", {}, field), status, list];
  }

  #source({ key, who, title, date, cited, quotes }) {
    const detail = [date, cited > 0 ? `cited on ${counted(cited, "page")}` : "not cited yet"].filter(Boolean).join(" · ");
    const item = element("li", {}, element("p", {}, isolated(who), ": ", isolated(title), ` (${detail})`));
    const copies = element("p", { className: "row" }, this.#copier(element("code", {}, `[@${key}]`), `[@${key}]`, "", "Copy "));
    for (const { id, words } of quotes) {
      const button = this.#copier(element("code", {}, `[@${key}#${id}]`), `[@${key}#${id}]`, "", "Copy ");
      item.append(element("p", {}, "“", isolated(words), "” ", button));
    }
    item.append(copies);
    return item;
  }
}

const drafts = new CSSStyleSheet();
drafts.replaceSync(`a[data-sourcebook-draft]::after { content: " (draft)"; font-size: 0.8em; }`);
document.adoptedStyleSheets.push(drafts);
