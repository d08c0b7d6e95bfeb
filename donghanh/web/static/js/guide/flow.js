// @ts-check
/**
 * Where a walk through a procedure stands. The twin of catalog/rules/flow.py, whose first lines tell the
 * rules; both give the same JSON.
 *
 * @typedef {Record<string, any>} Json
 * @typedef {boolean | "unknown"} Verdict
 * @typedef {{code: string, id?: string, level?: string}} Wrong
 * @typedef {{id: string, step: string, kind: string, questions: string[]}} Screen
 * @typedef {(condition: Json, bindings: Json) => Verdict} Evaluate
 */
import { COUNT_CODES, OPEN, errorsIn, isMap, own, wrongAnswer } from "./values.js";

const AFTER_ASKING = ["review", "portal", "confirm", "record", "receipt"];
const AFTER_REVIEW = ["portal", "confirm", "record", "receipt"];
/** @type {Record<string, string>} */
const PAPER = { true: "needed", false: "not_needed", unknown: "may_be_needed" };
/** @type {Record<string, string>} */
const MET = { true: "met", false: "failed", unknown: "unknown" };

/**
 * The whole state of the walk as plain JSON.
 * @param {Json} plan
 * @param {Json} answers {question: {state, value}}
 * @param {string} today YYYY-MM-DD
 * @param {string} view "citizen" or "member"
 * @param {Evaluate} evaluate
 * @param {string[]} [ticks] steps that are ticked
 */
export function screensOf(plan, answers, today, view, evaluate, ticks = []) {
  const walk = new Walk(plan, answers, today, evaluate, ticks);
  walk.run();
  const screens = walk.screens(view);
  const left = screens.filter((screen) => !walk.isDone(screen));
  const byId = (/** @type {Json[] | undefined} */ things, /** @type {(one: Json) => string} */ say) =>
    Object.fromEntries((things ?? []).map((one) => [one.id, say(one)]));
  return {
    shown: walk.shown,
    hidden: walk.hidden,
    waiting: walk.waiting,
    errors: walk.errors,
    steps: plan.steps.map((/** @type {Json} */ step) => ({ id: step.id, status: walk.status[step.id] })),
    screens,
    next: left.length ? left[0].id : null,
    papers: byId(plan.papers, (one) => PAPER[String(walk.holds(one.when))]),
    fees: byId(plan.fees, (one) => walk.fee(one)),
    eligibility: byId(plan.eligibility, (one) => MET[String(walk.holds(one.must))]),
    progress: { done: screens.length - left.length, of: screens.length },
  };
}

/** One walk through the steps; what it finds on the way stands in its fields. */
class Walk {
  /**
   * @param {Json} plan
   * @param {Json} answers
   * @param {string} today
   * @param {Evaluate} evaluate
   * @param {string[]} ticks
   */
  constructor(plan, answers, today, evaluate, ticks) {
    this.plan = plan;
    this.today = today;
    this.evaluate = evaluate;
    this.ticks = new Set(ticks);
    /** @type {Map<string, Json>} */
    this.questions = new Map((plan.questions ?? []).map((/** @type {Json} */ one) => [one.id, one]));
    /** @type {Record<string, [string, any]>} */
    this.answers = {};
    /** @type {Record<string, string>} */
    this.st = {};
    for (const id of this.questions.keys()) {
      this.answers[id] = stateOf(own(answers, id));
      this.st[id] = this.answers[id][0];
    }
    /** @type {string[]} */
    this.shown = [];
    /** @type {string[]} */
    this.hidden = [];
    /** @type {string[]} */
    this.waiting = [];
    /** @type {Record<string, Wrong[]>} */
    this.errors = {};
    /** @type {Record<string, string>} */
    this.status = {};
    /** @type {Record<string, boolean>} */
    this.settled = {};
    /** @type {Map<string, string[]>} */
    this.shownBy = new Map();
    /** @type {Json} */
    this.bindings = { today, st: this.st };
  }

