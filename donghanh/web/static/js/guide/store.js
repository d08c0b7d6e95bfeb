// @ts-check
/**
 * Where answers are kept. Both stores are an EventTarget with the same verbs: `load`, `keep`, `tick`, `wipe`;
 * they tell `state` (saved | saving | waiting | unkept), `kept` with what the server now knows, and `refused`.
 * The server store holds its queue in memory only: a desk keeps nothing of a citizen on the machine.
 */
import { newId } from "./ids.js";
import { change, forget, read } from "./phone.js";
import { get, post, SaidNo } from "./sending.js";

/** @typedef {import("./walk.js").Answer} Answer */
/** @typedef {{id: string, question: string, state: string, value?: any, raw?: string, reason?: string}} Event */

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const NAMED_BY_THE_SERVER = ["consent", "finished", "newer", "rebased", "old", "aside", "person", "code", "seq", "number"];

class Store extends EventTarget {
  state = "saved";

  /** @param {string} state */
  become(state) {
    this.state = state;
    this.tell("state", { state });
  }

  /**
   * @param {string} type
   * @param {object} detail
   */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

export class ServerStore extends Store {
  /**
   * @param {{address: string, view: string, hand: string}} facts `address` is that of the case, with its slash
   */
  constructor({ address, view, hand }) {
    super();
    this.address = address;
    this.view = view;
    this.hand = hand;
    /** @type {Event[]} */
    this.queue = [];
    /** @type {{steps: Record<string, boolean>, papers: Record<string, boolean>}} */
    this.ticks = { steps: {}, papers: {} };
    this.wait = FIRST_WAIT;
    this.isSending = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.retry = () => void this.send();
    window.addEventListener("online", this.retry);
  }

  async load() {
    return get(`${this.address}answers?view=${this.view}`);
  }

  /**
   * Queue an answer and send it; sent again until the server has it, under the same id.
   * @param {string} question
   * @param {Answer | undefined} answer
   * @param {{raw?: string, reason?: string, hand?: string, edition?: string, source?: string}} [more]
   */
  keep(question, answer, more = {}) {
    const at = new Date().toISOString();
    this.queue.push({ id: newId(), question, at, hand: this.hand, device: "desk", ...(answer ?? { state: "absent" }), ...more });
    this.soon();
  }

  /**
   * @param {string} step
   * @param {boolean} isDone
   */
  tick(step, isDone) {
    this.ticks.steps[step] = isDone;
    this.soon();
  }

  /**
   * @param {string} paper
   * @param {boolean} isThere
   */
  tickPaper(paper, isThere) {
    this.ticks.papers[paper] = isThere;
    this.soon();
  }

  soon() {
    this.become(this.state === "waiting" ? "waiting" : "saving");
    clearTimeout(this.timer);
    this.timer = setTimeout(this.retry, 0);
  }

  get isEmpty() {
    return !this.queue.length && !Object.keys(this.ticks.steps).length && !Object.keys(this.ticks.papers).length;
  }

  async send() {
    if (this.isSending || this.isEmpty) return;
    this.isSending = true;
    clearTimeout(this.timer);
    try {
      await this.sendEvents();
      await this.sendTicks();
      this.wait = FIRST_WAIT;
      this.become(this.isEmpty ? (this.state === "unkept" ? "unkept" : "saved") : "saving");
    } catch (no) {
      this.later(no);
    } finally {
      this.isSending = false;
    }
    if (this.state === "saving" && !this.isEmpty) this.soon();
  }

  async sendEvents() {
    const sent = this.queue.slice(0, 200);
    if (!sent.length) return;
    const state = await post(`${this.address}answers?view=${this.view}`, { events: sent });
    this.queue = this.queue.filter((one) => !sent.includes(one));
    const refused = state.outcomes.filter((/** @type {{outcome: string}} */ one) => one.outcome === "refused");
    const questions = new Map(sent.map((one) => [one.id, one.question]));
    const unkept = refused.some((/** @type {{code: string}} */ one) => one.code === "consent-needed");
    this.become(unkept ? "unkept" : "saving");
    this.tell("kept", { state, pending: this.pending(refused, questions) });
    for (const one of refused) this.tell("refused", { ...one, question: questions.get(one.id) });
  }

