// @ts-check
/** Steps that ask nothing: something is explained, done on a portal or with the e-ID, shown or handed in. */
import { html, nothing } from "../../vendor/lit/lit-html.js";
import { otherVoices, soundOf } from "./audio.js";
import { papersList } from "./overview.js";
import { icon, pictogram, speakButton, word } from "./words.js";

/** @typedef {import("./guide.js").Guide} Guide */
/** @typedef {import("./walk.js").Screen} Screen */

/**
 * @param {Guide} guide
 * @param {Screen} screen
 */
export function stepPage(guide, screen) {
  const step = guide.walk.steps.get(screen.step);
  return html`<div class="stack">${pictogram(guide.plan.pictogram)}${stepWords(guide, step)}${doneButtons(guide, screen)}</div>`;
}

/**
 * @param {Guide} guide
 * @param {Screen} screen
 */
export function papersPage(guide, screen) {
  const step = guide.walk.steps.get(screen.step);
  return html`<div class="stack">${stepWords(guide, step)}${papersList(guide)}${doneButtons(guide, screen)}</div>`;
}

/**
 * Title, words, who acts, where help must stop, and where to go.
 * @param {Guide} guide
 * @param {any} step
 */
export function stepWords(guide, step) {
  const citizen = guide.view === "citizen" || guide.isTurned;
  const portals = step.kind === "portal" ? (guide.plan.portals ?? []).filter((/** @type {any} */ one) => one.address) : [];
  return html`<h1 tabindex="-1" data-heading>${step.title}</h1>
    ${citizen && step.who !== "citizen" ? html`<p class="guide-fact">${icon("user")}<span>${word(`who_${step.who}`)}</span></p>` : nothing}
    ${step.say ? html`<p class="lead">${step.say}</p>` : nothing}${step.text && step.text !== step.say ? html`<p>${step.text}</p>` : nothing}
    ${speakButton({ text: step.say || step.text, lang: guide.lang, audio: soundOf(guide, `steps.${step.id}.say`) })}${otherVoices(guide, `steps.${step.id}.say`)}
    ${step.kind === "eid" || step.kind === "portal" ? html`<p class="guide-stop">${icon("shield-check")}<span>${word("own_hands")}</span></p>` : nothing}
    ${step.officer_only ? html`<p class="guide-stop">${icon("hand")}<span>${word("officer_only")}</span></p>` : nothing}
    ${portals.length ? html`<ul class="guide-portals">${portals.map((/** @type {any} */ one) => html`<li><a href=${one.address} target="_blank" rel="noopener noreferrer">${one.text ?? one.address}${icon("external-link")}<span class="visually-hidden"> ${word("new_window")}</span></a></li>`)}</ul>` : nothing}`;
}

/**
 * @param {Guide} guide
 * @param {Screen} screen
 */
function doneButtons(guide, screen) {
  const isDone = guide.walk.ticks.has(screen.step);
  return html`<div class="buttons"><button type="button" class="button button-large" @click=${() => guide.together(() => { guide.tick(screen.step, true); guide.forward(screen.id); })}>
    ${icon("check")}${word(isDone ? "go_on" : "this_is_done")}</button>
    ${isDone ? html`<button type="button" class="button button-quiet" @click=${() => guide.tick(screen.step, false)}>${icon("undo-2")}${word("not_done_yet")}</button>` : nothing}</div>`;
}
