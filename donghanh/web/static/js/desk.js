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
    focus: detail.target.contains(document.activeElement) ? (document.activeElement?.id ?? "") : "",
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
  // Whoever moved on to another field in the meantime stays there.
  if (kept.focus && document.activeElement === document.body) still(kept.focus, same)?.focus();
});

// Somebody or something else is at the counter now: the eye and the keyboard begin at its top.
document.addEventListener("htmx:afterSettle", (event) => {
  const target = /** @type {CustomEvent<{target: Element}>} */ (event).detail.target;
  if (target.id !== "desk" || (kept.case !== "" && kept.case === caseNow())) return;
  const place = document.querySelector(".desk-case");
  if (!(place instanceof HTMLElement)) return;
  if (document.activeElement === document.body) place.focus({ preventScroll: true });
  if (place.getBoundingClientRect().top < 0) place.scrollIntoView({ block: "start" });
});

// The case was ended or left: whatever holds something of it lets go.
document.addEventListener("htmx:afterSettle", (event) => {
  const target = /** @type {CustomEvent<{target: Element}>} */ (event).detail.target;
  if (target.id === "desk" && kept.case && kept.case !== caseNow()) document.dispatchEvent(new CustomEvent("guide:end"));
});

// An answer on its way reaches the server before anything else happens at this desk.
document.addEventListener("htmx:confirm", (event) => {
  const guide = /** @type {any} */ (document.querySelector("dh-guide"));
  if (!guide?.hasUnsent && !guide?.drafts?.size) return;
  const { issueRequest, verb } = /** @type {CustomEvent<{issueRequest: (skip: boolean) => void, verb: string}>} */ (event).detail;
  if (verb !== "post") return;
  event.preventDefault();
  void guide.flush().then((/** @type {boolean} */ isKept) => (isKept ? issueRequest(true) : guide.draw()));
});

// Papers beside follow the answers; the words stand in the page.
document.addEventListener("guide:flow", (event) => {
  const { flow } = /** @type {CustomEvent<{flow: {papers: Record<string, string>, next: string | null}}>} */ (event).detail;
  const words = /** @type {HTMLTemplateElement | null} */ (document.getElementById("guide-words"));
  for (const row of document.querySelectorAll("[data-paper-row]")) {
    const state = flow.papers[row.getAttribute("data-paper-row") ?? ""];
    const place = /** @type {HTMLElement | null} */ (row.querySelector("[data-paper-state]"));
    if (!place || !state) continue;
    place.hidden = false;
    place.className = `desk-paper-state desk-paper-${state}`;
    place.textContent = words?.content.querySelector(`[data-word="${state}"]`)?.textContent ?? "";
  }
  const finish = document.getElementById("finish");
  if (flow.next === null && finish instanceof HTMLDetailsElement) finish.open = true;
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
