// Says ten minutes before the half day ends that this computer will sign out, and goes there then.
const TEN_MINUTES = 10 * 60 * 1000;
const LONGEST_TIMER = 2 ** 31 - 1;

customElements.define(
  "session-end",
  class extends HTMLElement {
    connectedCallback() {
      const left = new Date(this.getAttribute("at")).getTime() - Date.now();
      if (!Number.isFinite(left) || left > LONGEST_TIMER) return;
      this.warn = setTimeout(() => { this.firstElementChild.hidden = false; }, Math.max(0, left - TEN_MINUTES));
      this.end = setTimeout(() => location.reload(), Math.max(1000, left + 1000));
    }

    disconnectedCallback() {
      clearTimeout(this.warn);
      clearTimeout(this.end);
    }
  },
);
