// Suggestions under the search box while one types: treatments, body parts, guidelines and their
// sections, each a search of its own. The arrows choose, Enter goes there, Escape closes.

const WAIT_MS = 120;
const SHORTEST = 2;

const input = document.querySelector("#q");
const list = document.createElement("ul");
let chosen = -1;
let waiting = 0;
let asked = new AbortController();

list.id = "suggestions";
list.className = "suggestions";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Suggestions");
list.hidden = true;
input.after(list);
for (const [name, value] of Object.entries({
  role: "combobox",
  "aria-autocomplete": "list",
  "aria-controls": list.id,
  "aria-expanded": "false",
})) {
  input.setAttribute(name, value);
}

input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAIT_MS);
});
input.addEventListener("blur", close);
input.addEventListener("keydown", (event) => {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key === "Escape" && !list.hidden) {
    event.preventDefault(); // else the box is emptied as well
    close();
  } else if (event.key === "Enter" && chosen >= 0) {
    event.preventDefault();
    go(list.children[chosen]);
  } else if (event.key in steps && !list.hidden) {
    event.preventDefault();
    choose(chosen + steps[event.key]);
  }
});
// Before the box loses the focus, and the list with it.
list.addEventListener("mousedown", (event) => {
  event.preventDefault();
  const option = event.target.closest("li");
  if (option) go(option);
});

async function ask() {
  asked.abort();
  asked = new AbortController();
  const typed = input.value.trim();
  if (typed.length < SHORTEST) return close();
  try {
    const address = `/suggest.json?${new URLSearchParams({ q: typed })}`;
    const [, labels, about, urls] = await (await fetch(address, { signal: asked.signal })).json();
    show(labels.map((label, place) => option(label, about[place], urls[place], place)));
  } catch {
    close(); // no answer, or no longer wanted: the search works without
  }
}

function option(label, about, url, place) {
  const line = document.createElement("li");
  const words = document.createElement("span");
  const remark = document.createElement("span");
  line.id = `suggestion-${place}`;
  line.dataset.url = url;
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  words.textContent = label;
  remark.textContent = about;
  remark.className = "remark";
  line.append(words, " ", remark);
  return line;
}

function show(lines) {
  list.replaceChildren(...lines);
  list.hidden = lines.length === 0 || document.activeElement !== input;
  input.setAttribute("aria-expanded", String(!list.hidden));
  choose(-1);
}

function close() {
  show([]);
}

// One line, or none of them: before the first and after the last is the box itself.
function choose(place) {
  const lines = [...list.children];
  chosen = place < -1 ? lines.length - 1 : place >= lines.length ? -1 : place;
  lines.forEach((line, at) => line.setAttribute("aria-selected", String(at === chosen)));
  if (chosen >= 0) {
    input.setAttribute("aria-activedescendant", lines[chosen].id);
    lines[chosen].scrollIntoView({ block: "nearest" });
  } else {
    input.removeAttribute("aria-activedescendant");
  }
}

// The filters of the page stay in force.
function go(line) {
  const url = new URL(line.dataset.url, location.href);
  for (const kept of input.form.querySelectorAll("input[type=hidden]")) {
    url.searchParams.append(kept.name, kept.value);
  }
  location.assign(url);
}
