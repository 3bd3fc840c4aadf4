// Escape leaves a field or closes the form of a row, and gives the focus back to the row one came from; what is typed stays.
// In a field that searches the browser's own Escape comes first: it empties what is typed, and the next one leaves.
let from = "";
document.addEventListener("focusin", (event) => {
  from = event.target.closest("[data-row][id]")?.id ?? from;
});

const toRow = (field) => {
  const row = [document.getElementById(from), document.querySelector("[data-row].at")].find((one) => one?.checkVisibility());
  const to = row?.querySelector("summary, a.title") ?? field.closest(".group")?.querySelector("summary");
  if (to) to.focus({ preventScroll: true });
  else field.blur();
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || document.querySelector("dialog[open], .menu")) return;
  const { target } = event;
  const form = target.closest("details.disc[open]");
  if (target.closest(".slot, .wrow") || (target.type === "search" && target.value)) return;
  if (form) {
    form.open = false;
    (form.closest("[data-row]") ?? form).querySelector("summary").focus({ preventScroll: true });
  } else if (target.matches(".addline input, #narrow, [data-find], #task-comment")) toRow(target);
});
