// Steps and groups are moved by their handle, or with Alt and an arrow; the menu sends the same.
import { send } from "./sending.js";

const address = (holder) => holder.querySelector(":scope > .more")?.getAttribute("href")?.replace(/menu\/$/, "") ?? "";
const keyOf = (holder) => address(holder).split("/").at(-2);
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

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const holder = event.target.closest(".step") ?? event.target.closest(".group");
  if (!holder?.querySelector(":scope > .grip")) return;
  event.preventDefault();
  move(holder, { to: event.key === "ArrowUp" ? "up" : "down" });
});

// Every place that what is dragged could go to, with the height on the page where its line is drawn.
const stepPlaces = (panel, holder) => {
  const found = [];
  for (const group of panel.querySelectorAll(".group")) {
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
const groupPlaces = (panel, holder) => {
  const groups = [...panel.querySelectorAll(".group")].filter((group) => group !== holder);
  const first = { y: groups[0]?.getBoundingClientRect().top ?? 0, where: "/" };
  return [first, ...groups.map((group) => ({ y: group.getBoundingClientRect().bottom, where: `/${keyOf(group)}` }))];
};
const whereNow = (holder) => {
  const before = holder.matches(".step") ? holder.previousElementSibling : [...holder.closest(".groups").querySelectorAll(":scope > .group")].at([...holder.closest(".groups").querySelectorAll(":scope > .group")].indexOf(holder) - 1);
  const isFirst = holder.matches(".step") ? !before : holder === holder.closest(".groups").querySelector(":scope > .group");
  return `${holder.matches(".step") ? keyOf(holder.closest(".group")) : ""}/${isFirst ? "" : keyOf(before)}`;
};

let drag = null;
const EDGE = 72;

const draw = () => {
  const { holder, y } = drag;
  const panel = holder.closest(".wf");
  const places = holder.matches(".step") ? stepPlaces(panel, holder) : groupPlaces(panel, holder);
  drag.place = places.reduce((best, one) => (Math.abs(one.y - y) < Math.abs(best.y - y) ? one : best), places[0]);
  const groups = panel.querySelector(".groups").getBoundingClientRect();
  drag.line.style.setProperty("top", `${drag.place.y - groups.top - 1}px`);
};
const scroll = () => {
  if (!drag?.line) return;
  const by = drag.y < EDGE ? drag.y - EDGE : drag.y > innerHeight - EDGE ? drag.y - innerHeight + EDGE : 0;
  if (by) {
    scrollBy(0, by / 4);
    draw();
  }
  requestAnimationFrame(scroll);
};
const begin = () => {
  drag.line = Object.assign(document.createElement("div"), { className: "drop" });
  drag.line.dataset.liveBusy = "";
  drag.holder.closest(".wf").querySelector(".groups").append(drag.line);
  drag.holder.classList.add("dragged");
  document.documentElement.classList.add("moving");
  requestAnimationFrame(scroll);
};
const end = () => {
  drag?.line?.remove();
  drag?.holder.classList.remove("dragged");
  document.documentElement.classList.remove("moving");
  drag = null;
};

document.addEventListener("pointerdown", (event) => {
  const grip = event.button === 0 && event.target.closest(".grip");
  if (!grip) return;
  event.preventDefault();
  drag = { holder: grip.parentElement, from: event.clientY, y: event.clientY };
});
document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  drag.y = event.clientY;
  if (!drag.line && Math.abs(drag.y - drag.from) > 4) begin();
  if (drag.line) draw();
});
document.addEventListener("pointerup", () => {
  if (!drag) return;
  const { holder, place } = drag;
  end();
  if (place && place.where !== whereNow(holder)) move(holder, { where: place.where });
});
document.addEventListener("pointercancel", end);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drag) end();
});
