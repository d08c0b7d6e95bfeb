// @ts-check
/** Which house the extension listens to. The browser asks the member once more before it allows it. */
import { worded, wordsIn } from "./words.js";

const api = globalThis.browser ?? globalThis.chrome;
const words = await wordsIn();
const { say } = words;
const list = /** @type {HTMLElement} */ (document.getElementById("houses"));
const told = /** @type {HTMLElement} */ (document.getElementById("told"));

async function show() {
  const scripts = await api.scripting.getRegisteredContentScripts();
  list.replaceChildren(...scripts.map((script) => {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), {textContent: say("forget"), className: "quiet"});
    button.addEventListener("click", () => forget(script.id, script.matches ?? []));
    item.append(`${script.matches?.join(" ")} `, button);
    return item;
  }));
}

/**
 * @param {string} id
 * @param {string[]} origins
 */
async function forget(id, origins) {
  await api.scripting.unregisterContentScripts({ids: [id]});
  await api.permissions.remove({origins});
  await show();
}

document.getElementById("add")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const typed = /** @type {HTMLInputElement} */ (document.getElementById("address")).value;
  const origin = URL.canParse(typed) ? new URL(typed).origin : "";
  const matches = [`${origin}/*`];
  if (!origin.startsWith("http") || !(await api.permissions.request({origins: matches}))) {
    told.textContent = say("notAllowed");
    return;
  }
  const id = `house-${new URL(origin).host}`;
  await api.scripting.unregisterContentScripts({ids: [id]}).catch(() => null);
  await api.scripting.registerContentScripts([{id, matches, js: ["bridge.js"], runAt: "document_start"}]);
  told.textContent = say("nowAllowed", origin);
  await show();
});

worded(document, words);
await show();
