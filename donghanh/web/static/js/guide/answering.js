// @ts-check
/**
 * What is being typed, what is an answer, and what is wrong with it. A text that cannot be read stays in its
 * field as it was typed and is no answer; whatever can be read is kept at once.
 */
import { day, figure, money, typedText } from "./shown.js";
import { hasWord, word } from "./words.js";

/** @typedef {import("./walk.js").Answer} Answer */
/** @typedef {import("./walk.js").Question} Question */

const OPEN = { state: "empty" };

export class Answering extends HTMLElement {
  constructor() {
    super();
    /** @type {import("./walk.js").Walk} */
    this.walk = /** @type {any} */ (undefined);
    /** @type {any} */
    this.store = undefined;
    /** Texts in fields that are no answer (yet), and why. @type {Map<string, {raw: string, code?: string}>} */
    this.drafts = new Map();
    /** Fields somebody has been in: only they show what is wrong. @type {Set<string>} */
    this.touched = new Set();
    /** What the server said no to. @type {Map<string, string>} */
    this.refused = new Map();
    /** @type {Map<string, {words?: string, found?: any[], isOff?: boolean, timer?: ReturnType<typeof setTimeout>}>} */
    this.searches = new Map();
    /** What the server says of the case beside its answers. @type {Record<string, any>} */
    this.facts = {};
    this.hasAnswered = false;
    this.hand = "member";
  }

  draw() {}

  /** @param {string} _path */
  focusPath(_path) {}

  /** @param {string} path */
  raw(path) {
    return this.drafts.get(path)?.raw ?? typedText(this.walk.question(path), this.walk.answer(path));
  }

  /**
   * While typing: nothing is judged.
   * @param {string} path
   * @param {string} raw
   */
  draft(path, raw) {
    this.drafts.set(path, { raw });
  }

  /**
   * A text was typed and the field left.
   * @param {string} path
   * @param {string} raw
   */
  type(path, raw) {
    const question = this.walk.question(path);
    this.touched.add(path);
    const { value, error } = this.walk.engine.parse(question, raw, this.walk.today);
    if (error) {
      this.drafts.set(path, { raw, code: error });
      this.draw();
      return;
    }
    if (value === null || value === undefined) {
      this.drafts.delete(path);
      if (this.walk.answer(path) && this.walk.answer(path)?.state !== "empty") this.set(path, OPEN);
      else this.draw();
      return;
    }
    this.set(path, { state: "given", value }, { raw });
  }

  /**
   * An answer is given, or left open; undefined takes it away.
   * @param {string} path
   * @param {Answer | undefined} answer
   * @param {Record<string, any>} [more] raw, reason, source
   */
  set(path, answer, more = {}) {
    const [question, whole] = this.walk.whole(path, answer);
    this.drafts.delete(path);
    this.touched.add(path);
    this.refused.delete(question);
    const before = this.walk.answers[question];
    if (JSON.stringify(before) !== JSON.stringify(whole) || more.reason) {
      this.walk.put(question, whole, { source: more.source ?? "typed", hand: this.hand, ...(more.reason ? { reason: more.reason } : {}) });
      this.store.keep(question, whole, { edition: this.walk.plan.hash, hand: this.hand, ...more });
      this.hasAnswered = true;
    }
    this.changed();
  }

  changed() {
    this.draw();
  }

  /**
   * Whoever goes on has seen these questions: what was typed is read, what was left blank is left blank.
   * @param {string[]} questions
   */
  settle(questions) {
    for (const [path, { raw }] of [...this.drafts]) if (questions.includes(path.split(".")[0])) this.type(path, raw);
    for (const id of questions) {
      const question = this.walk.question(id);
      this.touched.add(id);
      this.rowsOf(id).forEach((path) => this.touched.add(path));
      if (!question.required && !this.walk.answer(id) && !this.drafts.has(id)) this.set(id, OPEN);
    }
    this.draw();
  }

  /** Whoever leaves a screen in the middle of a word has said it: what can be read is kept. */
  readDrafts() {
    for (const [path, { raw, code }] of [...this.drafts]) if (!code) this.type(path, raw);
  }

