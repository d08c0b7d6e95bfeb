// @ts-check
/** The fields of the guide, in both views: what one types into, chooses from or ticks. */
import { html, live, nothing } from "../../vendor/lit/lit-html.js";
import { areaField } from "./area.js";
import { rowsField } from "./rows.js";
import { icon, word } from "./words.js";

/** @typedef {import("./guide.js").Guide} Guide */
/** @typedef {import("./walk.js").Question} Question */

/** What stands side by side in the fast view before it folds into a list: choices, and letters of all of them. */
const MOST_RADIOS = 3;
const MOST_LETTERS = 44;
/** @type {Record<string, {mode: string, size: string}>} */
const TYPED = {
  text: { mode: "text", size: "" },
  name: { mode: "text", size: "" },
  address: { mode: "text", size: "" },
  date: { mode: "text", size: "field-short" },
  partial_date: { mode: "text", size: "field-short" },
  integer: { mode: "numeric", size: "field-short" },
  money: { mode: "numeric", size: "field-short" },
  phone: { mode: "tel", size: "field-short" },
  citizen_id: { mode: "numeric", size: "field-short" },
};

/** @param {string} path @param {string} [part] */
export function idOf(path, part = "") {
  return `g-${path.replaceAll(".", "-")}${part ? `-${part}` : ""}`;
}

/**
 * What a field says about itself to a screen reader.
 * @param {Guide} guide
 * @param {string} path
 */
function describedBy(guide, path) {
  const question = guide.walk.question(path);
  const parts = [question.hint || question.example ? idOf(path, "hint") : "", guide.wrongs(path).length ? idOf(path, "wrong") : ""];
  return parts.filter(Boolean).join(" ") || nothing;
}

/**
 * The control alone, without label, hint or error.
 * @param {Guide} guide
 * @param {string} path
 * @param {{label?: string, large?: boolean}} [how] `label`: id of what names it, when no label element does
 */
export function control(guide, path, how = {}) {
  const { type } = guide.walk.question(path);
  if (type === "area") return areaField(guide, path, how);
  if (type === "repeat") return rowsField(guide, path);
  if (type === "choices") return boxes(guide, path, how);
  if (type === "yes_no" || type === "choice") return choice(guide, path, how);
  if (type === "date" && how.large) return threeParts(guide, path, ["day", "month", "year"]);
  if (type === "partial_date" && how.large) return threeParts(guide, path, ["day", "month", "year"]);
  return line(guide, path, how);
}

/**
 * @param {Guide} guide
 * @param {string} path
 * @param {{label?: string}} how
 */
function line(guide, path, how) {
  const { type, required } = guide.walk.question(path);
  const { mode } = TYPED[type] ?? TYPED.text;
  return html`<input id=${idOf(path)} data-path=${path} type="text" inputmode=${mode} autocomplete="off" autocapitalize=${type === "name" ? "words" : "off"}
    spellcheck="false" aria-labelledby=${how.label ?? nothing} aria-describedby=${describedBy(guide, path)} aria-required=${String(required)}
    aria-invalid=${guide.wrongs(path).length ? "true" : nothing} .value=${live(guide.raw(path))}
    @input=${(/** @type {any} */ event) => guide.draft(path, event.target.value)}
    @change=${(/** @type {any} */ event) => guide.type(path, event.target.value)}>`;
}

/**
 * Day, month and year apart, for whoever types a date once a year.
 * @param {Guide} guide
 * @param {string} path
 * @param {string[]} parts
 */
function threeParts(guide, path, parts) {
  const typed = guide.raw(path).split("/");
  while (typed.length < parts.length) typed.unshift("");
  const gather = (/** @type {any} */ event) => {
    const boxes = event.target.closest(".guide-date").querySelectorAll("input");
    const all = [...boxes].map((box) => box.value.trim());
    while (all.length && all[0] === "") all.shift();
    return all.join("/");
  };
  return html`<div class="guide-date">${parts.map((part, place) => html`
    <div class="field"><label class="field-label" for=${idOf(path, part)}>${word(part)}</label>
      <input id=${place ? idOf(path, part) : idOf(path, "day")} data-path=${path} type="text" inputmode="numeric" maxlength=${part === "year" ? 4 : 2} autocomplete="off"
        class="guide-date-${part}" aria-describedby=${describedBy(guide, path)} aria-invalid=${guide.wrongs(path).length ? "true" : nothing}
        .value=${live(typed[place])} @input=${(/** @type {any} */ event) => guide.draft(path, gather(event))}
        @change=${(/** @type {any} */ event) => {
          const all = [...event.target.closest(".guide-date").querySelectorAll("input")];
          // Only a whole date is an answer; the parts on the way to it are not wrong.
          if (all.every((box) => box.value.trim()) || all.every((box) => !box.value.trim())) guide.type(path, gather(event));
        }}></div>`)}</div>`;
}

