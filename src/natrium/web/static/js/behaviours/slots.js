// Forms that open in a row or a group. What is typed into one stays, also when the panel around it is swapped.
const isTouched = (slot) =>
  [...slot.querySelectorAll("input:not([type=hidden]), textarea, select")].some((field) =>
    field.matches("select")
      ? [...field.options].some((option) => option.selected !== option.defaultSelected)
      : ["checkbox", "radio"].includes(field.type)
        ? field.checked !== field.defaultChecked
        : field.value !== field.defaultValue,
  );

const into = (slot) => {
  const field = ["[aria-invalid=true]", "input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select", "input:not([type=hidden])"]
    .map((what) => slot?.querySelector(what))
    .find(Boolean);
  field?.focus();
  if (slot?.matches(".inplace")) field?.select();
};

export const openForm = async (holder, url, back = "") => {
  for (const slot of document.querySelectorAll(".slot")) if (!isTouched(slot)) slot.remove();
  await window.htmx.ajax("GET", url, { source: holder, target: holder, swap: "beforeend" });
  const slot = holder.querySelector(":scope > .slot:last-child");
  if (slot && back) slot.dataset.back = back;
  into(slot);
};

// A form that the row has already, by the name of its action.
export const openDisc = (holder, name) => {
  const form = document.getElementById(`do-${name}-${holder.id.slice(5)}`);
  if (!form) return;
  const fold = holder.querySelector(":scope > details.fold");
  if (fold) fold.open = true;
  form.open = true;
  form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
};

const close = (slot) => {
  const holder = slot.parentElement;
  slot.remove();
  (document.getElementById(slot.dataset.back) ?? holder.querySelector("summary"))?.focus();
};

// A link to a form opens it where it belongs; without this it leads to a page of its own.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-form]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  link.closest("details.pop")?.removeAttribute("open");
  openForm(link.closest("[data-holds]") ?? document.getElementById(link.dataset.form), link.href, link.id);
});

document.addEventListener("click", (event) => {
  const slot = event.target.closest("[data-closes]")?.closest(".slot");
  if (slot) close(slot);
});
document.addEventListener("keydown", (event) => {
  const slot = event.key === "Escape" && event.target.closest(".slot");
  if (slot) close(slot);
});
// A day, or a rule, that is typed or chosen is also picked.
document.addEventListener("input", (event) => {
  const picks = event.target.dataset?.picks;
  const radio = picks && event.target.form?.querySelector(`input[type=radio][value=${picks}]`);
  if (radio) radio.checked = true;
});

// Takes the open forms off the page, except one that is being sent; what it returns puts them back where they were.
export const lifted = (scope, sent = null) => {
  const held = [...scope.querySelectorAll(".slot")]
    .filter((slot) => !slot.contains(sent))
    .map((slot) => ({ slot, at: slot.parentElement.id, panel: slot.closest(".wf")?.id, focused: slot.contains(document.activeElement) && document.activeElement }));
  for (const { slot } of held) slot.remove();
  return () => {
    for (const { slot, at, panel, focused } of held.splice(0)) {
      const holder = document.getElementById(at) ?? document.getElementById(panel);
      if (!holder || document.getElementById(slot.id)) continue;
      holder.append(slot);
      if (focused) focused.focus();
    }
  };
};

let putBack = () => {};
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig } = event.detail;
  if (!target.matches(".step, .group, [data-holds]")) putBack = lifted(target, requestConfig?.elt);
});
for (const name of ["htmx:afterSwap", "htmx:afterRequest"]) document.addEventListener(name, () => putBack());
