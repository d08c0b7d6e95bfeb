// @ts-check
/** From a card to answers that may be confirmed, and to the fields of a record. Nothing is answered silently. */
import { post } from "./sending.js";

/** @typedef {import("./card.js").Card} Card */
/** @typedef {{code: string, name: string, province: string}} Area */

/**
 * The communes of today that the card's address may mean; none without a network, then the address stays whole.
 * @param {string} address
 * @returns {Promise<{line: string, areas: Area[]}>}
 */
export async function residencesOf(address) {
  if (!address) return { line: "", areas: [] };
  return post("/guide/cards/address", { address }).catch(() => ({ line: address, areas: [] }));
}

/**
 * Values for the questions about one person, by their person key.
 * @param {Record<string, any>} plan
 * @param {string} role
 * @param {Card} card
 * @param {{area: string, line: string}} home
 */
export function proposalsFrom(plan, role, card, home) {
  /** @type {Record<string, string>} */
  const facts = { name: card.name, born_on: card.born_on, sex: card.sex, id_number: card.id_number, id_issued_on: card.issued_on, residence_area: home.area, residence_line: home.line };
  return plan.questions
    .filter((/** @type {any} */ one) => one.role === role && facts[one.key] && fits(one, facts[one.key]))
    .map((/** @type {any} */ one) => ({ question: one.id, value: facts[one.key], from: "card" }));
}

/**
 * @param {any} question
 * @param {string} fact
 */
function fits(question, fact) {
  if (question.type === "choice") return question.choices.some((/** @type {{id: string}} */ one) => one.id === fact);
  return ["text", "name", "date", "partial_date", "citizen_id", "area", "address"].includes(question.type);
}

/**
 * The fields of a record that the card tells; the others stay.
 * @param {HTMLFormElement} form
 * @param {Card} card
 */
export function writeInto(form, card) {
  /** @type {Record<string, string>} */
  const told = { name: card.name, born: card.born_on.split("-").reverse().join("/"), sex: card.sex, id_number: card.id_number };
  for (const [name, value] of Object.entries(told)) {
    const field = form.elements.namedItem(name);
    if (value && (field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) field.value = value;
  }
  for (let fold = form.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
}
