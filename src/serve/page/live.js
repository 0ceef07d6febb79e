// Keeps a previewed page up to date, and says beside it what an editor wants to know.
// Added by `sourcebook serve` alone; a built site does not have it.
import { swap, remember } from "./swap.js";
import { Desk } from "./desk.js";

const { dataset } = document.querySelector("script[data-edition]");
const SCROLL = "sourcebook-scroll";

// What this page was made from; a page whose changed parts were put in is of a later edition.
let edition = dataset.edition;

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

// A page that stands beside others in a frame is only a text: what is to be said is said around it.
const desk = parent === window ? new Desk(dataset) : null;

const follow = async (told) => {
  // What a page is drawn with may have changed: then nothing less than a new page will do.
  if (told.look !== dataset.look || !(await swap(told.edition))) return reload();
  edition = told.edition;
  // Whoever asks anew is told what is wrong now, which an event about another edition does not say.
  connect();
};

// A browser keeps six connections to one host: pages that nobody looks at give theirs back.
let events;
let following = Promise.resolve();
const connect = () => {
  events?.close();
  if (document.hidden) return;
  events = new EventSource(`/__sourcebook/events?edition=${edition}`);
  events.addEventListener("edition", ({ data }) => (following = following.then(() => follow(JSON.parse(data))).catch(reload)));
  const tell = (problems) => {
    desk?.tell(problems);
    desk?.refresh();
  };
  events.addEventListener("problems", ({ data }) => tell(data));
  events.addEventListener("fixed", () => tell(""));
};
document.addEventListener("visibilitychange", connect);
addEventListener("pageshow", (event) => event.persisted && connect());
addEventListener("pagehide", () => events?.close());

remember(edition);
connect();
