// @ts-check
/**
 * Feeds what stands beside the guide: copy panel and extension bridge. It hears `guide:answers` and `guide:flow`,
 * and forgets everything at `guide:end`.
 */
import { portalValues } from "./portal_values.js";

/** @typedef {import("./portal_values.js").PortalMap} PortalMap */
/** @typedef {import("./portal_values.js").Filled} Filled */

const GONE_AFTER = 1500;

export class PortalFed extends HTMLElement {
  /** @type {{plan?: any, answers?: Record<string, any>, areas: Record<string, string>, hidden: Set<string>}} */
  known = { areas: {}, hidden: new Set() };
  /** @type {PortalMap | undefined} */
  map = undefined;
  /** @type {Filled[]} */
  filled = [];
  words = new Map();

  connectedCallback() {
    for (const node of this.querySelector("template")?.content.querySelectorAll("[data-word]") ?? []) {
      this.words.set(node.getAttribute("data-word"), node.textContent ?? "");
    }
    document.addEventListener("guide:answers", this.hear);
    document.addEventListener("guide:flow", this.hear);
    document.addEventListener("guide:end", this.hear);
    const guide = /** @type {any} */ (document.querySelector("dh-guide"));
    if (guide?.walk?.plan && !guide.isWiped) this.take(guide.walk);
  }

  disconnectedCallback() {
    document.removeEventListener("guide:answers", this.hear);
    document.removeEventListener("guide:flow", this.hear);
    document.removeEventListener("guide:end", this.hear);
    // A swap of the desk takes an element out and puts it back; one that stays away has ended with its case.
    setTimeout(() => { if (!this.isConnected) this.forget(); }, GONE_AFTER);
  }

  /** @param {Event} event */
  hear = (event) => {
    if (event.type === "guide:end") this.forget();
    else this.take(/** @type {CustomEvent} */ (event).detail);
  };

  /** @param {{plan?: any, answers?: any, names?: Map<string, string>, flow?: any, areas?: Record<string, string>}} told */
  async take(told) {
    if (told.plan) this.known.plan = told.plan;
    if (told.answers) this.known.answers = structuredClone(told.answers);
    if (told.names) this.known.areas = Object.fromEntries(told.names);
    if (told.areas) this.known.areas = told.areas;
    if (told.flow) this.known.hidden = new Set([...(told.flow.hidden ?? []), ...(told.flow.waiting ?? [])]);
    const { plan, answers } = this.known;
    if (!plan || !answers) return;
    const wanted = this.getAttribute("portal");
    const map = (plan.portal_maps ?? []).find((/** @type {PortalMap} */ one) => !wanted || one.portal === wanted);
    this.hidden = !map;
    if (!map) return;
    // The conditions' engine is fetched only where a field asks for one.
    const { evaluate } = map.fields.some((/** @type {any} */ field) => field.when) ? await import("./conditions.js") : { evaluate: undefined };
    if (this.known.answers !== answers) return; // newer answers came meanwhile, or the end
    this.map = map;
    this.filled = portalValues(map, { plan, answers, hidden: this.known.hidden, areas: this.known.areas, today: today(), evaluate });
    this.draw();
  }

  forget() {
    this.known = { areas: {}, hidden: new Set() };
    this.map = undefined;
    this.filled = [];
    this.hidden = true;
    this.draw();
  }

  draw() {}

  /**
   * @param {string} key
   * @param {Record<string, string | number>} [facts]
   */
  word(key, facts = {}) {
    return (this.words.get(key) ?? key).replace(/\{(\w+)\}/g, (/** @type {string} */ all, /** @type {string} */ name) => String(facts[name] ?? all));
  }

  /** The part of the element that is drawn anew; its words stay beside it. */
  get place() {
    let place = this.querySelector(":scope > [data-drawn]");
    if (!place) {
      place = document.createElement("div");
      place.setAttribute("data-drawn", "");
      this.append(place);
    }
    return /** @type {HTMLElement} */ (place);
  }
}

/** Today where the ward is. */
function today() {
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());
}

/**
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} inside
 */
export function element(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}
