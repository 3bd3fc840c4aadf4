// After a swap the focus is on the row acted on, or on the alert that says why not.
let row = "";
document.addEventListener("htmx:beforeRequest", (event) => {
  row = event.target.closest("[data-row]")?.id ?? "";
});
document.addEventListener("htmx:afterSettle", () => {
  const alert = document.querySelector("#main [aria-invalid=true]");
  if (alert) {
    alert.focus();
    return;
  }
  if (document.activeElement !== document.body || !row) return;
  const again = document.getElementById(row);
  again?.querySelector("summary, a.title, button")?.focus({ preventScroll: true });
});
