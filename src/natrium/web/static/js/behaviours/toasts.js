// A toast goes after a while, unless it is read or used. What could not be sent is said, and what was typed stays.
const region = document.getElementById("toasts");
const STAYS = 6000;

const goAfterAWhile = (toast) => {
  if (!toast || toast.classList.contains("err")) return;
  const gone = () => (toast.matches(":hover, :focus-within") ? setTimeout(gone, STAYS) : toast.remove());
  setTimeout(gone, STAYS);
};

export const say = (text) => {
  const toast = document.createElement("div");
  toast.className = "toast";
  const says = document.createElement("div");
  says.className = "says";
  says.append(Object.assign(document.createElement("p"), { textContent: text }));
  toast.append(says);
  region.replaceChildren(toast);
  goAfterAWhile(toast);
};

const complain = (text, more) => {
  const toast = document.createElement("div");
  toast.className = "toast err";
  const says = document.createElement("div");
  says.className = "says";
  for (const line of [text, more]) says.append(Object.assign(document.createElement("p"), { textContent: line }));
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
  close.addEventListener("click", () => toast.remove());
  toast.append(says, close);
  region.replaceChildren(toast);
};

document.addEventListener("htmx:afterSettle", () => goAfterAWhile(region.querySelector(".toast")));
document.addEventListener("htmx:sendError", () => complain("Natrium could not be reached.", "Nothing was changed. What you typed is still here; try again."));
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401) complain("You are signed out.", "Nothing was changed. Sign in in another tab, then open this page again; copy what you typed first.");
  else if (event.detail.xhr.status === 413) complain("That is too much at once.", "Nothing was added. Add the files a few at a time.");
  else complain("That did not work.", "Nothing was changed, and what you typed is still here. Open the page again and send it once more.");
});
// A page that only a whole page can show (no access, no such thing) is not put into a row.
document.addEventListener("htmx:beforeSwap", (event) => {
  const type = event.detail.xhr.responseText.trimStart().slice(0, 15).toLowerCase();
  if (!type.startsWith("<!doctype")) return;
  event.detail.shouldSwap = false;
  complain("That was not accepted: it is not open to you, or this page is too old.", "Nothing was changed. Copy what you typed, and open the page again.");
});

goAfterAWhile(region?.querySelector(".toast"));
const here = new URL(location.href);
if (here.searchParams.has("did")) {
  here.searchParams.delete("did");
  history.replaceState(null, "", here);
}
