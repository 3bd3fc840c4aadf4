// Steps and groups of a draft change places by a handle that is dragged, or by Alt and an arrow; buttons send the same.
import { movable } from "./dragging.js";

const editor = () => document.getElementById("editor");
const formOf = (holder) => holder.querySelector("form.rform, form.gform");
const nameOf = (holder) => formOf(holder).querySelector("[name=name]").value;
const say = (words) => {
  const live = document.getElementById("arranged");
  if (live) live.textContent = words;
};

// Steps and groups know their number; what is said names the place it has now.
const send = (holder, values, how = "") => {
  const form = formOf(holder);
  const csrfmiddlewaretoken = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const address = `${new URL(form.action).pathname}place/`;
  const request = { source: form, target: "#editor", swap: "outerHTML", values: { csrfmiddlewaretoken, ...values } };
  window.htmx.ajax("POST", address, request).then(() => {
    const again = document.getElementById(holder.id);
    if (!again) return;
    const isStep = again.matches("[data-step]");
    const number = isStep ? again.querySelector(".n").textContent : [...editor().querySelectorAll(".egroup")].indexOf(again) + 1;
    say(`${nameOf(again)} moved${how}, now ${isStep ? "step" : "group"} ${number}`);
    again.scrollIntoView({ block: "nearest" });
  });
};

const rowsOf = (group, but) => [...group.querySelectorAll("[data-step]")].filter((row) => row !== but);
const stepPlaces = (holder) => {
  const found = [];
  for (const group of editor().querySelectorAll(".egroup")) {
    const { group: key } = group.dataset;
    found.push({ y: group.querySelector(".esteps").getBoundingClientRect().top, where: `${key} 0` });
    for (const [at, row] of rowsOf(group, holder).entries()) found.push({ y: row.getBoundingClientRect().bottom, where: `${key} ${at + 1}` });
  }
  return found;
};
const groupPlaces = (holder) => {
  const groups = [...editor().querySelectorAll(".egroup")].filter((group) => group !== holder);
  const first = { y: groups[0].getBoundingClientRect().top - 4, where: "0" };
  return [first, ...groups.map((group, at) => ({ y: group.getBoundingClientRect().bottom + 8, where: `${at + 1}` }))];
};

const common = {
  typing: true,
  box: () => editor().querySelector(".page"),
  nudge: (holder, to) => send(holder, { to }, ` ${to}`),
};
movable({
  ...common,
  handle: "[data-step] > .handle",
  keys: "[data-step] *",
  holder: (from) => from.closest("[data-step]"),
  places: stepPlaces,
  now: (holder) => `${holder.closest(".egroup").dataset.group} ${[...holder.parentElement.children].indexOf(holder)}`,
  put: (holder, where) => {
    const [group, position] = where.split(" ");
    send(holder, { group, position });
  },
});
movable({
  ...common,
  handle: ".egroup > header > .handle",
  keys: ".egroup > header *",
  holder: (from) => (editor().querySelectorAll(".egroup").length > 1 ? from.closest(".egroup") : null),
  places: groupPlaces,
  now: (holder) => `${[...editor().querySelectorAll(".egroup")].indexOf(holder)}`,
  put: (holder, position) => send(holder, { position }),
});
