// After a swap the focus is on the row acted on, or on the alert that says why not; and the row is where it was.
import { anchored } from "../anchor.js";

let row = "";
let last = "";
let stay = () => {};
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig } = event.detail;
  if (!target.matches(".wf, #task-main, #editor")) return;
  const from = requestConfig?.elt.closest("[data-row][id]");
  const inside = document.activeElement?.closest("[data-row][id]");
  stay = anchored([from, inside].find((one) => one && target.contains(one)));
});
document.addEventListener("htmx:afterSwap", () => {
  stay();
  stay = () => {};
});
document.addEventListener("focusin", (event) => {
  last = event.target.closest("[data-row][id]")?.id ?? last;
});
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  // A toast is in no row: its Undo leaves one at the row where one was.
  const from = target.closest("#toasts") ? last : target.closest("[data-row], .group")?.id;
  row = target.closest(".slot")?.dataset.back || from || "";
});
document.addEventListener("htmx:afterSettle", (event) => {
  const refused = (event.detail.xhr?.status ?? 0) >= 400;
  const alert = refused && (document.querySelector("#main .slot [aria-invalid=true]") ?? document.querySelector("#main [aria-invalid=true]"));
  if (alert) {
    alert.focus();
    return;
  }
  if (document.activeElement !== document.body || !row) return;
  const again = document.getElementById(row);
  (again?.matches("a, button") ? again : (again?.querySelector("summary, a.title") ?? again?.querySelector("button")))?.focus({ preventScroll: true });
});
