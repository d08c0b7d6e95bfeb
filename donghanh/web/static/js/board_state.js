// @ts-check
/**
 * What a board shows, as a pure function of what happened: `reduce(state, event)` gives the next state.
 * An event that is told twice changes nothing.
 *
 * @typedef {{id: string, number: string, counter: string, at: number}} Call
 * @typedef {{id: string, number: string}} Missed
 * @typedef {{calls: Call[], absent: Missed[], past?: Call[]}} State
 * @typedef {{id: string, verb: string, at: string, number: string, state?: string, counter?: string, undone?: string}} Event
 */

const SHOWN = new Set(["called", "recalled", "serving", "held"]);
const CALLS = new Set(["ticket.call", "ticket.recall", "ticket.recall_absent"]);
const NO_MOVES = new Set(["ticket.issue", "ticket.print", "ticket.next_procedure"]);
const MOST_CALLS = 12;
const MOST_ABSENT = 8;
const MOST_PAST = 30;

/** The verbs that say a number aloud. @param {Event} event */
export function isCall(event) {
  return CALLS.has(event.verb);
}

/**
 * @param {State} state
 * @param {Event} event
 * @returns {State}
 */
export function reduce(state, event) {
  if (!event.verb?.startsWith("ticket.") || !event.number || NO_MOVES.has(event.verb)) return state;
  if (isCall(event)) return called(state, event);
  if (event.state === "absent") return missed(state, event);
  if (!event.state) return state; // a remark about a ticket, no move
  if (SHOWN.has(event.state)) return shown(state, event);
  return without(state, event.id);
}

/** A new call stands first; one that is known already, or newer here, changes nothing.
 * @param {State} state @param {Event} event @returns {State} */
function called(state, event) {
  const at = Date.parse(event.at);
  const known = state.calls.find((call) => call.id === event.id);
  // The server's rows and its entries bear the same moment, to the millisecond.
  if (known && known.at >= at) return state;
  const call = { id: event.id, number: event.number, counter: event.counter ?? known?.counter ?? "", at };
  const rest = without(state, event.id);
  return { ...rest, calls: sorted([call, ...rest.calls]) };
}

/** @param {State} state @param {Event} event @returns {State} */
function missed(state, event) {
  const rest = without(state, event.id);
  const absent = [{ id: event.id, number: event.number }, ...rest.absent].slice(0, MOST_ABSENT);
  return { ...rest, absent };
}

/** Still at a counter: after an undo it comes back to its old place, unannounced.
 * @param {State} state @param {Event} event @returns {State} */
function shown(state, event) {
  const before = [...state.calls, ...(state.past ?? [])].find((call) => call.id === event.id);
  const counter = event.counter ?? before?.counter ?? "";
  if (!counter) return state;
  const call = { id: event.id, number: event.number, counter, at: before?.at ?? Date.parse(event.at) };
  const rest = without(state, event.id);
  return { ...rest, calls: sorted([call, ...rest.calls]) };
}

/** @param {State} state @param {string} id @returns {State} */
function without(state, id) {
  const gone = state.calls.filter((call) => call.id === id);
  const past = (state.past ?? []).filter((call) => !gone.some((one) => one.id === call.id));
  return {
    calls: state.calls.filter((call) => call.id !== id),
    absent: state.absent.filter((one) => one.id !== id),
    past: [...gone, ...past].slice(0, MOST_PAST),
  };
}

/** @param {Call[]} calls */
function sorted(calls) {
  return calls.toSorted((one, other) => other.at - one.at).slice(0, MOST_CALLS);
}

/**
 * A call as it is said: digit by digit.
 *
 * @param {{number: string, counter: string}} call
 * @param {{digits: string[], letters: Record<string, string>, call: string}} voice
 */
export function spoken(call, voice) {
  const signs = [...call.number].map((sign) => voice.digits[Number(sign)] ?? voice.letters[sign] ?? sign);
  return voice.call.replace("{number}", signs.join(", ")).replace("{counter}", call.counter);
}

/**
 * The recorded pieces of a call, in order.
 *
 * @param {{number: string, counter: string}} call
 * @param {string} folder
 */
export function recorded(call, folder) {
  const signs = [...call.number].map((sign) => (/\d/.test(sign) ? `digit-${sign}` : `letter-${sign.toLowerCase()}`));
  return ["call", ...signs, "to", `counter-${call.counter.toLowerCase()}`].map((name) => `${folder}${name}.wav`);
}
