// Letters for people who work here all day: / find, j k down and up, x tick, Enter open. WCAG 2.1.4 asks for a way
// to switch letters off: it is in the user's menu ([data-keys-switch]) and is remembered on this device.
"use strict";

const NAME = "register-keys";
const rowMark = "at";

const stored = () => {
  try { return localStorage.getItem(NAME) !== "off"; } catch { return true; } // storage may be forbidden
};
let on = stored();

for (const place of document.querySelectorAll("[data-keys-switch]")) {
  const button = place.querySelector("button");
  const tell = () => {
    button.textContent = on ? place.dataset.on : place.dataset.off;
    button.setAttribute("aria-pressed", String(on));
  };
  place.hidden = false;
  tell();
  button.addEventListener("click", () => {
    on = !on;
    try { localStorage.setItem(NAME, on ? "on" : "off"); } catch { /* for this page only, then */ }
    tell();
  });
}

const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

const rows = () => [...document.querySelectorAll("table[data-rows] tbody tr")];

const move = (by) => {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.classList.contains(rowMark));
  const next = Math.min(all.length - 1, Math.max(0, now + by));
  if (now >= 0) all[now].classList.remove(rowMark);
  all[next].classList.add(rowMark);
  all[next].scrollIntoView({ block: "nearest" });
  all[next].querySelector("a, [data-pick]")?.focus({ preventScroll: true });
};

const current = () => document.querySelector(`table[data-rows] tr.${rowMark}`);

document.addEventListener("keydown", (event) => {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  const field = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (field) {
    event.preventDefault();
    field.focus();
  } else if (event.key === "j" || event.key === "k") {
    move(event.key === "j" ? 1 : -1);
  } else if (event.key === "x") {
    current()?.querySelector("[data-pick]")?.click();
  }
});
