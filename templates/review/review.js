"use strict";
// Keys for what the buttons and links of the page do; without this script all of them work as they are.
const pick = (selector) => document.querySelector(selector);
const help = pick("#help");
const form = pick("#decide");
const comment = pick("#said");
const off = pick("#keys-off");

const areOff = () => localStorage.getItem("grader-keys") === "off";
off.checked = areOff();
off.addEventListener("change", () => localStorage.setItem("grader-keys", off.checked ? "off" : "on"));
pick("#help-button").hidden = false;
pick("#help-button").addEventListener("click", () => help.showModal());

// A second press must not decide the next one unseen.
for (const each of document.querySelectorAll("form[method=post]")) {
  each.addEventListener("submit", (event) => {
    if (each.dataset.sent) event.preventDefault();
    each.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const each of document.querySelectorAll("form[method=post]")) delete each.dataset.sent;
});

// Of a long text the place that is meant is shown.
for (const text of document.querySelectorAll(".work .prose, .work .source")) {
  const mark = text.querySelector("mark");
  if (mark) text.scrollTop = mark.offsetTop - text.offsetTop - (text.clientHeight - mark.offsetHeight) / 2;
}

const press = (verdict) => form?.querySelector(`button[value=${verdict}]`).click();
const disagree = () => {
  const points = form?.querySelector("input[name=points]:checked");
  if (points) points.focus();
  else press("disagree");
};
const keys = {
  a: () => press("agree"),
  d: disagree,
  c: () => comment?.focus(),
  u: () => pick("#undo button")?.click(),
  j: () => pick("a[rel=next]")?.click(),
  k: () => pick("a[rel=prev]")?.click(),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || help.open) return;
  const at = event.target;
  if (at === comment) {
    if (event.key === "Escape") comment.blur();
    return;
  }
  if (at.name === "points" && event.key === "Enter") {
    event.preventDefault();
    press("disagree");
    return;
  }
  const points = form?.querySelector(`input[name=points][value="${CSS.escape(event.key)}"]`);
  if (points && !areOff()) {
    points.checked = true;
    points.focus();
    return;
  }
  if (areOff() || !Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});