  /**
   * Questions whose local answer must stay as it is: still on their way, or refused and shown with why.
   * @param {{id: string}[]} refused
   * @param {Map<string, string>} questions
   */
  pending(refused, questions) {
    return new Set([...this.queue.map((one) => one.question), ...refused.map((one) => questions.get(one.id))]);
  }

  async sendTicks() {
    const { steps, papers } = this.ticks;
    if (!Object.keys(steps).length && !Object.keys(papers).length) return;
    this.ticks = { steps: {}, papers: {} };
    try {
      const state = await post(`${this.address}ticks?view=${this.view}`, { steps, papers });
      this.tell("kept", { state, pending: new Set(this.queue.map((one) => one.question)) });
    } catch (no) {
      this.ticks = { steps: { ...steps, ...this.ticks.steps }, papers: { ...papers, ...this.ticks.papers } };
      throw no;
    }
  }

  /** @param {unknown} no */
  later(no) {
    if (!(no instanceof SaidNo)) throw no;
    if (!no.isPassing) {
      // It will be refused for ever: say so, and do not knock again by itself.
      this.become("waiting");
      this.tell("refused", { question: "", code: no.code, message: no.message });
      return;
    }
    this.become("waiting");
    this.timer = setTimeout(this.retry, this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  /** Facts of the case beside its answers, as the server last told them. @param {Record<string, any>} state */
  static facts(state) {
    return Object.fromEntries(NAMED_BY_THE_SERVER.map((name) => [name, state[name]]));
  }

  async wipe() {
    clearTimeout(this.timer);
    window.removeEventListener("online", this.retry);
    this.queue = [];
    this.ticks = { steps: {}, papers: {} };
  }
}

/** On one's own phone: IndexedDB, nothing leaves it. */
export class PhoneStore extends Store {
  /** @param {{key: string, edition: string}} facts */
  constructor({ key, edition }) {
    super();
    this.key = key;
    this.isOver = false;
    this.kept = { edition, answers: /** @type {Record<string, any>} */ ({}), ticks: /** @type {string[]} */ ([]), names: /** @type {[string, string][]} */ ([]) };
  }

  async load() {
    return { ...structuredClone(this.kept), ...(await read(this.key)) };
  }

  /**
   * @param {string} question
   * @param {Answer | undefined} answer
   * @param {Record<string, any>} [more]
   */
  keep(question, answer, more = {}) {
    void this.save((kept) => {
      if (answer) kept.answers[question] = { ...answer, source: more.source ?? "typed", hand: "citizen", ...(more.reason ? { reason: more.reason } : {}) };
      else delete kept.answers[question];
    });
  }

  /**
   * @param {string} step
   * @param {boolean} isDone
   */
  tick(step, isDone) {
    void this.save((kept) => {
      kept.ticks = [...kept.ticks.filter((one) => one !== step), ...(isDone ? [step] : [])];
    });
  }

  tickPaper() {}

  /** @param {[string, string][]} names of areas, so that the review works without a network */
  name(names) {
    void this.save((kept) => {
      kept.names = names;
    });
  }

  /** @param {(kept: import("./phone.js").Kept) => void} apply */
  async save(apply) {
    if (this.isOver) return;
    this.become("saving");
    try {
      await change(this.key, this.kept, apply);
      this.become("saved");
    } catch {
      this.become("unkept");
    }
  }

  async wipe() {
    this.isOver = true; // what comes late must not bring anything back
    await forget(this.key);
  }
}

/** Keeps nothing: previews, and a case without agreement. */
export class NoStore extends Store {
  async load() {
    return {};
  }

  keep() {}
  tick() {}
  tickPaper() {}
  async wipe() {}
}
