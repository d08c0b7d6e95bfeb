// @ts-check
/**
 * The extension's words, in the language of the desk that handed the case over; before that, in the browser's.
 * The files are those of the browser's own i18n, read here because that knows no language but its own.
 */

const api = globalThis.browser ?? globalThis.chrome;
const LANGUAGES = ["vi", "fr", "en"];
/** @type {Map<string, Promise<Record<string, any>>>} */
const read = new Map();

/** @typedef {(key: string, ...facts: string[]) => string} Say */

/**
 * @param {string} [language]
 * @returns {Promise<{language: string, say: Say}>}
 */
export async function wordsIn(language = "") {
  const own = api.i18n.getUILanguage().slice(0, 2);
  const chosen = [language, own, "vi"].find((one) => LANGUAGES.includes(one)) ?? "vi";
  if (!read.has(chosen)) {
    read.set(chosen, fetch(api.runtime.getURL(`_locales/${chosen}/messages.json`)).then((answer) => answer.json()));
  }
  const messages = (await read.get(chosen)) ?? {};
  return { language: chosen, say: (key, ...facts) => said(messages[key], facts) };
}

/**
 * @param {{message: string, placeholders?: Record<string, {content: string}>} | undefined} entry
 * @param {string[]} facts
 */
function said(entry, facts) {
  if (!entry) return "";
  return entry.message.replace(/\$(\w+)\$/g, (all, name) => {
    const place = entry.placeholders?.[name.toLowerCase()]?.content.slice(1);
    return place ? (facts[Number(place) - 1] ?? "") : all;
  });
}

/**
 * Put the words into a page: `data-word="press"` is the message `press`.
 * @param {Document} page
 * @param {{language: string, say: Say}} words
 */
export function worded(page, { language, say }) {
  page.documentElement.lang = language;
  for (const place of page.querySelectorAll("[data-word]")) place.textContent = say(/** @type {HTMLElement} */ (place).dataset.word ?? "");
}
