"use strict";
// A click on the name of a column sorts by it; another one turns the order round.
for (const button of document.querySelectorAll(".submissions th button")) {
  button.addEventListener("click", () => {
    const header = button.parentElement;
    const column = Array.prototype.indexOf.call(header.parentElement.children, header);
    const down = header.getAttribute("aria-sort") === "ascending";
    for (const other of header.parentElement.children) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    const words = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
    const key = (row) => row.children[column].dataset.value ?? row.children[column].textContent.trim();
    const number = (text) => (text === "" ? NaN : Number(text));
    const compare = (one, other) => (one.number - other.number || (one.number === other.number ? 0 : words.compare(one.text, other.text)));
    const body = document.querySelector(".submissions tbody");
    const rows = Array.from(body.children, (row) => ({ row, text: key(row), number: number(key(row)) }));
    rows.sort((one, other) => compare(one, other) * (down ? -1 : 1));
    body.append(...rows.map(({ row }) => row));
  });
}

// What is typed leaves the rows that have all of its words, and what is chosen those of that kind.
{
  const search = document.querySelector(".search");
  const rows = Array.from(document.querySelectorAll(".submissions tbody tr"));
  const [field, kind, status] = ["input", "select", "[role=status]"].map((what) => search.querySelector(what));
  search.hidden = rows.length < 2;
  let texts = null;
  const look = () => {
    texts ??= rows.map((row) => row.textContent.toLowerCase());
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    rows.forEach((row, at) => {
      const kinds = row.dataset.kinds.split(" ");
      row.hidden = !(words.every((word) => texts[at].includes(word)) && (!kind.value || kinds.includes(kind.value)));
      left += row.hidden ? 0 : 1;
    });
    status.textContent = words.length || kind.value ? `${left} of ${rows.length}` : "";
  };
  field.addEventListener("input", look);
  kind.addEventListener("change", look);
}
