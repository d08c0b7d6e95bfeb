// @ts-check
/** The quiet word beside the work: saved, being saved, or calmly waiting for the network. */
import { html } from "../../vendor/lit/lit-html.js";
import { icon, word } from "./words.js";

/** @type {Record<string, string>} */
const SIGNS = { saved: "check", saving: "ellipsis", waiting: "wifi-off", unkept: "shield-check" };

/** @param {import("./guide.js").Guide} guide */
export function savedWord(guide) {
  if (!guide.hasAnswered && guide.store.state === "saved") return html`<p class="guide-saved" role="status"></p>`;
  const { state } = guide.store;
  const place = guide.storeKind === "phone" ? "_phone" : guide.storeKind === "none" ? "_none" : "";
  return html`<p class="guide-saved guide-saved-${state}" role="status">${icon(SIGNS[state] ?? "check")}<span>${word(`saved_${state}${state === "saved" ? place : ""}`)}</span></p>`;
}
