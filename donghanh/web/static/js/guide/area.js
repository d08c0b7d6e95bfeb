// @ts-check
/**
 * A place chosen from the tables of today: one types a name, old or new, and confirms one of the places
 * that are offered. Nothing is ever converted silently.
 */
import { html, live, nothing } from "../../vendor/lit/lit-html.js";
import { idOf } from "./fields.js";
import { get } from "./sending.js";
import { icon, word } from "./words.js";

/** @typedef {import("./guide.js").Guide} Guide */
/** @typedef {{code: string, name: string, province: string, is_default?: boolean, old?: {name: string, district?: string, province?: string, divided?: boolean} | null}} Area */

const PAUSE = 250;
const ADDRESS = "/guide/areas";

/** @param {Area} area */
function areaName(area) {
  return [area.name, area.province].filter(Boolean).join(", ");
}

/**
 * The name of a code that was kept, asked for once.
 * @param {string} code
 */
export async function nameOf(code) {
  const { areas } = await get(`${ADDRESS}?code=${encodeURIComponent(code)}`);
  return areas[0] ? areaName(areas[0]) : code;
}

/**
 * @param {Guide} guide
 * @param {string} path
 * @param {string} words
 */
function look(guide, path, words) {
  const search = guide.searchOf(path);
  search.words = words;
  clearTimeout(search.timer);
  if (words.trim().length < 2) {
    search.found = undefined;
    guide.draw();
    return;
  }
  search.timer = setTimeout(async () => {
    try {
      const { areas } = await get(`${ADDRESS}?q=${encodeURIComponent(words)}`);
      if (search.words === words) search.found = areas;
      search.isOff = false;
    } catch {
      search.isOff = true;
    }
    guide.draw();
  }, PAUSE);
}

/**
 * @param {Guide} guide
 * @param {string} path
 * @param {Area} area
 */
function take(guide, path, area) {
  guide.walk.names.set(area.code, areaName(area));
  guide.store.name?.([...guide.walk.names]);
  guide.dropSearch(path);
  guide.set(path, { state: "given", value: area.code });
  guide.focusOn(idOf(path));
}

/**
 * @param {Guide} guide
 * @param {string} path
 * @param {{label?: string}} how
 */
export function areaField(guide, path, how) {
  const answer = guide.walk.answer(path);
  const search = guide.searchOf(path);
  const chosen = answer?.state === "given" ? guide.walk.names.get(answer.value) ?? answer.value : "";
  const found = /** @type {Area[] | undefined} */ (search.found);
  return html`<div class="guide-area"><input id=${idOf(path)} data-path=${path} type="text" inputmode="text" autocomplete="off" spellcheck="false" placeholder=${word("area_search")}
      aria-labelledby=${how.label ?? nothing} aria-describedby=${`${idOf(path, "hint")} ${idOf(path, "found")}`} aria-invalid=${guide.wrongs(path).length ? "true" : nothing}
      .value=${live(search.words ?? chosen)} @input=${(/** @type {any} */ event) => look(guide, path, event.target.value)}
      @keydown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.key === "ArrowDown") /** @type {HTMLElement | null} */ (document.getElementById(idOf(path, "found"))?.querySelector("button"))?.focus();
        if (event.key === "Enter" && found?.length) {
          // The first one is only proposed: Enter goes to it, a second Enter takes it.
          event.preventDefault();
          event.stopPropagation();
          /** @type {HTMLElement | null} */ (document.getElementById(idOf(path, "found"))?.querySelector("button"))?.focus();
        }
      }}>
    ${chosen && search.words === undefined ? html`<p class="guide-mark">${icon("map-pin")}${chosen}</p>` : nothing}
    <div id=${idOf(path, "found")} class="guide-found" aria-live="polite">${candidates(guide, path, found, search)}</div></div>`;
}

/**
 * @param {Guide} guide
 * @param {string} path
 * @param {Area[] | undefined} found
 * @param {{isOff?: boolean}} search
 */
function candidates(guide, path, found, search) {
  if (search.isOff) return html`<p class="muted">${word("area_offline")}</p>`;
  if (!found) return nothing;
  if (!found.length) return html`<p class="muted">${word("area_none")}</p>`;
  // One old name stands above all; several of them each with its own candidate.
  const isOne = new Set(found.map((one) => one.old ? [one.old.name, one.old.district].join() : "")).size === 1;
  const old = isOne ? found[0].old : null;
  return html`${old ? html`<p class="guide-old">${icon("history")}<span>${word(old.divided ? "area_divided" : "area_old", { name: [old.name, old.district].filter(Boolean).join(", ") })}</span></p>` : nothing}
    <ul class="guide-candidates">${found.map((area) => html`<li><button type="button" class="button button-quiet" @click=${() => take(guide, path, area)}
      @keydown=${step}><span>${area.name}</span><span class="muted">${area.province}</span>${area.old && !old ? html`<span class="guide-was muted">${word("was_before", { value: [area.old.name, area.old.district].filter(Boolean).join(", ") })}</span>` : nothing}</button></li>`)}</ul>`;
}

/** Arrows walk through the candidates. @param {KeyboardEvent} event */
function step(event) {
  const row = /** @type {HTMLElement} */ (event.target).closest("li");
  const next = event.key === "ArrowDown" ? row?.nextElementSibling : event.key === "ArrowUp" ? row?.previousElementSibling : null;
  if (!next) return;
  event.preventDefault();
  next.querySelector("button")?.focus();
}
