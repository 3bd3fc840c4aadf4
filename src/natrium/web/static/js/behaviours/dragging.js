// Rows and groups are taken by a handle and put where a line shows, with mouse, pen or finger; Escape lets go. Alt and
// an arrow move what has the focus by one. Pages say what may be moved and send it (moving.js, arrange.js).
const EDGE = 72;
const kinds = [];
let drag = null;

// `handle` and `keys` are selectors: what is dragged by, and from where Alt and an arrow are heard (also from a line of
// text where `typing`). `holder` finds what moves, `box` where the line is drawn; `places` gives every place it could go
// to, each with the height on the page of its line and where that is; `now` is where it is; `put` sends it there,
// `nudge` sends it "up" or "down".
export const movable = (kind) => kinds.push(kind);

const draw = () => {
  const { kind, holder, y, line } = drag;
  const places = kind.places(holder);
  drag.place = places.reduce((best, one) => (Math.abs(one.y - y) < Math.abs(best.y - y) ? one : best), places[0]);
  line.style.setProperty("top", `${drag.place.y - kind.box(holder).getBoundingClientRect().top - 1}px`);
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
  drag.kind.box(drag.holder).append(drag.line);
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
  if (event.button !== 0 || drag) return;
  for (const kind of kinds) {
    const handle = event.target.closest(kind.handle);
    const holder = handle && kind.holder(handle, event.target);
    if (!holder) continue;
    event.preventDefault();
    if (handle.matches("button")) handle.focus();
    drag = { kind, holder, from: event.clientY, y: event.clientY, pointer: event.pointerId };
    return;
  }
});
document.addEventListener("pointermove", (event) => {
  if (!drag || event.pointerId !== drag.pointer) return;
  drag.y = event.clientY;
  if (!drag.line && Math.abs(drag.y - drag.from) > 4) begin();
  if (drag.line) draw();
});
document.addEventListener("pointerup", (event) => {
  if (!drag || event.pointerId !== drag.pointer) return;
  const { kind, holder, place } = drag;
  end();
  if (place && holder.isConnected && place.where !== kind.now(holder)) kind.put(holder, place.where);
});
document.addEventListener("pointercancel", end);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drag) end();
  if (!event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  // Alt and an arrow open a list of choices or days, and move about in longer text.
  if (event.target.closest("select, textarea, [contenteditable], input[type=date]")) return;
  for (const kind of kinds) {
    const from = (kind.typing || !event.target.matches("input")) && event.target.closest(kind.keys);
    const holder = from && kind.holder(from, event.target);
    if (!holder) continue;
    event.preventDefault();
    kind.nudge(holder, event.key === "ArrowUp" ? "up" : "down");
    return;
  }
});
