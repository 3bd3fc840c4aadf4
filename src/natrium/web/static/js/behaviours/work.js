// Lists of work: rows open in place, and what was acted upon goes when the hand has left the list, so that nothing
// moves beneath it.
const SETTLES = 900;
const RESTS = 3000;
const LEAVES = 220;
const list = () => document.getElementById("work");
const isCalmMotion = matchMedia("(prefers-reduced-motion: reduce)");
const hovers = matchMedia("(hover: hover)");
const closed = new Map();
let ahead = null;

const isTyped = (row) =>
  [...row.querySelectorAll("textarea, input:not([type=hidden]), select")].some((field) =>
    field.matches("select")
      ? [...field.options].some((option) => option.selected !== option.defaultSelected)
      : field.value !== field.defaultValue,
  );

// Whether a row is chosen among several outlives its being opened and closed; what it returns chooses it again.
const chosen = (row) => {
  const isChosen = row.querySelector(".pickbox")?.checked;
  return (again) => {
    const box = again?.querySelector(".pickbox");
    if (!box || !isChosen) return;
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };
};

// Opens a row, with one of its forms. Another row that is open stays so where something was typed into it.
export const openRow = async (row, form) => {
  const address = row.querySelector("[data-open]")?.dataset.open;
  if (!address) return;
  for (const other of list().querySelectorAll(".wrow.open")) if (!isTyped(other)) closeRow(other, { back: false });
  const choose = chosen(row);
  closed.set(row.id, row.outerHTML);
  const there = new URL(address, location.href);
  there.searchParams.set("back", list().dataset.address);
  if (form) there.searchParams.set("form", form);
  ahead = "";
  await window.htmx.ajax("GET", there.pathname + there.search, { source: row, target: row, swap: "outerHTML" }).catch(() => null);
  const written = ahead;
  ahead = null;
  const opened = document.getElementById(row.id);
  choose(opened);
  if (!opened?.matches(".open")) return;
  const field = opened.querySelector("details.disc[open] :is(textarea, select, input:not([type=hidden]))");
  (field ?? opened.querySelector("a.title")).focus({ preventScroll: true });
  if (field?.matches("textarea, input[type=text]")) field.setRangeText(written, field.value.length, field.value.length, "end");
  opened.scrollIntoView({ block: "nearest" });
};

// Quick hands type before the form is there: what they type goes into it, and is no command.
addEventListener(
  "keydown",
  (event) => {
    if (ahead === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.length === 1) ahead += event.key;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

export const closeRow = (row, { back = true } = {}) => {
  const before = closed.get(row.id);
  if (!before) return false;
  const choose = chosen(row);
  row.outerHTML = before;
  closed.delete(row.id);
  const again = document.getElementById(row.id);
  window.htmx.process(again);
  choose(again);
  if (back) again.querySelector("a.title").focus({ preventScroll: true });
  settleSoon();
  return true;
};

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !list()) return;
  const opens = event.target.closest("a[data-row-form]");
  const closes = event.target.closest("a[data-row-close]");
  const row = (opens ?? closes)?.closest(".wrow");
  if (!row) return;
  if (opens) {
    event.preventDefault();
    if (row.matches(".open")) openForm(row, opens.dataset.rowForm);
    else openRow(row, opens.dataset.rowForm);
  } else if (closeRow(row)) event.preventDefault();
});

const openForm = (row, name) => {
  const form = row.querySelector(`[id^="do-${name}-"]`);
  if (!form) return;
  form.open = true;
  form.querySelector("textarea, select, input:not([type=hidden])")?.focus();
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const row = event.target.closest?.(".wrow.open") ?? (event.target === document.body && list()?.querySelector(".wrow.open"));
  if (!row || document.querySelector("dialog[open]")) return;
  if (isTyped(row)) row.querySelector("a.title").focus({ preventScroll: true });
  else closeRow(row);
});

