// @ts-check
/** The engine as the guide uses it: one place that knows how flow, conditions and values fit together. */
import { evaluate } from "./conditions.js";
import { screensOf } from "./flow.js";
import { parse } from "./values.js";

/** @returns {import("./walk.js").Engine} */
export function engineFor() {
  return {
    parse,
    holds: (condition, bindings) => evaluate(condition, bindings),
    screensOf: (plan, answers, today, view, ticks) => screensOf(plan, answers, today, view, evaluate, ticks),
  };
}
