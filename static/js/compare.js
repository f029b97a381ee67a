// Comparing a file with the SHA-256 of the one that was issued, on the reader's device: <div data-compare="hash" hidden>.
"use strict";

const place = document.querySelector("[data-compare]");

if (place && window.crypto && crypto.subtle) {
  const field = place.querySelector("input[type=file]");
  const told = place.querySelector("[role=status]");
  const compare = async (file) => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const hash = [...digest].map((each) => each.toString(16).padStart(2, "0")).join("");
    const same = hash === place.dataset.compare;
    told.textContent = same ? place.dataset.same : place.dataset.other;
    told.className = same ? "ok" : "flag";
  };
  place.hidden = false;
  field.addEventListener("change", () => field.files[0] && compare(field.files[0]));
  place.addEventListener("dragover", (event) => event.preventDefault());
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) compare(event.dataTransfer.files[0]);
  });
}
