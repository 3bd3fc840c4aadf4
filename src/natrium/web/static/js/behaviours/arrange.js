// Steps and groups change places: by a handle that is dragged, or by Alt and an arrow. Without this, menus do the same.
const root = () => document.querySelector("[data-behaviour=arrange]");
const token = (form) => form.querySelector("[name=csrfmiddlewaretoken]").value;
const say = (words) => {
  const live = document.getElementById(root()?.dataset.announce ?? "");
  if (live) live.textContent = words;
};

const send = (form, address, values) =>
  window.htmx.ajax("POST", address, {
    source: form,
    target: "#editor",
    swap: "outerHTML",
    values: { csrfmiddlewaretoken: token(form), ...values },
  });

const formOf = (row) => row.querySelector("form.rform, form.gform");
const addressOf = (row) => `${new URL(formOf(row).action).pathname}place/`;
const nameOf = (row) => formOf(row).querySelector("[name=name]").value;

document.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const row = event.target.closest("[data-step]") ?? event.target.closest(".egroup > header")?.parentElement;
  if (!row || !root()?.contains(row)) return;
  event.preventDefault();
  const to = event.key === "ArrowUp" ? "up" : "down";
  send(formOf(row), addressOf(row), { to }).then(() => {
    const again = document.getElementById(row.id);
    if (!again) return;
    const number = again.querySelector(".n")?.textContent;
    say(`${nameOf(again)} moved ${to}${number ? `, now step ${number}` : ""}`);
  });
});

let held = null;
let home = null;

const put = (event) => {
  const under = document.elementFromPoint(event.clientX, event.clientY);
  const row = under?.closest("[data-step]");
  const list = under?.closest(".egroup")?.querySelector(".esteps");
  if (row && row !== held) {
    const middle = row.getBoundingClientRect().top + row.offsetHeight / 2;
    row.parentElement.insertBefore(held, event.clientY < middle ? row : row.nextSibling);
  } else if (list && !row && !list.contains(held)) list.append(held);
};

const drop = () => {
  document.removeEventListener("pointermove", put);
  document.removeEventListener("pointerup", drop);
  document.removeEventListener("pointercancel", drop);
  held.classList.remove("held");
  const place = `${held.closest(".egroup").dataset.group} ${[...held.parentElement.children].indexOf(held)}`;
  const [group, position] = place.split(" ");
  const row = held;
  held = null;
  if (place === home) return;
  const name = nameOf(row);
  send(formOf(row), addressOf(row), { group, position }).then(() => say(`${name} moved`));
};

// The row leaves its place in the document while it is dragged, so the document listens, not the row.
document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest(".handle");
  const row = handle?.closest("[data-step]");
  if (!row || !root()?.contains(row) || event.button !== 0) return;
  event.preventDefault();
  handle.focus();
  held = row;
  home = `${row.closest(".egroup").dataset.group} ${[...row.parentElement.children].indexOf(row)}`;
  row.classList.add("held");
  document.addEventListener("pointermove", put);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);
});
