// @ts-check
/**
 * Toasts: `HX-Trigger: {"toast": {"message", "tone"?, "undo"?: {"url", "target"?, "swap"?}}}`, any DOM
 * event `toast` with the same detail, and every refused or failed htmx request.
 */

/** @typedef {{url: string, target?: string, swap?: string}} Undo */
/** @typedef {{message: string, tone?: string, undo?: Undo}} Toast */

const SECONDS = 8;
const SECONDS_WITH_UNDO = 20;

/** @param {Toast} toast */
function show({ message, tone = "done", undo }) {
  const region = document.getElementById("toasts");
  const template = document.getElementById("toast-template");
  if (!region || !(template instanceof HTMLTemplateElement)) return;
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const box = /** @type {HTMLElement} */ (copy.querySelector("[data-toast]"));
  const text = /** @type {HTMLElement} */ (copy.querySelector("[data-toast-text]"));
  const button = /** @type {HTMLElement} */ (copy.querySelector("[data-toast-undo]"));
  text.textContent = message;
  box.dataset.tone = tone;
  if (undo) {
    button.setAttribute("hx-post", undo.url);
    button.setAttribute("hx-swap", undo.swap ?? (undo.target ? "outerHTML" : "none"));
    if (undo.target) button.setAttribute("hx-target", undo.target);
    button.hidden = false;
  }
  region.append(copy);
  /** @type {any} */ (window).htmx?.process(box);
  keep(box);
}

/**
 * A toast leaves by itself unless someone reads it: not while touched or focused, never when it says
 * that something went wrong.
 * @param {HTMLElement} box
 */
function keep(box) {
  if (["wrong", "error"].includes(box.dataset.tone ?? "")) return;
  const undo = box.querySelector("[data-toast-undo]:not([hidden])");
  const lifetime = (undo ? SECONDS_WITH_UNDO : SECONDS) * 1000;
  let timer = setTimeout(() => box.remove(), lifetime);
  for (const begin of ["pointerenter", "focusin"]) box.addEventListener(begin, () => clearTimeout(timer));
  for (const end of ["pointerleave", "focusout"]) {
    box.addEventListener(end, () => {
      clearTimeout(timer);
      timer = setTimeout(() => box.remove(), lifetime);
    });
  }
}

/**
 * The words of a refusal: JSON `message`/`detail`, or the marked sentence of a partial.
 * @param {XMLHttpRequest} request
 * @returns {string}
 */
function words(request) {
  const kind = request.getResponseHeader("Content-Type") ?? "";
  if (kind.includes("json")) {
    try {
      const answer = JSON.parse(request.responseText);
      return answer.message ?? answer.detail ?? answer.title ?? "";
    } catch {
      return "";
    }
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  return page.querySelector("[data-message]")?.textContent?.trim() ?? "";
}

/** @returns {string} */
function sorry() {
  const region = document.getElementById("toasts");
  return region?.dataset.sorry ?? "";
}

document.addEventListener("toast", (event) => show(/** @type {CustomEvent<Toast>} */ (event).detail));
document.addEventListener("htmx:responseError", (event) => {
  const request = /** @type {CustomEvent<{xhr: XMLHttpRequest}>} */ (event).detail.xhr;
  show({ message: words(request) || sorry(), tone: request.status >= 500 ? "wrong" : "wait" });
});
document.addEventListener("htmx:sendError", () => show({ message: sorry(), tone: "wrong" }));
document.addEventListener("click", (event) => {
  const target = /** @type {Element | null} */ (event.target);
  target?.closest("[data-toast-close]")?.closest("[data-toast]")?.remove();
});
document.addEventListener("htmx:afterRequest", (event) => {
  const source = /** @type {CustomEvent<{elt: Element, successful: boolean}>} */ (event).detail;
  if (source.successful) source.elt.closest?.("[data-toast-undo]")?.closest("[data-toast]")?.remove();
});
for (const box of document.querySelectorAll("#toasts [data-toast]")) keep(/** @type {HTMLElement} */ (box));
