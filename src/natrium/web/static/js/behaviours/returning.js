// Whoever goes back to a page with rows is at the row they left it from; where it is gone, at the one in its place.
import { recall, remember } from "../store.js";

const NAME = "natrium-at";
const LIMIT = 20;
const TAB = { session: true };
const address = () => location.pathname + location.search;
const rows = () => [...document.querySelectorAll("[data-row][id]")].filter((row) => row.checkVisibility());

addEventListener("pagehide", () => {
  const at = document.activeElement?.closest("[data-row][id]") ?? document.querySelector("[data-row][id].at");
  const others = Object.entries(recall(NAME, TAB) ?? {}).filter(([name]) => name !== address());
  const own = at ? [[address(), { row: at.id, number: rows().indexOf(at) }]] : [];
  remember(NAME, Object.fromEntries([...others, ...own].slice(-LIMIT)), TAB);
});

const comeBack = () => {
  const place = (recall(NAME, TAB) ?? {})[address()];
  if (!place || document.activeElement !== document.body) return;
  const row = document.getElementById(place.row) ?? rows().slice(0, place.number + 1).at(-1);
  row?.classList.add("at");
  row?.querySelector("summary, a.title")?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
};

if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") comeBack();
addEventListener("pageshow", ({ persisted }) => persisted && comeBack());
