// @ts-check
/**
 * What of a procedure can be heard: a recording by a person first, else a sound rendered ahead; else the voice of the
 * browser speaks, if it knows the language, and the words stand large on the screen anyway. Without a network nothing is missing but sound.
 *
 * @typedef {{tag: string, label: string, url: string}} Way
 */
import { html, nothing, render } from "../../vendor/lit/lit-html.js";
import { get } from "./sending.js";
import { icon, word } from "./words.js";

/** @typedef {import("./guide.js").Guide} Guide */

/** @param {Guide} guide */
export async function loadSounds(guide) {
  const address = new URL(guide.getAttribute("plan") ?? "", location.href).pathname.replace(/\.json$/u, "/audio.json");
  const { audio } = await get(address).catch(() => ({ audio: undefined }));
  if (!audio || guide.isWiped) return;
  /** @type {Record<string, Way[]>} */
  guide.sounds = audio;
  guide.draw();
}

/**
 * The address of a text's sound in the language of the page, with that of a further text behind it.
 * @param {Guide} guide
 * @param {string[]} keys
 * @returns {string | undefined}
 */
export function soundOf(guide, ...keys) {
  const found = keys.map((key) => guide.sounds[key]?.find((way) => way.tag === guide.lang)?.url);
  return found[0] ? found.filter(Boolean).join(" ") : undefined;
}

/**
 * A button for each further language somebody has spoken this text in.
 * @param {Guide} guide
 * @param {string[]} keys
 */
export function otherVoices(guide, ...keys) {
  const ways = (guide.sounds[keys[0]] ?? []).filter((way) => way.tag !== guide.lang);
  if (!ways.length) return nothing;
  return html`<div class="buttons no-print">${ways.map((way) => {
    const audio = keys.map((key) => guide.sounds[key]?.find((one) => one.tag === way.tag)?.url).filter(Boolean).join(" ");
    return html`<button type="button" class="button button-quiet" data-speak=${way.label} data-lang=${way.tag} data-audio=${audio} data-recorded>${icon("volume-2")}${word("listen_in", { language: way.label })}</button>`;
  })}</div>`;
}

/** No voice speaks this here: the words are shown as large as the screen allows. @param {Event} event */
function showLarge(event) {
  const { text, chime } = /** @type {CustomEvent<{text: string, chime?: boolean}>} */ (event).detail;
  if (chime || !text || !document.querySelector("dh-guide")) return;
  const dialog = document.createElement("dialog");
  dialog.className = "scan scan-large";
  dialog.addEventListener("close", () => dialog.remove());
  render(html`<p class="muted">${word("no_voice")}</p><p class="scan-large-text">${text}</p><button type="button" class="button" @click=${() => dialog.close()}>${icon("x")}${word("scan_close")}</button>`, dialog);
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("speak:silent", showLarge);
document.addEventListener("guide:wiped", () => document.querySelector("dialog.scan-large")?.remove());
