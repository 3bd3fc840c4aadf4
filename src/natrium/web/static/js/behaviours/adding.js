// Enter adds a step and one goes on typing the next: the field is free at once, and sending waits its turn.
import { send } from "./sending.js";

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target.closest(".addline");
    if (!form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const values = Object.fromEntries(new FormData(form));
    if (!values.name.trim()) return;
    const { id } = form.elements.name;
    form.elements.name.value = "";
    form.elements.name.removeAttribute("value");
    const failed = () => {
      const again = document.getElementById(id);
      if (again && !again.value) again.value = values.name;
    };
    document.addEventListener("htmx:sendError", failed, { once: true });
    send(form.action, values, form.closest(".wf").id).then(() => document.removeEventListener("htmx:sendError", failed));
  },
  true,
);

export const toAdding = (row) => {
  const group = row?.closest(".group") ?? document.querySelector(".group:has(> details[open])");
  const details = group?.querySelector(":scope > details");
  if (!details) return;
  details.open = true;
  group.querySelector(".addline input[name=name]")?.focus();
};
