// Ticking many: a whole page, a stretch with Shift, how many there are, and the keys of the bar.
const form = document.querySelector(".bulkform");
const boxes = () => [...form.querySelectorAll("[name=task], [name=step]")];
const ticked = () => boxes().filter((box) => box.checked);
const every = form?.querySelector("[name=every]");
const page = form?.querySelector("[data-tick-page]");
const count = form?.querySelector("[data-count-of]");
const all = page?.querySelector("input");

const show = () => {
  const number = ticked().length;
  const noun = count.dataset.countOf;
  count.textContent = every.checked ? `All ${noun}s` : `${number} ${noun}${number === 1 ? "" : "s"}`;
  all.checked = number > 0 && number === boxes().length;
};

if (form && count) {
  page.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    show();
  });
  let last = null;
  form.addEventListener("click", (event) => {
    const box = event.target.closest("[name=task], [name=step]");
    if (!box) return;
    if (event.shiftKey && last) {
      const row = boxes();
      const [from, to] = [row.indexOf(last), row.indexOf(box)].sort((a, b) => a - b);
      for (const between of row.slice(from, to + 1)) between.checked = box.checked;
    }
    last = box;
  });
  form.addEventListener("change", show);
  form.addEventListener("reset", () => setTimeout(show));
  // The browser brings ticks back with the page, and says nothing.
  addEventListener("pageshow", show);
  show();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  const chosen = form && (ticked().length > 0 || every?.checked);
  if (event.key === "Escape") {
    const open = document.querySelector(".filter-add[open]");
    if (open) open.open = false;
    else if (chosen) form.reset();
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
  } else return;
  event.preventDefault();
});
