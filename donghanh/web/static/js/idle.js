// @ts-check
/**
 * `<idle-reset seconds="60" href="/kiosk/…">` around a `<dialog>`: a kiosk left alone starts over. The
 * last ten seconds are counted down where everyone can see and stop it.
 */

const COUNTDOWN = 10;

class IdleReset extends HTMLElement {
  /** @type {number} */ #left = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */ #clock;

  connectedCallback() {
    this.#stay();
    this.#clock = setInterval(() => this.#tick(), 1000);
    for (const sign of ["pointerdown", "keydown", "scroll", "input"]) {
      document.addEventListener(sign, this.#stay, { passive: true, capture: true });
    }
  }

  disconnectedCallback() {
    clearInterval(this.#clock);
    for (const sign of ["pointerdown", "keydown", "scroll", "input"]) {
      document.removeEventListener(sign, this.#stay, { capture: true });
    }
  }

  get #dialog() {
    return this.querySelector("dialog");
  }

  #stay = () => {
    this.#left = Number(this.getAttribute("seconds") ?? 60);
    if (this.#dialog?.open) this.#dialog.close();
  };

  #tick() {
    this.#left -= 1;
    if (this.#left <= 0) {
      clearInterval(this.#clock);
      location.assign(this.getAttribute("href") ?? location.pathname);
      return;
    }
    if (this.#left > COUNTDOWN) return;
    const seconds = this.querySelector("[data-seconds]");
    if (seconds) seconds.textContent = String(this.#left);
    if (this.#dialog && !this.#dialog.open) this.#dialog.showModal();
  }
}

customElements.define("idle-reset", IdleReset);
