// Single keys for those who like them. They can be switched off on the help page, and never act
// while something is typed or another key is held.

const OFF = "shortcuts-off";
const HITS = /^#hit-(\d+)$/;

const ACTIONS = {
  "/": () => document.querySelector("#q")?.focus(),
  n: () => turn(1, "next"),
  p: () => turn(-1, "prev"),
  "?": () => document.querySelector(".masthead-nav a[href='/help']")?.click(),
};

document.addEventListener("keydown", (event) => {
  const action = ACTIONS[event.key];
  if (!action || !on() || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  event.preventDefault();
  action();
});

const section = document.querySelector("[data-shortcuts]");
if (section) {
  section.hidden = false;
  const button = section.querySelector("button");
  button.addEventListener("click", () => {
    remember(!on());
    show(button);
  });
  show(button);
}

// To the next match of a case, else to the next page of a list.
function turn(step, rel) {
  const here = Number(HITS.exec(location.hash)?.[1] ?? 0);
  if (document.getElementById(`hit-${here + step}`)) {
    location.hash = `#hit-${here + step}`;
  } else {
    document.querySelector(`a[rel~="${rel}"]`)?.click();
  }
}

function typing(element) {
  return element.closest("input, select, textarea, [contenteditable]") !== null;
}

function show(button) {
  button.textContent = on() ? "Switch shortcuts off" : "Switch shortcuts on";
}

function on() {
  try {
    return localStorage.getItem(OFF) === null;
  } catch {
    return true; // no storage: nothing can have been switched off
  }
}

function remember(on) {
  try {
    on ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1");
  } catch {
    // no storage: the switch holds nothing
  }
}
