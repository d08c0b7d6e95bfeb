// @ts-check
/** The fast view: one step a screen, all its fields at once, everything by keyboard. */
import { html, keyed, nothing, repeat } from "../../vendor/lit/lit-html.js";
import { otherVoices, soundOf } from "./audio.js";
import { questionPage, summary } from "./citizen.js";
import { consentBox } from "./consent.js";
import { editionNotice } from "./edition.js";
import { memberField } from "./fields.js";
import { papersList, STATUSES, stopNotice, taskList } from "./overview.js";
import { stepWords } from "./pages.js";
import { prefillBoxes } from "./prefill.js";
import { answersBySteps, caseCode, recordPage } from "./review.js";
import { savedWord } from "./saved.js";
import { scanBox } from "./scan_box.js";
import { chip, icon, notice, pictogram, word } from "./words.js";

/** @typedef {import("./guide.js").Guide} Guide */
/** @typedef {import("./walk.js").Screen} Screen */

/** @param {Guide} guide */
export function memberView(guide) {
  if (guide.isTurned) return turned(guide);
  const screen = guide.walk.screen(guide.at);
  return html`<div class="guide-member">${bar(guide, screen)}${editionNotice(guide)}
    ${guide.refused.get("") ? notice({ tone: "wrong", sign: "triangle-alert", body: guide.refused.get("") }) : nothing}
    ${keyed(guide.at, screen ? stepView(guide, screen) : lastView(guide))}
    <details class="desk-fold"><summary>${icon("list-checks")}${word("all_steps")}</summary>${taskList(guide)}</details></div>`;
}

/**
 * @param {Guide} guide
 * @param {Screen | undefined} screen
 */
function bar(guide, screen) {
  const { screens } = guide.walk.flow;
  const place = screen ? guide.walk.place(screen.id) : -1;
  return html`<div class="guide-bar"><span class="guide-count">${place >= 0 ? word("step_of", { number: place + 1, all: screens.length }) : word("all_done")}</span>
    <span class="guide-dots" aria-hidden="true">${screens.map((one, at) => html`<span class="stepper-dot ${at === place ? "stepper-dot-now" : guide.walk.statusOf(one.step) === "completed" ? "stepper-dot-done" : ""}"></span>`)}</span>
    ${savedWord(guide)}${guide.facts.code ? html`<span class="guide-code" title=${word("case_code")}>${icon("qr-code")}<span class="visually-hidden">${word("case_code")} </span>${caseCode(guide.facts.code)}</span>` : nothing}</div>`;
}

/**
 * @param {Guide} guide
 * @param {Screen} screen
 */
function stepView(guide, screen) {
  const step = guide.walk.steps.get(screen.step);
  const status = guide.walk.statusOf(screen.step);
  const wrongs = guide.shownWrongs(screen.questions);
  return html`<div class="stack guide-stepview">
    <div class="row row-apart"><p class="desk-actor">${icon("user")}${word(`who_${step.who}`)}</p>${status === "completed" ? chip(word(status), STATUSES.completed[0], STATUSES.completed[1]) : nothing}</div>
    ${screen.questions.length ? html`<h2 class="guide-step" tabindex="-1" data-heading>${step.title}</h2>${step.say ? say(guide, step) : nothing}` : stepWordsFor(guide, step)}
    ${step.stop ? html`<p class="guide-stop">${icon("hand")}<span>${step.stop}</span></p>` : nothing}
    ${screen.questions.length ? html`${consentBox(guide)}${scanBox(guide, screen)}${prefillBoxes(guide, screen)}${wrongs.length > 1 ? summary(guide, wrongs) : nothing}
      <form class="guide-grid" novalidate autocomplete="off" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>${repeat(screen.questions, (id) => id, (id) => memberField(guide, id))}</form>` : nothing}
    ${screen.kind === "papers" ? papersList(guide) : nothing}
    ${screen.kind === "review" ? html`<div class="guide-review">${answersBySteps(guide, true)}</div>${leftNotice(guide)}` : nothing}
    ${guide.walk.failed.length ? html`<div class="stack stack-tight" data-stop tabindex="-1" role="alert">${guide.walk.failed.map((/** @type {any} */ one) => stopNotice(guide, one))}</div>` : nothing}
    ${buttons(guide, screen)}</div>`;
}

