// @ts-check
/** Nobody has touched the screen for a while: it covers itself, after a countdown, and loses nothing. */
import { word } from "./words.js";

const COUNTDOWN = 30;
const TOUCHES = ["pointerdown", "keydown", "touchstart", "wheel"];

/**
 * @param {import("./guide.js").Guide} guide `idle` seconds, none: never
 * @returns {() => void} stops watching
 */
export function watchIdle(guide) {
  const seconds = Number(guide.getAttribute("idle"));
  if (!seconds) return () => {};
  let touched = Date.now();
  /** @type {HTMLDialogElement | undefined} */
  let cover;
  const touch = () => {
    touched = Date.now();
    if (cover && !cover.dataset.locked) cover = close(cover);
  };
  const look = () => {
    const left = Math.ceil(seconds - (Date.now() - touched) / 1000);
    if (left > COUNTDOWN || cover?.dataset.locked) return;
    cover ??= open(() => { cover = undefined; touched = Date.now(); });
    say(cover, left);
  };
  const timer = setInterval(look, 1000);
  for (const type of TOUCHES) document.addEventListener(type, touch, { passive: true });
  return () => {
    clearInterval(timer);
    for (const type of TOUCHES) document.removeEventListener(type, touch);
    if (cover) close(cover);
  };
}

/** @param {() => void} goOn */
function open(goOn) {
  const cover = document.createElement("dialog");
  cover.className = "guide-cover";
  cover.innerHTML = '<p role="status"></p><button type="button" class="button button-large"></button>';
  const button = /** @type {HTMLButtonElement} */ (cover.querySelector("button"));
  button.textContent = word("go_on_here");
  cover.addEventListener("close", () => { cover.remove(); goOn(); });
  button.addEventListener("click", () => cover.close());
  document.body.append(cover);
  return cover;
}

/** @param {HTMLDialogElement} cover @returns {undefined} */
function close(cover) {
  if (cover.open) cover.close();
  cover.remove();
}

/**
 * @param {HTMLDialogElement} cover
 * @param {number} left seconds
 */
function say(cover, left) {
  const words = /** @type {HTMLElement} */ (cover.querySelector("p"));
  if (left > 0) {
    if (!cover.open) cover.show();
    if (left === COUNTDOWN || left === 10 || !words.textContent) words.textContent = word("covers_soon", { seconds: left });
    return;
  }
  // Covered: everything behind is out of sight and out of reach until somebody goes on.
  if (cover.open) cover.removeAttribute("open");
  cover.dataset.locked = "1";
  words.textContent = word("covered");
  cover.showModal();
}
