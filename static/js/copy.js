// A "Copy" button beside every text that is there to be copied.

const SHOWN_MS = 2000;

for (const text of document.querySelectorAll("[data-copies]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-describedby", text.id);
  const said = document.createElement("span");
  said.className = "copied";
  said.setAttribute("role", "status");
  button.addEventListener("click", () => copy(text, said));
  text.after(button, said);
}

async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text.textContent.trim());
    said.textContent = "Copied";
    setTimeout(() => (said.textContent = ""), SHOWN_MS);
  } catch {
    // Without the clipboard (no secure address, or refused) the text is at least selected.
    getSelection().selectAllChildren(text);
    said.textContent = "Selected: copy it with your keyboard";
  }
}
