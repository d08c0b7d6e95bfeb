// @ts-check
/**
 * Keyboard: `data-key="g"` (or `Enter`) on a button or link presses it. Ignored while typing, while a
 * dialog is open and with Ctrl, Alt or Meta. `data-keys-switch` turns all of it off (WCAG 2.1.4).
 */

const KEY = "keys";

/** @returns {boolean} */
function off() {
  try {
    return localStorage.getItem(KEY) === "off";
  } catch {
    return false;
  }
}

function show() {
  document.documentElement.dataset.keys = off() ? "off" : "on";
  for (const toggle of document.querySelectorAll("[data-keys-switch]")) {
    toggle.setAttribute("aria-pressed", String(!off()));
  }
}

/**
 * @param {EventTarget | null} place
 * @param {string} key
 */
function isTyping(place, key) {
  if (!(place instanceof Element)) return false;
  if (place.closest("input, textarea, select, [contenteditable]")) return true;
  return key === "Enter" && place.closest("a, button, summary, label") !== null;
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element | null} */ (event.target);
  if (!target?.closest("[data-keys-switch]")) return;
  try {
    if (off()) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "off");
  } catch {
    // storage forbidden: the keys stay on
  }
  show();
});

document.addEventListener("keydown", (event) => {
  if (off() || event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
  if (isTyping(event.target, event.key) || document.querySelector("dialog[open]:modal")) return;
  const wanted = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  for (const target of document.querySelectorAll("[data-key]")) {
    const button = /** @type {HTMLButtonElement} */ (target);
    if (button.dataset.key !== wanted || button.disabled || button.getClientRects().length === 0) continue;
    event.preventDefault();
    button.click();
    return;
  }
});

document.addEventListener("htmx:afterSettle", show);
show();