  /** Go through the steps in order. */
  run() {
    let isAsked = true;
    let isReviewed = true;
    for (const step of this.plan.steps) {
      const verdict = this.holds(step.when);
      for (const id of step.ask ?? []) this.question(step.id, id, verdict);
      const status = this.statusOf(step, verdict, isAsked, isReviewed);
      this.status[step.id] = status;
      const isLeft = status !== "completed" && status !== "not_needed";
      if (step.kind === "ask" && isLeft && verdict === true) isAsked = false;
      if (step.kind === "review" && isLeft) isReviewed = false;
    }
    const met = new Set([...this.shown, ...this.hidden, ...this.waiting]);
    for (const id of this.questions.keys()) if (!met.has(id)) this.hidden.push(id);
  }

  /**
   * What the condition says; no condition is true.
   * @param {Json | undefined} condition
   * @param {Json} [bindings]
   * @returns {Verdict}
   */
  holds(condition, bindings = this.bindings) {
    return condition ? this.evaluate(condition, bindings) : true;
  }

  /**
   * The screens of every step that is needed for certain.
   * @param {string} view
   * @returns {Screen[]}
   */
  screens(view) {
    /** @type {Screen[]} */
    const found = [];
    for (const { id, kind } of this.plan.steps) {
      const asked = this.shownBy.get(id);
      if (!asked) continue;
      if (kind !== "ask") found.push({ id, step: id, kind, questions: [] });
      else if (view === "member") found.push({ id, step: id, kind: "question", questions: asked });
      else for (const one of asked) found.push(this.screen(id, one));
    }
    return found;
  }

  /** Whether nothing is left to do on this screen. @param {Screen} screen */
  isDone(screen) {
    if (screen.id === screen.step) return this.status[screen.step] === "completed";
    return screen.questions.every((id) => this.settled[id]);
  }

  /** Whether this fee is due on the day. @param {Json} fee */
  fee(fee) {
    if ((fee.valid_from ?? "") > this.today || (fee.valid_to ?? "9999") < this.today) return "not_due";
    const verdict = this.holds(fee.when);
    if (verdict === false) return "not_due";
    /** @type {Json[]} */
    const exemptions = this.plan.fee_exemptions ?? [];
    const freed = exemptions
      .filter((one) => one.when && one.fees.includes(fee.id))
      .map((one) => this.holds(one.when));
    if (freed.includes(true)) return "exempt";
    return verdict === true && !freed.includes("unknown") ? "due" : "may_be_due";
  }

  /** @param {string} step @param {string} id @returns {Screen} */
  screen(step, id) {
    const kind = this.questions.get(id)?.type === "repeat" ? "repeat" : "question";
    return { id: `${step}.${id}`, step, kind, questions: [id] };
  }

  /** @param {string} step @param {string} id @param {Verdict} ofStep */
  question(step, id, ofStep) {
    const question = /** @type {Json} */ (this.questions.get(id));
    const verdict = ofStep === false ? false : this.holds(question.when);
    if (verdict === false) {
      this.hidden.push(id);
      this.st[id] = "hidden";
    } else if (verdict !== true || ofStep !== true) {
      this.waiting.push(id);
      delete this.st[id];
    } else {
      this.shown.push(id);
      this.shownBy.set(step, [...(this.shownBy.get(step) ?? []), id]);
      this.answer(question, id);
    }
  }

  /** Bind what is given, note what is wrong. @param {Json} question @param {string} id */
  answer(question, id) {
    const [state, value] = this.answers[id];
    /** @type {Wrong[]} */
    let found = [];
    /** @type {Record<string, Wrong[]>} */
    let inside = {};
    if (state === "given") {
      const wrong = errorsIn(question, value, this.today);
      found = wrong.filter(([place]) => !place).map(([, code]) => ({ code }));
      if (question.type === "repeat" && (!found.length || COUNT_CODES.includes(found[0].code)))
        [this.bindings[id], inside] = this.rows(question, value, new Map(wrong));
      else if (!found.length) this.bindings[id] = value;
      if (!found.length) found = this.checks(question, this.bindings);
    } else {
      const code = openProblem(question, state);
      if (code) found = [{ code }];
    }
    if (found.length) this.errors[id] = found;
    for (const [place, errors] of Object.entries(inside)) this.errors[`${id}.${place}`] = errors;
    const isHard = [found, ...Object.values(inside)].some((errors) => errors.some((one) => one.level !== "soft"));
    this.settled[id] = state !== "absent" && !isHard;
  }

