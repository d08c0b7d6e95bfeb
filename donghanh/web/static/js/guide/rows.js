// @ts-check
/** A question that repeats, such as children: rows that are added and removed, each with its fields. */
import { html, nothing } from "../../vendor/lit/lit-html.js";
import { control, hintOf, idOf, openingsOf, wrongOf } from "./fields.js";
import { icon, word } from "./words.js";

/** @typedef {import("./guide.js").Guide} Guide */

/**
 * @param {Guide} guide
 * @param {string} path
 */
export function rowsField(guide, path) {
  const question = guide.walk.question(path);
  const rows = guide.walk.answer(path)?.value ?? [];
  const isFull = question.most !== undefined && question.most !== null && rows.length >= question.most;
  return html`<div class="guide-rows" id=${idOf(path)} tabindex="-1" role="group" aria-label=${question.label}>
    ${rows.map((/** @type {object} */ _row, /** @type {number} */ place) => row(guide, path, place))}
    <div class="buttons">
      ${isFull ? nothing : html`<button type="button" class="button button-quiet" id=${idOf(path, "add")} @click=${() => add(guide, path)}>${icon("plus")}${word(rows.length ? "add_another" : "add_row")}</button>`}
      ${rows.length ? nothing : html`<button type="button" class="button button-quiet" aria-pressed=${String(guide.walk.answer(path)?.state === "given")}
        @click=${() => guide.set(path, { state: "given", value: [] })}>${word("nobody")}</button>`}
    </div></div>`;
}

/**
 * @param {Guide} guide
 * @param {string} path
 * @param {number} place
 */
function row(guide, path, place) {
  const fields = guide.walk.fieldsOf(path, place);
  return html`<fieldset class="guide-row"><legend class="field-label">${word("row", { number: place + 1 })}</legend>
    <div class="guide-grid">${fields.map((field) => {
      const one = `${path}.${place}.${field.id}`;
      const label = idOf(one, "label");
      return html`<div class="field" data-field=${one}><span class="field-label" id=${label}>${field.label}${field.required ? nothing : html` <span class="field-optional">${word("optional")}</span>`}</span>
        ${hintOf(guide, one)}${control(guide, one, { label })}${openingsOf(guide, one)}${wrongOf(guide, one)}</div>`;
    })}</div>
    <button type="button" class="button button-bare" @click=${() => remove(guide, path, place)}>${icon("trash-2")}${word("remove_row", { number: place + 1 })}</button></fieldset>`;
}

/**
 * @param {Guide} guide
 * @param {string} path
 */
function add(guide, path) {
  const rows = structuredClone(guide.walk.answer(path)?.value ?? []);
  guide.set(path, { state: "given", value: [...rows, {}] });
  const first = guide.walk.question(path).fields?.[0];
  if (first) guide.focusOn(idOf(`${path}.${rows.length}.${first.id}`));
}

/**
 * @param {Guide} guide
 * @param {string} path
 * @param {number} place
 */
function remove(guide, path, place) {
  const rows = structuredClone(guide.walk.answer(path)?.value ?? []);
  rows.splice(place, 1);
  guide.forgetDrafts(path);
  guide.set(path, { state: "given", value: rows });
  guide.focusOn(idOf(path, "add"));
}
