// The proof of work of a public form: <form data-proof> with fields "challenge" and "answer". The browser looks for a
// number that makes SHA-256("challenge.number") begin with the zero bits the challenge asks for. Without this file the
// form can be sent all the same; a person then looks at it first. Own SHA-256, because the browser's works on https only.
"use strict";

const ROOTS = (() => {
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
  const fraction = (x) => ((x - Math.floor(x)) * 4294967296) | 0;
  return {
    start: primes.slice(0, 8).map((p) => fraction(Math.sqrt(p))),
    rounds: Int32Array.from(primes, (p) => fraction(Math.cbrt(p))),
  };
})();

const words = new Int32Array(64);

// The first 32 bits of the hash of an ASCII text.
function firstBits(text) {
  const length = text.length, blocks = ((length + 8) >> 6) + 1;
  let hash = ROOTS.start.slice();
  for (let block = 0; block < blocks; block += 1) {
    for (let i = 0; i < 16; i += 1) {
      let word = 0;
      for (let j = 0; j < 4; j += 1) {
        const at = block * 64 + i * 4 + j;
        const byte = at < length ? text.charCodeAt(at) : at === length ? 0x80 : 0;
        word = (word << 8) | byte;
      }
      words[i] = word;
    }
    if (block === blocks - 1) words[15] = length * 8;
    for (let i = 16; i < 64; i += 1) {
      const a = words[i - 15], b = words[i - 2];
      const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
      const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
      words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 64; i += 1) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROOTS.rounds[i] + words[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    hash = [a, b, c, d, e, f, g, h].map((value, i) => (value + hash[i]) | 0);
  }
  return hash[0] >>> 0;
}

for (const form of document.querySelectorAll("form[data-proof]")) {
  const field = form.elements.namedItem("answer"), status = form.querySelector("[data-proof-status]");
  const challenge = form.elements.namedItem("challenge").value;
  const bits = Number(challenge.split(":")[0].split(".")[1]);
  let number = 0, waiting = false;

  const search = () => {
    const until = performance.now() + 20;  // short, so that typing stays smooth
    do {
      if (firstBits(`${challenge}.${number}`) >>> (32 - bits) === 0) {
        field.value = String(number);
        status.textContent = "";
        if (waiting) form.submit();
        return;
      }
      number += 1;
    } while (performance.now() < until);
    setTimeout(search, 0);
  };

  form.addEventListener("submit", (event) => {
    if (field.value) return;
    event.preventDefault();
    waiting = true;
    status.textContent = form.dataset.proof;
  });
  field.value = "";
  setTimeout(search, 0);
}
