// @ts-check
/**
 * A card is scanned: by the camera, from a photo, by a hand scanner that types, or as text. What it says is proposed
 * in the guide for one person of the procedure, and written into the form `data-card-form` beside it; a person
 * confirms both. No picture and no raw text is kept, sent or written down.
 */
import { html, nothing, render } from "../../vendor/lit/lit-html.js";
import { nameOf } from "./area.js";
import { codeOnPhoto, watch } from "./camera.js";
import { readCard } from "./card.js";
import { wardToday } from "./ids.js";
import { proposalsFrom, residencesOf, writeInto } from "./scan_fill.js";
import { rolesOn } from "./scan_box.js";
import { icon, word } from "./words.js";

/** @typedef {import("./guide.js").Guide} Guide */
/** @typedef {import("./card.js").Card} Card */
/** @typedef {{code: string, name: string, province: string}} Area */
/** @typedef {{guide?: Guide | null, role?: string, form?: HTMLFormElement | null}} Target */

/** @type {{dialog: HTMLDialogElement, target: Target, said: string, tone: string, areas: Area[], address: string, choose: (area: Area | undefined) => void, stop: () => void} | undefined} */
let open;

/** @returns {Promise<(picture: ImageData) => Promise<string>>} */
async function reader() {
  const { codeIn, ready } = await import("./code_reader.js");
  await ready();
  return codeIn;
}

function draw() {
  if (!open) return;
  const { dialog, areas, address, said, tone } = open;
  render(html`<div class="scan-head"><h2 id="scan-title">${word("scan_card")}</h2><button type="button" class="button button-bare" data-scan-close @click=${() => dialog.close()}>${icon("x")}${word("scan_close")}</button></div>
    <p class=${`scan-said scan-${tone}`} role="status">${said}</p>
    ${areas.length ? choices(areas, address) : ways()}
    <p class="muted small">${word("scan_nothing_kept")}</p>`, dialog);
}

function ways() {
  return html`<video class="scan-picture" playsinline muted aria-label=${word("scan_camera")}></video>
    <div class="scan-ways"><label class="button button-quiet scan-photo">${icon("file-text")}<span>${word("scan_photo")}</span><input type="file" accept="image/*" data-scan-photo @change=${photo}></label>
    <form class="scan-text" autocomplete="off" @submit=${typed}><div class="field"><label class="field-label" for="scan-text">${word("scan_text")}</label><input id="scan-text" type="text" autocomplete="off" spellcheck="false" maxlength="1000"></div><button class="button button-quiet">${icon("keyboard")}${word("scan_read")}</button></form></div>`;
}

/**
 * Only the person knows which commune of today the old one became for their house.
 * @param {Area[]} areas
 * @param {string} address
 */
function choices(areas, address) {
  return html`<p>${word("scan_where", { address })}</p><ul class="guide-candidates">${areas.map((area) => html`<li><button type="button" class="button button-quiet" @click=${() => open?.choose(area)}><span>${area.name}</span><span class="muted">${area.province}</span></button></li>`)}
    <li><button type="button" class="button button-bare" @click=${() => open?.choose(undefined)}>${word("scan_none_of_these")}</button></li></ul>`;
}

/**
 * @param {string} said
 * @param {string} [tone]
 */
function say(said, tone = "plain") {
  if (!open) return;
  Object.assign(open, { said, tone });
  draw();
}

/** @param {Event} event */
async function photo(event) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const file = input.files?.[0];
  input.value = "";
  if (!file) return;
  say(word("scan_looking"));
  const text = await codeOnPhoto(file, await reader()).catch(() => "");
  if (!(await took(text))) say(word("scan_no_code"), "wait");
}

/** @param {SubmitEvent} event */
async function typed(event) {
  event.preventDefault();
  const input = /** @type {HTMLInputElement} */ (/** @type {HTMLElement} */ (event.target).querySelector("input"));
  const { value } = input;
  input.value = "";
  if (!(await took(value))) say(word("scan_no_card"), "wait");
}

/** @param {Target} target */
function show(target) {
  open?.dialog.close();
  const dialog = document.createElement("dialog");
  dialog.className = "scan";
  dialog.setAttribute("aria-labelledby", "scan-title");
  const mine = { dialog, target, said: word("scan_hold"), tone: "plain", areas: /** @type {Area[]} */ ([]), address: "", choose: () => {}, stop: () => {} };
  open = mine;
  // Back to where one was: the browser gives the focus back to the button that opened it.
  dialog.addEventListener("close", () => {
    mine.stop();
    mine.choose = () => {};
    render(nothing, dialog);
    dialog.remove();
    if (open === mine) open = undefined;
  });
  draw();
  document.body.append(dialog);
  dialog.showModal();
  return mine;
}

