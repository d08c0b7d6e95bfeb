// @ts-check
/**
 * What the QR code of a chip card says: the twin of people/rules/card.py, where the rules are told. Unsigned text,
 * never a proof of identity; the raw text is kept nowhere.
 *
 * @typedef {{id_number: string, old_number: string, name: string, born_on: string, sex: string, address: string,
 *   issued_on: string, warnings: string[]}} Card
 */
import { isDay } from "./calendar.js";
import { isName, lengthOf, normal } from "./writing.js";

const LEAST_FIELDS = 6;
const LONGEST_TEXT = 1000;
const LONGEST_NAME = 120;
const LONGEST_ADDRESS = 250;
/** @type {Record<string, string>} */
const SEXES = { nam: "male", "nữ": "female", nu: "female", male: "male", female: "female" };
/** Where a birth was registered: the 63 provinces of before 2025. */
const PROVINCES = new Set(
  ("001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 " +
    "051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096").split(" "),
);

/**
 * A day from ddmmyyyy; "" for none, and for one that is still to come.
 * @param {string} text
 * @param {string} today
 */
function dayFrom(text, today) {
  const found = /^([0-9]{2})([0-9]{2})([0-9]{4})$/u.exec(text);
  const iso = found ? `${found[3]}-${found[2]}-${found[1]}` : "";
  return found && isDay(iso) && iso <= today && found[3] >= "1900" ? iso : "";
}

/**
 * @param {Card} card
 * @param {boolean} hasIssue
 */
function warningsOf(card, hasIssue) {
  const unread = ["name", "born_on", "sex", "address"].filter((key) => !card[/** @type {keyof Card} */ (key)]).map((key) => key.replace("_on", ""));
  if (hasIssue && !card.issued_on) unread.push("issued");
  const number = card.id_number;
  const sign = Number(number[3]);
  const born = 1900 + 100 * Math.floor(sign / 2) + Number(number.slice(4, 6));
  if (!PROVINCES.has(number.slice(0, 3))) unread.push("number-province");
  if (card.sex && card.sex !== (sign % 2 ? "female" : "male")) unread.push("number-sex");
  if (card.born_on && Number(card.born_on.slice(0, 4)) !== born) unread.push("number-born");
  return unread;
}

/**
 * The card of a QR code's text; null when this is the code of something else.
 * @param {unknown} text
 * @param {string} today
 * @returns {Card | null}
 */
export function readCard(text, today) {
  if (typeof text !== "string" || lengthOf(text) > LONGEST_TEXT) return null;
  const fields = text.split("|").map((field) => normal(field) ?? "");
  if (fields.length < LEAST_FIELDS || !/^[0-9]{12}$/u.test(fields[0])) return null;
  // Without an old number some cards leave its field out instead of empty.
  const old = /^[0-9]*$/u.test(fields[1]) ? fields[1] : null;
  const [name, born, sex, address, issued] = [...(old === null ? fields.slice(1) : fields.slice(2)), "", "", "", "", ""];
  const card = {
    id_number: fields[0],
    old_number: old && /^(?:[0-9]{9}|[0-9]{12})$/u.test(old) ? old : "",
    name: isName(name) && lengthOf(name) <= LONGEST_NAME ? name : "",
    born_on: dayFrom(born, today),
    sex: SEXES[sex.toLowerCase()] ?? "",
    address: lengthOf(address) <= LONGEST_ADDRESS && !address.includes("\ufffd") ? address : "",
    issued_on: dayFrom(issued, today),
    warnings: /** @type {string[]} */ ([]),
  };
  card.warnings = warningsOf(card, issued !== "");
  return card;
}
