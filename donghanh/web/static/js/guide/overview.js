// @ts-check
/** Before and between: what one needs, what it costs, how long it takes, and where everything stands. */
import { html, nothing } from "../../vendor/lit/lit-html.js";
import { otherVoices, soundOf } from "./audio.js";
import { handingOver } from "./handing.js";
import { money } from "./shown.js";
import { chip, icon, notice, pictogram, speakButton, word } from "./words.js";

/** @typedef {import("./guide.js").Guide} Guide */

/** @type {Record<string, [string, string]>} status of a step: sign and tone */
export const STATUSES = {
  completed: ["circle-check", "done"],
  in_progress: ["circle-dot", "primary"],
  not_started: ["circle", "plain"],
  cannot_start: ["lock", "plain"],
  not_needed: ["minus", "plain"],
};
/** @type {Record<string, [string, string]>} */
const NEEDS = { needed: ["file-check", "primary"], may_be_needed: ["circle-help", "wait"], not_needed: ["minus", "plain"] };
/** @type {Record<string, [string, string]>} */
const DUES = { due: ["wallet", "primary"], may_be_due: ["circle-help", "wait"], not_due: ["minus", "plain"], exempt: ["heart-handshake", "done"] };

/** @param {Guide} guide */
export function startPage(guide) {
  const { plan } = guide;
  const resumes = guide.hasAnswered;
  return html`<div class="stack guide-start">
    ${pictogram(plan.pictogram)}
    <h1 tabindex="-1" data-heading>${plan.short || plan.name}</h1>
    ${plan.summary ? html`<p class="lead">${plan.summary}</p>` : nothing}
    ${speakButton({ text: [plan.name, plan.summary].filter(Boolean).join(". "), lang: guide.lang, audio: soundOf(guide, "summary") })}${otherVoices(guide, "summary")}
    ${plan.time_limit?.text ? html`<p class="guide-fact">${icon("clock")}<span>${plan.time_limit.text}</span></p>` : nothing}
    <h2>${word("papers")}</h2>${papersList(guide)}
    <h2>${word("fees")}</h2>${feesList(guide)}
    ${guide.storeKind === "phone" ? html`<p class="guide-fact muted">${icon("shield-check")}<span>${word("stays_on_phone")}</span></p>` : nothing}
    <div class="buttons"><button type="button" class="button button-large" data-begin @click=${() => guide.go(guide.walk.flow.next ?? "done")}>${icon("play")}${word(resumes ? "go_on_where" : "begin")}</button>
      ${resumes ? html`<button type="button" class="button button-quiet" @click=${() => guide.go("tasks")}>${icon("list-checks")}${word("all_steps")}</button>` : nothing}</div></div>`;
}

/** The papers, as the answers so far have it. @param {Guide} guide */
export function papersList(guide) {
  const papers = guide.plan.papers ?? [];
  if (!papers.length) return html`<p class="muted">${word("no_papers")}</p>`;
  return html`<ul class="guide-list">${papers.map((/** @type {any} */ paper) => {
    const state = guide.walk.flow.papers[paper.id] ?? "needed";
    const [sign, tone] = NEEDS[state] ?? NEEDS.needed;
    return html`<li class=${state === "not_needed" ? "guide-off" : ""}><div><strong>${paper.name}</strong>${paper.one_of ? html` <span class="muted">${word("one_of_these")}</span>` : nothing}<br>
      <span class="muted">${[word(`mode_${paper.mode}`), paper.form ? word(`form_${paper.form}`) : "", paper.count > 1 ? `× ${paper.count}` : ""].filter(Boolean).join(" · ")}</span></div>
      ${chip(word(state), sign, tone)}</li>`;
  })}</ul>`;
}

