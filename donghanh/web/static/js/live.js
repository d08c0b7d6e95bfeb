// @ts-check
/**
 * `<live-stream src="/live/points/{id}" last="123" events="called issued">`: the live line of a page.
 *
 * Every entry arrives as DOM event `live:<verb>` (and `live:change`) on this element, with the parsed
 * JSON as detail; both bubble, so `hx-trigger="live:change from:body"` works. Unnamed messages carry
 * their verb as `verb` in the JSON; named ones must be listed in `events`. A `beat` every 10 s proves
 * that the line lives; after 25 s of silence, or 5 s without a line, the page says so by its
 * `<connection-banner>` and hides it on recovery. The last id is kept, so nothing is missed.
 */

const SILENCE = 25_000;
const PATIENCE = 5_000;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

class LiveStream extends HTMLElement {
  /** @type {EventSource | undefined} */ #source;
  /** @type {string} */ #last = "";
  /** @type {number} */ #failures = 0;
  /** @type {boolean} */ #lost = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #silence;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #patience;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #retry;

  connectedCallback() {
    this.#last = this.getAttribute("last") ?? "";
    this.#connect();
    window.addEventListener("online", this.#again);
    document.addEventListener("visibilitychange", this.#seen);
  }

  disconnectedCallback() {
    this.#close();
    clearTimeout(this.#retry);
    clearTimeout(this.#patience);
    window.removeEventListener("online", this.#again);
    document.removeEventListener("visibilitychange", this.#seen);
  }

  /** The id of the newest entry that arrived. */
  get last() {
    return this.#last;
  }

  #again = () => {
    if (this.#lost || this.#source?.readyState !== EventSource.OPEN) this.#connect();
  };

  // A phone that slept has a dead line and does not know it.
  #seen = () => {
    if (document.visibilityState === "visible") this.#again();
  };

  #close() {
    clearTimeout(this.#silence);
    this.#source?.close();
    this.#source = undefined;
  }

  #connect() {
    this.#close();
    clearTimeout(this.#retry);
    const address = new URL(this.getAttribute("src") ?? "", location.href);
    if (this.#last) address.searchParams.set("last_event_id", this.#last);
    const source = new EventSource(address);
    this.#source = source;
    source.addEventListener("open", () => this.#alive());
    source.addEventListener("beat", (event) => {
      if (event.lastEventId) this.#last = event.lastEventId;
      this.#alive();
    });
    source.addEventListener("message", (event) => this.#arrived(event, ""));
    for (const name of (this.getAttribute("events") ?? "reset").split(/\s+/).filter(Boolean)) {
      source.addEventListener(name, (event) => this.#arrived(/** @type {MessageEvent} */ (event), name));
    }
    source.addEventListener("error", () => this.#broke());
    this.#watch();
  }

  #watch() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#broke(), SILENCE);
  }

  #alive() {
    this.#failures = 0;
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.#watch();
    if (!this.#lost) return;
    this.#lost = false;
    this.#banner(true);
    this.#tell("live:recovered", { last: this.#last });
  }

  /**
   * @param {MessageEvent} event
   * @param {string} name
   */
  #arrived(event, name) {
    this.#alive();
    if (event.lastEventId) this.#last = event.lastEventId;
    const entry = parsed(event.data);
    const verb = name || entry.verb || "message";
    this.#tell(`live:${verb}`, entry);
    this.#tell("live:change", { ...entry, verb });
  }

  #broke() {
    this.#close();
    this.#patience ??= setTimeout(() => this.#say(), PATIENCE);
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures);
    this.#failures += 1;
    // Jitter: two hundred boards must not all return in the same moment.
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), wait * (0.5 + Math.random() / 2));
  }

  #say() {
    if (this.#lost) return;
    this.#lost = true;
    this.#banner(false);
    this.#tell("live:lost", { last: this.#last });
  }

  /** @param {boolean} hidden */
  #banner(hidden) {
    for (const banner of document.querySelectorAll("connection-banner")) {
      /** @type {HTMLElement} */ (banner).hidden = hidden;
    }
  }

  /**
   * @param {string} type
   * @param {object} detail
   */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

/**
 * @param {string} text
 * @returns {Record<string, any>}
 */
function parsed(text) {
  try {
    const entry = JSON.parse(text);
    return entry !== null && typeof entry === "object" ? entry : { value: entry };
  } catch {
    return { text };
  }
}

customElements.define("live-stream", LiveStream);
