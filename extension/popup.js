// @ts-check
/** The popup: whose case, one big button, what happened. `?tab=` names the tab when it stands in a window of its own. */
import { worded, wordsIn } from "./words.js";

const api = globalThis.browser ?? globalThis.chrome;
let { say, language } = await wordsIn();

/** @param {string} id @returns {HTMLElement} */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function tabHere() {
  const named = new URLSearchParams(location.search).get("tab");
  if (named) return Number(named);
  const [tab] = await api.tabs.query({active: true, currentWindow: true});
  return tab?.id;
}

async function show() {
  const state = await api.runtime.sendMessage({verb: "show"});
  const has = Boolean(state.origin);
  if (has) ({ say, language } = await wordsIn(state.language));
  worded(document, { say, language });
  at("whose").textContent = has ? say("whose", state.case, new URL(state.origin).host) : say("nothing");
  for (const id of ["press", "wipe"]) at(id).hidden = !has;
  at("found").hidden = at("give").hidden = !state.found;
  at("code").textContent = state.found?.dossier_code ?? "";
  at("due").textContent = state.found?.due_on ?? "–";
}

/** @param {string[]} lines */
function tell(lines) {
  at("told").replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), {textContent: line})));
}

/** @param {string} verb */
async function ask(verb) {
  const result = await api.runtime.sendMessage({verb, tab: await tabHere()});
  at("overwrite").hidden = !(result.outcome === "filled" && result.kept.length);
  if (result.outcome === "filled") {
    const kept = result.kept.length ? [say("keptFields", result.kept.join(", "))] : [];
    tell([say("filled", String(result.filled.length)), ...kept, say("checkAndSubmit")]);
  } else if (result.outcome === "read") tell([say("readDone")]);
  else if (result.outcome === "given") tell([say("given")]);
  else if (result.faults?.length) tell([say("stopped"), ...result.faults.map((/** @type {any} */ fault) => say(`fault_${fault.code}`, fault.field ?? ""))]);
  else if (result.verb === "ended") tell([say("wiped")]);
  await show();
}

for (const verb of ["press", "overwrite", "give", "wipe"]) at(verb).addEventListener("click", () => ask(verb));
await show();
