// @ts-check
/**
 * <dh-copy-panel portal="…">: the values of the open case in the portal's own field order. C copies the next one
 * and moves on; a digit copies that line while the panel has the focus. At the end the clipboard is emptied.
 */
import { element, PortalFed } from "./guide/portal_feed.js";

class CopyPanel extends PortalFed {
  copied = new Set();
  next = 0;
  said = "";
  hasCopied = false;

  connectedCallback() {
    super.connectedCallback();
    this.addEventListener("keydown", this.press);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.removeEventListener("keydown", this.press);
  }

  get lines() {
    return this.filled.filter((one) => one.shown);
  }

  /** A digit is the line's number. @param {KeyboardEvent} event */
  press = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    void this.copy(Number(event.key) - 1);
  };

  /** @param {number} place */
  async copy(place) {
    const line = this.lines[place];
    if (!line) return;
    let isDone = true;
    try {
      await navigator.clipboard.writeText(line.shown);
    } catch {
      isDone = false; // the browser forbids it here: the value is marked, so that Ctrl+C takes it
    }
    if (isDone) this.copied.add(line.name);
    this.hasCopied ||= isDone;
    this.next = place + 1;
    this.said = this.word(isDone ? "copied" : "press_copy", { label: line.label });
    this.draw();
    const value = this.querySelector(`[data-line="${place}"] .copy-value`);
    if (!isDone && value) getSelection()?.selectAllChildren(value);
  }

  forget() {
    if (this.hasCopied) void navigator.clipboard.writeText("").catch(() => {}); // where the browser allows it
    this.copied.clear();
    this.next = 0;
    this.said = "";
    this.hasCopied = false;
    super.forget();
  }

  draw() {
    const focus = document.activeElement;
    const focused = focus && this.contains(focus) ? focus.getAttribute("data-copy") : null;
    this.place.replaceChildren(...(this.map ? this.parts() : []));
    if (focused !== null) /** @type {HTMLElement | null} */ (this.querySelector(`[data-copy="${focused}"]`))?.focus();
  }

  parts() {
    const lines = this.lines;
    const { origin = "", path = "" } = this.map ?? {};
    const isPractice = origin === "practice:"; // must never be taken for the real one
    const address = isPractice ? path : `${origin}${path}`;
    const link = element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, this.word(isPractice ? "open_practice" : "open"));
    if (!lines.length) return [link, element("p", { class: "muted" }, this.word("nothing"))];
    const isEnd = this.next >= lines.length;
    const first = element("button", { type: "button", class: "button", "data-copy": "next", "data-key": "c" }, this.word(isEnd ? "again" : "next"), element("kbd", { class: "key" }, "C"));
    first.addEventListener("click", () => this.copy(isEnd ? 0 : this.next));
    const list = element("ol", { class: "copy-lines" }, ...lines.map((line, place) => this.line(line, place)));
    return [link, first, element("p", { class: "visually-hidden", role: "status" }, this.said), list];
  }

  /**
   * @param {import("./guide/portal_values.js").Filled} line
   * @param {number} place
   */
  line(line, place) {
    const isCopied = this.copied.has(line.name);
    const button = element(
      "button", { type: "button", class: "copy-line", "data-copy": String(place), ...(place === this.next ? { "aria-current": "true" } : {}) },
      element("span", { class: "copy-label", lang: "vi" }, line.label),
      element("span", { class: "copy-value", lang: "vi" }, line.shown),
      ...(isCopied ? [element("span", { class: "copy-state" }, `✓ ${this.word("done")}`)] : []),
    );
    button.addEventListener("click", () => this.copy(place));
    return element("li", { "data-line": String(place) }, button);
  }
}

customElements.define("dh-copy-panel", CopyPanel);
