// @ts-check
/**
 * A place to sign within a plain form: `<canvas data-signs>`, kept as strokes in the form's `[data-strokes]` field,
 * never as a picture. Points run from 0 to 2000 both ways, whatever the size of the screen.
 */

const SCALE = 2000;

/** @type {WeakMap<HTMLCanvasElement, number[][][]>} */
const signed = new WeakMap();

/** @param {Event} event */
const padOf = (event) => {
  const target = /** @type {Element} */ (event.target);
  return target instanceof HTMLCanvasElement && target.matches("[data-signs]") ? target : null;
};

/**
 * @param {HTMLCanvasElement} pad
 * @param {PointerEvent} event
 */
function point(pad, event) {
  const box = pad.getBoundingClientRect();
  const part = (/** @type {number} */ at, /** @type {number} */ all) => Math.max(0, Math.min(SCALE, Math.round((at / all) * SCALE)));
  return [part(event.clientX - box.left, box.width), part(event.clientY - box.top, box.height)];
}

/** @param {HTMLCanvasElement} pad */
function write(pad) {
  const field = /** @type {HTMLInputElement | null} */ (pad.closest("form")?.querySelector("[data-strokes]") ?? null);
  const strokes = signed.get(pad) ?? [];
  if (field) field.value = strokes.length ? JSON.stringify(strokes) : "";
}

document.addEventListener("pointerdown", (event) => {
  const pad = padOf(event);
  if (!pad) return;
  pad.setPointerCapture(event.pointerId);
  signed.set(pad, [...(signed.get(pad) ?? []), [point(pad, event)]]);
});

document.addEventListener("pointermove", (event) => {
  const pad = padOf(event);
  const stroke = pad && event.buttons ? signed.get(pad)?.at(-1) : undefined;
  const from = stroke?.at(-1);
  if (!pad || !stroke || !from) return;
  const to = point(pad, event);
  stroke.push(to);
  const pen = pad.getContext("2d");
  if (!pen) return;
  pen.lineWidth = 3;
  pen.lineCap = "round";
  pen.beginPath();
  pen.moveTo((from[0] / SCALE) * pad.width, (from[1] / SCALE) * pad.height);
  pen.lineTo((to[0] / SCALE) * pad.width, (to[1] / SCALE) * pad.height);
  pen.stroke();
});

document.addEventListener("pointerup", (event) => {
  const pad = padOf(event);
  if (pad) write(pad);
});

document.addEventListener("click", (event) => {
  const again = /** @type {Element} */ (event.target).closest("[data-signs-again]");
  const pad = /** @type {HTMLCanvasElement | null | undefined} */ (again?.closest("form")?.querySelector("[data-signs]"));
  if (!pad) return;
  signed.delete(pad);
  pad.getContext("2d")?.clearRect(0, 0, pad.width, pad.height);
  write(pad);
});
