// @ts-check
/**
 * Text as it is typed, in the one form both sides keep it: the twin of catalog/rules/writing.py. Only
 * ranges are named here, no classes of Unicode: browsers and Python know different editions of it.
 */

export const LONGEST_RAW = 20000;
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/gu;
const BLANKS = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;
const REFUSED =
  /[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\u0897\u0ece\u1acf-\u1aff\u{10000}-\u{1efff}\u{1fb00}-\u{1ffff}\u{2fa20}-\u{2ffff}\u{32400}-\u{10ffff}]/u;
const LETTERS =
  "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\u0300-\u036f\u0370-\u0373\u0376-\u0377\u0386" +
  "\u0388-\u03ff\u0400-\u0481\u048a-\u052f\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0eb9\u1780-\u17d3\u3040-\u309f" +
  "\u30a0-\u30ff\u4e00-\u9fff\uaa00-\uaa36\uaa80-\uaac2\uac00-\ud7a3";
const NAME = new RegExp(`^[${LETTERS}][${LETTERS}'’ʼ. \\-]*$`, "u");
const MARKS = /[\u0300-\u036f]/gu;
const CAPITALS = /[A-ZđĐ]/gu;
const SECRET =
  /(?:^|[^a-z0-9])(?:otp|mat ?khau|password|passcode|mot de passe|ma ?pin|ma ?xac ?(?:thuc|nhan))(?![a-z0-9]) *(?:[:=]|la(?![a-z])|is(?![a-z]))? *[^ ]*[0-9]/u;

/**
 * NFC without invisible characters, blanks collapsed and trimmed; null for what is no text that can be kept.
 * @param {unknown} raw
 * @returns {string | null}
 */
export function normal(raw) {
  if (typeof raw !== "string") return null;
  const text = raw.replace(INVISIBLE, "").replace(BLANKS, " ").replace(/^ /u, "").replace(/ $/u, "");
  return REFUSED.test(text) ? null : text.normalize("NFC");
}

/** Code points, not halves of pairs. @param {string} text */
export function lengthOf(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Small letters without the accents of Latin, đ as d. @param {string} text */
export const plainKey = (text) =>
  text
    .normalize("NFD")
    .replace(MARKS, "")
    .replace(CAPITALS, (one) => (one === "đ" || one === "Đ" ? "d" : one.toLowerCase()));

/** Letters, apostrophes, hyphens, dots and blanks, a letter first. @param {string} text */
export const isName = (text) => NAME.test(text);

/** Whether it seems to tell a password or a one-time code. @param {string} text */
export const looksSecret = (text) => SECRET.test(plainKey(text));

const SEPARATORS = /[ .\-\u2013()]/gu;
const ABROAD = /^(?:\+84|0084|84(?=[0-9]{9,10}$))0?/u;

/** @param {string} text */
const withoutSeparators = (text) => text.normalize("NFKC").replace(SEPARATORS, "");

/** A Vietnamese phone number as digits from its 0, or null. @param {string} text */
export function phoneDigits(text) {
  const number = withoutSeparators(text).replace(ABROAD, "0");
  return /^(?:0[35789][0-9]{8}|02[0-9]{9})$/u.test(number) ? number : null;
}

/** An identity number as its 12 digits, or 9 of the former card, or null. @param {string} text */
export function citizenIdDigits(text) {
  const plain = withoutSeparators(text);
  return /^(?:[0-9]{9}|[0-9]{12})$/u.test(plain) ? plain : null;
}
