// @ts-check
/** Answers as people read them: 24/11/1950, 8.000 đ, the label of a choice, the name of an area. */
import { word } from "./words.js";

/** @typedef {import("./walk.js").Question} Question */
/** @typedef {import("./walk.js").Answer} Answer */
/** @typedef {Map<string, string>} Names codes of areas and their names */

/** @param {string} iso YYYY, YYYY-MM or YYYY-MM-DD */
export function day(iso) {
  return iso.split("-").reverse().join("/");
}

/** @param {number} amount whole đồng */
export function money(amount) {
  return `${String(amount).replace(/\B(?=(\d{3})+(?!\d))/g, ".")} đ`;
}

/** @param {number} amount */
export function figure(amount) {
  return String(amount);
}

/** @type {Record<string, (value: any, question: Question, names: Names) => string>} */
const BY_TYPE = {
  date: (value) => day(value),
  partial_date: (value) => day(value),
  integer: (value) => figure(value),
  money: (value) => money(value),
  yes_no: (value) => word(value ? "yes" : "no"),
  choice: (value, question) => labelOf(question, value),
  choices: (value, question) => value.map((/** @type {string} */ one) => labelOf(question, one)).join(", "),
  area: (value, _question, names) => names.get(value) ?? value,
  repeat: (value) => word("rows", { many: value.length }),
};

/**
 * @param {Question} question
 * @param {string} choice
 */
function labelOf(question, choice) {
  return question.choices?.find((one) => one.id === choice)?.label ?? choice;
}

/**
 * The value alone, as words.
 * @param {Question} question
 * @param {any} value
 * @param {Names} names
 */
export function valueWords(question, value, names) {
  if (value === undefined || value === null) return "";
  return (BY_TYPE[question.type] ?? String)(value, question, names);
}

/**
 * An answer in all its states; what was not given says so.
 * @param {Question} question
 * @param {Answer | undefined} answer
 * @param {Names} names
 */
export function answerWords(question, answer, names) {
  if (!answer || answer.state === "empty" || answer.state === "absent") return word("not_given");
  if (answer.state === "dont_know") return word("dont_know");
  if (answer.state === "not_applicable") return word("not_applicable");
  return valueWords(question, answer.value, names);
}

/**
 * What stands in a field one types into.
 * @param {Question} question
 * @param {Answer | undefined} answer
 */
export function typedText(question, answer) {
  if (answer?.state !== "given" || answer.value === undefined || answer.value === null) return "";
  if (question.type === "date" || question.type === "partial_date") return day(answer.value);
  if (question.type === "money") return money(answer.value).replace(" đ", "");
  return String(answer.value);
}
