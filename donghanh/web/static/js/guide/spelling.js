// @ts-check
/**
 * How an answer is written into a field of a portal. Twin: donghanh/catalog/rules/spelling.py; both run
 * tests/twins/spelling.json. What is not given is written as nothing.
 */

/**
 * @typedef {{id: string, type: string, choices?: {id: string, label: string}[]}} Question
 * @typedef {{state: string, value?: any}} Answer
 * @typedef {{questions: string[], spelling?: string, join?: string}} FormValue
 * @typedef {{areas?: Record<string, string>, yes?: string, no?: string}} Names
 */

const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const DAY = /^([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?$/;

/**
 * @param {any} value
 * @param {string} spelling
 * @param {Question} question
 * @param {Names} [names]
 * @returns {string}
 */
export function spelt(value, spelling, question, names = {}) {
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  if (value === null || value === undefined || isMap || question.type === "repeat") return "";
  const ids = Array.isArray(value) ? value.map(String) : [String(value).normalize("NFC")];
  if (spelling === "choice") return ids.map((one) => label(question, one)).join(", ");
  const plain = ids.join(",");
  if (spelling === "area") return own(names.areas, plain) ?? plain;
  if (spelling === "yes_no") {
    if (plain === "true") return names.yes ?? "Có";
    return plain === "false" ? (names.no ?? "Không") : plain;
  }
  if (spelling === "upper") return plain.toUpperCase().normalize("NFC");
  if (spelling === "digits") return plain.replace(/[^0-9]/g, "");
  if (spelling === "money") {
    if (!/^-?[0-9]+$/.test(plain)) return plain;
    return `${plain.replace(/(?<=[0-9])(?=(?:[0-9]{3})+$)/g, ".")} đồng`;
  }
  return ofADay(plain, spelling);
}

/**
 * All answers of a place, joined; those not given are left out.
 * @param {FormValue} value
 * @param {Record<string, Answer>} answers
 * @param {Record<string, Question>} questions
 * @param {Names} [names]
 */
export function written(value, answers, questions, names = {}) {
  const parts = [];
  for (const id of value.questions) {
    const question = own(questions, id);
    const answer = own(answers, id);
    if (!question || answer?.state !== "given") continue;
    parts.push(spelt(answer.value, value.spelling ?? "plain", question, names));
  }
  return parts.filter(Boolean).join(value.join ?? " ");
}

/**
 * A number from 0 to 9999 in Vietnamese.
 * @param {number} number
 */
export function numberInWords(number) {
  const thousands = Math.floor(number / 1000);
  const rest = number % 1000;
  const words = thousands ? [`${DIGITS[thousands]} nghìn`] : [];
  if (rest || !thousands) words.push(belowThousand(rest, thousands > 0));
  return words.join(" ");
}

/**
 * @param {number} number
 * @param {boolean} whole
 */
function belowThousand(number, whole) {
  const hundreds = Math.floor(number / 100);
  const tens = Math.floor((number % 100) / 10);
  const ones = number % 10;
  const words = hundreds || whole ? [`${DIGITS[hundreds]} trăm`] : [];
  if (!tens && words.length) {
    if (ones) words.push(`linh ${DIGITS[ones]}`);
  } else if (!tens) words.push(DIGITS[ones]);
  else if (tens === 1) words.push(ones ? `mười ${ones === 5 ? "lăm" : DIGITS[ones]}` : "mười");
  else {
    const last = ["", " mốt", null, null, " tư", " lăm"][ones] ?? ` ${DIGITS[ones]}`;
    words.push(`${DIGITS[tens]} mươi${last}`);
  }
  return words.join(" ");
}

/**
 * @param {Question} question
 * @param {string} id
 */
function label(question, id) {
  return question.choices?.find((choice) => choice.id === id)?.label ?? id;
}

/**
 * @template T
 * @param {Record<string, T> | undefined} map
 * @param {string} key
 * @returns {T | undefined}
 */
function own(map, key) {
  return map && Object.hasOwn(map, key) ? map[key] : undefined;
}

/**
 * @param {string} plain
 * @param {string} spelling
 */
function ofADay(plain, spelling) {
  const parts = DAY.exec(plain);
  if (!parts || spelling === "plain") return plain;
  const [, year, month, day] = parts;
  if (spelling === "year") return year;
  if (spelling === "day") return [day, month, year].filter(Boolean).join("/");
  if (spelling !== "day_words") return plain;
  const named = [["ngày", day], ["tháng", month], ["năm", year]];
  return named
    .filter(([, part]) => part)
    // The fourth month is said "tư", not "bốn".
    .map(([word, part]) => `${word} ${word === "tháng" && part === "04" ? "tư" : numberInWords(Number(part))}`)
    .join(" ");
}
