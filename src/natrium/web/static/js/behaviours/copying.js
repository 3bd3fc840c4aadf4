// What is shown only once is copied with one press. Where a browser keeps its clipboard shut, it is marked instead.
import { say } from "./toasts.js";

for (const button of document.querySelectorAll("[data-copies]")) button.hidden = false;
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const place = document.getElementById(button.dataset.copies);
  const isCopied = await navigator.clipboard?.writeText(place.textContent).then(() => true, () => false);
  if (!isCopied) getSelection().selectAllChildren(place);
  say(isCopied || document.execCommand("copy") ? "Copied." : "It is marked: copy it from here.");
});
