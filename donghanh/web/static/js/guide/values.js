// @ts-check
/**
 * Answers as people type them, read into the values that are kept: the twin of catalog/rules/values.py,
 * where the kinds of values are told. A question is one of a plan, `today` the ward's day as YYYY-MM-DD.
 *
 * @typedef {Record<string, any>} Question
 * @typedef {{value: any, error: string | null}} Parsed
 */
import { isDay, isPartialDay } from "./calendar.js";
import {
  LONGEST_RAW,
  citizenIdDigits,
  isName,
  lengthOf,
  looksSecret,
  normal,
  phoneDigits,
  plainKey,
} from "./writing.js";

const BIGGEST = Number.MAX_SAFE_INTEGER;
export const OPEN = ["empty", "dont_know", "not_applicable"];
/** Rows too few or too many can be read all the same. */
export const COUNT_CODES = ["too_few_rows", "too_many_rows"];
const MOST_ROWS = 50;
/** @type {Record<string, number>} */
const LONGEST = { name: 100, address: 200, text: 200 };
const EMAIL = "^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,24}$";
const ISO = /^([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?$/u;
const WRITTEN = /^(?:(?:([0-9]{1,2})[/. -])?([0-9]{1,2})[/. -])?([0-9]{4})$/u;
const RUN_TOGETHER = /^([0-9]{2})([0-9]{2})([0-9]{4})$/u;
const WORDS = /^(?:(?:(?:ngay )?([0-9]{1,2}) )?thang ([0-9]{1,2}) )?nam ([0-9]{4})$/u;
const WHOLE = /^[+-]?(?:[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+)$/u;
const CURRENCY = / ?(?:d|₫|dong|vnd)$/u;
const YES = ["yes", "true", "co", "1", "oui"];
const NO = ["no", "false", "khong", "0", "non"];

/**
 * What was typed, read and checked by the limits of the question itself; neither value nor error when
 * nothing was written.
 * @param {Question} question
 * @param {unknown} raw
 * @param {string} today
 * @returns {Parsed}
 */
export function parse(question, raw, today) {
  if (typeof raw === "string" && raw.length > LONGEST_RAW && lengthOf(raw) > LONGEST_RAW) return no("too_long");
  const text = normal(raw);
  if (text === null) return no("not_text");
  if (!text) return { value: null, error: null };
  const read = READERS[question.type];
  if (!read) return no("not_text");
  const value = read(question, text);
  if (value === null) return no(UNREADABLE[question.type] ?? "not_text");
  const error = wrong(question, value, today);
  return error ? no(error) : { value, error: null };
}

/**
 * The code of what is wrong with a kept value, or null. For a repeat only the number of rows.
 * @param {Question} question
 * @param {any} value
 * @param {string} today
 * @returns {string | null}
 */
export function wrong(question, value, today) {
  const kind = question.type;
  if (kind in LONGEST) return wrongText(question, value);
  if (kind === "date" || kind === "partial_date") return wrongDay(question, value, today);
  if (kind === "integer" || kind === "money") return wrongNumber(question, value);
  if (kind === "repeat") return wrongRows(question, value);
  if (kind === "yes_no") return typeof value === "boolean" ? null : "not_in_list";
  if (kind === "choices") return isChoices(question, value) ? null : "not_in_list";
  if (typeof value !== "string") return UNREADABLE[kind];
  if (kind === "choice") return choiceIds(question).includes(value) ? null : "not_in_list";
  return READERS[kind](question, value) === value ? null : UNREADABLE[kind];
}

/**
 * Every [place, code] wrong with a kept value: place "" is the value itself, "0.name" a field of a row.
 * @param {Question} question
 * @param {any} value
 * @param {string} today
 * @returns {[string, string][]}
 */
export function errorsIn(question, value, today) {
  const code = wrong(question, value, today);
  /** @type {[string, string][]} */
  const found = code ? [["", code]] : [];
  if (question.type !== "repeat" || (code && !COUNT_CODES.includes(code))) return found;
  value.forEach((/** @type {any} */ row, /** @type {number} */ number) => {
    for (const field of question.fields) {
      const answer = own(row, field.id);
      const error = answer === undefined || answer === null ? null : wrongAnswer(field, answer, today);
      if (error) found.push([`${number}.${field.id}`, error]);
    }
  });
  return found;
}

/**
 * The code of what is wrong with {state, value}: a state it may not have, or a value.
 * @param {Question} question
 * @param {any} answer
 * @param {string} today
 * @returns {string | null}
 */
export function wrongAnswer(question, answer, today) {
  if (!isMap(answer)) return "not_in_list";
  const state = own(answer, "state");
  if (state === "given") return wrong(question, own(answer, "value") ?? null, today);
  const allowed = question.allow ?? [];
  const isOpen = state === "absent" || state === "empty" || (OPEN.includes(state) && allowed.includes(state));
  return isOpen ? null : "not_in_list";
}

/** The ids of the choices. @param {Question} question @returns {string[]} */
const choiceIds = (question) =>
  (question.choices ?? []).map((/** @type {any} */ one) => (typeof one === "string" ? one : one.id));

/** A mapping of JSON, not a list, not null. @param {unknown} value @returns {value is Record<string, any>} */
export const isMap = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** The own member of a mapping, whatever it is called. @param {any} map @param {string} name */
export const own = (map, name) => (Object.hasOwn(map, name) ? map[name] : undefined);

/** @param {string} error @returns {Parsed} */
const no = (error) => ({ value: null, error });

/** @param {Question} question @param {any} value @returns {string | null} */
function wrongText(question, value) {
  if (typeof value !== "string") return "not_text";
  if (lengthOf(value) > (question.longest || LONGEST[question.type])) return "too_long";
  if (!value || normal(value) !== value) return "not_text";
  if (looksSecret(value)) return "secret";
  if (question.type === "name" && !isName(value)) return "not_a_name";
  const pattern = question.pattern || (question.key === "email" ? EMAIL : null);
  return pattern && !new RegExp(pattern, "u").test(value) ? "pattern" : null;
}

/** @param {Question} question @param {any} value @param {string} today @returns {string | null} */
function wrongDay(question, value, today) {
  if (!(question.type === "date" ? isDay(value) : isPartialDay(value))) return "not_a_day";
  const limit = (/** @type {string} */ day) => (day === "today" ? today : day).slice(0, value.length);
  if (question.earliest && value < limit(question.earliest)) return "too_early";
  return question.latest && value > limit(question.latest) ? "too_late" : null;
}

/** @param {Question} question @param {any} value @returns {string | null} */
function wrongNumber(question, value) {
  if (typeof value !== "number" || !Number.isInteger(value)) return "not_a_number";
  if (value < (question.least ?? (question.type === "money" ? 0 : -BIGGEST))) return "too_small";
  return value > (question.most ?? BIGGEST) ? "too_big" : null;
}

/** @param {Question} question @param {any} value @returns {string | null} */
function wrongRows(question, value) {
  const known = question.fields.map((/** @type {Question} */ field) => field.id);
  const isRow = (/** @type {any} */ row) => isMap(row) && Object.keys(row).every((key) => known.includes(key));
  if (!Array.isArray(value) || !value.every(isRow)) return "not_in_list";
  if (value.length < (question.least || 0)) return "too_few_rows";
  return value.length > (question.most ?? MOST_ROWS) ? "too_many_rows" : null;
}

/** @param {Question} question @param {any} value */
function isChoices(question, value) {
  if (!Array.isArray(value)) return false;
  const ordered = choiceIds(question).filter((one) => value.includes(one));
  return ordered.length === value.length && ordered.every((one, at) => one === value[at]);
}

/** @param {Question} question @param {string} text */
const readText = (question, text) => text;

/** @param {Question} question @param {string} text */
function readDay(question, text) {
  const plain = text.normalize("NFKC");
  let [year, month, day] = ["", "", ""];
  const iso = ISO.exec(plain);
  if (iso) [, year, month, day = ""] = iso;
  else {
    const found = RUN_TOGETHER.exec(plain) ?? WRITTEN.exec(plain) ?? WORDS.exec(plainKey(plain));
    if (!found) return null;
    [, day = "", month = "", year] = found;
  }
  const written = [year, ...[month, day].filter((part) => part).map((part) => part.padStart(2, "0"))].join("-");
  return question.type === "partial_date" || written.length === 10 ? written : null;
}

/** @param {Question} question @param {string} text */
function readNumber(question, text) {
  let plain = plainKey(text.normalize("NFKC"));
  if (question.type === "money") plain = plain.replace(CURRENCY, "");
  if (!WHOLE.test(plain)) return null;
  const digits = plain.replace(/[., ]/gu, "");
  if (digits.length > 20) return (digits[0] === "-" ? -1 : 1) * 1e17;
  return Number(digits) + 0;
}

/** @param {Question} question @param {string} text */
function readYesNo(question, text) {
  const plain = plainKey(text);
  if (YES.includes(plain)) return true;
  return NO.includes(plain) ? false : null;
}

/** @param {Question} question @param {string} text */
function readChoices(question, text) {
  const chosen = text.split(/[ ,;]+/u).filter((one) => one);
  const known = choiceIds(question);
  return chosen.every((one) => known.includes(one)) ? known.filter((one) => chosen.includes(one)) : null;
}

/** @type {Record<string, (question: Question, text: string) => any>} */
const READERS = {
  text: readText,
  name: readText,
  address: readText,
  choice: readText,
  date: readDay,
  partial_date: readDay,
  integer: readNumber,
  money: readNumber,
  yes_no: readYesNo,
  choices: readChoices,
  phone: (_, text) => phoneDigits(text),
  citizen_id: (_, text) => citizenIdDigits(text),
  area: (_, text) => (/^[0-9]{5}$/u.test(text) ? text : null),
};

/** @type {Record<string, string>} */
const UNREADABLE = {
  date: "not_a_day",
  partial_date: "not_a_day",
  integer: "not_a_number",
  money: "not_a_number",
  yes_no: "not_in_list",
  choice: "not_in_list",
  choices: "not_in_list",
  phone: "not_a_phone",
  citizen_id: "not_a_citizen_id",
  area: "not_an_area",
};
