// @ts-check
/** Finds a QR code in a picture, in this browser: the reader is compiled code of our own server, fetched when it is needed. */
import { prepareZXingModule, readBarcodes } from "../../vendor/zxing/zxing.js";

const ADDRESS = new URL("../../vendor/zxing/zxing_reader.wasm", import.meta.url).href;
const OPTIONS = /** @type {any} */ ({ formats: ["QRCode"], tryHarder: true, tryRotate: true, tryInvert: false, maxNumberOfSymbols: 1 });

/** Fetches and readies the reader, so that the first picture need not wait for it. */
export const ready = () => prepareZXingModule({ overrides: { locateFile: () => ADDRESS }, fireImmediately: true });

/**
 * The text of a QR code; "" when none is seen.
 * @param {ImageData} picture
 */
export async function codeIn(picture) {
  await ready();
  const [found] = await readBarcodes(picture, OPTIONS);
  return found?.isValid ? found.text : "";
}
