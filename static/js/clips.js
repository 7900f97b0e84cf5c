// What is clipped is remembered in this browser, so that clips of many pages come together in one
// brief. Without storage, a page's own form still sends what is ticked on it.

const KEY = "clips";
const MOST = 40;
const boxes = [...document.querySelectorAll("input[type=checkbox][name=clip]")];
const brief = document.querySelector("#brief");
let clips = remembered();

if (brief) {
  const shown = [...brief.querySelectorAll("input[name=clip]")].map((one) => one.value);
  const isGiven = shown.length > 0 || brief.dataset.changed !== undefined;
  if (!isGiven && clips.length && !location.search) {
    location.replace(address());
  } else if (isGiven) {
    keep(shown);
  }
}

for (const box of boxes) {
  box.checked = box.checked || clips.includes(box.value);
  box.addEventListener("change", () => {
    const others = remembered().filter((one) => one !== box.value);
    keep(box.checked ? [...others, box.value] : others);
    for (const twin of boxes) {
      twin.checked = twin.value === box.value ? box.checked : twin.checked;
    }
  });
}
keep([...new Set([...clips, ...boxes.filter((one) => one.checked).map((one) => one.value)])]);

// Clips of other pages go along with those of this one.
for (const form of document.querySelectorAll("#clips, #kit")) {
  form.addEventListener("submit", () => {
    for (const old of form.querySelectorAll("[data-other]")) {
      old.remove();
    }
    const here = new Set([...form.elements].filter((one) => one.name === "clip").map((one) => one.value));
    for (const clip of clips.filter((one) => !here.has(one))) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "clip", value: clip });
      field.dataset.other = "";
      form.append(field);
    }
  });
}

addEventListener("storage", () => {
  clips = remembered();
  tell();
});

function keep(some) {
  clips = some.slice(0, MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(clips));
  } catch {
    // no storage: the forms hold what they show
  }
  tell();
}

function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

function tell() {
  const link = document.querySelector("[data-brief]");
  link.textContent = clips.length ? `Brief (${clips.length})` : "Brief";
  link.href = clips.length ? address() : link.dataset.brief;
}

function address() {
  return `/brief?${new URLSearchParams(clips.map((one) => ["clip", one]))}`;
}
