// @ts-check
/** The citizen's view: one question a screen, large, read aloud; Back never loses an answer. */
import { html, keyed, nothing } from "../../vendor/lit/lit-html.js";
import { otherVoices, soundOf } from "./audio.js";
import { control, hintOf, idOf, isChosen, openingsOf, optionsOf, softOf, wrongOf } from "./fields.js";
import { startPage, stopPage, taskPage } from "./overview.js";
import { papersPage, stepPage } from "./pages.js";
import { prefillBoxes } from "./prefill.js";
import { recordPage, reviewPage } from "./review.js";
import { savedWord } from "./saved.js";
import { scanBox } from "./scan_box.js";
import { icon, pictogram, speakButton, word } from "./words.js";

/** @typedef {import("./guide.js").Guide} Guide */
/** @typedef {import("./walk.js").Screen} Screen */

/** @type {Record<string, (guide: Guide, screen: Screen) => unknown>} */
const KINDS = {
  question: questionPage,
  repeat: questionPage,
  papers: papersPage,
  review: (guide) => reviewPage(guide),
  record: (guide) => recordPage(guide),
};
/** @type {Record<string, (guide: Guide) => unknown>} */
const PLACES = { start: startPage, tasks: taskPage, stop: stopPage, done: recordPage };

/** @param {Guide} guide */
export function citizenView(guide) {
  const screen = guide.walk.screen(guide.at);
  const page = screen ? (KINDS[screen.kind] ?? stepPage)(guide, screen) : (PLACES[guide.at] ?? taskPage)(guide);
  return html`<div class="guide-citizen">${head(guide)}<div class="guide-page">${keyed(guide.at, page)}</div></div>`;
}

/** Back, where one is, and that everything is kept. @param {Guide} guide */
function head(guide) {
  const { screens } = guide.walk.flow;
  const place = guide.walk.place(guide.at);
  const words = word("screen_of", { number: place + 1, all: screens.length });
  return html`<div class="guide-top no-print">
    ${guide.canGoBack ? html`<button type="button" class="button button-bare guide-back" @click=${() => guide.back()}>${icon("arrow-left")}${word("back")}</button>` : html`<span></span>`}
    ${guide.at === "start" || guide.at === "tasks" ? nothing : html`<button type="button" class="button button-bare" @click=${() => guide.go("tasks")}>${icon("list-checks")}${word("all_steps")}</button>`}
    <div class="guide-where">${place >= 0 ? html`<p class="guide-count">${words}</p>` : nothing}${savedWord(guide)}</div>
    ${place >= 0 ? html`<progress class="guide-progress" max=${screens.length} value=${place} aria-label=${words}></progress>` : nothing}</div>`;
}

/**
 * @param {Guide} guide
 * @param {Screen} screen
 */
export function questionPage(guide, screen) {
  const id = screen.questions[0];
  const question = guide.walk.question(id);
  const heading = idOf(id, "label");
  const step = guide.walk.steps.get(screen.step);
  const isCards = (question.type === "yes_no" || question.type === "choice") && optionsOf(question).length <= 8;
  const wrongs = guide.shownWrongs(screen.questions);
  return html`<form class="guide-question" novalidate autocomplete="off" @submit=${(/** @type {Event} */ event) => go(event, guide, screen)}>
    ${wrongs.length ? summary(guide, wrongs) : nothing}
    ${guide.isTurned ? nothing : html`${scanBox(guide, screen)}${prefillBoxes(guide, screen)}`}
    ${step?.title ? html`<p class="guide-caption">${step.title}</p>` : nothing}
    <h1 id=${heading} tabindex="-1" data-heading>${question.label}</h1>
    ${hintOf(guide, id)}
    ${speakButton({ text: [question.say || question.label, question.hint].filter(Boolean).join(". "), lang: guide.lang, audio: soundOf(guide, `questions.${id}.${question.say ? "say" : "label"}`, `questions.${id}.hint`) })}
    ${otherVoices(guide, `questions.${id}.${question.say ? "say" : "label"}`, `questions.${id}.hint`)}
    ${wrongOf(guide, id)}
    ${isCards ? cards(guide, screen, id) : html`<div class="field guide-big">${control(guide, id, { label: heading, large: true })}</div>`}
    ${softOf(guide, id)}
    ${isCards ? nothing : openings(guide, screen, id)}
    ${isCards && !guide.walk.answer(id) && question.required ? nothing : html`<div class="buttons"><button class="button button-large">${guide.returnTo ? word("keep_and_return") : word("go_on")}${icon("arrow-right")}</button>
      ${!question.required && !guide.walk.answer(id) && !guide.raw(id) ? html`<p class="muted">${word("may_skip")}</p>` : nothing}</div>`}
  </form>`;
}

/**
 * Large buttons that answer and go on; the one that was chosen is marked.
 * @param {Guide} guide
 * @param {Screen} screen
 * @param {string} id
 */
function cards(guide, screen, id) {
  const answer = guide.walk.answer(id);
  return html`<div class="guide-cards" role="group" aria-labelledby=${idOf(id, "label")}>${optionsOf(guide.walk.question(id)).map((option, place) => {
    const chosen = isChosen(option, answer);
    return html`<button type="button" class="choice guide-card${option.answer.state === "given" ? "" : " guide-card-open"}" id=${place ? idOf(id, `is-${option.id}`) : idOf(id)} data-path=${id} aria-pressed=${String(chosen)}
      @click=${() => guide.together(() => { guide.set(id, option.answer); guide.forward(screen.id); })}>${icon(chosen ? "circle-dot" : "circle")}<span>${option.label}</span></button>`;
  })}</div>`;
}

/**
 * "I don't know" is an answer of its own and goes on.
 * @param {Guide} guide
 * @param {Screen} screen
 * @param {string} id
 */
function openings(guide, screen, id) {
  const question = guide.walk.question(id);
  if (!question.allow?.length) return nothing;
  if (question.type === "repeat") return openingsOf(guide, id);
  return html`<div class="buttons guide-open">${question.allow.map((/** @type {string} */ way) => html`<button type="button" class="button button-quiet" aria-pressed=${String(guide.walk.answer(id)?.state === way)}
    @click=${() => guide.together(() => { guide.set(id, { state: way }); guide.forward(screen.id); })}>${word(way)}</button>`)}</div>`;
}

/**
 * @param {Event} event
 * @param {Guide} guide
 * @param {Screen} screen
 */
function go(event, guide, screen) {
  event.preventDefault();
  guide.together(() => {
    guide.settle(screen.questions);
    guide.forward(screen.id);
  });
}

/**
 * What is wrong, first on the page and in one place; each line leads to its field.
 * @param {Guide} guide
 * @param {{path: string, said: string}[]} wrongs
 */
export function summary(guide, wrongs) {
  return html`<div class="notice notice-wrong guide-summary" role="alert" tabindex="-1" data-summary>${icon("triangle-alert")}<div class="notice-body">
    <p class="notice-title">${word("please_look")}</p>
    <ul>${wrongs.map(({ path, said }) => html`<li><button type="button" class="guide-link" @click=${() => guide.focusPath(path)}>${wrongs.length > 1 ? `${guide.walk.question(path).label}: ` : ""}${said}</button></li>`)}</ul></div></div>`;
}

/** The picture of the procedure, for a page without one of its own. @param {Guide} guide */
export function picture(guide) {
  return pictogram(guide.plan.pictogram);
}
