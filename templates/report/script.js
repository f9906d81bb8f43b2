"use strict";
(() => {
  const root = document.documentElement;
  document.getElementById("theme").addEventListener("change", (event) => {
    if (event.target.value) root.dataset.theme = event.target.value;
    else delete root.dataset.theme;
  });
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    closed.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));

  const table = document.getElementById("call-table");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({ row, text: `${row.textContent} ${row.dataset.model}`.toLowerCase() }));
  const search = document.getElementById("search");
  const filters = [...document.querySelectorAll("[data-filter]")];
  const shown = document.getElementById("shown");
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = filters.filter((one) => one.value).map((one) => [one.dataset.filter, one.value]);
    let count = 0;
    for (const { row, text } of rows) {
      const fits = words.every((word) => text.includes(word))
        && wanted.every(([key, value]) => row.dataset[key].split("\n").includes(value));
      row.hidden = !fits;
      count += fits;
    }
    shown.textContent = count === rows.length ? `${count} calls` : `${count} of ${rows.length} calls`;
  };
  search.addEventListener("input", filter);
  search.form.addEventListener("submit", (event) => event.preventDefault());
  filters.forEach((one) => one.addEventListener("change", filter));

  const key = (cell) => cell.dataset.key || cell.textContent.trim();
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    head.firstElementChild.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const keyed = rows.map(({ row }) => [key(row.cells[column]), row]);
      keyed.sort(([one], [other]) => (up ? compare(one, other) : compare(other, one)));
      body.append(...keyed.map(([, row]) => row));
    });
  });
})();
