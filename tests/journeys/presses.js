/**
 * Counts on this page what a person's hands do: keys, clicks, changes between keyboard and mouse, and chunks (a field's
 * whole text, or one command). What a device types, or the page itself brings about, is not counted.
 */
(() => {
  if (window.donghanhPresses) return;
  const counted = (window.donghanhPresses = { keys: 0, clicks: 0, homings: 0, chunks: 0, telex: 0, hand: "", on: true });
  let chunk = null;
  let hasKey = false;
  const marks = (text) => [...text.normalize("NFD")].length - [...text.normalize("NFC")].length + (text.match(/[đĐ]/g)?.length ?? 0);
  const hand = (which) => {
    if (counted.hand && counted.hand !== which) counted.homings += 1;
    counted.hand = which;
  };
  const begin = (what) => {
    if (chunk !== what) counted.chunks += 1;
    chunk = what;
  };
  addEventListener("keydown", (event) => {
    if (!event.isTrusted || !counted.on) return;
    hasKey = event.key.length === 1;
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) {
      counted.keys += 1;
      return;
    }
    hand("keyboard");
    counted.keys += 1;
    const inField = event.target.matches?.("input, select, textarea");
    const isCommand = event.ctrlKey || event.altKey || !inField;
    if (isCommand) {
      // A button reached by Tab and pressed is one command.
      if (!["Tab", "ArrowDown", "ArrowUp"].includes(event.key)) { counted.chunks += 1; chunk = null; }
    } else if (!["Enter", "Tab"].includes(event.key)) begin(event.target);
    else chunk = null;
  }, true);
  addEventListener("keyup", () => { hasKey = false; }, true);
  addEventListener("input", (event) => {
    if (!event.isTrusted || !counted.on || !event.data) return;
    if (!hasKey) {
      hand("keyboard");
      counted.keys += [...event.data].length;
      begin(event.target);
    }
    counted.telex += marks(event.data);
  }, true);
  addEventListener("pointerdown", (event) => {
    if (!event.isTrusted || !counted.on) return;
    hand("mouse");
    counted.clicks += 1;
    counted.chunks += 1;
    chunk = null;
  }, true);
})();
