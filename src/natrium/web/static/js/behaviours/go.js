// G and then a letter leads to a place of the sidebar. It comes before the single keys, which have letters in common.
const SOON = 1500;
let since = -Infinity;

document.addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || document.querySelector("dialog[open]")) return;
    if (document.documentElement.classList.contains("nokeys")) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    const going = performance.now() - since < SOON;
    since = key === "g" && !going ? performance.now() : -Infinity;
    const link = going && document.querySelector(`.side [data-go="${CSS.escape(key)}"]`);
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    location.assign(link.href);
  },
  true,
);
