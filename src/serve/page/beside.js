// One page in several languages, side by side; who scrolls in one finds the others at the same section. Added by `sourcebook serve` alone.

const page = new URL(location.href).searchParams.get("page") ?? "/";
const CHOSEN = "sourcebook-beside";

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  body { margin: 0; block-size: 100vh; display: flex; flex-direction: column; }
  header { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: center; padding: 0.5rem 1rem; }
  h1 { font-size: 1.125rem; margin: 0; }
  form { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; flex: 1; }
  label { padding-block: 0.25rem; }
  main { flex: 1; display: grid; grid-auto-flow: column; grid-auto-columns: minmax(20rem, 1fr); gap: 2px; overflow-x: auto; background: light-dark(#5f6368, #9aa0a6); }
  iframe { inline-size: 100%; block-size: 100%; border: 0; background: Canvas; }
`);
document.adoptedStyleSheets = [sheet];

const frames = document.getElementById("frames");
document.getElementById("back").href = page;

// Headings and everything else with a name that the page has in each language, from the top.
const places = (frame) => [...(frame.contentDocument?.querySelectorAll("main [id]") ?? [])].filter((part) => part.matches("h1, h2, h3, h4, section, figure"));

let leader = null;
const follow = (from) => {
  if (leader !== from) return;
  const above = places(from).filter((part) => part.getBoundingClientRect().top <= 80).at(-1);
  for (const frame of frames.children) {
    if (frame === from) continue;
    const own = above && frame.contentDocument?.getElementById(above.id);
    if (own) frame.contentWindow.scrollBy({ top: own.getBoundingClientRect().top - above.getBoundingClientRect().top, behavior: "instant" });
    else if (!above) frame.contentWindow?.scrollTo({ top: from.contentWindow.scrollY, behavior: "instant" });
  }
};

const show = ({ lang, path }) => {
  const frame = document.createElement("iframe");
  frame.title = lang;
  frame.src = `/${path.replace(/index\.html$/, "")}`;
  frame.addEventListener("load", () => {
    const inside = frame.contentWindow;
    for (const event of ["pointerdown", "pointermove", "wheel", "keydown", "touchstart", "focus"]) {
      inside.addEventListener(event, () => (leader = frame), { passive: true });
    }
    inside.addEventListener("scroll", () => follow(frame), { passive: true });
  });
  return frame;
};

const answer = await fetch(`/__sourcebook/desk?page=${encodeURIComponent(page)}`, { cache: "no-store" });
const languages = answer.ok ? ((await answer.json())?.languages ?? []) : [];
const remembered = sessionStorage.getItem(CHOSEN)?.split(" ");
const chosen = new Set(remembered ?? languages.slice(0, 2).map(({ lang }) => lang));

const draw = () => {
  const kept = new Map([...frames.children].map((frame) => [frame.title, frame]));
  const wanted = languages.filter(({ lang }) => chosen.has(lang));
  for (const [lang, frame] of kept) if (!chosen.has(lang)) frame.remove();
  for (const [index, language] of wanted.entries()) {
    // A frame that is moved loads anew, so those that stay are left where they are.
    if (!kept.has(language.lang)) frames.insertBefore(show(language), frames.children[index] ?? null);
  }
};

const form = document.getElementById("languages");
for (const { lang } of languages) {
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: chosen.has(lang) });
  box.addEventListener("change", () => {
    if (box.checked) chosen.add(lang);
    else chosen.delete(lang);
    sessionStorage.setItem(CHOSEN, [...chosen].join(" "));
    draw();
  });
  const label = document.createElement("label");
  label.append(box, ` ${new Intl.DisplayNames(["en"], { type: "language" }).of(lang) ?? lang}`);
  form.append(label);
}
if (languages.length === 0) form.textContent = "This page is made by the program and has no text in several languages.";
draw();
