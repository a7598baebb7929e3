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