/**
 * Opens the camera for one person of the procedure, or for a form alone.
 * @param {Target} target
 */
export async function scan(target) {
  const mine = show(target);
  try {
    const codeIn = await reader();
    while (open === mine) {
      const video = /** @type {HTMLVideoElement} */ (mine.dialog.querySelector("video"));
      const watching = watch(video, codeIn);
      mine.stop = watching.stop;
      const text = await watching.found;
      if (!text || (await took(text))) return;
      say(word("scan_no_card"), "wait");
    }
  } catch {
    say(word("scan_no_camera"), "wait");
  }
}

/**
 * @param {Guide} guide
 * @param {string} role
 */
export function scanFor(guide, role) {
  return scan({ guide, role, form: beside(guide, role) });
}

/** @param {string} text @returns {Promise<boolean>} whether it is a card, which is filled in now */
async function took(text) {
  const card = readCard(text, wardToday());
  if (!card || !open) return false;
  open.stop();
  await fill(card, open.target);
  return true;
}

/** The form of the record that belongs to the beneficiary, while nobody is recorded yet. @param {Guide} guide @param {string} role */
function beside(guide, role) {
  const beneficiary = (guide.plan.roles ?? []).find((/** @type {any} */ one) => one.is_beneficiary)?.id;
  return role === beneficiary ? /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-card-form="new"]')) : null;
}

/**
 * @param {Card} card
 * @param {Target} target
 */
async function fill(card, { guide, role = "", form }) {
  if (form) writeInto(form, card);
  const asks = guide?.plan.questions.some((/** @type {any} */ one) => one.role === role && one.key?.startsWith("residence_"));
  const where = asks ? await residencesOf(card.address) : { line: "", areas: [] };
  const area = where.areas.length > 1 ? await chosen(where.areas, card.address) : where.areas[0];
  open?.dialog.close();
  if (guide && !guide.isWiped && role) {
    if (area) guide.walk.names.set(area.code, await nameOf(area.code).catch(() => area.name));
    guide.scanned = { role, warnings: card.warnings };
    guide.propose({ role, from: "card", proposals: proposalsFrom(guide.plan, role, card, { area: area?.code ?? "", line: area ? where.line : card.address }) });
  }
  if (form) document.dispatchEvent(new CustomEvent("toast", { detail: { message: word("scan_form_filled"), tone: "done" } }));
}

/**
 * @param {Area[]} areas
 * @param {string} address
 * @returns {Promise<Area | undefined>}
 */
function chosen(areas, address) {
  if (!open) show({});
  const mine = /** @type {NonNullable<typeof open>} */ (open);
  return new Promise((done) => {
    Object.assign(mine, { areas, address, choose: done, said: "" });
    mine.dialog.addEventListener("close", () => done(undefined));
    draw();
    /** @type {HTMLElement | null} */ (mine.dialog.querySelector(".guide-candidates button"))?.focus();
  });
}

/**
 * What a hand scanner typed, wherever one was: for the person of this screen, else for the beneficiary.
 * @param {string} text
 * @returns {boolean} whether it is a card
 */
export function scannedByHand(text) {
  const card = readCard(text, wardToday());
  if (!card) return false;
  if (open) open.stop();
  const guide = /** @type {Guide | null} */ (document.querySelector("dh-guide"));
  const target = open?.target ?? targetOf(guide?.walk ? guide : null, document.activeElement?.closest("form[data-card-form]"));
  void fill(card, target);
  return true;
}

/**
 * @param {Guide | null} guide
 * @param {Element | null | undefined} form the one that was typed into
 * @returns {Target}
 */
export function targetOf(guide, form) {
  const [here] = guide ? rolesOn(guide, guide.walk.screen(guide.at) ?? { questions: [] }) : [];
  const beneficiary = guide?.plan.roles?.find((/** @type {any} */ one) => one.is_beneficiary)?.id;
  const role = (form ? beneficiary : here ?? beneficiary) ?? "";
  return { guide, role, form: /** @type {HTMLFormElement | null} */ (form ?? (guide ? beside(guide, role) : document.querySelector("form[data-card-form]"))) };
}

document.addEventListener("guide:end", () => open?.dialog.close());
document.addEventListener("guide:wiped", () => open?.dialog.close());
window.addEventListener("pagehide", () => open?.dialog.close());
