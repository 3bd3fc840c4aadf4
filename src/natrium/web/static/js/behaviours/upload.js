// Files are dropped on the form that adds them; one that is too big is said before it is sent.
const MB = 1024 * 1024;
const say = (input) => {
  const most = Number(input.dataset.most);
  const big = [...input.files].find((file) => file.size > most);
  input.setCustomValidity(big ? `“${big.name}” has ${Math.ceil(big.size / MB)} MB; ${most / MB} MB is the most.` : "");
};
document.addEventListener("change", (event) => {
  if (event.target.matches?.("input[type=file][data-most]")) {
    say(event.target);
    event.target.reportValidity();
  }
});
const form = (event) => (event.dataTransfer?.types.includes("Files") ? document.getElementById("upload") : null);
for (const name of ["dragover", "dragenter"]) {
  document.addEventListener(name, (event) => {
    const target = form(event);
    if (!target) return;
    event.preventDefault();
    target.classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.getElementById("upload")?.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  const target = form(event);
  if (!target) return;
  event.preventDefault();
  target.classList.remove("over");
  const input = target.querySelector("input[type=file]");
  input.files = event.dataTransfer.files;
  say(input);
  target.requestSubmit();
});