/** What is paid; unknown is never free. @param {Guide} guide */
export function feesList(guide) {
  const fees = guide.plan.fees ?? [];
  if (!fees.length) return html`<p class="muted">${word("fee_unknown")}</p>`;
  const exempt = (guide.plan.fee_exemptions ?? []).filter((/** @type {any} */ one) => one.text);
  return html`<ul class="guide-list">${fees.map((/** @type {any} */ fee) => {
    const state = guide.walk.flow.fees[fee.id] ?? "due";
    const isKnown = fee.amount !== null && fee.amount !== undefined;
    const amount = !isKnown ? word("fee_unknown") : fee.amount === 0 ? word("free") : `${money(fee.amount)}${fee.per && fee.per !== "case" ? ` ${word(`per_${fee.per}`)}` : ""}`;
    return html`<li><div><strong>${amount}</strong><br><span class="muted">${fee.text ?? ""}</span></div>${fee.amount === 0 ? nothing : dueChip(isKnown, state)}</li>`;
  })}</ul>${exempt.length ? html`<details class="guide-more"><summary>${word("who_pays_less")}</summary><ul>${exempt.map((/** @type {any} */ one) => html`<li>${one.text}</li>`)}</ul></details>` : nothing}`;
}

/** Whether it is due. Of an unknown amount the sentence says already that one should ask. @param {boolean} isKnown @param {string} state */
function dueChip(isKnown, state) {
  if (!isKnown && (state === "due" || state === "may_be_due")) return nothing;
  const [sign, tone] = DUES[state] ?? DUES.due;
  return chip(word(state), sign, tone);
}

/** The steps with where each stands. @param {Guide} guide */
export function taskPage(guide) {
  const { flow } = guide.walk;
  const done = flow.steps.filter((one) => one.status === "completed").length;
  const counted = flow.steps.filter((one) => one.status !== "not_needed").length;
  return html`<div class="stack"><h1 tabindex="-1" data-heading>${guide.plan.short || guide.plan.name}</h1>
    <p class="lead">${word("steps_done", { done, all: counted })}</p>${taskList(guide)}
    <div class="buttons">${flow.next ? html`<button type="button" class="button button-large" @click=${() => guide.go(/** @type {string} */ (flow.next))}>${word("go_on")}${icon("arrow-right")}</button>`
      : html`<button type="button" class="button button-large" @click=${() => guide.go("done")}>${icon("file-check")}${word("see_record")}</button>`}</div>${handingOver(guide)}</div>`;
}

/** @param {Guide} guide */
export function taskList(guide) {
  return html`<ol class="guide-tasks">${guide.walk.flow.steps.filter((one) => one.status !== "not_needed").map(({ id, status }) => {
    const step = guide.walk.steps.get(id);
    const [sign, tone] = STATUSES[status] ?? STATUSES.not_started;
    const first = guide.firstScreenOf(id);
    return html`<li><span class="guide-task">${first && status !== "cannot_start"
      ? html`<button type="button" class="guide-link" @click=${() => guide.go(first)}>${step?.title}</button>` : html`<span>${step?.title}</span>`}</span>${chip(word(status), sign, tone)}</li>`;
  })}</ol>`;
}

/** Not eligible: why, and what to do instead; never a dead end. @param {Guide} guide */
export function stopPage(guide) {
  return html`<div class="stack"><h1 tabindex="-1" data-heading>${word("not_this_way")}</h1>
    ${guide.walk.failed.map((/** @type {any} */ one) => stopNotice(guide, one))}
    <div class="buttons"><button type="button" class="button button-large" @click=${() => guide.back()}>${icon("arrow-left")}${word("change_answer")}</button>
      <button type="button" class="button button-quiet" @click=${() => guide.go("tasks")}>${icon("list-checks")}${word("all_steps")}</button>
      <button type="button" class="button button-quiet" @click=${() => window.print()}>${icon("printer")}${word("print")}</button></div></div>`;
}

/** @param {Guide} guide @param {any} rule */
export function stopNotice(guide, rule) {
  const referral = (guide.plan.referrals ?? []).find((/** @type {any} */ one) => one.id === rule.referral)?.text;
  return notice({ tone: "wait", sign: "hand", title: rule.message, body: html`${rule.instead ? html`<p><strong>${word("instead")}</strong> ${rule.instead}</p>` : nothing}
    ${referral ? html`<p>${icon("external-link")} ${referral}</p>` : nothing}` });
}
