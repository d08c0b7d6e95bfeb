// @ts-check
/**
 * What the guide says: words and pictures come from the page (`templates/guide/_words.html`), so that they
 * are in its language. A word that is missing shows its key: a test finds it.
 */
import { html, nothing } from "../../vendor/lit/lit-html.js";

/** @type {{words: Map<string, string>, icons: string, pictograms: string} | undefined} */
let read;

function page() {
  if (read) return read;
  const words = new Map();
  const block = /** @type {HTMLTemplateElement | null} */ (document.getElementById("guide-words"));
  for (const node of block?.content.querySelectorAll("[data-word]") ?? []) {
    words.set(node.getAttribute("data-word"), node.textContent ?? "");
  }
  const found = { words, icons: block?.dataset.icons ?? "", pictograms: block?.dataset.pictograms ?? "" };
  if (block) read = found;
  return found;
}

/**
 * @param {string} key
 * @param {Record<string, string | number>} [facts] put in for {name}
 */
export function word(key, facts = {}) {
  const text = page().words.get(key) ?? key;
  return text.replace(/\{(\w+)\}/g, (all, name) => String(facts[name] ?? all));
}

/** @param {string} key */
export function hasWord(key) {
  return page().words.has(key);
}

/** @param {string} name of the sprite `icons.svg` */
export function icon(name) {
  return html`<svg class="icon" aria-hidden="true" focusable="false"><use href=${`${page().icons}#${name}`}></use></svg>`;
}

/** @param {string} name of the sprite `pictograms.svg` */
export function pictogram(name) {
  const shown = name === "other" || !name ? "help" : name;
  return html`<svg class="pictogram" aria-hidden="true" focusable="false"><use href=${`${page().pictograms}#${shown}`}></use></svg>`;
}

/**
 * A chip: word, icon, tone.
 * @param {string} label
 * @param {string} sign
 * @param {string} tone plain | primary | wait | wrong | done | information
 */
export function chip(label, sign, tone) {
  return html`<span class="chip chip-${tone}">${icon(sign)}<span>${label}</span></span>`;
}

/**
 * A notice: what happened, and what to do.
 * @param {{tone: string, sign: string, title?: unknown, body: unknown}} said
 */
export function notice({ tone, sign, title, body }) {
  return html`<div class="notice notice-${tone}">${icon(sign)}<div class="notice-body">
    ${title ? html`<p class="notice-title">${title}</p>` : nothing}${body}</div></div>`;
}

/**
 * A button that reads aloud: a recording wins over the browser's voice.
 * @param {{text: string, lang: string, audio?: string}} said
 */
export function speakButton({ text, lang, audio }) {
  if (!text) return nothing;
  return html`<button type="button" class="button button-quiet guide-speak no-print" data-speak=${text} data-lang=${lang}
    data-audio=${audio ?? nothing} data-recorded=${audio ? "" : nothing}>${icon("volume-2")}${word("read_aloud")}</button>`;
}
