// An open page shows what colleagues do meanwhile. It asks every few seconds while it is looked at; regions where
// somebody types, has a form open or marks text are left alone until they ask for the change, or are done.
import { anchored } from "../anchor.js";
import { changedIn, typed } from "./keep-typed.js";
import { opened } from "./open-state.js";
import { lifted } from "./slots.js";
import { count } from "./unread.js";

const EVERY = 5_000;
const PATIENCE = 60_000;
const REGIONS = "[data-live-region][id]";
const EDITING = "textarea, select, input:not([type=checkbox], [type=radio], [type=submit], [type=button]), [contenteditable]";
const HOLDS = "details.disc[open], details.pop[open], dialog[open], [role=alert], [data-live-busy], .htmx-request";

const marker = () => document.getElementById("live");
const pill = document.getElementById("live-says");
const announces = document.getElementById("live-status");
// `waiting`: what came and is not everywhere on the page yet; `shown`: what the page showed before that.
// `turns`: how often an action of one's own swapped something; `forced`: ask for the page whatever it shows.
let waiting = null;
let shown = null;
let turns = 0;
let forced = false;
let pause = EVERY;
let timer = 0;
let asking = false;

const isMarking = (region) => {
  const marked = getSelection();
  return marked && !marked.isCollapsed && region.contains(marked.anchorNode);
};
const isBusy = (region) =>
  region.matches(".htmx-request") ||
  region.querySelector(HOLDS) !== null ||
  (region.contains(document.activeElement) && document.activeElement.matches(EDITING)) ||
  changedIn(region).length > 0 ||
  isMarking(region);

// The focused thing by its id, or else by its place in its row.
const focused = () => {
  const element = document.activeElement;
  if (!element || element === document.body) return () => {};
  const { id } = element;
  const row = element.closest("[data-row]")?.id;
  const range = element.matches("textarea, input[type=text]") ? [element.selectionStart, element.selectionEnd] : null;
  return () => {
    if (element.isConnected) return;
    const again = (id && document.getElementById(id)) || (row && document.getElementById(row)?.querySelector("summary, a.title"));
    again?.focus({ preventScroll: true });
    if (range && again?.id === id) again.setSelectionRange(...range);
  };
};

const states = () => new Map([...document.querySelectorAll("[data-row][data-state][id]")].map((row) => [row.id, row.dataset.state]));

const keepLost = (lost) => {
  if (!lost.length) return;
  const note = document.createElement("div");
  note.className = "note late";
  const label = Object.assign(document.createElement("label"), { className: "field" });
  const words = Object.assign(document.createElement("span"), { className: "lab", textContent: "What you typed. Its form is gone from the page." });
  const text = Object.assign(document.createElement("textarea"), { className: "textarea", readOnly: true, value: lost.join("\n") });
  label.append(words, text);
  const close = Object.assign(document.createElement("button"), { className: "btn sm", type: "button", textContent: "Close" });
  close.addEventListener("click", () => note.remove());
  note.append(label, close);
  pill.after(note);
};

const swap = (pairs) => {
  const before = states();
  const at = [...document.querySelectorAll("[data-row].at")].map((row) => row.id);
  const again = [opened("details[open][id]"), anchored(), focused(), lifted(document)];
  const putBack = typed(null);
  for (const [region, fresh] of pairs) {
    region.replaceWith(fresh);
    window.htmx?.process(fresh);
  }
  keepLost(putBack());
  for (const restore of again) restore();
  for (const id of at) document.getElementById(id)?.classList.add("at");
  for (const [id, state] of states()) {
    if (before.get(id) !== state) document.getElementById(id).classList.add("arrived");
  }
};

const hush = () => {
  waiting = null;
  pill.replaceChildren();
};

const say = (words, ...more) => {
  if (pill.firstChild?.textContent === words) return;
  pill.replaceChildren(Object.assign(document.createElement("span"), { textContent: words }), ...more);
};

const offer = (words) => {
  const show = Object.assign(document.createElement("button"), { type: "button", className: "btn sm", textContent: "Show the change" });
  show.addEventListener("click", () => apply(true));
  say(words, show);
};

// Puts what came into the regions that are free, or into all; what is left goes on waiting.
const apply = (all = false) => {
  const { page, says } = waiting;
  const pairs = [];
  let left = false;
  for (const region of document.querySelectorAll(REGIONS)) {
    const fresh = page.getElementById(region.id);
    if (!fresh || pairs.some(([outer]) => outer.contains(region))) continue; // it comes with what it is in
    if (all || !isBusy(region)) pairs.push([region, fresh]);
    else left = true;
  }
  swap(pairs);
  if (left) {
    offer(says || "Something here was changed.");
    return;
  }
  hush();
  shown = null;
  announces.textContent = says;
};

const takeIn = (text) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.getElementById("live");
  if (!fresh) return;
  const { dataset } = marker();
  shown ??= dataset.since;
  dataset.since = fresh.dataset.since;
  forced = false;
  waiting = { page, says: fresh.dataset.says };
  apply();
};

const address = () => {
  const { live, since } = marker().dataset;
  const there = new URL(live, location.href);
  there.searchParams.set("since", forced ? "" : since);
  there.searchParams.set("shown", shown ?? since);
  const side = document.getElementById("side");
  if (side) there.searchParams.set("side", side.dataset.side);
  return there;
};

// Asks once; returns how long to wait until asking again.
const ask = async () => {
  const before = turns;
  const answer = await fetch(address());
  if (answer.redirected) {
    say("You are signed out. What you type stays here; sign in in another tab.");
    return pause;
  }
  if (!answer.ok) return Math.min(pause * 2, PATIENCE);
  const text = await answer.text();
  // An action of one's own was quicker: what it brought is newer.
  if (before !== turns || document.querySelector(".htmx-request")) return EVERY;
  count(answer.headers.get("Natrium-Unread"));
  if (answer.status !== 204) takeIn(text);
  else if (waiting) apply();
  else hush();
  return EVERY;
};

const again = (after) => {
  clearTimeout(timer);
  timer = setTimeout(turn, after);
};

const turn = async () => {
  if (document.visibilityState === "visible" && !asking && !document.querySelector(".htmx-request")) {
    asking = true;
    pause = await ask().catch(() => Math.min(pause * 2, PATIENCE));
    asking = false;
  }
  again(pause);
};

if (marker() && pill) {
  again(EVERY);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") again(0);
  });
  // The answer to an action says whether it left anything unseen.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb === "post") event.detail.parameters.since = waiting || forced ? "" : marker().dataset.since;
  });
  document.addEventListener("htmx:beforeSwap", () => {
    turns += 1;
    if (!waiting) return;
    // What waits is older than what is put in now: it is asked for anew.
    forced = true;
    hush();
  });
}
