// @ts-check
/**
 * From a phone to a desk without typing anything twice. The phone makes a code; from the code come, by
 * PBKDF2-SHA-256 and HKDF, an id and a key. The server gets the id and what the key has sealed, once and for a
 * day; the code itself never leaves phone, paper and desk.
 */

/** Without 0 1 I O Q U Z, which are mistaken for others; every third character is a digit. */
const LETTERS = "ABCDEFGHJKLMNPRSTVWXY";
const DIGITS = "23456789";
const LENGTH = 12;
const ROUNDS = 250_000;
const SALT = "dong-hanh-handover-1";
const NONCE = 12;
const MOST_BYTES = 48_000;

/** @param {string} alphabet */
function pick(alphabet) {
  // Bytes beyond the last whole multiple are thrown away: each character is equally likely.
  const limit = 256 - (256 % alphabet.length);
  for (;;) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < limit) return alphabet[byte % alphabet.length];
  }
}

/** A new code: twelve characters, about 47 bits. */
export function newCode() {
  return Array.from({ length: LENGTH }, (_, place) => pick(place % 3 === 2 ? DIGITS : LETTERS)).join("");
}

/** @param {string} code */
export function inGroups(code) {
  return code.replace(/(.{4})(?=.)/g, "$1-");
}

/**
 * The code in what was typed or scanned, or nothing.
 * @param {string} typed
 * @returns {string | undefined}
 */
export function readCode(typed) {
  const plain = typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const shape = new RegExp(`^(?:[${LETTERS}]{2}[${DIGITS}]){${LENGTH / 3}}$`);
  const last = plain.slice(-LENGTH);
  return shape.test(last) && (plain.length === LENGTH || plain.startsWith("DH")) ? last : undefined;
}

/** What stands in the QR: words a hand scanner can type. @param {string} code */
export function codeForQr(code) {
  return `DH:${inGroups(code)}`;
}

/**
 * @param {string} code
 * @returns {Promise<{id: string, key: CryptoKey}>}
 */
export async function derive(code) {
  const bytes = new TextEncoder();
  const typed = await crypto.subtle.importKey("raw", bytes.encode(code), "PBKDF2", false, ["deriveBits"]);
  const stretched = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: bytes.encode(SALT), iterations: ROUNDS }, typed, 256);
  const root = await crypto.subtle.importKey("raw", stretched, "HKDF", false, ["deriveBits", "deriveKey"]);
  const from = (/** @type {string} */ info) => ({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes.encode(info) });
  const id = new Uint8Array(await crypto.subtle.deriveBits(from("id"), root, 128));
  const key = await crypto.subtle.deriveKey(from("key"), root, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  return { id: [...id].map((byte) => byte.toString(16).padStart(2, "0")).join(""), key };
}

/**
 * Seals answers for the server.
 * @param {{format: 1, procedure: string, edition: string, answers: object, ticks: string[]}} content
 * @param {string} [code]
 * @returns {Promise<{code: string, id: string, kind: "answers", body: string}>}
 */
export async function seal(content, code = newCode()) {
  const { id, key } = await derive(code);
  const clear = new TextEncoder().encode(JSON.stringify(content));
  if (clear.length > MOST_BYTES) throw new RangeError("too much for one handover");
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(id) }, key, clear));
  const body = new Uint8Array(NONCE + sealed.length);
  body.set(nonce);
  body.set(sealed, NONCE);
  return { code, id, kind: "answers", body: toText(body) };
}

/**
 * Opens what `seal` has sealed; throws when the code is another one or a byte was changed.
 * @param {{id: string, body: string}} sealed
 * @param {CryptoKey} key
 * @returns {Promise<any>}
 */
export async function unseal({ id, body }, key) {
  const bytes = fromText(body);
  const clear = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes.slice(0, NONCE), additionalData: new TextEncoder().encode(id) }, key, bytes.slice(NONCE));
  return JSON.parse(new TextDecoder().decode(clear));
}

/** @param {Uint8Array} bytes */
function toText(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} text */
function fromText(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
}
