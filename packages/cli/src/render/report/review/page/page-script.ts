/** Makes tables sortable and filterable, and opens what is folded on paper. Names are read as text and never as markup. */
export const SCRIPT = `
"use strict";
(() => {
  const keyOf = (row, at, numeric) => {
    const cell = row.cells[at];
    return numeric ? cell.dataset.sort : cell.textContent.trim().toLowerCase();
  };
  const compare = (a, b, numeric) => (numeric ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0);
  const sortBy = (table, at, numeric, sign) => {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row, index) => ({ row, index, key: keyOf(row, at, numeric) }));
    rows.sort((a, b) => (a.key === "") - (b.key === "") || sign * compare(a.key, b.key, numeric) || a.index - b.index);
    body.append(...rows.map(({ row }) => row));
  };
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const headers = [...table.tHead.rows[0].cells];
    headers.forEach((header, at) => {
      if (header.classList.contains("drawn")) return;
      const numeric = header.classList.contains("num");
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => {
        const first = numeric ? "descending" : "ascending";
        const other = numeric ? "ascending" : "descending";
        const next = header.getAttribute("aria-sort") === first ? other : first;
        for (const each of headers) each.removeAttribute("aria-sort");
        header.setAttribute("aria-sort", next);
        sortBy(table, at, numeric, next === "ascending" ? 1 : -1);
      });
    });
  }
  for (const box of document.querySelectorAll(".filter")) {
    const rows = [...box.nextElementSibling.querySelectorAll("tbody tr")];
    const count = box.querySelector(".count");
    const input = box.querySelector("input");
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(" ").filter((word) => word !== "");
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
      const left = rows.filter((row) => !row.hidden).length;
      count.textContent = words.length === 0 ? "" : left + " of " + rows.length + " rows";
    });
    box.hidden = false;
  }
  const folded = () => document.querySelectorAll("details:not([open])");
  let opened = [];
  addEventListener("beforeprint", () => {
    opened.push(...folded());
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
    opened = [];
  });
})();
`;