/**
 * What can be chosen, with the ways of leaving it open last.
 * @param {Question} question
 */
export function optionsOf(question) {
  const given = question.type === "yes_no"
    ? [{ id: "yes", label: word("yes"), answer: { state: "given", value: true } }, { id: "no", label: word("no"), answer: { state: "given", value: false } }]
    : (question.choices ?? []).map((one) => ({ ...one, answer: { state: "given", value: one.id } }));
  return [...given, ...(question.allow ?? []).map((state) => ({ id: state, label: word(state), answer: { state } }))];
}

/** @param {Question} question */
function isList(question) {
  const options = optionsOf(question);
  return question.type === "choice" && (options.length > MOST_RADIOS || options.map((one) => one.label).join("").length > MOST_LETTERS);
}

/**
 * @param {{answer: {state: string, value?: any}}} option
 * @param {import("./walk.js").Answer | undefined} answer
 */
export function isChosen(option, answer) {
  return answer?.state === option.answer.state && answer?.value === option.answer.value;
}

/**
 * @param {Guide} guide
 * @param {string} path
 * @param {{label?: string, large?: boolean}} how
 */
function choice(guide, path, how) {
  const question = guide.walk.question(path);
  const options = optionsOf(question);
  const answer = guide.walk.answer(path);
  if (!how.large && isList(question)) return list(guide, path, options, how);
  return html`<div class="guide-radios" role="radiogroup" id=${idOf(path, "group")} aria-labelledby=${how.label ?? idOf(path, "label")} aria-describedby=${describedBy(guide, path)}
      aria-required=${String(question.required)} aria-invalid=${guide.wrongs(path).length ? "true" : nothing}>
    ${options.map((option, place) => html`<label class="guide-radio"><input type="radio" name=${idOf(path)} id=${place ? idOf(path, `is-${option.id}`) : idOf(path)} data-path=${path}
      value=${option.id} .checked=${live(isChosen(option, answer))} @change=${() => guide.set(path, option.answer)}><span>${option.label}</span></label>`)}</div>`;
}

/**
 * @param {Guide} guide
 * @param {string} path
 * @param {ReturnType<typeof optionsOf>} options
 * @param {{label?: string}} how
 */
function list(guide, path, options, how) {
  const answer = guide.walk.answer(path);
  const chosen = options.find((one) => isChosen(one, answer))?.id ?? "";
  return html`<select id=${idOf(path)} data-path=${path} autocomplete="off" aria-labelledby=${how.label ?? nothing} aria-describedby=${describedBy(guide, path)} aria-invalid=${guide.wrongs(path).length ? "true" : nothing}
    @change=${(/** @type {any} */ event) => guide.set(path, options.find((one) => one.id === event.target.value)?.answer)}>
    <option value="" ?selected=${!chosen}>${word("choose")}</option>
    ${options.map((option) => html`<option value=${option.id} ?selected=${option.id === chosen} .selected=${live(option.id === chosen)}>${option.label}</option>`)}</select>`;
}

/**
 * @param {Guide} guide
 * @param {string} path
 * @param {{label?: string}} how
 */
function boxes(guide, path, how) {
  const question = guide.walk.question(path);
  const chosen = guide.walk.answer(path)?.value ?? [];
  const change = (/** @type {string} */ id, /** @type {boolean} */ isTicked) => {
    const now = question.choices?.map((one) => one.id).filter((one) => (one === id ? isTicked : chosen.includes(one))) ?? [];
    guide.set(path, now.length ? { state: "given", value: now } : { state: "empty" });
  };
  return html`<div class="guide-radios" role="group" aria-labelledby=${how.label ?? idOf(path, "label")} aria-describedby=${describedBy(guide, path)}>
    ${question.choices?.map((one, place) => html`<label class="guide-radio"><input type="checkbox" id=${place ? idOf(path, `is-${one.id}`) : idOf(path)} data-path=${path}
      .checked=${live(chosen.includes(one.id))} @change=${(/** @type {any} */ event) => change(one.id, event.target.checked)}><span>${one.label}</span></label>`)}</div>`;
}

