// @ts-check
/**
 * A citizen's page: fetches its changing part when the stream says that something moved, rings when the
 * number is called, and keeps the ticks of the papers on this phone alone.
 */

const PAUSE = 4_000; // between two looks because others moved; one's own call is looked at once

/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;
let rings = false;
// One look at a time; what moved meanwhile is looked at right after it, never forgotten.
let looking = false;
let again = false;

const part = () => /** @type {HTMLElement} */ (document.querySelector("#now"));

async function refresh() {
  clearTimeout(later);
  later = undefined;
  again = true;
  if (looking) return;
  looking = true;
  while (again) {
    again = false;
    const htmx = /** @type {{htmx: {ajax: Function}}} */ (/** @type {unknown} */ (window)).htmx;
    await htmx.ajax("GET", part().dataset.now, { target: "#now", swap: "outerHTML" }).catch(() => undefined);
  }
  looking = false;
}

for (const name of ["live:ticket", "live:reset", "live:recovered"]) document.addEventListener(name, refresh);
document.addEventListener("live:changed", () => {
  later ??= setTimeout(refresh, PAUSE);
});

let before = call();
document.addEventListener("htmx:afterSwap", () => {
  showRing();
  const after = call();
  if (after && after !== before) ring();
  before = after;
});

/** Which call the page shows; empty while the number is not called. */
function call() {
  const { state, calls } = part().dataset;
  return state === "called" || state === "recalled" ? `${calls}` : "";
}

function ring() {
  navigator.vibrate?.([400, 200, 400, 200, 800]);
  if (!rings) return;
  const detail = { text: part().dataset.calledWords, lang: document.documentElement.lang, chime: true, times: 2 };
  document.dispatchEvent(new CustomEvent("speak", { detail }));
}

document.addEventListener("click", (event) => {
  if (!(/** @type {Element} */ (event.target).closest("[data-ring]"))) return;
  rings = !rings;
  showRing();
  // The touch that a browser wants before it lets a page sound.
  if (rings) document.dispatchEvent(new CustomEvent("speak", { detail: { text: "", chime: true } }));
});

function showRing() {
  const button = document.querySelector("[data-ring]");
  if (!button) return;
  const word = /** @type {HTMLElement} */ (button.querySelector("span"));
  word.dataset.off ??= word.textContent ?? "";
  button.setAttribute("aria-pressed", String(rings));
  word.textContent = rings ? (button.getAttribute("data-works") ?? "") : word.dataset.off;
}

const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-papers]"));
if (list) {
  const key = `papers-${list.dataset.papers}`;
  /** @type {string[]} */
  const ticked = JSON.parse(localStorage.getItem(key) ?? "[]");
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (list.querySelectorAll("[data-paper]"));
  for (const box of boxes) box.checked = ticked.includes(box.dataset.paper ?? "");
  list.addEventListener("change", () => {
    const now = [...boxes].filter((box) => box.checked).map((box) => box.dataset.paper);
    localStorage.setItem(key, JSON.stringify(now));
  });
}