/** The heading of a step without questions stands a level lower here. @param {Guide} guide @param {any} step */
function stepWordsFor(guide, step) {
  return html`<h2 class="guide-step" tabindex="-1" data-heading>${step.title}</h2>${step.text ? html`<p>${step.text}</p>` : nothing}
    ${step.say ? say(guide, step) : nothing}${step.officer_only ? html`<p class="guide-stop">${icon("hand")}<span>${word("officer_only")}</span></p>` : nothing}
    ${step.kind === "portal" || step.kind === "eid" ? html`<p class="guide-fact">${icon("shield-check")}<span>${word("own_hands")}</span></p>` : nothing}
    ${step.kind === "portal" ? (guide.plan.portals ?? []).filter((/** @type {any} */ one) => one.address).map((/** @type {any} */ one) => html`<p><a href=${one.address} target="_blank" rel="noopener noreferrer">${one.text ?? one.address}${icon("external-link")}<span class="visually-hidden"> ${word("new_window")}</span></a></p>`) : nothing}`;
}

/** @param {Guide} guide @param {any} step */
function say(guide, step) {
  const audio = soundOf(guide, `steps.${step.id}.say`);
  return html`<div class="guide-say"><p>${step.say}</p><div class="buttons"><button type="button" class="button button-bare" data-speak=${step.say} data-lang=${guide.lang} data-audio=${audio ?? nothing} data-recorded=${audio ? "" : nothing}>${icon("volume-2")}${word("say_it")}</button></div>${otherVoices(guide, `steps.${step.id}.say`)}</div>`;
}

/** @param {Guide} guide */
function leftNotice(guide) {
  const left = guide.leftOpen;
  if (!left.length) return nothing;
  return html`<div data-left>${notice({ tone: "wait", sign: "circle-help", body: html`<p>${word("still_open", { many: left.length })}</p>
    <button type="button" class="button button-quiet" @click=${() => { guide.go(guide.screenOf(left[0])); guide.focusPath(left[0]); }}>${word("answer_them")}</button>` })}</div>`;
}

/**
 * @param {Guide} guide
 * @param {Screen} screen
 */
function buttons(guide, screen) {
  const place = guide.walk.place(screen.id);
  const asks = screen.questions.length > 0;
  const isTicked = guide.walk.ticks.has(screen.step);
  return html`<div class="buttons guide-buttons"><button type="button" class="button" data-next data-key="Enter" @click=${() => next(guide, screen)}>${icon("check")}${word(asks ? "step_done" : "this_is_done")}<kbd class="key">${asks ? "Ctrl Enter" : "Enter"}</kbd></button>
    <button type="button" class="button button-quiet" data-key="t" @click=${() => guide.turn(true)}>${icon("eye")}${word("turn")}<kbd class="key">T</kbd></button>
    ${place > 0 ? html`<button type="button" class="button button-bare" data-key="b" @click=${() => guide.go(guide.walk.flow.screens[place - 1].id)}>${icon("arrow-left")}${word("step_back")}<kbd class="key">B</kbd></button>` : nothing}
    ${isTicked ? html`<button type="button" class="button button-bare" @click=${() => guide.tick(screen.step, false)}>${icon("undo-2")}${word("not_done_yet")}</button>` : nothing}</div>`;
}

/**
 * @param {Guide} guide
 * @param {Screen} screen
 */
function next(guide, screen) {
  if (screen.questions.length) guide.settle(screen.questions);
  else if (screen.kind === "review" && guide.leftOpen.length) {
    guide.focusSoon(() => guide.querySelector("[data-left] button"));
    return;
  } else guide.tick(screen.step, true);
  guide.forward(screen.id);
  if (guide.at !== screen.id) guide.focusOnFirst();
}

/** All steps are done. @param {Guide} guide */
function lastView(guide) {
  return html`<div class="stack">${recordPage(guide)}</div>`;
}

/** The screen is turned round: the citizen sees and answers in large. @param {Guide} guide */
function turned(guide) {
  const screen = guide.turnedScreens.find((one) => one.id === guide.turnedAt);
  const step = guide.walk.steps.get(screen?.step ?? guide.walk.screen(guide.at)?.step);
  guide.hand = "citizen";
  const page = screen?.questions.length ? questionPage(guide, screen)
    : html`<div class="stack">${pictogram(guide.plan.pictogram)}${stepWords(guide, step)}</div>`;
  return html`<dialog class="turned guide-turned" aria-label=${word("shown_to_citizen")} @close=${() => close(guide)} @cancel=${() => close(guide)}>
    <div class="guide-citizen"><div class="guide-page">${keyed(guide.turnedAt, page)}</div></div>
    <button type="button" class="button button-quiet button-large" data-turn-back @click=${() => close(guide)}>${icon("x")}${word("turn_back")}</button></dialog>`;
}

/** @param {Guide} guide */
function close(guide) {
  guide.hand = "member";
  if (guide.isTurned) guide.turn(false);
}
