// @ts-check
/**
 * `<dh-guide>`: one procedure, led through question by question (citizen) or step by step (member).
 *
 * Attributes: `plan` address of the plan · `view` citizen | member · `store` server | phone | none · `case`
 * address of the case under /guide/, with its slash (server) · `key` of the phone's memory (phone) · `at` the
 * first screen (default start) · `idle` seconds until it covers itself. Its children stand until it has begun.
 * Tells `guide:ready`, `guide:answers` {plan, answers, names}, `guide:flow` {flow}, `guide:screen` {at} and
 * `guide:wiped`. `wipe()` leaves nothing of a person in memory, on screen, in history or in the phone's memory.
 */
import { nothing, render } from "../../vendor/lit/lit-html.js";
import { nameOf } from "./area.js";
import { loadSounds } from "./audio.js";
import { citizenView } from "./citizen.js";
import { engineFor } from "./engine.js";
import { wardToday } from "./ids.js";
import { watchIdle } from "./lock.js";
import { Moving } from "./moving.js";
import { confirmProposals, proposalsOf } from "./prefill.js";
import { get } from "./sending.js";
import { NoStore, PhoneStore, ServerStore } from "./store.js";
import { Walk } from "./walk.js";
import { notice, word } from "./words.js";

export class Guide extends Moving {
  constructor() {
    super();
    this.isStarted = false;
    this.show = citizenView;
    this.isWiped = false;
    this.canSend = true;
    /** Groups of proposals that wait to be confirmed. @type {any[]} */
    this.proposals = [];
    /** @type {any} */
    this.consentTexts = undefined;
    /** @type {any} */
    this.rebase = undefined;
    /** The code for a desk, once it was made. @type {any} */
    this.handing = undefined;
    /** Whose card was scanned last, and what to compare. @type {{role: string, warnings: string[]} | undefined} */
    this.scanned = undefined;
    /** By text key, the ways it can be heard. @type {Record<string, import("./audio.js").Way[]>} */
    this.sounds = {};
    this.consentMethod = "";
    this.isPressed = false;
    this.isDrawing = false;
    this.drawsLater = false;
    this.isHeld = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.soon = undefined;
    this.onPress = () => { this.isPressed = true; };
    this.onRelease = () => {
      this.isPressed = false;
      if (this.drawsLater) setTimeout(() => this.draw());
    };
    this.onKey = (/** @type {KeyboardEvent} */ event) => this.pressed(event);
    this.onHide = () => { if (this.storeKind !== "phone") void this.close(); };
    this.onShow = (/** @type {PageTransitionEvent} */ event) => { if (event.persisted) location.reload(); };
    this.onLeave = (/** @type {BeforeUnloadEvent} */ event) => { if (this.hasUnsent) event.preventDefault(); };
  }

  connectedCallback() {
    if (this.isStarted) return;
    this.isStarted = true;
    this.view = this.getAttribute("view") ?? "citizen";
    this.hand = this.view === "member" ? "member" : "citizen";
    this.lang = (this.getAttribute("lang") || document.documentElement.lang || "vi").slice(0, 2);
    window.addEventListener("popstate", this.onPop);
    window.addEventListener("pagehide", this.onHide);
    window.addEventListener("pageshow", this.onShow);
    window.addEventListener("beforeunload", this.onLeave);
    window.addEventListener("pointerdown", this.onPress, true);
    window.addEventListener("pointerup", this.onRelease, true);
    window.addEventListener("pointercancel", this.onRelease, true);
    this.addEventListener("keydown", this.onKey);
    this.stopWatching = watchIdle(this);
    void this.start();
  }

  disconnectedCallback() {
    // htmx takes an element out and puts it back in one breath: only one that stays away is wiped.
    setTimeout(() => {
      if (!this.isConnected) void this.close();
    });
  }

  async start() {
    try {
      const plan = await get(this.getAttribute("plan") ?? "");
      const engine = engineFor();
      // A phone at home never fetches the fast view.
      if (this.view === "member") this.show = (await import("./member.js")).memberView;
      this.store = this.makeStore(plan);
      this.walk = new Walk({ plan, view: this.view, today: this.getAttribute("today") ?? wardToday(), engine });
      const kept = await this.store.load();
      if (this.isWiped) return;
      this.adopt(kept, new Set());
      this.hasAnswered = Object.keys(this.walk.answers).length > 0 || this.walk.ticks.size > 0;
    } catch (no) {
      if (no instanceof TypeError || no instanceof ReferenceError) throw no;
      render(notice({ tone: "wait", sign: "wifi-off", title: word("cannot_begin"), body: /** @type {Error} */ (no).message }), this);
      return;
    }
    this.begin();
  }

