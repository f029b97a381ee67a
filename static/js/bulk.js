// Ticking rows: data-pick on each box, data-pick-all on the one above, data-bulk on the bar, data-bulk-count for
// the number. Without this file the bar is always there and the form sends what is ticked.
"use strict";

const start = (root) => {
  for (const bar of root.querySelectorAll("[data-bulk]")) {
    const form = bar.closest("form");
    if (!form || form.dataset.bulkReady) continue;
    form.dataset.bulkReady = "yes";
    const all = form.querySelector("[data-pick-all]");

    const tell = () => {
      const boxes = [...form.querySelectorAll("[data-pick]")];
      const ticked = boxes.filter((box) => box.checked);
      for (const box of boxes) box.closest("tr")?.classList.toggle("on", box.checked);
      for (const count of form.querySelectorAll("[data-bulk-count]")) count.textContent = ticked.length;
      form.querySelector("[data-bulk]").hidden = ticked.length === 0;
      if (all) {
        all.checked = boxes.length > 0 && ticked.length === boxes.length;
        all.indeterminate = ticked.length > 0 && ticked.length < boxes.length;
      }
    };

    form.addEventListener("change", (event) => {
      if (event.target === all) {
        for (const box of form.querySelectorAll("[data-pick]")) box.checked = all.checked;
      }
      tell();
    });
    tell();
  }
};

start(document);
document.addEventListener("htmx:afterSwap", () => start(document));
