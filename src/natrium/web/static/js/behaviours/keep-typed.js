// What was typed into other forms stays when something swaps what they are in.
const FIELDS = "textarea[id], input[id]:not([type=hidden]), select[id]";
export const isChanged = (field) => {
  if (field.matches("select")) {
    const options = [...field.options];
    // Where none is marked as chosen, the first is what the form came with.
    if (!options.some((option) => option.defaultSelected)) return field.selectedIndex > 0;
    return options.some((option) => option.selected !== option.defaultSelected);
  }
  if (field.type === "file") return field.files.length > 0;
  return field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
};
export const changedIn = (scope) => [...scope.querySelectorAll(FIELDS)].filter((field) => isChanged(field) && !field.readOnly);

// Remembers what is typed now, except in one form; what it returns puts it back, and says what found no field any more.
export const typed = (except) => {
  const kept = changedIn(document)
    .filter((field) => !except?.contains(field))
    .map((field) => ({ id: field.id, field, value: field.value, checked: field.checked, disc: field.closest("details.disc")?.open }));
  return () => {
    const lost = [];
    for (const { id, field: before, value, checked, disc } of kept) {
      const field = document.getElementById(id);
      if (!field) {
        if (before.matches("textarea, input[type=text]")) lost.push(value);
        continue;
      }
      if (field.type === "checkbox" || field.type === "radio") field.checked = checked;
      else if (field.type !== "file") field.value = value;
      if (disc) field.closest("details.disc").open = true;
    }
    return lost;
  };
};

let putBack = () => {};
document.addEventListener("htmx:beforeSwap", (event) => {
  putBack = typed(event.detail.requestConfig?.elt);
});
document.addEventListener("htmx:afterSwap", () => putBack());
