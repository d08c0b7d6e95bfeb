// @ts-check
/** The button that begins a scan, and what to compare afterwards. The reader itself is fetched at the first touch. */
import { html, nothing } from "../../vendor/lit/lit-html.js";
import { icon, notice, word } from "./words.js";

/** @typedef {import("./guide.js").Guide} Guide */

/** What a card answers. */
export const CARD_KEYS = new Set(["name", "born_on", "sex", "id_number", "id_issued_on", "residence_area", "residence_line"]);
/** @type {Record<string, string>} */
const WARNINGS = {
  name: "scan_unread_name", born: "scan_unread_born", sex: "scan_unread_sex", address: "scan_unread_address", issued: "scan_unread_issued",
  "number-province": "scan_odd_province", "number-sex": "scan_odd_sex", "number-born": "scan_odd_born",
};

/**
 * The people whose card this screen can use.
 * @param {Guide} guide
 * @param {{questions: string[]}} screen
 * @returns {string[]}
 */
export function rolesOn(guide, screen) {
  const asked = screen.questions.map((id) => guide.walk.questions.get(id)).filter((one) => one?.role && CARD_KEYS.has(one.key));
  return [...new Set(asked.map((one) => one.role))];
}

/**
 * Whether nothing of this person that a card tells is answered yet.
 * @param {Guide} guide
 * @param {string} role
 */
function isFresh(guide, role) {
  return guide.plan.questions.every((/** @type {any} */ one) => one.role !== role || !CARD_KEYS.has(one.key) || !guide.walk.answers[one.id]);
}

/**
 * @param {Guide} guide
 * @param {{questions: string[]}} screen
 */
export function scanBox(guide, screen) {
  const roles = rolesOn(guide, screen).filter((role) => guide.view === "member" || isFresh(guide, role));
  const scanned = guide.scanned && rolesOn(guide, screen).includes(guide.scanned.role) ? guide.scanned : undefined;
  if (!roles.length && !scanned) return nothing;
  return html`<div class="scan-box no-print"><div class="buttons">${roles.map((role, place) => html`<button type="button" class="button button-quiet" data-scan data-role=${role} data-key=${place || guide.view !== "member" ? nothing : "q"}
      @click=${async () => (await import("./scan.js")).scanFor(guide, role)}>${icon("qr-code")}<span>${word("scan_card")}${roles.length > 1 ? ` · ${labelOf(guide, role)}` : ""}</span>${place || guide.view !== "member" ? nothing : html`<kbd class="key">Alt Q</kbd>`}</button>`)}</div>
    ${scanned?.warnings.length ? notice({ tone: "wait", sign: "triangle-alert", title: word("scan_compare"), body: html`<ul>${scanned.warnings.map((/** @type {string} */ one) => html`<li>${word(WARNINGS[one])}</li>`)}</ul>` }) : nothing}</div>`;
}

/**
 * @param {Guide} guide
 * @param {string} role
 */
function labelOf(guide, role) {
  return (guide.plan.roles ?? []).find((/** @type {any} */ one) => one.id === role)?.label ?? "";
}
