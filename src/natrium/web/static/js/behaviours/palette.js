// Ctrl K finds and does anything: the field keeps the focus, arrows choose among what the server found.
import { recall, remember } from "../store.js";
import { actOn, rowNow } from "./keys.js";

const SEEN = "natrium-seen";
const MOST = 8;
const dialog = document.getElementById("palette");
const field = document.getElementById("palette-q");
const list = document.getElementById("palette-found");
const says = document.getElementById("palette-says");
let row = null;

// What was looked at lately: kinds and numbers only, whose names the server alone tells, and to whom it may.
const here = /^\/(task|client|template)s\/(\d+)\/$/.exec(location.pathname);
if (here) {
  const one = `${here[1]}.${here[2]}`;
  remember(SEEN, [one, ...(recall(SEEN) ?? []).filter((other) => other !== one)].slice(0, MOST));
}

const options = () => [...list.querySelectorAll("[role=option]")].filter((option) => option.checkVisibility());
const chosen = () => list.querySelector("[aria-selected=true]");

const choose = (option) => {
  chosen()?.setAttribute("aria-selected", "false");
  if (!option) {
    field.removeAttribute("aria-activedescendant");
    return;
  }
  option.setAttribute("aria-selected", "true");
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
};

// Deeds are offered on the row that has the keys, and only those that it offers itself.
const offerDeeds = () => {
  const group = list.querySelector("[data-on-row]");
  if (!group) return;
  const name = row?.querySelector(".title")?.textContent.trim();
  for (const option of group.querySelectorAll("[data-press]")) {
    const offered = row && actOn(row, option.dataset.press, { really: false });
    if (!offered) option.remove();
  }
  group.hidden = !group.querySelector("[data-press]");
  if (name) group.querySelector("h3").textContent = name;
};

// On a client's page a new task is for that client, as by C.
const offerClient = () => {
  const start = document.querySelector('#main a[data-key=c][href*="client_id="]');
  const plain = list.querySelector('a[href="/tasks/new/"]');
  if (start && plain) plain.href = start.getAttribute("href");
};

const shown = () => {
  offerDeeds();
  offerClient();
  for (const [number, option] of options().entries()) option.id = `po-${number}`;
  choose(options()[0]);
  const count = options().length;
  says.textContent = `${count} ${count === 1 ? "choice" : "choices"}.`;
};

const open = () => {
  if (dialog.open) {
    field.select();
    return;
  }
  for (const other of document.querySelectorAll("dialog[open]")) other.close();
  row = rowNow();
  document.getElementById("palette-seen").value = (recall(SEEN) ?? []).filter((one) => one !== `${here?.[1]}.${here?.[2]}`).join(" ");
  field.value = "";
  dialog.showModal();
  field.focus();
  window.htmx.trigger(field, "look");
};

const take = (option, { apart = false } = {}) => {
  if (!option) return;
  if (option.dataset.press) {
    const on = row;
    dialog.close();
    actOn(on, option.dataset.press);
  } else if (new URL(option.href).pathname === "/keys/") {
    dialog.close();
    document.getElementById("keys").showModal();
  } else if (apart) window.open(option.href, "_blank", "noopener");
  else {
    dialog.close();
    location.assign(option.href);
  }
};

document.addEventListener("keydown", (event) => {
  if (!dialog || event.altKey || event.shiftKey || event.repeat || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
  event.preventDefault();
  if (dialog.open) dialog.close();
  else open();
});

if (dialog) {
  for (const link of document.querySelectorAll("[data-opens-palette]")) {
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
  }
  if (/Mac|iP(hone|ad)/.test(navigator.platform)) {
    for (const key of document.querySelectorAll("[data-ctrl]")) key.textContent = "⌘ K";
  }
  field.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.indexOf(chosen());
    if (event.isComposing) return;
    if (event.key === "ArrowDown") choose(all[(at + 1) % all.length]);
    else if (event.key === "ArrowUp") choose(all.at((at < 0 ? 0 : at) - 1));
    else if (event.key === "Enter") take(chosen(), { apart: event.ctrlKey || event.metaKey });
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("htmx:afterSwap", shown);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option || (option.href && (event.ctrlKey || event.metaKey || event.shiftKey))) return;
    event.preventDefault();
    take(option);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-closes-palette]")) dialog.close();
  });
  dialog.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
}
