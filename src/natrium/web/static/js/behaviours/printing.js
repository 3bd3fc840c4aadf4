// On paper everything is open. Style alone does it where a browser lets it; for all others the groups and rows are opened.
let shut = [];
addEventListener("beforeprint", () => {
  shut = [...document.querySelectorAll(".group > details:not([open]), .step > .fold:not([open])")];
  for (const details of shut) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of shut.splice(0)) details.open = false;
});
