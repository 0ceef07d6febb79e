/* The door of the site: who chose a language before goes on in it, everybody else in the first of their browser's languages that the site has.
   Who comes to choose (`?choose`, or any place on the page) or comes back stays. Without this file the door is the list that it is. */
(() => {
  "use strict";
  if (location.search || location.hash) return;
  if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") return;
  const ways = [...document.querySelectorAll(".choices a")];
  const wayIn = (tag) => ways.find((way) => way.hreflang.toLowerCase() === tag);
  let chosen = null;
  try {
    chosen = localStorage.getItem("sourcebook-language");
  } catch {
    // Nothing may be kept here.
  }
  const wanted = [chosen, ...navigator.languages].filter(Boolean).map((tag) => tag.toLowerCase());
  const way = wanted.map((tag) => wayIn(tag) ?? wayIn(tag.split("-")[0])).find(Boolean);
  // In the place of this page, so that the way back does not lead into it again.
  if (way) location.replace(way.href);
})();
