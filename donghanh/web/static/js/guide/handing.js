// @ts-check
/** At home: seal the answers for a desk, and show the code that opens them there, as words and to scan. */
import { html, nothing } from "../../vendor/lit/lit-html.js";
import { codeForQr, inGroups, seal } from "./handover.js";
import { post } from "./sending.js";
import { icon, notice, word } from "./words.js";

/** @typedef {import("./guide.js").Guide} Guide */

/** @param {Guide} guide */
export function handingOver(guide) {
  if (guide.storeKind !== "phone" || !guide.hasAnswered) return nothing;
  return html`<section class="guide-handing no-print" aria-labelledby="g-handing"><h2 id="g-handing">${word("take_to_desk")}</h2>
    ${guide.handing?.code ? shown(guide) : html`<p>${word("take_to_desk_how")}</p>
      <div class="buttons"><button type="button" class="button button-quiet" data-handover ?disabled=${guide.handing?.isBusy} @click=${() => make(guide)}>${icon("qr-code")}${word("make_code")}</button></div>`}
    ${guide.handing?.no ? notice({ tone: "wait", sign: "wifi-off", body: guide.handing.no }) : nothing}</section>`;
}

/** @param {Guide} guide */
function shown(guide) {
  const { code, path, size } = guide.handing;
  return html`<p>${word("show_code")}</p><p class="guide-handing-code" data-handover-code>${inGroups(code)}</p>
    <div class="qr" role="img" aria-label=${word("code_to_scan")}><svg viewBox=${`0 0 ${size} ${size}`} shape-rendering="crispEdges"><path d=${path} fill="currentColor"></path></svg></div>
    <p class="muted">${word("code_lasts")}</p>`;
}

/** @param {Guide} guide */
async function make(guide) {
  guide.handing = { isBusy: true };
  guide.draw();
  try {
    const { plan, answers, ticks } = guide.walk;
    const sealed = await seal({ format: 1, procedure: plan.procedure, edition: plan.hash, answers, ticks: [...ticks] });
    await post("/guide/handovers", { id: sealed.id, kind: sealed.kind, body: sealed.body });
    const { encode } = await import("../../vendor/qr/qr.js");
    const { data, size } = encode(codeForQr(sealed.code), { ecc: "M", border: 2 });
    const path = data.flatMap((/** @type {boolean[]} */ row, /** @type {number} */ y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
    guide.handing = { code: sealed.code, path, size };
  } catch (no) {
    guide.handing = { no: /** @type {Error} */ (no).message || word("no_code_now") };
  }
  guide.draw();
  guide.focusSoon(() => guide.querySelector("[data-handover-code]"));
}
