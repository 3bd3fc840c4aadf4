// The menu of a task: print it, or go to where a workflow is attached.
for (const button of document.querySelectorAll("[data-prints]")) button.hidden = false;
document.addEventListener("htmx:afterSwap", () => {
  for (const button of document.querySelectorAll("[data-prints]")) button.hidden = false;
});
document.addEventListener("click", (event) => {
  const pop = event.target.closest("details.pop");
  if (event.target.closest("[data-prints]")) {
    pop?.removeAttribute("open");
    print();
  }
  if (event.target.closest("[data-opens-attach]")) {
    event.preventDefault();
    pop?.removeAttribute("open");
    document.getElementById("attach-more").open = true;
    document.getElementById("attach-template").focus();
  }
  for (const other of document.querySelectorAll("details.pop[open]")) if (other !== pop) other.open = false;
});
document.addEventListener("keydown", (event) => {
  const pop = event.key === "Escape" && event.target.closest("details.pop[open]");
  if (!pop) return;
  pop.open = false;
  pop.querySelector("summary").focus();
});
