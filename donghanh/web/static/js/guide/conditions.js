// @ts-check
/**
 * What a condition says about the answers at hand: true, false or "unknown". The twin of
 * catalog/queries/evaluating.py; the tree is the very one that the server runs.
 *
 * @typedef {{tree: string, refs: string[]}} Condition
 */
import { CelScalar, ExprSchema, celEnv, celFunc, fromBinary, plan } from "../../vendor/cel/cel.js";
import { addDays, addMonths, ageOn, daysBetween, firstDay } from "./calendar.js";

const { INT, STRING } = CelScalar;

/** @param {string} born @param {string} day */
const age = (born, day) => BigInt(ageOn(born, day));
/** @param {string} first @param {string} last */
const between = (first, last) => BigInt(daysBetween(first, last));
/** @param {string} day @param {bigint} count */
const later = (day, count) => addDays(day, Number(count));
/** @param {string} day @param {bigint} count */
const monthsLater = (day, count) => addMonths(day, Number(count));

const ENGINE = celEnv({
  funcs: [
    celFunc("age_on", [STRING, STRING], INT, age),
    celFunc("days_between", [STRING, STRING], INT, between),
    celFunc("add_days", [STRING, INT], STRING, later),
    celFunc("add_months", [STRING, INT], STRING, monthsLater),
    celFunc("first_day", [STRING], STRING, firstDay),
  ],
});
/** @type {Map<string, (bindings: any) => unknown>} */
const planned = new Map();

/**
 * @param {Condition} condition of a plan
 * @param {Record<string, any>} bindings question → value, `st` the states, `today`
 * @returns {boolean | "unknown"}
 */
export function evaluate(condition, bindings) {
  /** @type {Record<string, any>} */
  const read = Object.create(null);
  const st = new Map();
  for (const id of condition.refs) {
    if (Object.hasOwn(bindings, id)) read[id] = celOf(bindings[id]);
    if (Object.hasOwn(bindings.st, id)) st.set(id, bindings.st[id]);
  }
  read.st = st;
  if (bindings.today) read.today = bindings.today;
  const value = runnable(condition.tree)(read);
  return typeof value === "boolean" ? value : "unknown";
}

/** @param {string} tree base64 */
function runnable(tree) {
  let run = planned.get(tree);
  if (!run) {
    const bytes = Uint8Array.from(atob(tree), (one) => one.charCodeAt(0));
    run = /** @type {(bindings: any) => unknown} */ (plan(ENGINE, fromBinary(ExprSchema, bytes)));
    planned.set(tree, run);
  }
  return run;
}

/** Whole numbers as BigInt, rows as maps: the engine takes a plain number for a double. @param {any} value @returns {any} */
function celOf(value) {
  if (typeof value === "number") return BigInt(value);
  if (Array.isArray(value)) return value.map(celOf);
  if (typeof value === "object" && value !== null)
    return new Map(Object.entries(value).map(([key, one]) => [key, celOf(one)]));
  return value;
}
