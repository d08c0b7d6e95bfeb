// @ts-check
/**
 * “Tell me on this phone”: shown only where the browser can, asked for by a touch, and ended by one.
 * The phone itself remembers that it is told, with what it takes to end it; the server knows no name.
 */

const WORKER = "/push-sw.js";
const SCOPE = "/push/"; // no page lives there: this worker serves pushes alone

/** @param {string} name */
const place = (name) => `told-${name}`;

function isPossible() {
  const has = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  return window.isSecureContext && has && Notification.permission !== "denied";
}

function show() {
  for (const box of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-tell]"))) {
    const isTold = localStorage.getItem(place(box.dataset.tell ?? "")) !== null;
    box.hidden = !isTold && !isPossible();
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll("[data-told]"))) {
      part.hidden = (part.dataset.told === "1") !== isTold;
    }
  }
}

/** @param {string} text base64url */
function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

/** @returns {Promise<ServiceWorkerRegistration>} */
async function registered() {
  const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
  const coming = registration.installing ?? registration.waiting;
  if (registration.active || !coming) return registration;
  await new Promise((resolve) => {
    coming.addEventListener("statechange", () => coming.state === "activated" && resolve(undefined));
  });
  return registration;
}

/** @param {string} key the house's public key, base64url */
async function subscribed(key) {
  const { pushManager } = await registered();
  const asked = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  try {
    return await pushManager.subscribe(asked);
  } catch (no) {
    const old = await pushManager.getSubscription();
    if (!old) throw no;
    await old.unsubscribe(); // one of a house with another key, at this address before
    return pushManager.subscribe(asked);
  }
}

/**
 * @param {string} url
 * @param {Record<string, string>} fields
 * @returns {Promise<string>} why not; empty when it is done
 */
async function post(url, fields) {
  const { "X-CSRFToken": token } = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  const headers = { Accept: "application/json", "X-CSRFToken": token ?? "" };
  const answer = await fetch(url, { method: "POST", headers, body: new URLSearchParams(fields) });
  if (answer.ok) return "";
  return (await answer.json().catch(() => ({}))).message ?? document.getElementById("toasts")?.dataset.sorry ?? "";
}

/** @param {HTMLElement} box */
async function begin(box) {
  const { tell = "", url = "", key = "", hash = "", language = "vi", cannot = "" } = box.dataset;
  /** @type {string} */
  let subscription;
  try {
    subscription = JSON.stringify(await subscribed(key));
  } catch {
    return cannot;
  }
  const why = await post(url, { subscription, hash, language });
  if (!why) localStorage.setItem(place(tell), subscription);
  return why;
}

/** @param {HTMLElement} box */
async function end(box) {
  const { tell = "", endUrl = "" } = box.dataset;
  const why = await post(endUrl, { subscription: localStorage.getItem(place(tell)) ?? "" });
  if (why) return why;
  localStorage.removeItem(place(tell));
  const others = Object.keys(localStorage).some((name) => name.startsWith(place("")));
  const registration = others ? undefined : await navigator.serviceWorker?.getRegistration(SCOPE);
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
  return "";
}

document.addEventListener("click", async (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-tell-begin], [data-tell-end]");
  const box = /** @type {HTMLElement | null} */ (button?.closest("[data-tell]") ?? null);
  if (!(button instanceof HTMLButtonElement) || !box) return;
  const isBeginning = button.matches("[data-tell-begin]");
  button.setAttribute("aria-disabled", "true");
  const sorry = document.getElementById("toasts")?.dataset.sorry ?? "";
  const why = await (isBeginning ? begin(box) : end(box)).catch(() => sorry);
  button.removeAttribute("aria-disabled");
  show();
  if (why) document.dispatchEvent(new CustomEvent("toast", { detail: { message: why, tone: "wrong" } }));
  else /** @type {HTMLElement | null} */ (box.querySelector("[data-told]:not([hidden]) [data-tell-status]"))?.focus();
});

document.addEventListener("htmx:afterSwap", show);
show();
