// @ts-check
/** Check your answers, each with Change; and the record, on screen and on paper. */
import { html, nothing } from "../../vendor/lit/lit-html.js";
import { handingOver } from "./handing.js";
import { feesList, papersList, taskList } from "./overview.js";
import { answerWords, day, valueWords } from "./shown.js";
import { icon, notice, word } from "./words.js";

/** @typedef {import("./guide.js").Guide} Guide */

/** @param {Guide} guide */
export function reviewPage(guide) {
  const screen = guide.walk.flow.screens.find((one) => one.kind === "review");
  const left = guide.leftOpen;
  return html`<div class="stack guide-review"><h1 tabindex="-1" data-heading>${word("check_answers")}</h1>
    ${left.length ? notice({ tone: "wait", sign: "circle-help", body: html`<p>${word("still_open", { many: left.length })}</p>
      <button type="button" class="button button-quiet" @click=${() => guide.go(guide.screenOf(left[0]))}>${word("answer_them")}</button>` }) : nothing}
    ${answersBySteps(guide, true)}
    ${guide.walk.failed.length ? notice({ tone: "wait", sign: "hand", body: guide.walk.failed.map((/** @type {any} */ one) => html`<p><strong>${one.message}</strong> ${one.instead ?? ""}</p>`) }) : nothing}
    <div class="buttons">${screen && !left.length ? html`<button type="button" class="button button-large" @click=${() => { guide.tick(screen.step, true); guide.forward(screen.id); }}>${icon("check")}${word("all_is_right")}</button>` : nothing}
      <button type="button" class="button button-quiet" @click=${() => window.print()}>${icon("printer")}${word("print")}</button></div>${handingOver(guide)}</div>`;
}

/**
 * @param {Guide} guide
 * @param {boolean} canChange
 */
export function answersBySteps(guide, canChange) {
  const shown = new Set(guide.walk.flow.shown);
  const steps = guide.plan.steps.filter((/** @type {any} */ step) => step.ask?.some((/** @type {string} */ id) => shown.has(id)));
  return html`${steps.map((/** @type {any} */ step) => html`<section class="guide-answers"><h2>${step.title}</h2><dl>${step.ask.filter((/** @type {string} */ id) => shown.has(id)).map((/** @type {string} */ id) => entry(guide, id, canChange))}</dl></section>`)}`;
}

/**
 * @param {Guide} guide
 * @param {string} id
 * @param {boolean} canChange
 */
function entry(guide, id, canChange) {
  const question = guide.walk.question(id);
  const answer = guide.walk.answer(id);
  const given = answer?.state === "given";
  const source = guide.walk.marks[id]?.source;
  return html`<div class="guide-answer"><dt>${question.label}</dt><dd class=${given ? "" : "muted"}>${given && question.type === "repeat" ? rows(guide, question, answer.value) : answerWords(question, answer, guide.walk.names)}
    ${source && source !== "typed" && given ? html`<span class="guide-mark">${icon("badge-check")}${word(`source_${source}`)}</span>` : nothing}</dd>
    ${canChange ? html`<dd class="guide-change no-print"><button type="button" class="guide-link" aria-label=${`${word("change")}: ${question.label}`} @click=${() => guide.change(id)}>${word("change")}</button></dd>` : nothing}</div>`;
}

/**
 * @param {Guide} guide
 * @param {import("./walk.js").Question} question
 * @param {Record<string, import("./walk.js").Answer>[]} given
 */
function rows(guide, question, given) {
  if (!given.length) return word("nobody");
  return html`<ol>${given.map((row) => html`<li>${(question.fields ?? []).filter((field) => row[field.id]?.state === "given").map((field) => valueWords(field, row[field.id].value, guide.walk.names)).join(" · ")}</li>`)}</ol>`;
}

/** What was done, to keep: on paper it is all that is printed. @param {Guide} guide */
export function recordPage(guide) {
  const screen = guide.walk.screen(guide.at);
  return html`<div class="stack guide-record"><h1 tabindex="-1" data-heading>${word(guide.walk.isDone ? "all_done" : "your_record")}</h1>
    <p>${guide.plan.name} · ${day(guide.walk.today)}${guide.facts.code ? html` · <strong>${caseCode(guide.facts.code)}</strong>` : nothing}</p>
    <p class="muted">${word("no_official_paper")}</p>
    ${answersBySteps(guide, false)}
    <section><h2>${word("papers")}</h2>${papersList(guide)}</section>
    <section><h2>${word("fees")}</h2>${feesList(guide)}</section>
    ${handingOver(guide)}
    <section class="no-print"><h2>${word("all_steps")}</h2>${taskList(guide)}</section>
    <div class="buttons"><button type="button" class="button button-large" @click=${() => window.print()}>${icon("printer")}${word("print")}</button>
      ${screen ? html`<button type="button" class="button button-quiet" @click=${() => { guide.tick(screen.step, true); guide.forward(screen.id); }}>${word("this_is_done")}</button>` : nothing}</div></div>`;
}

/** @param {string} code eight characters, shown in two groups */
export function caseCode(code) {
  return code.replace(/^(.{4})(.{4})$/, "$1 $2");
}
