/* Reads charts out: the date and the numbers at the pointer, or by arrow keys. All of it comes from the chart's own table, so without this
   file nothing is lost. */
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
