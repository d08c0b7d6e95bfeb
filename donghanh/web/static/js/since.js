// @ts-check
/**
 * `<since-time seconds="250">4</since-time>`: full minutes since a moment,
 * kept fresh without asking the server. The server writes the first figure.
 */

const EVERY = 15_000;

class SinceTime extends HTMLElement {
  /** @type {ReturnType<typeof setInterval> | undefined} */ #timer;

  connectedCallback() {
    // The clock of this computer may be wrong: only the time that passes is taken from it.
    const start = Date.now() - Number(this.getAttribute("seconds") ?? "0") * 1000;
    const show = () => {
      this.textContent = String(Math.max(0, Math.floor((Date.now() - start) / 60_000)));
    };
    this.#timer = setInterval(show, EVERY);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }
}

customElements.define("since-time", SinceTime);