  /** @param {import("./walk.js").Plan} plan */
  makeStore(plan) {
    const store = this.storeKind === "server"
      ? new ServerStore({ address: this.getAttribute("case") ?? "", view: this.view, hand: this.hand })
      : this.storeKind === "phone" ? new PhoneStore({ key: this.getAttribute("key") ?? plan.procedure, edition: plan.hash }) : new NoStore();
    store.addEventListener("state", () => this.drawSoon());
    store.addEventListener("kept", (event) => {
      const { state, pending } = /** @type {CustomEvent} */ (event).detail;
      this.adopt(state, pending);
      this.changed();
    });
    store.addEventListener("refused", (event) => {
      const { question, message, code } = /** @type {CustomEvent} */ (event).detail;
      if (code !== "consent-needed") this.refused.set(question, message);
      this.draw();
    });
    return store;
  }

  begin() {
    const first = this.view === "member" ? this.walk.flow.next ?? this.walk.flow.screens.at(-1)?.id ?? "done" : this.getAttribute("at") ?? "start";
    this.at = first === "next" ? this.walk.flow.next ?? "done" : first;
    if (this.usesHistory) history.replaceState({ guide: this.at, depth: 0 }, "");
    this.changed();
    this.tell("guide:ready", { plan: this.walk.plan });
    void this.nameAreas();
    void loadSounds(this);
    if (this.storeKind === "server") void this.askProposals();
  }

  /**
   * What the server or the phone kept; what is still on its way stays as it is here.
   * @param {any} kept
   * @param {Set<string>} pending
   */
  adopt(kept, pending) {
    const here = { ...this.walk.answers };
    const marks = { ...this.walk.marks };
    const unkept = this.store.state === "unkept";
    this.walk.restore(kept);
    for (const question of unkept ? Object.keys(here) : pending) {
      if (here[question]) this.walk.answers[question] = here[question];
      else delete this.walk.answers[question];
      this.walk.marks[question] = marks[question] ?? {};
    }
    this.facts = ServerStore.facts(kept);
  }

  changed() {
    if (!this.walk || this.isWiped) return;
    this.handing = undefined; // a code opens what was sealed under it, not what was answered since
    const { plan, answers, names, flow } = this.walk;
    this.tell("guide:answers", { plan, answers, names, case: this.facts.code });
    this.tell("guide:flow", { flow });
    this.draw();
  }

  /** Several changes of one touch, drawn once: a cheap phone takes long over each drawing. @param {() => void} work */
  together(work) {
    this.isHeld = true;
    try {
      work();
    } finally {
      this.isHeld = false;
    }
    this.draw();
  }

