// Groups stay as one left them, also tomorrow; open rows stay open when htmx swaps the panel.
import { recall, remember } from "../store.js";

const NAME = "natrium-groups";
const LIMIT = 400;

const restore = (scope) => {
  const kept = recall(NAME) ?? {};
  for (const details of scope.querySelectorAll("details[data-remember]")) {
    const open = kept[details.dataset.remember];
    if (open !== undefined && !details.querySelector("[role=alert], .fold[open]")) details.open = open;
  }
};

const reveal = (id) => {
  const target = id && document.getElementById(id);
  if (!target) return;
  for (let box = target.parentElement?.closest("details"); box; box = box.parentElement?.closest("details")) box.open = true;
  const row = target.querySelector(":scope > details.fold, :scope > details");
  if (row && target.matches("[data-row]")) row.open = true;
};

// The summary is pressed, not the details toggled by code: only a person's choice is remembered.
document.addEventListener("click", (event) => {
  const summary = event.target.closest("summary");
  const details = summary?.parentElement;
  if (!details?.dataset.remember) return;
  const kept = Object.entries(recall(NAME) ?? {}).filter(([key]) => key !== details.dataset.remember);
  remember(NAME, Object.fromEntries([...kept, [details.dataset.remember, !details.open]].slice(-LIMIT)));
});

// One form of a row at a time. A shared name would do it too, but the browser then shuts the form that a swap brings.
document.addEventListener("click", (event) => {
  const disc = event.target.closest(".disc > summary")?.parentElement;
  for (const other of disc?.parentElement.querySelectorAll(":scope > .disc[open]") ?? []) {
    if (other !== disc) other.open = false;
  }
  // Who opens it goes on in its first field, as with its key: letters typed then are no commands.
  const field = disc && !disc.open && disc.querySelector("textarea, select, input:not([type=hidden])");
  if (!field) return;
  event.preventDefault();
  disc.open = true;
  field.focus();
});

// A form that somebody opens is seen to its button.
const calm = matchMedia("(prefers-reduced-motion: reduce)");
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches?.(".disc[open]") || !target.contains(document.activeElement)) return;
    target.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
  },
  true,
);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#'], a[data-opens]");
  if (!link) return;
  reveal(decodeURIComponent(link.hash.slice(1)));
  if (!link.dataset.opens) return;
  event.preventDefault();
  const form = document.getElementById(`do-${link.dataset.opens}-${link.hash.slice(6)}`);
  if (!form) return;
  form.open = true;
  form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
});

// Remembers what is open now; what it returns opens it again. Forms go with the row they were sent from.
export const opened = (which = "details[open]:not(.disc)[id]") => {
  const ids = [...document.querySelectorAll(which)].map((details) => details.id);
  return () => {
    restore(document);
    for (const id of ids) document.getElementById(id)?.setAttribute("open", "");
  };
};

let openAgain = () => {};
document.addEventListener("htmx:beforeSwap", () => {
  openAgain = opened();
});
document.addEventListener("htmx:afterSwap", () => openAgain());

restore(document);
reveal(decodeURIComponent(location.hash.slice(1)));
addEventListener("hashchange", () => reveal(decodeURIComponent(location.hash.slice(1))));
