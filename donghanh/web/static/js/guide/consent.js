// @ts-check
/**
 * Before answers about a person are kept: the agreement, read out, spoken with a witness or signed on the screen.
 * Without it the guide goes on and keeps nothing.
 */
import { html, nothing } from "../../vendor/lit/lit-html.js";
import { get, post } from "./sending.js";
import { icon, word } from "./words.js";

/** @typedef {import("./guide.js").Guide} Guide */

const PURPOSE = "fill_in_form";
const METHODS = ["spoken_with_witness", "signed_on_screen", "signed_on_paper"];
const SCALE = 2000;

/** @param {Guide} guide */
export function consentBox(guide) {
  if (guide.storeKind !== "server" || !guide.facts.consent || guide.facts.consent[PURPOSE]) return nothing;
  if (guide.consentTexts === undefined) void ask(guide);
  const text = guide.consentTexts?.find?.((/** @type {any} */ one) => one.purpose === PURPOSE);
  if (guide.consentTexts === "later") return html`<p class="guide-fact">${icon("shield-check")}<span>${word("nothing_is_kept")}</span><button type="button" class="button button-bare" @click=${() => { guide.consentTexts = undefined; guide.draw(); }}>${word("ask_again")}</button></p>`;
  if (!text) return nothing;
  const method = guide.consentMethod || METHODS[0];
  return html`<section class="guide-consent" aria-labelledby="g-consent"><h3 id="g-consent">${icon("shield-check")}${word("before_we_write")}</h3><p id="g-consent-text">${text.text}</p>
    <div class="row"><button type="button" class="button button-bare" data-speak=${text.text} data-lang=${guide.lang}>${icon("volume-2")}${word("say_it")}</button>
      <div class="field"><label class="visually-hidden" for="g-consent-method">${word("how_agreed")}</label><select id="g-consent-method" @change=${(/** @type {any} */ event) => { guide.consentMethod = event.target.value; guide.draw(); }}>${METHODS.map((one) => html`<option value=${one} ?selected=${one === method}>${word(`agreed_${one}`)}</option>`)}</select></div></div>
    ${method === "signed_on_screen" ? pad() : nothing}
    <div class="buttons"><button type="button" class="button" data-consent @click=${() => agree(guide, text, method)}>${icon("check")}${word("person_agrees")}</button>
      <button type="button" class="button button-quiet" @click=${() => { guide.consentTexts = "later"; guide.draw(); guide.focusOnFirst(); }}>${word("go_on_without")}</button></div></section>`;
}

/** @param {Guide} guide */
async function ask(guide) {
  guide.consentTexts = [];
  const { texts } = await get(`${guide.store.address}consent?language=${guide.lang}`).catch(() => ({ texts: [] }));
  guide.consentTexts = texts;
  guide.draw();
}

/**
 * @param {Guide} guide
 * @param {{purpose: string, hash: string}} text
 * @param {string} method
 */
async function agree(guide, text, method) {
  const signed = method === "signed_on_screen" ? { strokes: strokesOf(guide) } : {};
  if (signed.strokes && !signed.strokes.length) {
    guide.focusSoon(() => guide.querySelector("canvas"));
    return;
  }
  try {
    const state = await post(`${guide.store.address}consent`, { purpose: text.purpose, hash: text.hash, method, language: guide.lang, ...signed });
    guide.facts.consent = state.consent;
    strokes.length = 0;
    sendAll(guide);
  } catch (no) {
    guide.refused.set("", /** @type {Error} */ (no).message);
  }
  guide.draw();
  guide.focusOnFirst();
  void guide.askProposals();
}

/** What was answered before the agreement, and refused for want of it, is sent now. @param {Guide} guide */
function sendAll(guide) {
  guide.store.become("saving");
  for (const [question, answer] of Object.entries(guide.walk.answers)) {
    if (guide.walk.marks[question]?.by) continue;
    guide.store.keep(question, answer, { edition: guide.plan.hash, hand: guide.walk.marks[question]?.hand ?? guide.hand });
  }
}

/** @type {number[][][]} */
const strokes = [];

/** @param {Guide} _guide */
function strokesOf(_guide) {
  return strokes.map((stroke) => stroke.filter((_point, place) => place % 2 === 0 || stroke.length < 40));
}

/** A place to sign with finger or mouse; kept as strokes, never as a picture. */
function pad() {
  return html`<div class="guide-pad"><canvas width="600" height="180" tabindex="0" role="img" aria-label=${word("sign_here")} @pointerdown=${begin} @pointermove=${move}></canvas>
    <button type="button" class="button button-bare" @click=${clear}>${icon("rotate-ccw")}${word("sign_again")}</button></div>`;
}

/** @param {PointerEvent} event */
function point(event) {
  const canvas = /** @type {HTMLCanvasElement} */ (event.target);
  const box = canvas.getBoundingClientRect();
  const part = (/** @type {number} */ at, /** @type {number} */ all) => Math.max(0, Math.min(SCALE, Math.round((at / all) * SCALE)));
  return [part(event.clientX - box.left, box.width), part(event.clientY - box.top, box.height)];
}

/** @param {PointerEvent} event */
function begin(event) {
  /** @type {HTMLElement} */ (event.target).setPointerCapture(event.pointerId);
  strokes.push([point(event)]);
}

/** @param {PointerEvent} event */
function move(event) {
  if (!event.buttons || !strokes.length) return;
  const canvas = /** @type {HTMLCanvasElement} */ (event.target);
  const stroke = strokes[strokes.length - 1];
  const from = stroke[stroke.length - 1];
  const to = point(event);
  stroke.push(to);
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.lineWidth = 3;
  pen.lineCap = "round";
  pen.beginPath();
  pen.moveTo((from[0] / SCALE) * canvas.width, (from[1] / SCALE) * canvas.height);
  pen.lineTo((to[0] / SCALE) * canvas.width, (to[1] / SCALE) * canvas.height);
  pen.stroke();
}

/** @param {Event} event */
function clear(event) {
  strokes.length = 0;
  const canvas = /** @type {HTMLElement} */ (event.target).closest(".guide-pad")?.querySelector("canvas");
  canvas?.getContext("2d")?.clearRect(0, 0, canvas.width, canvas.height);
}
