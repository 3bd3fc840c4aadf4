// Whoever follows a notification has read it: that is sent on first, so that the page it leads to counts right.
import { count } from "./unread.js";

const PATIENCE = 800;

const read = async (link) => {
  const body = new FormData(link.closest("li").querySelector("form"));
  const options = { method: "POST", body, keepalive: true, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) };
  await fetch(`/notifications/${link.dataset.read}/reading/`, options).catch(() => {});
};

for (const name of ["click", "auxclick"]) {
  document.addEventListener(name, async (event) => {
    const link = event.target.closest("a[data-read]");
    if (!link) return;
    const elsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!elsewhere) event.preventDefault();
    await read(link);
    if (!elsewhere) location.assign(link.href);
  });
}

// Once one is marked the focus is on the next, or on the heading where none is left.
let next = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  const row = event.target.closest("#inbox .told");
  next = row && (row.nextElementSibling ?? row.previousElementSibling)?.id;
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (!event.detail.requestConfig?.path.startsWith("/notifications/")) return;
  count(event.detail.xhr.getResponseHeader("Natrium-Unread"));
  const row = next && document.getElementById(next);
  for (const other of document.querySelectorAll("#inbox .told")) other.classList.toggle("at", other === row);
  (row?.querySelector("a.title") ?? document.querySelector("#inbox h1"))?.focus({ preventScroll: true });
});
