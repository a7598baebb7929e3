"use strict";
// A click on the name of a column sorts by it; another one turns the order round.
for (const button of document.querySelectorAll("th button")) {
  button.addEventListener("click", () => {
    const header = button.parentElement;
    const column = Array.prototype.indexOf.call(header.parentElement.children, header);
    const down = header.getAttribute("aria-sort") === "ascending";
    for (const other of header.parentElement.children) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    const words = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
    const key = (row) => row.children[column].dataset.value ?? row.children[column].textContent.trim();
    const isNumber = (text) => text !== "" && Number.isFinite(Number(text));
    const compare = (one, other) => (isNumber(one) && isNumber(other) ? one - other : words.compare(one, other));
    const body = document.querySelector("tbody");
    const rows = Array.from(body.children).sort((one, other) => compare(key(one), key(other)) * (down ? -1 : 1));
    body.append(...rows);
  });
}

// What is typed leaves the rows that have all of its words.
const search = document.querySelector(".search");
search.hidden = document.querySelectorAll("tbody tr").length < 2;
search.querySelector("input").addEventListener("input", ({ target }) => {
  const words = target.value.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = Array.from(document.querySelectorAll("tbody tr"));
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
  }
  const left = rows.filter((row) => !row.hidden).length;
  search.querySelector("[role=status]").textContent = words.length ? `${left} of ${rows.length}` : "";
});
