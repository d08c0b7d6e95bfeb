// @ts-check
/**
 * The desk takes over what somebody answered at home: the code is typed or scanned, opened in this browser, and
 * proposed in the case; a member confirms. A form `data-takeover` with the input `code`, a hidden form
 * `data-takeover-open` (POST, opens the case of the procedure `code`) and a place `data-takeover-said`.
 */
import { derive, readCode, unseal } from "./handover.js";
import { post } from "./sending.js";
import { word } from "./words.js";

/** What was opened and waits for its case. @type {{id: string, content: any} | undefined} */
let opened;

/**
 * @param {HTMLFormElement} form
 * @param {string} said
 */
function say(form, said) {
  const place = form.querySelector("[data-takeover-said]");
  if (place) place.textContent = said;
}

/** @param {HTMLFormElement} form */
async function take(form) {
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("code"));
  const code = readCode(input.value);
  if (!code) {
    say(form, word("code_unreadable"));
    input.focus();
    return;
  }
  say(form, word("code_opening"));
  try {
    const { id, key } = await derive(code);
    const sealed = await post(`/guide/handovers/${id}/take`, {});
    opened = { id, content: await unseal(sealed, key) };
    input.value = "";
    say(form, "");
    const open = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-takeover-open]"));
    if (!open) return;
    /** @type {HTMLInputElement} */ (open.elements.namedItem("code")).value = opened.content.procedure;
    open.requestSubmit();
  } catch (no) {
    opened = undefined;
    say(form, /** @type {Error} */ (no).message || word("code_unknown"));
  }
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches("form[data-takeover]")) return;
  event.preventDefault();
  void take(form);
});

document.addEventListener("guide:ready", async (event) => {
  const guide = /** @type {any} */ (event.target);
  if (!opened || guide.plan.procedure !== opened.content.procedure) return;
  const { id, content } = opened;
  opened = undefined;
  // Whoever made the code wrote what is sealed in it: what does not fit the plan's schema is not even proposed.
  const { validator } = await import("./validate.js");
  const misfits = validator(guide.plan.schema);
  if (guide.isWiped) return;
  const fitting = Object.entries(content.answers ?? {}).filter(([question, answer]) => !misfits({ [question]: answer }).length);
  const proposals = fitting.map(([question, answer]) => ({ question, ...answer, from: "phone" }));
  guide.propose({ role: "", from: "phone", handover: id, ticks: content.ticks ?? [], proposals });
});

document.addEventListener("guide:end", () => { opened = undefined; });
