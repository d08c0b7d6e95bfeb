// @ts-check
/** What the browser's side of the engines says, for tests/twins: batches in, plain JSON out. */
import { evaluate } from "/static/js/guide/conditions.js";
import { screensOf } from "/static/js/guide/flow.js";
import { validator } from "/static/js/guide/validate.js";
import { errorsIn, parse } from "/static/js/guide/values.js";

const VIEWS = ["citizen", "member"];

/** Keys sorted, no blanks. @param {any} value @returns {string} */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

/** @param {string} text */
async function hashed(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Each state of a walk: after every move, in one view and the other by turns.
 * @param {{plan: any, today: string, moves: {answers: any, ticks: string[]}[]}} walk
 */
function states({ plan, today, moves }) {
  /** @type {any} */
  const answers = {};
  return moves.map((move, number) => {
    for (const [id, answer] of Object.entries(move.answers)) {
      if (answer === null) delete answers[id];
      else answers[id] = answer;
    }
    return canonical(screensOf(plan, answers, today, VIEWS[number % 2], evaluate, move.ticks));
  });
}

/** What is read, and what is said of the value that was read. @param {any} question @param {any} raw @param {string} today */
function read(question, raw, today) {
  const { value, error } = parse(question, raw, today);
  return [value, error, value === null ? [] : errorsIn(question, value, today)];
}

/** @type {any} */
let plans = [];
/** @type {Promise<string[]> | null} */
let running = null;

Object.assign(window, {
  twins: {
    evaluate: (/** @type {any[]} */ batch) => batch.map(([condition, bindings]) => evaluate(condition, bindings)),
    parse: (/** @type {any[]} */ batch, /** @type {string} */ today) =>
      batch.map(([question, raw]) => read(question, raw, today)),
    parseEach: (/** @type {any[]} */ questions, /** @type {any[]} */ texts, /** @type {string} */ today) =>
      questions.flatMap((question) => texts.map((raw) => read(question, raw, today))),
    errors: (/** @type {any[]} */ batch, /** @type {string} */ today) =>
      batch.map(([question, value]) => errorsIn(question, value, today)),
    fits: (/** @type {any} */ schema, /** @type {any[]} */ batch) => {
      const check = validator(schema);
      return batch.map((answers) => check(answers).length === 0);
    },
    flow: (/** @type {any} */ one) => canonical(screensOf(one.plan, one.answers, one.today, one.view, evaluate, one.ticks)),
    plans: (/** @type {any[]} */ given) => {
      plans = given;
    },
    states: (/** @type {any} */ walk) => states({ ...walk, plan: plans[walk.plan] }),
    start: (/** @type {any[]} */ walks) => {
      // Begun after this call has returned, so that the server's side walks at the same time.
      running = new Promise((resolve) => setTimeout(resolve, 0)).then(() =>
        Promise.all(walks.map((walk) => hashed(states({ ...walk, plan: plans[walk.plan] }).join("\n")))),
      );
    },
    finish: () => running,
    // How long a walk takes, and its conditions alone, in milliseconds: for benchmarks/guide.py.
    time: (/** @type {any} */ plan, /** @type {any} */ answers, /** @type {string} */ today, /** @type {number} */ warmUp, /** @type {number} */ rounds) => {
      const st = Object.fromEntries(Object.keys(answers).map((id) => [id, "given"]));
      const values = Object.fromEntries(Object.entries(answers).map(([id, one]) => [id, one.value]));
      const conditions = plan.questions.flatMap((/** @type {any} */ one) => one.when ?? []);
      const measured = (/** @type {() => void} */ work) => {
        for (let round = 0; round < warmUp; round += 1) work();
        return Array.from({ length: rounds }, () => {
          const began = performance.now();
          work();
          return performance.now() - began;
        });
      };
      return [
        measured(() => screensOf(plan, answers, today, "member", evaluate, [])),
        measured(() => conditions.forEach((/** @type {any} */ one) => evaluate(one, { ...values, st, today }))),
      ];
    },
  },
});
