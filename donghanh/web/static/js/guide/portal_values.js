// @ts-check
/**
 * What goes into each field of a portal's form, from the answers of the open case. Only what is shown and given
 * counts; a hidden answer never leaves the case.
 */
import { spelt, written } from "./spelling.js";

/**
 * @typedef {{name: string, label: string, kind: string, value: import("./spelling.js").FormValue, required?: boolean,
 *   longest?: number | null, options?: Record<string, string> | null, option_labels?: Record<string, string> | null,
 *   when?: any}} Field
 * @typedef {{portal: string, origin: string, path: string, form: string, fields: Field[], reads: any[]}} PortalMap
 * @typedef {{plan: any, answers: Record<string, any>, hidden?: Set<string>, areas?: Record<string, string>,
 *   today?: string, evaluate?: (condition: any, bindings: any) => boolean | "unknown"}} Facts
 * @typedef {{name: string, label: string, value: string, shown: string}} Filled `value` as the field holds it,
 *   `shown` as a person types or looks for it
 */

/**
 * One entry for each field, in the portal's order; an empty value where nothing is to be filled in.
 * @param {PortalMap} map
 * @param {Facts} facts
 * @returns {Filled[]}
 */
export function portalValues(map, facts) {
  const questions = Object.fromEntries((facts.plan.questions ?? []).map((/** @type {any} */ one) => [one.id, one]));
  const answers = Object.fromEntries(Object.entries(facts.answers).filter(([id]) => !facts.hidden?.has(id)));
  return map.fields.map((field) => {
    const { name, label } = field;
    const value = applies(field, answers, questions, facts) ? valueOf(field, answers, questions, facts.areas) : "";
    return { name, label, value, shown: shownOf(field, value) };
  });
}

/**
 * @param {Field} field
 * @param {Record<string, any>} answers
 * @param {Record<string, any>} questions
 * @param {Facts} facts
 */
function applies(field, answers, questions, facts) {
  if (!field.when) return true;
  /** @type {any} */
  const bindings = { today: facts.today ?? "", st: {} };
  for (const id of Object.keys(questions)) {
    const state = facts.hidden?.has(id) ? "hidden" : (answers[id]?.state ?? "absent");
    bindings.st[id] = state;
    if (state === "given") bindings[id] = answers[id].value;
  }
  return facts.evaluate?.(field.when, bindings) === true;
}

/**
 * @param {Field} field
 * @param {Record<string, any>} answers
 * @param {Record<string, any>} questions
 * @param {Record<string, string>} [areas]
 */
function valueOf(field, answers, questions, areas = {}) {
  if (!["date", "select", "radio", "checkbox"].includes(field.kind)) return written(field.value, answers, questions, { areas });
  const id = field.value.questions.find((one) => answers[one]?.state === "given" && questions[one]);
  if (!id) return "";
  const plain = spelt(answers[id].value, "plain", questions[id]);
  if (field.kind === "date") return /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(plain) ? plain : "";
  const chosen = field.options ? (Object.hasOwn(field.options, plain) ? field.options[plain] : "") : plain;
  return field.kind === "checkbox" && !field.options ? (plain === "true" ? "on" : "") : chosen;
}

/**
 * @param {Field} field
 * @param {string} value
 */
function shownOf(field, value) {
  if (field.kind === "date") return value.split("-").reverse().join("/");
  if (field.kind === "checkbox") return value ? "✓" : "";
  return field.option_labels && Object.hasOwn(field.option_labels, value) ? field.option_labels[value] : value;
}
