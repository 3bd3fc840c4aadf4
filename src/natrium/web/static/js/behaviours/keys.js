// Single keys, outside fields only, and only where the member has them on. natrium.web.keys lists every one.
import { toAdding } from "./adding.js";
import { close } from "./menus.js";
import { openForm } from "./slots.js";
import { say } from "./toasts.js";
import { openRow } from "./work.js";

const dialog = document.getElementById("keys");
const root = document.documentElement;
document.getElementById("single-keys")?.addEventListener("change", (event) => root.classList.toggle("nokeys", !event.target.checked));

const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
const current = () => document.activeElement?.closest?.("[data-row]") ?? document.querySelector("[data-row].at, [data-row]:target");
const handle = (row) => row.querySelector("summary, a.title");

const move = (by) => {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current());
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))];
  for (const row of all) row.classList.toggle("at", row === next);
  handle(next)?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
};

// Forms that a row of a work list has once it is open.
const FORMS = { w: "wait", a: "assignment", d: "due", m: "comments" };

// Where a square cannot be ticked, its key says why not.
const tellWhy = (row) => {
  const mark = row?.querySelector(".hit > span.markhit[title]");
  if (mark) say(`“${row.querySelector(".title").textContent}”: ${mark.title}.`);
};

const press = (key) => {
  const row = current();
  if (!row && key === "m") document.querySelector("#task-comment, #client-note")?.focus();
  const target = row?.querySelector(`[data-key="${key}"]`);
  if (!target) {
    if (FORMS[key] && row?.matches(".wrow:not(.open)")) openRow(row, FORMS[key]);
    else if (key === "x") tellWhy(row);
    return;
  }
  const fold = row.querySelector(":scope > details.fold");
  const disc = target.matches("summary") ? target.parentElement : null;
  if (!disc) {
    target.click();
    return;
  }
  if (fold) fold.open = true;
  disc.open = true;
  disc.querySelector("textarea, select, input:not([type=hidden])")?.focus();
};

const dueOf = (row) => {
  const more = row?.querySelector(":scope > .grip") && row.querySelector(":scope > .more");
  if (!more) {
    press("d");
    return;
  }
  close();
  openForm(row, more.getAttribute("href").replace("menu/", "edit/?of=due"));
};

// The row that a deed is for: the one one is at, or the first that has anything to do.
const WORKED = ":is(.step, .wrow)[data-row]";
export const rowNow = () => {
  const at = current();
  if (at?.matches(WORKED)) return at;
  return rows().find((row) => row.matches(WORKED) && row.querySelector("[data-key=x]")) ?? null;
};

// Does what a key does on a row; with `really` false only says whether it is offered there.
export const actOn = (row, key, { really = true } = {}) => {
  const worked = row.querySelector("[data-key=x], [data-key=s], [data-key=t]");
  const offered = row.querySelector(`[data-key="${key}"]`) ?? (worked && row.matches(".wrow:not(.open)") && FORMS[key]) ?? (key === "d" && row.querySelector(":scope > .grip"));
  if (!really || !offered) return Boolean(offered);
  for (const other of rows()) other.classList.toggle("at", other === row);
  handle(row)?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  if (key === "d") dueOf(row);
  else press(key);
  return true;
};

const undo = () => {
  const button = document.querySelector("#toasts form button");
  if (button) button.click();
  else if (current()?.querySelector("[data-key=z]")) press("z");
  else say("Nothing to take back.");
};

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  z: undo,
  n: () => toAdding(current()),
  d: () => dueOf(current()),
  f: () => document.querySelector("#narrow, [data-find]")?.focus(),
  // The page's own is more exact than the sidebar's before it: on a client's page it is for that client.
  c: () => [...document.querySelectorAll("a[data-key=c]")].at(-1)?.click(),
  "?": () => dialog?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || root.classList.contains("nokeys") || event.ctrlKey || event.metaKey || event.altKey || event.repeat || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  const key = event.key.toLowerCase();
  if (KEYS[key]) KEYS[key]();
  else if ("xswatm".includes(key) && key.length === 1) press(key);
  else return;
  event.preventDefault();
});
document.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row) return;
  for (const other of document.querySelectorAll("[data-row].at")) if (other !== row) other.classList.remove("at");
});
