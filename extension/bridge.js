// @ts-check
/**
 * On the pages of Đồng Hành: hands a fill plan to the extension when the member presses, and brings what was
 * read on the portal back. It keeps nothing, and takes words only from the page itself.
 */
(() => {
  const api = globalThis.browser ?? globalThis.chrome;
  if (window.top !== window || globalThis.donghanhBridge) return;
  globalThis.donghanhBridge = true;

  const VERBS = new Set(["hello", "hand-over", "end"]);

  /** @param {Record<string, unknown>} words */
  function say(words) {
    window.postMessage({channel: "donghanh-extension", ...words}, location.origin);
  }

  window.addEventListener("message", async (event) => {
    const said = event.data;
    if (event.source !== window || event.origin !== location.origin) return;
    if (!said || said.channel !== "donghanh" || !VERBS.has(said.verb)) return;
    if (said.verb === "hello") return say({verb: "here", version: api.runtime.getManifest().version});
    // Values leave the page only by a press of the member, never by a script alone.
    if (said.verb === "hand-over" && !navigator.userActivation?.isActive) return say({verb: "refused", code: "no_press"});
    const answer = await api.runtime.sendMessage({verb: said.verb, plan: said.plan}).catch(() => null);
    say(answer ?? {verb: "refused", code: "not_running"});
  });

  api.runtime.onMessage.addListener((said) => {
    if (said?.verb === "dossier") say(said);
  });
})();
