// @ts-check
/**
 * Holds the open case's plan in memory (storage.session: gone with the browser), and sends it to one document
 * only: the top frame of the tab where the member presses, when its origin and path are exactly the map's.
 */
import { planOf } from "./plan.js";
import { wordsIn } from "./words.js";

const api = globalThis.browser ?? globalThis.chrome;
const MINUTES = 60;

/** What is kept: plan, desk {tab, origin}, at, filled {tab}, found {code, due_on}. */
async function kept() {
  const state = await api.storage.session.get(null);
  if (!state.plan || Date.now() - state.at > MINUTES * 60_000) {
    await wipe();
    return {};
  }
  return state;
}

async function wipe() {
  await api.storage.session.clear();
  await api.alarms.clear("forget");
  await api.action.setBadgeText({text: ""});
  return {verb: "ended"};
}

/**
 * @param {any} said
 * @param {any} sender
 */
async function handOver(said, sender) {
  const plan = planOf(said.plan, new URL(sender.url).origin);
  if (!plan) return {verb: "refused", code: "no_plan"};
  await api.storage.session.clear();
  await api.storage.session.set({plan, desk: {tab: sender.tab.id, origin: new URL(sender.url).origin}, at: Date.now()});
  await api.alarms.create("forget", {delayInMinutes: MINUTES});
  await api.action.setBadgeText({text: "●"});
  return {verb: "taken", case: plan.case};
}

/**
 * Run a function of portal.js in the top document of a tab; undefined where the browser does not let us in.
 * @param {number} tab
 * @param {(...args: any[]) => unknown} func
 * @param {any[]} args
 * @param {string} [document] the document that was looked at before, so that no other one gets the words
 */
async function inTab(tab, func, args, document) {
  const target = document ? {tabId: tab, documentIds: [document]} : {tabId: tab, frameIds: [0]};
  const [answer] = await api.scripting.executeScript({target, func, args});
  return answer;
}

/**
 * Fill the form in this tab, or say why not. Filling again with `overwrite` takes fields that were not empty.
 * @param {number} tab
 * @param {boolean} [overwrite]
 */
async function fill(tab, overwrite = false) {
  const {plan} = await kept();
  if (!plan) return {outcome: "nothing", faults: [{code: "no_case"}]};
  const {origin, path} = plan.map;
  const seen = await looked(tab);
  if (!seen) return {outcome: "stopped", faults: [{code: "shut"}]};
  if (seen.result.origin !== origin || seen.result.path !== path) return answered(tab, {outcome: "stopped", faults: [{code: "other_place"}]});
  const answer = await inTab(tab, (map, values, again) => globalThis.donghanhPortal.fill(map, values, again), [plan.map, plan.values, overwrite], seen.documentId).catch(() => null);
  const result = answer?.result ?? {outcome: "stopped", faults: [{code: "shut"}]};
  if (result.outcome === "filled") await api.storage.session.set({filled: {tab}});
  return answered(tab, result);
}

/** @param {number} tab */
async function looked(tab) {
  try {
    await api.scripting.executeScript({target: {tabId: tab, frameIds: [0]}, files: ["portal.js"]});
    return await inTab(tab, () => globalThis.donghanhPortal.where(), []);
  } catch {
    return null; // a page of the browser, or a tab that nobody pressed in
  }
}

/**
 * Read code and day on the page that came after the form.
 * @param {number} tab
 */
async function read(tab) {
  const {plan, filled} = await kept();
  if (!plan || filled?.tab !== tab) return {outcome: "nothing", faults: []};
  const seen = await looked(tab);
  if (!seen || seen.result.origin !== plan.map.origin) return {outcome: "nothing", faults: []};
  const answer = await inTab(tab, (reads) => globalThis.donghanhPortal.read(reads), [plan.map.reads], seen.documentId).catch(() => null);
  const found = answer?.result ?? {};
  if (!found.dossier_code) return {outcome: "nothing", faults: []};
  await api.storage.session.set({found});
  await api.action.setBadgeText({text: "1"});
  return {outcome: "read", found};
}