  /** @param {string} id @returns {string[]} */
  rowsOf(id) {
    const rows = this.walk.question(id).type === "repeat" ? this.walk.answer(id)?.value ?? [] : [];
    return rows.flatMap((/** @type {object} */ _row, /** @type {number} */ place) => this.walk.fieldsOf(id, place).map((field) => `${id}.${place}.${field.id}`));
  }

  /**
   * What is wrong with a field and may be said now.
   * @param {string} path
   * @returns {string[]}
   */
  wrongs(path) {
    const question = this.walk.question(path);
    const draft = this.drafts.get(path);
    if (draft?.code) return [this.said(question, { code: draft.code })];
    const refused = this.refused.get(path);
    if (refused) return [refused];
    if (!this.touched.has(path) || (draft && draft.raw)) return [];
    return (this.walk.flow.errors[path] ?? []).filter((one) => one.level !== "soft").map((one) => this.said(question, one));
  }

  /**
   * @param {Question} question
   * @param {import("./walk.js").Wrong} wrong
   */
  said(question, wrong) {
    if (wrong.code === "check") return question.checks?.find((one) => one.id === wrong.id)?.message ?? word("error_check");
    const of = (/** @type {string | undefined} */ bound) => (bound ? day(bound === "today" ? this.walk.today : bound) : "");
    const number = question.type === "money" ? money : figure;
    const facts = {
      least: question.least === undefined || question.least === null ? "" : number(question.least),
      most: question.most === undefined || question.most === null ? "" : number(question.most),
      longest: question.longest ?? "",
      earliest: of(question.earliest),
      latest: of(question.latest),
    };
    const key = `error_${wrong.code}`;
    return word(hasWord(key) ? key : "error_check", facts);
  }

  /**
   * Soft checks that do not hold and that nobody has said to be right.
   * @param {string} path
   */
  doubts(path) {
    if (!this.touched.has(path) && !this.walk.answer(path)) return [];
    if (/** @type {any} */ (this.walk.marks[path])?.reason) return [];
    const checks = this.walk.question(path).checks ?? [];
    const failing = (this.walk.flow.errors[path] ?? []).filter((one) => one.level === "soft").map((one) => one.id);
    return checks.filter((one) => failing.includes(one.id) && !this.walk.accepted.has(`${path}.${one.id}`));
  }

  /**
   * It looks odd but it is right, for this reason.
   * @param {string} path
   * @param {string} check
   * @param {string} reason
   */
  accept(path, check, reason) {
    this.set(path, this.walk.answer(path), { reason: reason.trim() || word("it_is_right") });
    this.walk.accepted.add(`${path}.${check}`);
    this.draw();
    this.focusPath(path);
  }

  /**
   * All that is wrong on a screen, in the order of its fields.
   * @param {string[]} questions
   */
  shownWrongs(questions) {
    const paths = questions.flatMap((id) => [id, ...this.rowsOf(id)]);
    return paths.flatMap((path) => this.wrongs(path).map((said) => ({ path, said })));
  }

  /** @param {string} path */
  searchOf(path) {
    let search = this.searches.get(path);
    if (!search) this.searches.set(path, (search = {}));
    return search;
  }

  /** @param {string} path */
  dropSearch(path) {
    clearTimeout(this.searches.get(path)?.timer);
    this.searches.delete(path);
  }

  /** Rows moved: what was being typed in them belongs nowhere now. @param {string} path */
  forgetDrafts(path) {
    for (const one of [...this.drafts.keys()]) if (one.startsWith(`${path}.`)) this.drafts.delete(one);
    for (const one of [...this.touched]) if (one.startsWith(`${path}.`)) this.touched.delete(one);
  }

  /** Questions that stand in the way, in the order of the plan. @returns {string[]} */
  get leftOpen() {
    const { errors, shown } = this.walk.flow;
    const wrong = new Set(Object.entries(errors).filter(([, all]) => all.some((one) => one.level !== "soft")).map(([path]) => path.split(".")[0]));
    return shown.filter((id) => wrong.has(id));
  }

  forgetTyped() {
    for (const { timer } of this.searches.values()) clearTimeout(timer);
    for (const kept of [this.drafts, this.touched, this.refused, this.searches]) kept.clear();
    this.facts = {};
    this.hasAnswered = false;
  }
}
