// @ts-check
/**
 * Days as conditions count them: the twin of catalog/rules/calendar.py, held to it by
 * tests/twins/conditions.json. ISO texts in, ISO texts or whole numbers out; no Date, no time zones.
 */

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const LAST_DAY = 3652059; // 9999-12-31, counted from 0001-01-01 = 1

/** @param {number} year */
const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** @param {number} year @param {number} month */
const lengthOf = (year, month) => (month === 2 && isLeap(year) ? 29 : LENGTHS[month - 1]);

/** @param {string} text @returns {[number, number, number]} */
function dayOf(text) {
  if (!isDay(text)) throw new RangeError("not a day");
  return [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
}

/** Whether this is a day of the calendar written YYYY-MM-DD. @param {unknown} text @returns {text is string} */
export function isDay(text) {
  if (typeof text !== "string" || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const [year, month, day] = text.split("-").map(Number);
  return year > 0 && month > 0 && month < 13 && day > 0 && day <= lengthOf(year, month);
}

/** Whether this is a year, a month of a year or a day. @param {unknown} text @returns {text is string} */
export function isPartialDay(text) {
  return typeof text === "string" && /^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$/.test(text) && isDay(firstDay(text));
}

/** The first day that a year or a month may mean. @param {string} partial */
export const firstDay = (partial) => (partial.length < 10 ? partial + "-01-01".slice(partial.length - 4) : partial);

/** Full years from birth to that day. @param {string} born @param {string} day */
export function ageOn(born, day) {
  const [year, month, date] = dayOf(born);
  const [lastYear, lastMonth, lastDate] = dayOf(day);
  return lastYear - year - (lastMonth < month || (lastMonth === month && lastDate < date) ? 1 : 0);
}

/** @param {string} text @returns {number} days since 0000-12-31 */
function number(text) {
  const [year, month, day] = dayOf(text);
  const before = year - 1;
  let count = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) + day;
  for (let one = 1; one < month; one += 1) count += lengthOf(year, one);
  return count;
}

/** @param {number} year @param {number} month @param {number} day */
const written = (year, month, day) =>
  [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");

/** How many days later `last` is than `first`. @param {string} first @param {string} last */
export const daysBetween = (first, last) => number(last) - number(first);

/** The day that many days later; throws beyond the years 1 to 9999. @param {string} day @param {number} count */
export function addDays(day, count) {
  let left = number(day) + count;
  if (!(left >= 1 && left <= LAST_DAY)) throw new RangeError("beyond the calendar");
  let year = Math.max(1, Math.floor(left / 366));
  while (year < 9999 && number(written(year + 1, 1, 1)) <= left) year += 1;
  left -= number(written(year, 1, 1)) - 1;
  let month = 1;
  for (; left > lengthOf(year, month); month += 1) left -= lengthOf(year, month);
  return written(year, month, left);
}

/** The same day that many months later, or the last of a shorter month. @param {string} day @param {number} count */
export function addMonths(day, count) {
  const [year, month, date] = dayOf(day);
  const months = year * 12 + month - 1 + count;
  const newYear = Math.floor(months / 12);
  const newMonth = months - newYear * 12 + 1;
  if (!(newYear >= 1 && newYear <= 9999)) throw new RangeError("beyond the calendar");
  return written(newYear, newMonth, Math.min(date, lengthOf(newYear, newMonth)));
}