  /**
   * The rows as conditions read them, and what is wrong inside, by place.
   * @param {Json} question
   * @param {Json[]} rows
   * @param {Map<string, string>} wrong
   * @returns {[Json[], Record<string, Wrong[]>]}
   */
  rows(question, rows, wrong) {
    /** @type {Record<string, Wrong[]>} */
    const inside = {};
    const bound = rows.map((row, number) => {
      /** @type {Json} */
      const values = {};
      const st = { ...this.st };
      for (const field of question.fields) {
        const scope = { ...this.bindings, ...values, st };
        const verdict = this.holds(field.when, scope);
        const [state, value] = stateOf(own(row, field.id));
        if (verdict !== true) {
          if (verdict === false) st[field.id] = "hidden";
          continue;
        }
        st[field.id] = state;
        const place = `${number}.${field.id}`;
        const code = state === "given" ? wrong.get(place) : openProblem(field, state);
        let found = code ? [{ code }] : [];
        if (state === "given" && !code) {
          values[field.id] = value;
          found = this.checks(field, { ...scope, ...values });
        }
        if (found.length) inside[place] = found;
      }
      return values;
    });
    return [bound, inside];
  }

  /** @param {Json} question @param {Json} bindings @returns {Wrong[]} */
  checks(question, bindings) {
    return (question.checks ?? [])
      .filter((/** @type {Json} */ check) => this.holds(check.must, bindings) === false)
      .map((/** @type {Json} */ check) => ({ code: "check", id: check.id, level: check.level }));
  }

  /**
   * @param {Json} step
   * @param {Verdict} verdict
   * @param {boolean} isAsked
   * @param {boolean} isReviewed
   */
  statusOf(step, verdict, isAsked, isReviewed) {
    if (verdict === false) return "not_needed";
    if (verdict !== true) return "cannot_start";
    if (step.kind === "ask") return this.askStatus(step.id);
    this.shownBy.set(step.id, []);
    const isTicked = this.ticks.has(step.id);
    if (isTicked && step.kind !== "review") return "completed";
    const isEarly = AFTER_ASKING.includes(step.kind) && !isAsked;
    if (isEarly || (AFTER_REVIEW.includes(step.kind) && !isReviewed)) return "cannot_start";
    return isTicked ? "completed" : "not_started";
  }

  /** @param {string} step */
  askStatus(step) {
    const shown = this.shownBy.get(step) ?? [];
    const isAbsent = (/** @type {string} */ id) => this.answers[id][0] === "absent";
    if (shown.length && shown.every(isAbsent) && !this.ticks.has(step)) return "not_started";
    const isHeld = shown.some(
      (id) => !this.settled[id] && (!isAbsent(id) || this.questions.get(id)?.required),
    );
    return isHeld ? "in_progress" : "completed";
  }
}

/** State and value; whatever is no answer is absent. @param {any} answer @returns {[string, any]} */
function stateOf(answer) {
  if (!isMap(answer)) return ["absent", null];
  const state = own(answer, "state");
  if (state === "given") return ["given", own(answer, "value") ?? null];
  return OPEN.includes(state) ? [state, null] : ["absent", null];
}

/** What is wrong with leaving it open in this way. @param {Json} question @param {string} state */
function openProblem(question, state) {
  if (state === "absent" || state === "empty") return question.required ? "required" : null;
  return wrongAnswer(question, { state }, "");
}
