// @ts-check
/**
 * The board on the wall: events come in, numbers are shown and said. One queue of sayings for all
 * counters (speak.js), so calls never talk over each other; a call that is undone, or no longer needed,
 * leaves display and queue. The screen stays awake, and loads a new build by itself at night.
 */

import { isCall, recorded, reduce, spoken } from "./board_state.js";

const RECENT = 4;
const NEW_FOR = 10_000;
// A board that comes back after a gap shows what it missed, and says only what is still fresh.
const FRESH = 120_000;
const NIGHT = [1, 2, 3, 4];
const LEVELS = [0, 0.35, 0.7, 1];

/** @typedef {import("./board_state.js").Event} Event */

/** Milliseconds that the server's clock is ahead of this machine's: televisions are often wrong. */
let ahead = 0;
const now = () => Date.now() + ahead;

class CallBoard extends HTMLElement {
  /** @type {import("./board_state.js").State} */ #state = { calls: [], absent: [] };
  /** @type {Record<string, any>} */ #voices = {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #fades;

  connectedCallback() {
    this.#take(JSON.parse(this.dataset.state ?? "{}"));
    this.#voices = JSON.parse(this.dataset.voices ?? "{}");
    document.addEventListener("live:ticket", this.#happened);
    document.addEventListener("live:reset", this.#anew);
    document.addEventListener("htmx:afterSwap", this.#lookForBuild);
  }

  disconnectedCallback() {
    document.removeEventListener("live:ticket", this.#happened);
    document.removeEventListener("live:reset", this.#anew);
    document.removeEventListener("htmx:afterSwap", this.#lookForBuild);
  }

  /** @param {any} shown */
  #take(shown) {
    ahead = shown.now - Date.now();
    this.#state = { calls: shown.calls, absent: shown.absent };
  }

  #anew = async () => {
    const answer = await fetch(this.dataset.stateUrl ?? "", { cache: "no-store" }).catch(() => undefined);
    if (!answer?.ok) return;
    this.#take(await answer.json());
    this.#draw();
  };

  #happened = (/** @type {any} */ { detail }) => {
    const event = /** @type {Event} */ (detail);
    const before = this.#state;
    this.#state = reduce(before, event);
    if (this.#state === before) return;
    this.#draw();
    const call = this.#state.calls.find((one) => one.id === event.id);
    const was = before.calls.find((one) => one.id === event.id);
    // Whatever happened to it, an announcement that still waits for its turn is out of date.
    if (was) this.#say("unspeak", was);
    if (!isCall(event) || !call || now() - call.at > FRESH) return;
    this.#mark();
    this.#say("speak", call);
  };

  /**
   * @param {"speak" | "unspeak"} what
   * @param {import("./board_state.js").Call} call
   */
  #say(what, call) {
    const recordings = (this.dataset.recorded ?? "").split(" ");
    Object.entries(this.#voices).forEach(([lang, voice], place) => {
      const audio = recordings.includes(lang) ? recorded(call, `${this.dataset.voiceUrl}${lang}/`) : [];
      const detail = { text: spoken(call, voice), lang, audio, chime: place === 0, times: 2, volume: volume() };
      document.dispatchEvent(new CustomEvent(what, { detail }));
    });
  }

  #draw() {
    const [first, ...others] = this.#state.calls;
    this.#part("[data-quiet]").hidden = Boolean(first);
    this.#part("[data-now]").hidden = !first;
    if (first) {
      put(this.#part("[data-number]"), first.number);
      put(this.#part("[data-counter]"), first.counter);
    }
    const row = /** @type {HTMLTemplateElement} */ (this.querySelector("[data-row]"));
    const rows = others.slice(0, RECENT).map((call) => {
      const line = /** @type {DocumentFragment} */ (row.content.cloneNode(true));
      const [number, counter] = line.querySelectorAll("span");
      number.textContent = call.number;
      counter.textContent = call.counter;
      return line;
    });
    this.#part("[data-recent]").replaceChildren(...rows);
    this.#part("[data-absent]").hidden = !this.#state.absent.length;
    put(this.#part("[data-absent-numbers]"), this.#state.absent.map((one) => one.number).join("  "));
  }

  #mark() {
    const place = this.#part(".board-now");
    place.classList.add("is-new");
    clearTimeout(this.#fades);
    this.#fades = setTimeout(() => place.classList.remove("is-new"), NEW_FOR);
  }

  /** The wait that is asked for each minute tells which build the server runs. */
  #lookForBuild = () => {
    const running = document.querySelector("#board-wait")?.getAttribute("data-version");
    this.dataset.version ??= running ?? "";
    if (running !== this.dataset.version && NIGHT.includes(hourHere())) location.reload();
  };

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector));
  }
}

class BoardClock extends HTMLElement {
  connectedCallback() {
    this.#tick();
    setInterval(() => this.#tick(), 1000);
  }

  #tick() {
    put(this, new Intl.DateTimeFormat("vi", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }).format(now()));
  }
}

/** @param {Element} place @param {string} text */
function put(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

function hourHere() {
  const hour = new Intl.DateTimeFormat("en", { hour: "numeric", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh" });
  return Number(hour.format(now()));
}

/** The level set for this hour on any day before, else the one of the nearest earlier hour, else loud. */
function level() {
  for (let hour = hourHere(); hour >= 0; hour -= 1) {
    const kept = localStorage.getItem(`board-volume-${hour}`);
    if (kept !== null) return Number(kept);
  }
  return LEVELS.length - 1;
}

function volume() {
  return LEVELS[level()] ?? 1;
}

function showVolume() {
  const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-volume]"));
  const word = button?.querySelector("[data-volume-word]");
  if (word) put(word, (button?.dataset.words ?? "").split(",")[level()] ?? "");
}

document.addEventListener("click", (event) => {
  if (!(/** @type {Element} */ (event.target).closest("[data-volume]"))) return;
  localStorage.setItem(`board-volume-${hourHere()}`, String((level() + 1) % LEVELS.length));
  showVolume();
});

async function stayAwake() {
  if (document.visibilityState !== "visible") return;
  await navigator.wakeLock?.request("screen").catch(() => undefined);
}

document.addEventListener("visibilitychange", () => void stayAwake());
void stayAwake();
customElements.define("call-board", CallBoard);
customElements.define("board-clock", BoardClock);
showVolume();
setInterval(showVolume, 60_000);
