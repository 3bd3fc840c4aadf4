// Steps and groups of a job change places by their handle, or with Alt and an arrow; the menu sends the same.
import { movable } from "./dragging.js";
import { send } from "./sending.js";

const address = (holder) => holder.querySelector(":scope > .more")?.getAttribute("href")?.replace(/menu\/$/, "") ?? "";
const keyOf = (holder) => address(holder).split("/").at(-2);
const groupsOf = (holder) => [...holder.closest(".groups").querySelectorAll(":scope > .group")];
const reveal = (id) => {
  const holder = document.getElementById(id);
  for (let box = holder?.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  holder?.scrollIntoView({ block: "nearest" });
};

const move = (holder, values) => {
  const panel = holder.closest(".wf");
  const task = panel.querySelector("input[name=task]").value;
  send(`${address(holder)}move/`, { ...values, task }, panel.id).then(() => reveal(holder.id));
};

// In a group that is shut a step goes behind its last.
const stepPlaces = (holder) => {
  const found = [];
  for (const group of groupsOf(holder)) {
    const open = group.querySelector(":scope > details").open;
    const head = group.querySelector("summary").getBoundingClientRect();
    const rows = [...group.querySelectorAll(".step")].filter((row) => row !== holder);
    const key = keyOf(group);
    if (open || !rows.length) found.push({ y: head.bottom, where: `${key}/` });
    if (!open && rows.length) found.push({ y: head.bottom, where: `${key}/${keyOf(rows.at(-1))}` });
    if (open) for (const row of rows) found.push({ y: row.getBoundingClientRect().bottom, where: `${key}/${keyOf(row)}` });
  }
  return found;
};
const groupPlaces = (holder) => {
  const groups = groupsOf(holder).filter((group) => group !== holder);
  const first = { y: groups[0]?.getBoundingClientRect().top ?? 0, where: "/" };
  return [first, ...groups.map((group) => ({ y: group.getBoundingClientRect().bottom, where: `/${keyOf(group)}` }))];
};

const common = {
  box: (holder) => holder.closest(".groups"),
  put: (holder, where) => move(holder, { where }),
  nudge: (holder, to) => move(holder, { to }),
};
movable({
  ...common,
  handle: ".step > .grip",
  keys: ".step",
  holder: (from) => from.closest(".step:has(> .grip)"),
  places: stepPlaces,
  now: (holder) => {
    const before = holder.previousElementSibling;
    return `${keyOf(holder.closest(".group"))}/${before ? keyOf(before) : ""}`;
  },
});
movable({
  ...common,
  handle: ".group > .grip",
  keys: ".group",
  holder: (from, target) => (target.closest(".step") ? null : from.closest(".group:has(> .grip)")),
  places: groupPlaces,
  now: (holder) => {
    const at = groupsOf(holder).indexOf(holder);
    return `/${at ? keyOf(groupsOf(holder)[at - 1]) : ""}`;
  },
});
