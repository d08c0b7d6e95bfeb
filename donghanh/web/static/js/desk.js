// @ts-check
/**
 * The desk keeps what a person did when its screen, or its list, is drawn anew: open folds, ticked papers
 * and half written fields. Those of the case only as long as it is the same case.
 * `data-opens-fold="id"` opens a fold and goes to its first field.
 */

const DRAWN = ["desk", "desk-line"];
const FIELDS = ":is(.desk-beside, .line-more) :is(input:not([type=hidden]), textarea, select)[id]";

/** @typedef {{case: string, focus: string, folds: string[], papers: string[], typed: Map<string, string>}} Kept */

/** @type {Kept} */
let kept = { case: "", focus: "", folds: [], papers: [], typed: new Map() };

/** @returns {string} */
function caseNow() {
  return document.querySelector("[data-case]")?.getAttribute("data-case") ?? "";
}

/** Only the last move can be undone: an older toast must not offer it. */
function forgetUndo() {
  for (const undo of document.querySelectorAll("#toasts [data-toast-undo]:not([hidden])")) {
    undo.closest("[data-toast]")?.remove();
  }
}

/**
 * @param {string} id
 * @param {boolean} same whether it is still the same case
 * @returns {HTMLElement | null}
 */
function still(id, same) {
  const node = document.getElementById(id);
  return node instanceof HTMLElement && (same || node.closest(".line-more")) ? node : null;
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const detail = /** @type {CustomEvent<{target: Element, requestConfig: {elt: Element}}>} */ (event).detail;
  if (!DRAWN.includes(detail.target.id)) return;
  const sender = detail.requestConfig?.elt;
  if (detail.target.id === "desk") forgetUndo();
  const typed = new Map();
  for (const node of document.querySelectorAll(FIELDS)) {
    const field = /** @type {HTMLInputElement} */ (node);
    if (sender?.matches("form") && sender.contains(field)) continue;
    typed.set(field.id, field.value);
  }
  kept = {
    case: caseNow(),
    focus: document.activeElement?.closest("#desk") ? (document.activeElement.id ?? "") : "",
    folds: [...document.querySelectorAll("#desk details[id][open]")].map((fold) => fold.id),
    papers: [...document.querySelectorAll("[data-paper]:checked")].map((box) => box.getAttribute("data-paper") ?? ""),
    typed,
  };
});

document.addEventListener("htmx:afterSettle", (event) => {
  const target = /** @type {CustomEvent<{target: Element}>} */ (event).detail.target;
  if (!DRAWN.includes(target.id)) return;
  const same = kept.case !== "" && kept.case === caseNow();
  for (const id of kept.folds) {
    const fold = still(id, same);
    if (fold instanceof HTMLDetailsElement) fold.open = true;
  }
  for (const [id, value] of kept.typed) {
    const field = still(id, same);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value;
  }
  for (const node of same ? document.querySelectorAll("[data-paper]") : []) {
    const box = /** @type {HTMLInputElement} */ (node);
    box.checked = kept.papers.includes(box.getAttribute("data-paper") ?? "");
  }
  if (kept.focus) still(kept.focus, same)?.focus();
});

document.addEventListener("click", (event) => {
  const opener = /** @type {Element | null} */ (event.target)?.closest("[data-opens-fold]");
  const fold = opener ? document.getElementById(opener.getAttribute("data-opens-fold") ?? "") : null;
  if (!(fold instanceof HTMLDetailsElement)) return;
  event.preventDefault();
  fold.open = opener?.tagName === "SUMMARY" ? !fold.open : true;
  if (!fold.open) return;
  const first = fold.querySelector("input:not([type=hidden]), button:not(summary button), select");
  if (first instanceof HTMLElement) first.focus();
});
