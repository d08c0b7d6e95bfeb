// @ts-check
/**
 * The kiosk's own moves: says the number once it is shown, prints one slip a ticket, ignores a second
 * tap, and loads the first screen anew when the point opens, closes or gets a new build.
 */

const AFTER_PRINT = 8_000;
const WATCH = 60_000;

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    const sent = /** @type {HTMLFormElement} */ (event.target);
    if (sent.dataset.sent) event.preventDefault();
    sent.dataset.sent = "1";
  });
}
// A page brought back by "back" may be sent again: the ticket's id in it keeps it one ticket.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

const number = /** @type {HTMLElement | null} */ (document.querySelector("[data-say-now]"));
if (number) {
  const text = number.dataset.sayNow;
  document.dispatchEvent(new CustomEvent("speak", { detail: { text, lang: document.documentElement.lang } }));
}

const printer = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-print]"));
printer?.addEventListener("click", async () => {
  printer.disabled = true;
  try {
    await printSlip(printer.dataset.print ?? "");
  } finally {
    printer.disabled = false;
  }
});

/** @type {ReturnType<typeof setTimeout> | undefined} */
let leaving;

/** @param {string} address */
async function printSlip(address) {
  const headers = { ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}"), Accept: "application/json" };
  const answer = await fetch(address, { method: "POST", headers });
  if (!answer.ok) return;
  const { copy } = await answer.json();
  for (const mark of document.querySelectorAll("[data-copy]")) /** @type {HTMLElement} */ (mark).hidden = !copy;
  window.print();
  const hint = /** @type {HTMLElement | null} */ (document.querySelector("[data-take-paper]"));
  if (hint) hint.hidden = false;
  const home = document.querySelector("idle-reset")?.getAttribute("href");
  clearTimeout(leaving);
  if (home) leaving = setTimeout(() => location.assign(home), AFTER_PRINT);
}

class KioskWatch extends HTMLElement {
  /** @type {ReturnType<typeof setInterval> | undefined} */ #clock;

  connectedCallback() {
    this.#clock = setInterval(() => void this.#look(), WATCH);
  }

  disconnectedCallback() {
    clearInterval(this.#clock);
  }

  async #look() {
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => undefined);
    if (!answer?.ok) return;
    const seen = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("kiosk-watch");
    const fresh = /** @type {HTMLElement | null} */ (seen)?.dataset;
    if (fresh && (fresh.screen !== this.dataset.screen || fresh.version !== this.dataset.version)) location.reload();
  }
}
customElements.define("kiosk-watch", KioskWatch);