  /** After the picture that is due now: the word "saved" must not keep anybody waiting. */
  drawSoon() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.draw());
  }

  draw() {
    if (!this.walk || this.isWiped || this.isHeld) return;
    // Leaving a field for a button must not move the button away from under the finger.
    // A field that goes while it has the focus is left, which draws again: not in the middle of this.
    this.drawsLater = this.isPressed || this.isDrawing;
    if (this.drawsLater) return;
    this.isDrawing = true;
    const places = ["start", "tasks", "stop", "done"];
    if (!places.includes(this.at) && !this.walk.screen(this.at)) this.at = this.walk.flow.next ?? (this.view === "member" ? "done" : "tasks");
    if (!this.isDrawn) this.replaceChildren();
    this.isDrawn = true;
    this.toggleAttribute("turned", this.isTurned);
    try {
      render(this.show(this), this);
    } finally {
      this.isDrawing = false;
    }
    if (this.drawsLater) queueMicrotask(() => this.draw());
    const dialog = this.querySelector("dialog.guide-turned");
    if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
  }

  get plan() {
    return this.walk.plan;
  }

  get hasUnsent() {
    return this.store instanceof ServerStore && !this.store.isEmpty && !this.isWiped && this.store.state !== "unkept";
  }

  /** Waits until everything was sent, or five seconds. @returns {Promise<boolean>} whether all is kept */
  async flush() {
    const active = document.activeElement;
    if (active instanceof HTMLInputElement && active.dataset.path && this.contains(active) && this.drafts.has(active.dataset.path)) this.type(active.dataset.path, active.value);
    for (let turn = 0; this.hasUnsent && turn < 50; turn += 1) {
      void this.store.send?.();
      await new Promise((done) => setTimeout(done, 100));
    }
    return !this.hasUnsent;
  }

  /**
   * @param {string} step
   * @param {boolean} isDone
   */
  tick(step, isDone) {
    this.walk.tick(step, isDone);
    this.store.tick(step, isDone);
    this.hasAnswered = true;
    this.changed();
  }

  /** Names of areas that were kept as codes. */
  async nameAreas() {
    const proposed = this.proposals.flatMap((group) => group.proposals.map((/** @type {any} */ one) => [one.question, { state: "given", ...one }]));
    const codes = [...Object.entries(this.walk.answers), ...proposed].filter(([id, answer]) => this.walk.questions.get(id)?.type === "area" && answer.state === "given").map(([, answer]) => answer.value);
    for (const code of codes.filter((one) => !this.walk.names.has(one))) {
      const name = await nameOf(code).catch(() => code);
      if (this.isWiped) return;
      this.walk.names.set(code, name);
    }
    if (codes.length) this.changed();
  }

  async askProposals() {
    const found = await proposalsOf(this).catch(() => []);
    this.proposals = [...this.proposals.filter((one) => ["phone", "card"].includes(one.from)), ...found];
    this.draw();
    void this.nameAreas();
  }

  /**
   * Values from a card, a phone or elsewhere, to be confirmed with one key.
   * @param {{role: string, from: string, proposals: {question: string, value: any, from?: string, shown?: string}[]}} group
   */
  propose(group) {
    this.proposals = [group, ...this.proposals.filter((one) => one.from !== group.from || one.role !== group.role)];
    this.draw();
    this.focusSoon(() => this.querySelector("[data-confirm]"));
    void this.nameAreas();
  }

  /** @param {any} group */
  async confirm(group) {
    await confirmProposals(this, group);
  }

  /** Keys of the fast view that work while typing too. @param {KeyboardEvent} event */
  pressed(event) {
    if (this.view !== "member" || event.isComposing || !(event.target instanceof HTMLElement)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.querySelector(/** @type {any} */ ("[data-next]"))?.click();
      return;
    }
    const pressed = event.altKey ? { p: "[data-confirm]", q: "[data-scan]" }[event.key.toLowerCase()] : undefined;
    if (pressed) {
      event.preventDefault();
      this.querySelector(/** @type {any} */ (pressed))?.click();
      return;
    }
    if (event.key === "Enter" && event.target.matches("input, select") && !event.altKey) {
      event.preventDefault();
      this.nextField(event.target);
    }
  }

  /** Enter leads to the next field, and from the last one to the next step. @param {HTMLElement} from */
  nextField(from) {
    const path = from.dataset.path;
    const isRadio = from instanceof HTMLInputElement && from.type === "radio";
    // Enter on a choice takes it when nothing is chosen yet.
    if (isRadio && !this.querySelector(`input[name="${CSS.escape(from.name)}"]:checked`)) from.click();
    from.blur(); // it becomes an answer, and further fields may come up
    const fields = /** @type {HTMLElement[]} */ ([...this.querySelectorAll(".guide-grid :is(input, select, .guide-rows > .buttons:first-child > button:first-child)")]);
    const place = fields.indexOf(from);
    const after = fields.slice(place + 1).find((one) => one.dataset.path !== path && one.getClientRects().length && (!(one instanceof HTMLInputElement) || one.type !== "radio" || one.checked || !this.querySelector(`input[name="${CSS.escape(one.name)}"]:checked`)));
    if (path && this.wrongs(path).length) from.focus();
    else if (place >= 0 && after) after.focus();
    else this.querySelector(/** @type {any} */ ("[data-next]"))?.click();
  }

  /** Nothing of the person stays: memory, screen, history, the phone's own memory. */
  async wipe() {
    await this.close();
    await this.store?.wipe();
  }

  /** Off the screen and out of memory; what the phone keeps for its owner stays there. */
  async close() {
    if (this.isWiped) return;
    this.isWiped = true;
    this.stopWatching?.();
    window.removeEventListener("popstate", this.onPop);
    window.removeEventListener("pagehide", this.onHide);
    window.removeEventListener("beforeunload", this.onLeave);
    window.removeEventListener("pointerdown", this.onPress, true);
    window.removeEventListener("pointerup", this.onRelease, true);
    window.removeEventListener("pointercancel", this.onRelease, true);
    for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (this.querySelectorAll("input, textarea"))) field.value = "";
    render(nothing, this);
    this.walk?.wipe();
    this.forgetTyped();
    this.proposals = [];
    this.consentTexts = this.rebase = this.handing = this.scanned = undefined;
    this.trail = [];
    if (this.usesHistory) history.replaceState(null, "");
    if (this.storeKind !== "phone") await this.store?.wipe();
    document.dispatchEvent(new CustomEvent("guide:wiped"));
  }
}

customElements.define("dh-guide", Guide);