/**
 * Hint and example in one sentence below the label.
 * @param {Guide} guide
 * @param {string} path
 */
export function hintOf(guide, path) {
  const { hint, example } = guide.walk.question(path);
  if (!hint && !example) return nothing;
  return html`<p class="field-hint" id=${idOf(path, "hint")}>${hint ?? ""}${hint && example ? " " : ""}${example ? word("example", { example }) : ""}</p>`;
}

/**
 * @param {Guide} guide
 * @param {string} path
 */
export function wrongOf(guide, path) {
  const wrongs = guide.wrongs(path);
  return html`<div id=${idOf(path, "wrong")} class="guide-wrong">${wrongs.map((said) => html`<p class="field-error">${icon("triangle-alert")}<span>${said}</span></p>`)}</div>`;
}

/**
 * The ways of leaving a typed field open, where the edition allows it.
 * @param {Guide} guide
 * @param {string} path
 */
export function openingsOf(guide, path) {
  const question = guide.walk.question(path);
  if (["yes_no", "choice"].includes(question.type) || !question.allow?.length) return nothing;
  const state = guide.walk.answer(path)?.state;
  return html`<div class="guide-openings">${question.allow.map((way) => html`<button type="button" class="button button-quiet button-small" aria-pressed=${String(state === way)}
    @click=${() => guide.set(path, state === way ? { state: "empty" } : { state: way })}>${state === way ? icon("check") : nothing}${word(way)}</button>`)}</div>`;
}

/**
 * A whole field as a member fills it: label, hint, control, error, who entered it.
 * @param {Guide} guide
 * @param {string} path
 */
export function memberField(guide, path) {
  const question = guide.walk.question(path);
  const isGroup = ["yes_no", "choice", "choices", "repeat"].includes(question.type) && !isList(question);
  const optional = question.required ? nothing : html` <span class="field-optional">${word("optional")}</span>`;
  const label = isGroup
    ? html`<p class="field-label" id=${idOf(path, "label")}>${question.label}${optional}</p>`
    : html`<label class="field-label" id=${idOf(path, "label")} for=${idOf(path)}>${question.label}${optional}</label>`;
  const size = TYPED[question.type]?.size ?? "";
  const wide = question.type === "repeat" || question.type === "area" || question.type === "address" ? "guide-wide" : "";
  return html`<div class="field ${size} ${wide}" data-field=${path}>${label}${hintOf(guide, path)}${control(guide, path)}
    ${openingsOf(guide, path)}${wrongOf(guide, path)}${softOf(guide, path)}${markOf(guide, path)}</div>`;
}

/**
 * Who entered an answer and where it came from; nothing for what this member typed just now.
 * @param {Guide} guide
 * @param {string} path
 */
function markOf(guide, path) {
  if (path.includes(".")) return nothing;
  const mark = guide.walk.marks[path];
  const old = guide.facts.old?.[path];
  if (old && !guide.walk.answers[path]) return html`<p class="guide-mark">${icon("history")}${word("was_before", { value: String(old.value ?? "") })}</p>`;
  const isMine = mark?.source === "typed" && mark.hand === "member" && (!mark.by || mark.by === guide.getAttribute("member"));
  if (!mark?.source || isMine) return nothing;
  const who = mark.by ?? word(mark.hand === "citizen" ? "by_citizen" : "by_member");
  return html`<p class="guide-mark">${icon(mark.source === "typed" ? "user" : "badge-check")}${word(`source_${mark.source}`)} · ${who}</p>`;
}

/**
 * A soft check that does not hold: say so, ask for a reason, go on.
 * @param {Guide} guide
 * @param {string} path
 */
export function softOf(guide, path) {
  const doubts = guide.doubts(path);
  if (!doubts.length) return nothing;
  return html`${doubts.map((check) => html`<div class="notice notice-wait guide-doubt">${icon("circle-help")}<div class="notice-body"><p>${check.message}</p>
    ${guide.view === "member" ? html`<div class="field"><label class="field-label" for=${idOf(path, `why-${check.id}`)}>${word("reason")}</label><input id=${idOf(path, `why-${check.id}`)} type="text" autocomplete="off" maxlength="200"></div>` : nothing}
    <button type="button" class="button button-quiet" @click=${(/** @type {any} */ event) => guide.accept(path, check.id, event.target.closest(".guide-doubt").querySelector("input")?.value ?? "")}>${word("it_is_right")}</button></div></div>`)}`;
}
