// While one types into the filter box, the values on this page that do not fit are hidden.
// Enter still asks the server, which knows the values of all pages.

const box = document.querySelector("[data-filters]");
const rows = document.querySelectorAll(`#${box?.dataset.filters} tbody tr`);

box?.addEventListener("input", () => {
  const wanted = words(box.value);
  for (const row of rows) {
    const known = words(row.querySelector(".name").textContent);
    row.hidden = !wanted.every((start) => known.some((word) => word.startsWith(start)));
  }
});

function words(text) {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