/** The desk gets what was read, by the member's press; it asks the member once more before it keeps it. */
async function give() {
  const {plan, desk, found} = await kept();
  if (!plan || !found) return {outcome: "nothing", faults: []};
  const words = {verb: "dossier", case: plan.case, portal: plan.map.portal, code: found.dossier_code, due_on: found.due_on ?? ""};
  const isGiven = await api.tabs.sendMessage(desk.tab, words, {frameId: 0}).then(() => true, () => false);
  return {outcome: isGiven ? "given" : "stopped", faults: isGiven ? [] : [{code: "desk_gone"}]};
}

/** On the form the press fills; on the page after it, it reads. @param {number} tab */
async function press(tab) {
  const reading = await read(tab);
  return reading.outcome === "read" ? reading : fill(tab);
}

/**
 * @param {number} tab
 * @param {any} result
 */
async function answered(tab, result) {
  const { language, say } = await wordsIn((await kept()).plan?.language);
  await inTab(tab, (words, lang, isGood) => globalThis.donghanhPortal?.tell(words, lang, isGood), [linesOf(result, say), language, result.outcome === "filled"]).catch(() => null);
  return result;
}

/**
 * What the page's note says: counts and names of fields, never a value.
 * @param {any} result
 * @param {import("./words.js").Say} say
 */
function linesOf(result, say) {
  if (result.outcome === "filled") {
    const lines = [say("filled", String(result.filled.length))];
    if (result.kept.length) lines.push(say("keptFields", result.kept.join(", ")));
    return [...lines, say("checkAndSubmit")];
  }
  return [say("stopped"), ...result.faults.map((/** @type {any} */ fault) => say(`fault_${fault.code}`, fault.field ?? ""))];
}

/** What the popup may see: names and counts, and what was read; no value of the citizen. */
async function shown() {
  const {plan, found, filled} = await kept();
  return plan ? {language: plan.language, case: plan.caseWords, portal: plan.map.portal, origin: plan.map.origin, found: found ?? null, filled: Boolean(filled)} : {};
}

/** @type {Record<string, (said: any) => Promise<any>>} */
const OF_THE_POPUP = {
  show: shown,
  press: (said) => press(said.tab),
  overwrite: (said) => fill(said.tab, true),
  give,
  wipe,
};

api.runtime.onMessage.addListener((said, sender, answer) => {
  const isOurs = sender.id === api.runtime.id;
  const isPopup = isOurs && !sender.tab?.url?.startsWith("http") && sender.url?.startsWith(api.runtime.getURL(""));
  const isBridge = isOurs && sender.tab && sender.frameId === 0 && !isPopup;
  let work;
  if (isPopup && Object.hasOwn(OF_THE_POPUP, said.verb)) work = OF_THE_POPUP[said.verb](said);
  else if (isBridge && said.verb === "hand-over") work = handOver(said, sender);
  else if (isBridge && said.verb === "end") work = endedBy(sender);
  else return false;
  work.then(answer, () => answer({verb: "refused", code: "not_running"}));
  return true;
});

/** Only the desk that handed a case over may end it. @param {any} sender */
async function endedBy(sender) {
  const {desk} = await kept();
  return !desk || desk.tab === sender.tab.id || desk.origin === new URL(sender.url).origin ? wipe() : {verb: "refused", code: "no_plan"};
}

api.commands.onCommand.addListener(async (command, tab) => {
  if (command === "fill" && tab?.id !== undefined) await press(tab.id);
});

api.tabs.onUpdated.addListener(async (tab, change) => {
  if (change.status === "complete" && (await kept()).filled?.tab === tab) await read(tab);
});

api.alarms.onAlarm.addListener(wipe);

api.tabs.onRemoved.addListener(async (tab) => {
  if ((await kept()).desk?.tab === tab) await wipe();
});