// The focus goes on to the next row when one has been dealt with.
const next = (row) => {
  const rows = [...list().querySelectorAll("[data-row]:not([data-gone])")];
  const after = rows.find((other) => row.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  return after ?? rows.at(-1);
};

document.addEventListener("htmx:afterSettle", (event) => {
  const { requestConfig, xhr } = event.detail;
  if (!list() || requestConfig?.verb !== "post" || !requestConfig.path.startsWith("/my-work/steps/")) return;
  const id = `row-${requestConfig.path.split("/")[3]}`;
  closed.delete(id);
  const row = document.getElementById(id);
  if (xhr.status >= 400) {
    (row?.querySelector("[aria-invalid=true]") ?? row?.querySelector("[role=alert]"))?.focus();
    return;
  }
  const to = row?.matches("[data-gone]") ? next(row) : row;
  for (const other of document.querySelectorAll("[data-row]")) other.classList.toggle("at", other === to);
  to?.querySelector("a.title")?.focus({ preventScroll: true });
  to?.scrollIntoView({ block: "nearest" });
  settleSoon();
});

// What the answer to an action says of the whole list: the figures are true before the list is read anew.
document.addEventListener("natrium:work", (event) => {
  const { counts, says } = event.detail;
  for (const place of document.querySelectorAll("[data-count]")) {
    const count = counts[place.dataset.count];
    if (count === undefined) continue;
    place.firstChild?.nodeType === Node.TEXT_NODE ? (place.firstChild.data = count) : place.prepend(count);
    if (place.dataset.count === "ready") place.hidden = !count;
  }
  const sentence = document.getElementById("work-says");
  if (sentence && says) sentence.textContent = says;
});

let wanted = false;
let timer = 0;
let byHand = false;
// Beneath the hand nothing is swapped, neither by what follows nor by what a colleague did. What follows from one's
// own deed comes once the hand has rested.
let rests = false;
let resting = 0;
// Under a finger nothing goes at all while the page is looked at: a second tap would find the next row in its place.
let back = false;
const holdStill = () => list()?.firstElementChild.toggleAttribute("data-live-busy", byHand && hovers.matches && list().matches(":hover"));
const moved = () => {
  byHand = true;
  rests = back = false;
  clearTimeout(resting);
  resting = setTimeout(() => {
    rests = true;
    settleSoon();
  }, RESTS);
  holdStill();
};
for (const name of ["pointermove", "pointerdown"]) addEventListener(name, moved, { passive: true });
addEventListener("keydown", () => { byHand = false; holdStill(); }, true);
document.addEventListener("pointerleave", holdStill);

const isCalm = () => {
  holdStill();
  const { visibilityState } = document;
  return visibilityState === "visible" && (hovers.matches || back) && !list().querySelector(".wrow.open, .htmx-request") && (rests || !list().querySelector(":scope > [data-live-busy]"));
};

const settleSoon = () => {
  wanted ||= list()?.querySelector("[data-gone]") !== null;
  clearTimeout(timer);
  if (wanted) timer = setTimeout(settle, SETTLES);
};

const settle = async () => {
  if (!wanted || !list() || !isCalm()) return;
  wanted = false;
  const gone = [...list().querySelectorAll("[data-gone]")];
  if (!isCalmMotion.matches) {
    const leave = (row) =>
      row.animate([{ height: `${row.offsetHeight}px`, minHeight: 0, opacity: 1 }, { height: 0, minHeight: 0, paddingBlock: 0, opacity: 0 }], { duration: LEAVES, easing: "ease-out", fill: "forwards" }).finished;
    await Promise.all(gone.map(leave));
  }
  const at = document.querySelector(".wrow.at")?.id;
  await window.htmx.ajax("GET", list().dataset.address, { source: list(), target: list(), swap: "outerHTML" });
  document.getElementById(at)?.classList.add("at");
};

// Steps that were started have another place in the list: it is read anew as well.
document.addEventListener("natrium:work", () => (wanted = true));
document.addEventListener("pointerout", (event) => {
  if (wanted && list()?.contains(event.target) && !list().contains(event.relatedTarget)) settleSoon();
});
document.addEventListener("visibilitychange", () => {
  back = document.visibilityState === "visible";
  settleSoon();
});
