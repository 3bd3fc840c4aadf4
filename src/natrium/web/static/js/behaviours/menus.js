// The menu of a row or group: asked for when it is opened, worked with the arrow keys, closed with Escape.
import { openDisc, openForm } from "./slots.js";

const items = (menu) => [...menu.querySelectorAll("[role=menuitem]")];
const opened = () => document.querySelector(".menu");
const button = (menu) => menu.parentElement.querySelector(":scope > .more");

export const close = ({ back = false } = {}) => {
  const menu = opened();
  if (!menu) return;
  const more = button(menu);
  menu.remove();
  more?.setAttribute("aria-expanded", "false");
  if (back) more?.focus();
};

const open = async (more) => {
  close();
  const holder = more.parentElement;
  await window.htmx.ajax("GET", more.href, { source: more, target: holder, swap: "beforeend" });
  const menu = holder.querySelector(":scope > .menu");
  if (!menu) return;
  more.setAttribute("aria-expanded", "true");
  const room = window.innerHeight - (document.querySelector(".tabbar")?.offsetHeight ?? 0);
  if (menu.getBoundingClientRect().bottom > room && holder.getBoundingClientRect().top > menu.offsetHeight + 56) menu.classList.add("up");
  menu.scrollIntoView({ block: "nearest" });
  items(menu)[0]?.focus();
};

// While a button of the mouse is down nothing may move beneath it: the click closes what is open.
let pressed = false;
document.addEventListener("pointerdown", () => (pressed = true), true);
for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => (pressed = false), true);
document.addEventListener("focusin", (event) => {
  const menu = opened();
  if (menu && !pressed && !menu.contains(event.target) && event.target !== button(menu)) close();
  const more = event.target.closest("a.more");
  if (more && !more.ariaHasPopup) Object.assign(more, { ariaHasPopup: "menu", ariaExpanded: "false" });
});
document.addEventListener("click", (event) => {
  const more = event.target.closest("a.more");
  const menu = opened();
  if (more && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if (menu && button(menu) === more) close();
    else open(more);
    return;
  }
  if (!menu) return;
  const item = event.target.closest("[role=menuitem]");
  if (!menu.contains(event.target)) close();
  if (!item || !menu.contains(item) || item.type === "submit") return;
  const holder = menu.parentElement;
  close();
  if (item.dataset.form) openForm(holder, item.dataset.form);
  else openDisc(holder, item.dataset.does);
});
document.addEventListener("keydown", (event) => {
  const menu = opened();
  if (!menu || !menu.contains(event.target)) return;
  const all = items(menu);
  const at = all.indexOf(event.target);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined && !event.altKey) {
    event.preventDefault();
    all.at(to % all.length)?.focus();
  } else if (event.key === "Escape") {
    event.stopPropagation();
    close({ back: true });
  } else if (event.key === "Tab") close({ back: true });
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const sent = event.detail.requestConfig?.elt;
  if (event.detail.target.matches(".wf") && !opened()?.contains(sent)) close();
});
