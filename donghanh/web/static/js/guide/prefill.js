// @ts-check
/** What the house knows already: proposed in one box per person, confirmed with one key, never silently. */
import { html, nothing } from "../../vendor/lit/lit-html.js";
import { newId } from "./ids.js";
import { get, post } from "./sending.js";
import { valueWords } from "./shown.js";
import { icon, word } from "./words.js";

/** @typedef {import("./guide.js").Guide} Guide */
/** @typedef {{question: string, value: any, from?: string, shown?: string, state?: string}} Proposal */
/** @typedef {{role: string, from: string, handover?: string, ticks?: string[], proposals: Proposal[]}} Group */

/** @param {Guide} guide @returns {Promise<Group[]>} */
export async function proposalsOf(guide) {
  const { groups } = await get(`${guide.store.address}prefill`);
  return groups;
}

/**
 * Those that still help: the question is shown or waits, and has no answer.
 * @param {Guide} guide
 * @param {Group} group
 */
function useful(guide, group) {
  const hidden = new Set(guide.walk.flow.hidden);
  return group.proposals.filter(({ question, from }) => {
    const here = guide.walk.answers[question];
    const isFree = !here || here.state === "empty" || (from ?? group.from) === "card";
    return guide.walk.questions.has(question) && !hidden.has(question) && isFree;
  });
}

/**
 * Boxes for what is asked on this screen; what comes from a phone or a card is for all screens.
 * @param {Guide} guide
 * @param {import("./walk.js").Screen} screen
 */
export function prefillBoxes(guide, screen) {
  const boxes = guide.proposals.map((/** @type {Group} */ group) => ({ group, rows: useful(guide, group) }))
    .filter(({ group, rows }) => rows.length && (["phone", "card"].includes(group.from) || rows.some((row) => screen.questions.includes(row.question))));
  return boxes.map(({ group, rows }, place) => box(guide, group, rows, place === 0));
}

/**
 * @param {Guide} guide
 * @param {Group} group
 * @param {Proposal[]} rows
 * @param {boolean} isFirst
 */
function box(guide, group, rows, isFirst) {
  const role = (guide.plan.roles ?? []).find((/** @type {any} */ one) => one.id === group.role);
  return html`<section class="guide-prefill" aria-label=${word(`from_${group.from}`)}><div class="row row-apart"><h3>${icon("badge-check")}${word(`from_${group.from}`)}${role?.label ? html` · ${role.label}` : nothing}</h3></div>
    <dl>${rows.map((row) => {
      const question = guide.walk.question(row.question);
      return html`<div><dt>${question.label}</dt><dd>${row.state && row.state !== "given" ? word(row.state) : valueWords(question, row.value, guide.walk.names) || row.shown}</dd></div>`;
    })}</dl>
    <div class="buttons"><button type="button" class="button" data-confirm=${isFirst ? "" : nothing} data-key=${isFirst ? "p" : nothing} @click=${() => guide.confirm(group)}>${icon("check")}${word("take_these")}${isFirst ? html`<kbd class="key">Alt P</kbd>` : nothing}</button>
      <button type="button" class="button button-bare" @click=${() => drop(guide, group)}>${word("not_these")}</button></div></section>`;
}

/**
 * @param {Guide} guide
 * @param {Group} group
 */
function drop(guide, group) {
  guide.proposals = guide.proposals.filter((/** @type {Group} */ one) => one !== group);
  guide.draw();
}

/**
 * A person said that they are right: they become answers, marked with where they came from.
 * @param {Guide} guide
 * @param {Group} group
 */
export async function confirmProposals(guide, group) {
  const rows = useful(guide, group);
  drop(guide, group);
  const isPhone = group.from === "phone";
  const source = isPhone ? "taken_over" : group.from === "card" ? "scanned" : "prefilled";
  for (const row of rows) {
    guide.walk.put(row.question, row.state && row.state !== "given" ? { state: row.state } : { state: "given", value: row.value }, { source, hand: guide.hand, confirmed: true });
    guide.forgetDrafts(row.question);
    guide.drafts.delete(row.question);
  }
  if (isPhone) for (const step of group.ticks ?? []) if (guide.walk.steps.has(step)) guide.walk.tick(step, true);
  guide.changed();
  await send(guide, group, rows);
  if (isPhone && guide.walk.flow.next) guide.go(guide.walk.flow.next);
  guide.focusOnOpen();
}

/**
 * @param {Guide} guide
 * @param {Group} group
 * @param {Proposal[]} rows
 */
async function send(guide, group, rows) {
  if (guide.storeKind !== "server") {
    for (const row of rows) guide.store.keep(row.question, { state: row.state ?? "given", value: row.value }, { source: group.from === "card" ? "scanned" : "prefilled" });
    return;
  }
  const address = guide.store.address;
  const view = `?view=${guide.view}`;
  try {
    const state = group.from === "phone"
      ? await post(`${address}takeover${view}`, { handover: group.handover, events: rows.map(({ question, value, state = "given" }) => ({ id: newId(), question, state, ...(state === "given" ? { value } : {}) })), ticks: group.ticks ?? [] })
      : await post(`${address}confirm${view}`, { events: rows.map(({ question, value, from }) => ({ id: newId(), question, value, from: from ?? group.from })), hand: guide.hand, words: "own", device: "desk" });
    guide.hasAnswered = true;
    guide.store.tell("kept", { state, pending: guide.store.pending([], new Map()) });
    for (const one of state.outcomes ?? []) if (one.outcome === "refused") guide.store.tell("refused", { ...one, question: one.field?.split(".")[0] ?? rows[state.outcomes.indexOf(one)]?.question ?? "" });
    if ((state.outcomes ?? []).some((/** @type {{code: string}} */ one) => one.code === "consent-needed")) guide.store.become("unkept");
  } catch (no) {
    guide.refused.set("", /** @type {Error} */ (no).message || word("saved_waiting"));
    guide.draw();
  }
}
