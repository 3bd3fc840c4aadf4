// The side column stays on the tab that is shown; a note is sent with Ctrl Enter.
document.addEventListener("htmx:configRequest", (event) => {
  const side = document.getElementById("side");
  if (side && event.detail.verb === "post") event.detail.parameters.side = side.dataset.side;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  if (event.target.matches("textarea[name=text]")) event.target.form?.requestSubmit();
});
