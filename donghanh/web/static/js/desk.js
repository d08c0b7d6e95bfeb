// @ts-check
/**
 * The desk keeps what a person did when its screen is drawn anew: open folds, ticked papers and half
 * written fields of the same case. `data-opens-fold="id"` opens a fold and goes to its first field.
 */

const FIELDS = ".desk-beside :is(input, textarea, select)[id], .desk-case input[name=missing]";

/** @type {{case: string, folds: string[], papers: string[], typed: Map<string, string>, sent: Element | null}} */
let kept = { case: "", folds: [], papers: [], typed: new Map(), sent: null };

/** @returns {string} */
function caseNow() {
  return document.querySelector("[data-case]")?.getAttribute("data-case") ?? "";
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const detail = /** @type {CustomEvent<{target: Element, requestConfig: {elt: Element}}>} */ (event).detail;
  if (detail.target.id !== "desk") return;
  // Only the last move can be undone: an older toast must not offer it.
  for (const undo of document.querySelectorAll("#toasts [data-toast-undo]:not([hidden])")) {
    undo.closest("[data-toast]")?.remove();
  }
  const form = detail.requestConfig?.elt?.closest?.("form") ?? null;
  const typed = new Map();
  for (const node of document.querySelectorAll(FIELDS)) {
    const field = /** @type {HTMLInputElement} */ (node);
    if (form?.contains(field) || field.type === "hidden" || !field.id) continue;
    typed.set(field.id, field.value);
  }
  kept = {
    case: caseNow(),
    folds: [...document.querySelectorAll("#desk details[id][open]")].map((fold) => fold.id),
    papers: [...document.querySelectorAll("[data-paper]:checked")].map((box) => box.getAttribute("data-paper") ?? ""),
    typed,
    sent: form,
  };
});

document.addEventListener("htmx:afterSettle", (event) => {
  const target = /** @type {CustomEvent<{target: Element}>} */ (event).detail.target;
  if (target.id !== "desk" || kept.case === "" || kept.case !== caseNow()) return;
  for (const id of kept.folds) {
    const fold = document.getElementById(id);
    if (fold instanceof HTMLDetailsElement) fold.open = true;
  }
  for (const node of document.querySelectorAll("[data-paper]")) {
    const box = /** @type {HTMLInputElement} */ (node);
    box.checked = kept.papers.includes(box.getAttribute("data-paper") ?? "");
  }
  for (const [id, value] of kept.typed) {
    const field = document.getElementById(id);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value;
  }
});

document.addEventListener("click", (event) => {
  const opener = /** @type {Element | null} */ (event.target)?.closest("[data-opens-fold]");
  const fold = opener ? document.getElementById(opener.getAttribute("data-opens-fold") ?? "") : null;
  if (!(fold instanceof HTMLDetailsElement)) return;
  event.preventDefault();
  const inside = opener?.tagName === "SUMMARY";
  fold.open = inside ? !fold.open : true;
  if (!fold.open) return;
  const first = fold.querySelector("input:not([type=hidden]), button:not(summary button), select");
  if (first instanceof HTMLElement) first.focus();
});
