// @ts-check
/** A newer edition is published: the case stays on its own, unless somebody compares and asks to move it. */
import { html, nothing } from "../../vendor/lit/lit-html.js";
import { get, post } from "./sending.js";
import { hasWord, icon, notice, word } from "./words.js";

/** @typedef {import("./guide.js").Guide} Guide */

const MOST_CHANGES = 25;

/** @param {Guide} guide */
export function editionNotice(guide) {
  const { newer, rebased } = guide.facts;
  if (rebased?.can_undo) {
    return notice({ tone: "information", sign: "history", body: html`<p>${word("moved_to_newer")}</p><button type="button" class="button button-quiet" @click=${() => move(guide, { undo: true })}>${icon("undo-2")}${word("back_to_older")}</button>` });
  }
  if (!newer) return nothing;
  return notice({ tone: "information", sign: "info", body: html`<p>${word("newer_edition", { number: newer.number })}</p>
    ${guide.rebase ? difference(guide) : html`<button type="button" class="button button-quiet" @click=${() => compare(guide)}>${icon("search")}${word("compare")}</button>`}` });
}

/** @param {Guide} guide */
async function compare(guide) {
  try {
    guide.rebase = await get(`${guide.store.address}rebase`);
  } catch (no) {
    guide.refused.set("", /** @type {Error} */ (no).message);
  }
  guide.draw();
}

/** @param {Guide} guide */
function difference(guide) {
  const { kept, again = [], aside = [] } = guide.rebase;
  const changes = guide.rebase.changes.filter((/** @type {any} */ one) => !one.language || one.language === guide.lang);
  return html`<ul class="guide-changes">${changes.slice(0, MOST_CHANGES).map((/** @type {any} */ one) => html`<li>${changeWords(guide, one)}</li>`)}</ul>
    ${changes.length > MOST_CHANGES ? html`<p>${word("more_changes", { many: changes.length - MOST_CHANGES })}</p>` : nothing}
    <p>${word("rebase_effect", { kept, again: again.length, aside: aside.length })}</p>
    <div class="field"><label class="field-label" for="g-why">${word("why_move")}</label><input id="g-why" type="text" maxlength="200" autocomplete="off"></div>
    <div class="buttons"><button type="button" class="button" @click=${() => move(guide, { to: guide.rebase.to.hash, why: /** @type {any} */ (guide.querySelector("#g-why"))?.value ?? "" })}>${icon("arrow-right")}${word("move_to_newer")}</button>
      <button type="button" class="button button-quiet" @click=${() => { guide.rebase = undefined; guide.draw(); }}>${word("stay")}</button></div>`;
}

/**
 * One difference as words: what happened, to which piece, from what to what, and what that does to the answers.
 * @param {Guide} guide
 * @param {{kind: string, where: string, old?: string | null, new?: string | null, effect: string}} change
 */
function changeWords(guide, change) {
  const [piece, id] = change.where.split(".");
  const list = guide.plan[piece];
  const found = Array.isArray(list) ? list.find((/** @type {any} */ one) => one.id === id) : undefined;
  const name = found?.label ?? found?.title ?? found?.name ?? found?.text ?? change.where;
  const isShort = (/** @type {string | null | undefined} */ text) => (text ?? "").length <= 120;
  const both = ["text_changed", "fee_changed"].includes(change.kind) && isShort(change.old) && isShort(change.new);
  return html`<strong>${word(`change_${change.kind}`)}</strong> ${name}${both ? html`: ${change.old ?? ""} → ${change.new ?? ""}` : nothing}${hasWord(`effect_${change.effect}`) ? html` <span class="muted">${word(`effect_${change.effect}`)}</span>` : nothing}`;
}

/**
 * @param {Guide} guide
 * @param {object} body
 */
async function move(guide, body) {
  try {
    await guide.flush();
    await post(`${guide.store.address}rebase`, body);
    location.reload();
  } catch (no) {
    guide.refused.set("", /** @type {Error} */ (no).message);
    guide.draw();
  }
}
