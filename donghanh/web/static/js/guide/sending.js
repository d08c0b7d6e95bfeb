// @ts-check
/** JSON to and from our own server, with the page's token; a no is an error with its code and sentence. */

export class SaidNo extends Error {
  /**
   * @param {number} status 0: the server was not reached
   * @param {{code?: string, message?: string}} answer
   */
  constructor(status, answer) {
    super(answer.message ?? "");
    this.status = status;
    this.code = answer.code ?? "";
  }

  /** Whether the same may go through later. */
  get isPassing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** The token against forged posts stands on the body, for htmx and for us. */
function token() {
  try {
    return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
  } catch {
    return "";
  }
}

/**
 * @param {string} address
 * @param {RequestInit} options
 * @returns {Promise<any>}
 */
async function ask(address, options) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(address, { credentials: "same-origin", ...options });
  } catch {
    throw new SaidNo(0, {});
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new SaidNo(response.status, answer);
  return answer;
}

/** @param {string} address */
export function get(address) {
  return ask(address, { headers: { Accept: "application/json" } });
}

/**
 * @param {string} address
 * @param {object} body
 */
export function post(address, body) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token() };
  return ask(address, { method: "POST", headers, body: JSON.stringify(body) });
}
