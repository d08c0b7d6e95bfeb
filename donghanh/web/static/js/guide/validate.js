// @ts-check
/** The answers against the JSON Schema of their plan: a second look, the twin of the server's. */
import { Validator } from "../../vendor/json-schema/json-schema.js";

/**
 * @param {Record<string, any>} schema of a plan
 * @returns {(answers: any) => string[]} the places that do not fit, as "/groom_name/value"; no value is repeated
 */
export function validator(schema) {
  const checked = new Validator(schema, "2020-12", false);
  return (answers) => {
    if (!isCarried(answers)) return [""];
    const { valid, errors } = checked.validate(answers);
    return valid ? [] : [...new Set(errors.map((/** @type {{instanceLocation: string}} */ error) => error.instanceLocation.slice(1)))];
  };
}

/** Whether UTF-8 could carry it: no text holds half a pair. @param {any} value @returns {boolean} */
function isCarried(value) {
  if (typeof value === "string") return !/[\ud800-\udfff]/u.test(value);
  if (Array.isArray(value)) return value.every(isCarried);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, one]) => isCarried(key) && isCarried(one));
}
