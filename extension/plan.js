// @ts-check
/**
 * What the desk hands over: the form's map and a value for each field. Checked here before it is kept, for it
 * came from a page.
 *
 * @typedef {{name: string, label: string, kind: string, required: boolean, longest: number | null}} Field
 * @typedef {{what: string, selector: string, pattern: string}} Read
 * @typedef {{portal: string, origin: string, path: string, form: string, fields: Field[], reads: Read[]}} FormMap
 * @typedef {{case: string, caseWords: string, language: string, map: FormMap, values: Record<string, string>}} Plan
 */

const KINDS = new Set(["text", "textarea", "date", "select", "radio", "checkbox"]);
const READS = new Set(["dossier_code", "due_on"]);
const MOST_FIELDS = 200;
const LONGEST = 4000;

/**
 * A tidy copy of a plan, or null when it is none. `practice:` stands for the house's own origin.
 * @param {any} said
 * @param {string} house origin of the page that handed it over
 * @returns {Plan | null}
 */
export function planOf(said, house) {
  const map = said?.map;
  if (!isText(said?.case) || !Array.isArray(map?.fields) || !Array.isArray(map?.reads)) return null;
  const origin = map.origin === "practice:" ? house : map.origin;
  if (![map.portal, map.path, map.form].every(isText) || !isOrigin(origin) || !map.path.startsWith("/")) return null;
  const names = new Set(map.fields.map((/** @type {any} */ field) => field?.name));
  if (!map.fields.length || names.size !== map.fields.length || names.size > MOST_FIELDS) return null;
  if (!map.fields.every(isField) || !map.reads.every(isRead)) return null;
  /** @type {Record<string, string>} */
  const values = {};
  for (const field of map.fields) {
    const value = Object.hasOwn(said.values ?? {}, field.name) ? said.values[field.name] : "";
    if (typeof value !== "string" || value.length > LONGEST) return null;
    values[field.name] = value;
  }
  return {
    case: said.case,
    caseWords: isText(said.caseWords) ? said.caseWords : "",
    language: isText(said.language) ? said.language.slice(0, 2) : "",
    map: {
      portal: map.portal, origin, path: map.path, form: map.form,
      fields: map.fields.map(({name, label, kind, required, longest}) => (
        {name, label, kind, required: required === true, longest: Number.isInteger(longest) ? longest : null})),
      reads: map.reads.map(({what, selector, pattern}) => ({what, selector, pattern})),
    },
    values,
  };
}

/** @param {any} text */
function isText(text) {
  return typeof text === "string" && text.length > 0 && text.length < 500;
}

/** @param {any} field */
function isField(field) {
  return isText(field?.name) && isText(field.label) && KINDS.has(field.kind);
}

/** @param {any} read */
function isRead(read) {
  return READS.has(read?.what) && isText(read.selector) && isText(read.pattern);
}

/** Values travel encrypted, or stay on this machine. @param {any} origin */
function isOrigin(origin) {
  if (!isText(origin) || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  const isHere = url.protocol === "http:" && ["localhost", "127.0.0.1"].includes(url.hostname);
  return url.origin === origin && (url.protocol === "https:" || isHere);
}
