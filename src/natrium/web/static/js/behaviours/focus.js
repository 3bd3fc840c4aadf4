// After a swap the focus is on the row acted on, or on the alert that says why not; and the row is where it was.
import { anchored } from "../anchor.js";

let row = "";
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
document.addEventListener("htmx:beforeRequest", (event) => {
  row = event.target.closest(".slot")?.dataset.back || event.target.closest("[data-row], .group")?.id || "";
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
  (again?.matches("a, button") ? again : again?.querySelector("summary, a.title, button"))?.focus({ preventScroll: true });
});
