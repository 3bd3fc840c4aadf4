// Ticking many: a whole page or section, a stretch with Shift, how many there are, and the keys of the bar. The boxes
// belong to the form wherever they are, also those that a list brings anew.
const form = document.querySelector(".bulkform");
const named = (...names) => [...form.elements].filter((box) => box.type === "checkbox" && names.includes(box.name));
const boxes = () => named("task", "step");
const ticked = () => boxes().filter((box) => box.checked);
const sections = () => named("section");
const rowsOf = (box) => boxes().filter((one) => one.closest("[data-whole-of]")?.dataset.wholeOf === box.value);
const every = form?.elements.every;
const page = form && document.querySelector("[data-tick-page]");
const count = form?.querySelector("[data-count-of]");
const all = page?.querySelector("input");
const isChosen = () => Boolean(form) && (every?.checked || ticked().length > 0 || sections().some((box) => box.checked));

const show = () => {
  const whole = sections().filter((box) => box.checked);
  const within = new Set(whole.flatMap(rowsOf));
  const number = whole.reduce((sum, box) => sum + Number(box.dataset.whole), ticked().filter((box) => !within.has(box)).length);
  const noun = count.dataset.countOf;
  count.textContent = every?.checked ? `All ${noun}s` : `${number} ${noun}${number === 1 ? "" : "s"}`;
  if (all) all.checked = number > 0 && number === boxes().length;
};

// One box, or with Shift all up to it from the one before.
let last = "";
const tick = (box, { stretch }) => {
  const row = boxes();
  const from = row.findIndex((one) => one.value === last);
  if (stretch && from >= 0) {
    const [begin, end] = [from, row.indexOf(box)].sort((a, b) => a - b);
    for (const between of row.slice(begin, end + 1)) between.checked = box.checked;
  }
  last = box.value;
};

const wholeFollows = (box) => {
  if (box.name === "section") for (const row of rowsOf(box)) row.checked = box.checked;
  else if (!box.checked) for (const whole of sections()) if (rowsOf(whole).includes(box)) whole.checked = false;
};

if (form && count) {
  if (page) page.hidden = false;
  all?.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    show();
  });
  document.addEventListener("click", (event) => {
    const box = event.target.closest("input[name=task], input[name=step]");
    if (box?.form === form) tick(box, { stretch: event.shiftKey });
  });
  document.addEventListener("change", (event) => {
    if (event.target.form !== form) return;
    wholeFollows(event.target);
    show();
  });
  form.addEventListener("reset", () => setTimeout(show));
  // What a list brings anew keeps its ticks; the browser brings them back with the page, and says nothing.
  document.addEventListener("htmx:afterSettle", show);
  addEventListener("pageshow", show);
  show();
}

const chooseRow = (stretch) => {
  const row = document.activeElement?.closest?.("[data-row]") ?? document.querySelector("[data-row].at");
  const box = row?.querySelector(".pickbox");
  if (!box) return;
  box.checked = stretch || !box.checked;
  tick(box, { stretch });
  wholeFollows(box);
  show();
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  const chosen = isChosen();
  if (event.key === "Escape") {
    const open = document.querySelector(".filter-add[open]");
    if (open) open.open = false;
    else if (chosen && !event.target.closest(".wrow.open")) form.reset();
    return;
  }
  if (document.documentElement.classList.contains("nokeys")) return;
  const key = event.key.toLowerCase();
  const button = chosen ? form.querySelector(`[data-bulk-key="${CSS.escape(key)}"]`) : null;
  const filter = document.querySelector(`[data-opens-key="${CSS.escape(key)}"]`);
  const undo = document.querySelector(`[data-page-key="${CSS.escape(key)}"]`);
  if (button) button.click();
  else if (undo) undo.click();
  else if (filter) {
    filter.parentElement.open = true;
    filter.parentElement.querySelector("input:not([type=hidden])").focus();
  } else if (key === "v" && form) chooseRow(event.shiftKey);
  else return;
  event.preventDefault();
});
