// Suggestions below a search field: <input data-suggest="/suggest/">. The server answers list options as HTML
// (components/suggestions.html). Without this file the form simply searches. Pattern: ARIA combobox with listbox.
"use strict";

for (const field of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let asked = "", timer = 0, request = null, at = -1;

  list.id = `${field.id}-list`;
  list.className = "sugg";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels.length ? field.labels[0].textContent : "");
  status.className = "vh";
  status.setAttribute("role", "status");
  field.closest(".row").after(list, status);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);

  const options = () => [...list.querySelectorAll("[role=option]")];

  const show = (on) => {
    list.hidden = !on;
    field.setAttribute("aria-expanded", String(on));
    if (!on) mark(-1);
  };

  const mark = (index) => {
    at = index;
    const all = options();
    all.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    if (at >= 0) field.setAttribute("aria-activedescendant", all[at].id);
    else field.removeAttribute("aria-activedescendant");
  };

  const fetchFor = async (text) => {
    if (request) request.abort();
    request = new AbortController();
    const address = new URL(field.dataset.suggest, location.href);
    address.searchParams.set("q", text);
    try {
      const answer = await fetch(address, { signal: request.signal, headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return show(false);
      list.innerHTML = await answer.text(); // our own server's markup; the policy forbids scripts in it
      const count = options().length;
      status.textContent = count ? `${count} ${field.dataset.some}` : field.dataset.none;
      show(count > 0);
    } catch (error) {
      if (error.name !== "AbortError") show(false); // offline or away: the form still works
    }
  };

  field.addEventListener("input", () => {
    const text = field.value.trim();
    clearTimeout(timer);
    if (text === asked) return;
    asked = text;
    if (!text) return show(false);
    timer = setTimeout(() => fetchFor(text), 120);
  });

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method is choosing characters
    const all = options();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!all.length) return;
      event.preventDefault();
      if (list.hidden) show(true);
      const next = event.key === "ArrowDown" ? at + 1 : at - 1;
      mark(next >= all.length ? -1 : next < -1 ? all.length - 1 : next);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      location.assign(all[at].dataset.url);
    }
  });

  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  field.addEventListener("blur", () => setTimeout(() => show(false), 150));
  field.addEventListener("focus", () => { if (options().length && field.value.trim() === asked) show(true); });
}
