// @ts-check
/**
 * One procedure being walked through: answers, ticks, and where the flow stands. No screen, no network.
 *
 * @typedef {{id: string, label: string}} Choice
 * @typedef {{id: string, level: "hard" | "soft", message: string}} Check
 * @typedef {{id: string, type: string, required: boolean, allow?: string[], choices?: Choice[], label: string,
 *   hint?: string, say?: string, example?: string, least?: number, most?: number, longest?: number,
 *   earliest?: string, latest?: string, role?: string, key?: string, checks?: Check[], fields?: Question[]}} Question
 * @typedef {{state: string, value?: any}} Answer
 * @typedef {{source?: string, hand?: string, by?: string, confirmed?: boolean}} Mark
 * @typedef {{code: string, id?: string, level?: string}} Wrong
 * @typedef {{id: string, step: string, kind: string, questions: string[]}} Screen
 * @typedef {{shown: string[], hidden: string[], waiting: string[], errors: Record<string, Wrong[]>,
 *   steps: {id: string, status: string}[], screens: Screen[], next: string | null, papers: Record<string, string>,
 *   fees: Record<string, string>, eligibility: Record<string, string>, progress: {done: number, of: number}}} Flow
 * @typedef {Record<string, any>} Plan
 * @typedef {{holds: (condition: any, bindings: Record<string, any>) => boolean | "unknown", screensOf: (plan: Plan, answers: Record<string, Answer>, today: string, view: string, ticks: string[]) => Flow,
 *   parse: (question: Question, raw: string, today: string) => {value: any, error: string | null}}} Engine
 */

export class Walk {
  /**
   * @param {{plan: Plan, view: string, today: string, engine: Engine}} facts
   */
  constructor({ plan, view, today, engine }) {
    this.plan = plan;
    this.view = view;
    this.today = today;
    this.engine = engine;
    /** @type {Record<string, Answer>} */
    this.answers = {};
    /** @type {Record<string, Mark>} */
    this.marks = {};
    /** @type {Set<string>} */
    this.ticks = new Set();
    /** Names of areas that were chosen. @type {Map<string, string>} */
    this.names = new Map();
    /** Soft checks that a person said are right. @type {Set<string>} */
    this.accepted = new Set();
    this.questions = new Map(plan.questions.map((/** @type {Question} */ one) => [one.id, one]));
    this.steps = new Map(plan.steps.map((/** @type {{id: string}} */ one) => [one.id, one]));
    /** @type {Map<string, Flow>} */
    this.reckoned = new Map();
  }

  /**
   * Answers, marks and ticks as they were kept.
   * @param {{answers?: Record<string, any>, ticks?: string[], names?: [string, string][]}} kept
   */
  restore({ answers = {}, ticks = [], names = [] }) {
    this.answers = {};
    this.marks = {};
    for (const [question, { state, value, ...mark }] of Object.entries(answers)) {
      this.answers[question] = value === undefined || value === null ? { state } : { state, value };
      this.marks[question] = mark;
    }
    this.ticks = new Set(ticks);
    for (const [code, name] of names) this.names.set(code, name);
    this.reckoned.clear();
  }

  /**
   * @param {string} question
   * @param {Answer | undefined} answer undefined: it is absent again
   * @param {Mark} [mark]
   */
  put(question, answer, mark = {}) {
    if (answer) this.answers[question] = answer;
    else delete this.answers[question];
    this.marks[question] = mark;
    for (const check of [...this.accepted]) if (check.startsWith(`${question}.`)) this.accepted.delete(check);
    this.reckoned.clear();
  }

  /**
   * @param {string} step
   * @param {boolean} isDone
   */
  tick(step, isDone) {
    if (isDone) this.ticks.add(step);
    else this.ticks.delete(step);
    this.reckoned.clear();
  }

  /** Where the flow stands. @returns {Flow} */
  get flow() {
    return this.flowFor(this.view);
  }

  /**
   * @param {string} view
   * @returns {Flow}
   */
  flowFor(view) {
    let flow = this.reckoned.get(view);
    if (!flow) {
      flow = this.engine.screensOf(this.plan, this.answers, this.today, view, [...this.ticks]);
      this.reckoned.set(view, flow);
    }
    return flow;
  }

  /** @param {string} id @returns {Screen | undefined} */
  screen(id) {
    return this.flow.screens.find((one) => one.id === id);
  }

  /** @param {string} id */
  place(id) {
    return this.flow.screens.findIndex((one) => one.id === id);
  }

  /** @param {string} step */
  statusOf(step) {
    return this.flow.steps.find((one) => one.id === step)?.status ?? "not_started";
  }

  /**
   * The question of a path: `children.0.name` is the field `name` of the repeat `children`.
   * @param {string} path
   * @returns {Question}
   */
  question(path) {
    const [id, , field] = path.split(".");
    const top = this.questions.get(id);
    return field ? top.fields.find((/** @type {Question} */ one) => one.id === field) : top;
  }

  /**
   * @param {string} path
   * @returns {Answer | undefined}
   */
  answer(path) {
    const [id, row, field] = path.split(".");
    const top = this.answers[id];
    return field ? top?.value?.[Number(row)]?.[field] : top;
  }

  /**
   * The answer of the whole question after one field of a row changed.
   * @param {string} path
   * @param {Answer | undefined} answer
   * @returns {[string, Answer | undefined]}
   */
  whole(path, answer) {
    const [id, row, field] = path.split(".");
    if (!field) return [id, answer];
    const rows = structuredClone(this.answers[id]?.value ?? []);
    const changed = { ...(rows[Number(row)] ?? {}) };
    if (answer) changed[field] = answer;
    else delete changed[field];
    rows[Number(row)] = changed;
    return [id, { state: "given", value: rows }];
  }

  /**
   * The fields of a row that are asked for, as the answers of this row and of the questions above have it.
   * @param {string} id of the repeat
   * @param {number} place of the row
   * @returns {Question[]}
   */
  fieldsOf(id, place) {
    const { fields = [] } = this.question(id);
    if (!fields.some((/** @type {any} */ field) => field.when)) return fields;
    const given = (/** @type {Record<string, Answer>} */ all) => Object.fromEntries(Object.entries(all).filter(([, one]) => one?.state === "given").map(([name, one]) => [name, one.value]));
    const states = (/** @type {string[]} */ ids, /** @type {Record<string, Answer>} */ all) => Object.fromEntries(ids.map((one) => [one, all[one]?.state ?? "absent"]));
    const shown = this.flow.shown.filter((one) => one !== id);
    const row = this.answers[id]?.value?.[place] ?? {};
    const top = Object.fromEntries(shown.filter((one) => this.answers[one]).map((one) => [one, this.answers[one]]));
    const bindings = { today: this.today, ...given(top), ...given(row), st: { ...states(shown, this.answers), ...states(fields.map((/** @type {Question} */ one) => one.id), row) } };
    return fields.filter((/** @type {any} */ field) => !field.when || this.engine.holds(field.when, bindings) === true);
  }

  /** Eligibility rules that fail, in the order of the plan. */
  get failed() {
    const { eligibility } = this.flow;
    return (this.plan.eligibility ?? []).filter((/** @type {{id: string}} */ one) => eligibility[one.id] === "failed");
  }

  /** Whether nothing is left. */
  get isDone() {
    return this.flow.next === null || this.flow.next === undefined;
  }

  /** Nothing of a person stays in memory. */
  wipe() {
    this.answers = {};
    this.marks = {};
    this.ticks.clear();
    this.names.clear();
    this.accepted.clear();
    this.reckoned.clear();
  }
}
