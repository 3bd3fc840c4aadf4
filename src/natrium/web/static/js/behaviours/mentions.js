// While "@Jo" is typed into a note, the colleagues it may mean: arrows choose, Enter or Tab takes, Escape leaves.
const NOTE = "textarea[name=text]";
const MENTION = /(?<![\p{L}\p{N}_@.+-])@([\p{L}\p{M}][\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]*){0,3})?$/u;
const MOST = 8;

let people = null;
const everybody = () => {
  people ??= fetch("/api/v1/members", { headers: { accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : []))
    .then((all) => all.filter((one) => one.active).map((one) => one.name))
    .catch(() => {
      people = null;
      return [];
    });
  return people;
};

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const fits = (name, typed) => plain(name).startsWith(typed) || plain(name).split(" ").some((word) => word.startsWith(typed));

const list = Object.assign(document.createElement("ul"), { id: "mention-list", className: "mention-list" });
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Colleagues");
const says = Object.assign(document.createElement("div"), { className: "vh" });
says.setAttribute("role", "status");

let field = null;
let from = 0;
let at = 0;

const close = () => {
  if (!field) return;
  for (const name of ["aria-activedescendant", "aria-controls", "aria-autocomplete"]) field.removeAttribute(name);
  field = null;
  list.remove();
  says.textContent = "";
};

const choose = (number) => {
  at = (number + list.children.length) % list.children.length;
  for (const [place, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(place === at));
  list.children[at].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", list.children[at].id);
};

const take = (option) => {
  const target = field;
  const end = target.selectionStart;
  const word = `@${option.textContent} `;
  close();
  target.focus();
  target.setRangeText(word, from, end, "end");
  target.dispatchEvent(new Event("input", { bubbles: true }));
};

const open = (target, names, start) => {
  field = target;
  from = start;
  list.replaceChildren(
    ...names.map((name, place) => {
      const option = Object.assign(document.createElement("li"), { id: `mention-${place}`, textContent: name });
      option.setAttribute("role", "option");
      return option;
    }),
  );
  target.after(list);
  list.style.top = `${target.offsetTop + target.offsetHeight + 4}px`;
  list.style.left = `${target.offsetLeft}px`;
  list.style.width = `${target.offsetWidth}px`;
  if (!says.isConnected) document.body.append(says);
  says.textContent = `${names.length === 1 ? "1 colleague" : `${names.length} colleagues`}. Arrows choose, Enter takes.`;
  target.setAttribute("aria-autocomplete", "list");
  target.setAttribute("aria-controls", list.id);
  choose(0);
};

document.addEventListener("input", async (event) => {
  const target = event.target;
  if (!target.matches?.(NOTE)) return;
  const before = target.value.slice(0, target.selectionStart);
  const found = MENTION.exec(before);
  if (!found) {
    close();
    return;
  }
  const typed = plain(found[1] ?? "");
  const names = (await everybody()).filter((name) => fits(name, typed) && plain(name) !== typed).slice(0, MOST);
  if (document.activeElement !== target || target.value.slice(0, target.selectionStart) !== before) return;
  if (names.length) open(target, names, found.index);
  else close();
});

document.addEventListener(
  "keydown",
  (event) => {
    if (!field || event.target !== field || event.isComposing) return;
    if (event.key === "ArrowDown") choose(at + 1);
    else if (event.key === "ArrowUp") choose(at - 1);
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") take(list.children[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

// Before the click the field would lose the focus.
list.addEventListener("mousedown", (event) => {
  event.preventDefault();
  const option = event.target.closest("li");
  if (option) take(option);
});
document.addEventListener("focusout", (event) => {
  if (event.target === field) close();
});
document.addEventListener("htmx:beforeSwap", close);
