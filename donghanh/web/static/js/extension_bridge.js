// @ts-check
/**
 * <dh-portal-bridge case="…" case-words="…" portal="…" record-url="…">: hands the open case to the browser extension
 * when the member presses, and asks the member before what it read on the portal is kept. Shows itself only where
 * the extension answers. `guide:end` wipes the extension too.
 */
import { element, PortalFed } from "./guide/portal_feed.js";

class PortalBridge extends PortalFed {
  isThere = false;
  said = "";
  /** @type {{code: string, due_on: string, portal: string} | undefined} */
  found = undefined;

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("message", this.listen);
    this.say({ verb: "hello" });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener("message", this.listen);
  }

  /** @param {Record<string, unknown>} words */
  say(words) {
    window.postMessage({ channel: "donghanh", ...words }, location.origin);
  }

  /** @param {MessageEvent} event */
  listen = (event) => {
    const said = event.data;
    if (event.source !== window || event.origin !== location.origin || said?.channel !== "donghanh-extension") return;
    if (said.verb === "here") this.isThere = true;
    else if (said.verb === "taken" && said.case === this.getAttribute("case")) this.said = this.word("taken");
    else if (said.verb === "refused") this.said = this.word("refused");
    else if (said.verb === "dossier" && said.case === this.getAttribute("case")) {
      this.found = { code: String(said.code), due_on: String(said.due_on ?? ""), portal: String(said.portal) };
    } else return;
    this.draw();
  };

  handOver() {
    const map = this.map;
    if (!map) return;
    const { portal, origin, path, form, reads } = map;
    const fields = map.fields.map(({ name, label, kind, required, longest }) => ({ name, label, kind, required, longest }));
    const values = Object.fromEntries(this.filled.map((one) => [one.name, one.value]));
    const plan = { case: this.getAttribute("case"), caseWords: this.getAttribute("case-words") ?? "", language: document.documentElement.lang, map: { portal, origin, path, form, fields, reads }, values };
    this.say({ verb: "hand-over", plan });
  }

  forget() {
    this.say({ verb: "end" });
    this.found = undefined;
    this.said = "";
    super.forget();
  }

  /** The member has compared it: the desk's own action keeps the dossier. */
  record() {
    const found = this.found;
    if (!found) return;
    const kept = new CustomEvent("dossier:confirmed", { bubbles: true, cancelable: true, detail: { ...found, case: this.getAttribute("case") } });
    const url = this.getAttribute("record-url");
    const htmx = /** @type {any} */ (globalThis).htmx;
    if (this.dispatchEvent(kept) && url && htmx) {
      const values = { portal: found.portal, code: found.code, due_on: found.due_on };
      htmx.ajax("POST", url, { values, source: this, target: "#desk", swap: "outerHTML" });
    }
    this.found = undefined;
    this.said = this.word("recorded");
    this.draw();
  }

  draw() {
    this.place.replaceChildren(...(this.isThere && this.map ? this.parts() : []));
  }

  parts() {
    const hand = element("button", { type: "button", class: "button button-quiet", "data-hand-over": "" }, this.word("hand_over"));
    hand.addEventListener("click", () => this.handOver());
    const parts = [hand, element("p", { class: "muted", role: "status" }, this.said)];
    if (!this.found) return parts;
    const keep = element("button", { type: "button", class: "button", "data-record": "" }, this.word("record"));
    keep.addEventListener("click", () => this.record());
    const drop = element("button", { type: "button", class: "button button-quiet" }, this.word("drop"));
    drop.addEventListener("click", () => { this.found = undefined; this.draw(); });
    const { code, due_on } = this.found;
    return [
      ...parts,
      element(
        "div", { class: "notice notice-information", role: "alert" },
        element("p", {}, this.word("found")),
        element("p", { class: "strong", "data-code": "" }, code),
        element("p", { "data-due": "" }, due_on ? due_on.split("-").reverse().join("/") : "–"),
        element("p", { class: "buttons" }, keep, drop),
      ),
    ];
  }
}

customElements.define("dh-portal-bridge", PortalBridge);
