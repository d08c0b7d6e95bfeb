// @ts-check
/**
 * A hand scanner types like a keyboard, only faster: twelve digits and a “|” within a second, which no hand does. From
 * there on its keys are taken away from the page, the field that got the first of them is put back as it was, and
 * the text is read as a card at Enter, or when the keys stop. Ordinary typing is never touched.
 */

const BEGINNING = /[0-9]{12}\|$/u;
const FASTEST_HAND = 1000;
const SILENCE = 250;
const LONGEST = 1000;

/** The last keys, with when they came. @type {{key: string, at: number}[]} */
let recent = [];
/** The field as it was before each of those keys. @type {{field: HTMLInputElement | HTMLTextAreaElement, value: string}[]} */
let before = [];
let taken = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** Digits outside a field may be shortcuts: they wait for the next key, then are given back. @type {KeyboardEvent[]} */
let held = [];
const NEXT_KEY = 60;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let releasing;

function release() {
  clearTimeout(releasing);
  const back = held;
  held = [];
  for (const { target, key, code } of back) target?.dispatchEvent(new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, composed: true }));
}

/** @param {KeyboardEvent} event */
function hold(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  held.push(event);
  clearTimeout(releasing);
  releasing = setTimeout(release, NEXT_KEY);
}

/** Where letters go that come as text without a key, while no field has the focus. @type {HTMLInputElement | undefined} */
let sink;

function openSink() {
  const here = document.activeElement;
  if (here?.matches("input:not([type=radio], [type=checkbox]), textarea")) return;
  sink = document.createElement("input");
  sink.className = "visually-hidden";
  sink.autocomplete = "off";
  sink.tabIndex = -1;
  (here?.closest("dialog") ?? document.body).append(sink);
  sink.focus({ preventScroll: true });
}

function end() {
  clearTimeout(timer);
  sink?.remove();
  sink = undefined;
  const text = taken;
  taken = "";
  recent = [];
  before = [];
  if (text) void import("./scan.js").then(({ scannedByHand }) => scannedByHand(text));
}

/** The field gets back what it held before the scanner began. */
function giveBack() {
  const first = before[Math.max(0, before.length - 12)];
  if (!first?.field.isConnected) return;
  first.field.value = first.value;
  first.field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** @param {KeyboardEvent} event */
function key(event) {
  // What is given back is no key of anybody's.
  if (!event.isTrusted || event.isComposing || event.ctrlKey || event.metaKey) return;
  if (taken) {
    take(event);
    return;
  }
  if (event.key.length !== 1) {
    if (event.key !== "Shift") recent = before = [];
    return;
  }
  const target = event.composedPath()[0];
  const field = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : undefined;
  recent = [...recent.slice(-12), { key: event.key, at: event.timeStamp }];
  if (BEGINNING.test(recent.map((one) => one.key).join("")) && event.timeStamp - recent[0].at < FASTEST_HAND) {
    event.preventDefault();
    event.stopImmediatePropagation();
    clearTimeout(releasing);
    held = [];
    giveBack();
    taken = recent.map((one) => one.key).join("");
    openSink();
    timer = setTimeout(end, SILENCE);
    return;
  }
  before = field ? [...before.slice(-12), { field, value: field.value }] : [];
  const isShortcut = !(event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]"));
  if (isShortcut && /^[0-9]$/u.test(event.key)) hold(event);
  else release();
}

/** @param {KeyboardEvent} event */
function take(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  clearTimeout(timer);
  if (event.key === "Enter" || event.key === "Tab" || taken.length >= LONGEST) return end();
  if (event.key.length === 1 || [...event.key].length === 1) taken += event.key;
  timer = setTimeout(end, SILENCE);
}

/** Letters that come as text without a key of their own. @param {InputEvent} event */
function text(event) {
  if (!taken || !event.data) return;
  event.preventDefault();
  taken += event.data;
  clearTimeout(timer);
  timer = setTimeout(end, SILENCE);
}

window.addEventListener("keydown", key, true);
window.addEventListener("beforeinput", text, true);

// The button of a form `data-card-form` opens the camera for it.
document.addEventListener("click", (event) => {
  const button = /** @type {Element | null} */ (event.target)?.closest("[data-scan-form]");
  const form = button?.closest("form");
  if (!form) return;
  const guide = /** @type {any} */ (document.querySelector("dh-guide"));
  void import("./scan.js").then(({ scan, targetOf }) => scan(targetOf(guide?.walk ? guide : null, form)));
});
