// What was typed into other forms stays when htmx swaps what they are in.
const FIELDS = "textarea[id], input[id]:not([type=hidden]), select[id]";
const isChanged = (field) =>
  field.matches("select")
    ? [...field.options].some((option) => option.selected !== option.defaultSelected)
    : field.type === "checkbox"
      ? field.checked !== field.defaultChecked
      : field.value !== field.defaultValue;

let kept = [];
document.addEventListener("htmx:beforeSwap", (event) => {
  const sent = event.detail.requestConfig?.elt;
  kept = [...document.querySelectorAll(FIELDS)]
    .filter((field) => isChanged(field) && !sent?.contains(field) && !field.readOnly)
    .map((field) => ({ id: field.id, value: field.value, checked: field.checked, disc: field.closest("details.disc")?.open }));
});
document.addEventListener("htmx:afterSwap", () => {
  for (const { id, value, checked, disc } of kept) {
    const field = document.getElementById(id);
    if (!field) continue;
    if (field.type === "checkbox") field.checked = checked;
    else field.value = value;
    if (disc) field.closest("details.disc").open = true;
  }
});
