// @ts-check
/** The public pages: print, say it aloud where the browser can listen, forget what the phone kept. */

/** @param {ParentNode} root @param {string} selector @returns {HTMLElement[]} */
const all = (root, selector) => [...root.querySelectorAll(selector)].filter((node) => node instanceof HTMLElement);

for (const button of all(document, "[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/** @type {any} */
const Recognition = /** @type {any} */ (window).SpeechRecognition ?? /** @type {any} */ (window).webkitSpeechRecognition;
const LANGUAGES = /** @type {Record<string, string>} */ ({ vi: "vi-VN", fr: "fr-FR", en: "en-GB" });

/** @param {HTMLElement} button */
function listenOn(button) {
  const field = document.querySelector(button.dataset.listen ?? "");
  if (!(field instanceof HTMLInputElement)) return;
  button.hidden = false;
  for (const note of all(document, "[data-listen-note]")) note.hidden = false;
  button.addEventListener("click", () => {
    const ear = new Recognition();
    const hint = field.placeholder;
    ear.lang = LANGUAGES[document.documentElement.lang.slice(0, 2)] ?? "vi-VN";
    ear.onresult = (/** @type {any} */ heard) => {
      field.value = heard.results[0][0].transcript;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    ear.onend = () => {
      button.classList.remove("is-listening");
      field.placeholder = hint;
      field.focus();
    };
    button.classList.add("is-listening");
    field.placeholder = button.dataset.says ?? "";
    ear.start();
  });
}

if (Recognition) all(document, "[data-listen]").forEach(listenOn);

for (const button of all(document, "[data-forget]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const { forget } = await import("./guide/phone.js");
    await forget();
    const guide = /** @type {any} */ (document.querySelector("dh-guide"));
    await guide?.wipe?.();
    document.dispatchEvent(new CustomEvent("toast", { detail: { message: button.dataset.done ?? "", tone: "done" } }));
    location.replace(location.pathname);
  });
}
