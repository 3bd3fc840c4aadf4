// In the editor: days that are typed mean before the target until one says another thing; "no due date" empties them.
const chosen = (field) => field.closest(".duerow")?.querySelector("select[name=due]");

document.addEventListener("input", (event) => {
  const field = event.target;
  const select = field.matches("input[name=due_days]") && chosen(field);
  if (select && field.value.trim() && select.value === "none") select.value = "before";
});
document.addEventListener(
  "change",
  (event) => {
    const select = event.target;
    if (select !== chosen(select) || select.value !== "none") return;
    const days = select.closest(".duerow").querySelector("input[name=due_days]");
    days.value = "";
  },
  true,
);
