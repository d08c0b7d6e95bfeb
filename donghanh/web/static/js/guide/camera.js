// @ts-check
/** Pictures to look for a code in: from the camera, or from a photo. None is kept, none leaves this browser. */

/** A code is seen within a few pictures; more of them only warm the phone. */
const PAUSE = 110;
const LONGEST_SIDES = [1600, 3200];

/**
 * Shows the camera and looks until a code is found, or `stop` is called. The camera is off at once after either.
 * @param {HTMLVideoElement} video
 * @param {(picture: ImageData) => Promise<string>} codeIn
 * @returns {{found: Promise<string>, stop: () => void}} "" when it was stopped
 */
export function watch(video, codeIn) {
  let isOver = false;
  /** @type {MediaStream | undefined} */
  let stream;
  const stop = () => {
    isOver = true;
    for (const track of stream?.getTracks() ?? []) track.stop();
    video.srcObject = null;
  };
  const look = async () => {
    stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } } });
    if (isOver) return stop(), "";
    video.srcObject = stream;
    await video.play();
    const canvas = document.createElement("canvas");
    const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
    while (!isOver) {
      if (video.videoWidth) {
        canvas.width = video.videoWidth;
        canvas.height = video.videoHeight;
        brush.drawImage(video, 0, 0);
        const text = await codeIn(brush.getImageData(0, 0, canvas.width, canvas.height));
        if (text && !isOver) return text;
      }
      await new Promise((done) => setTimeout(done, PAUSE));
    }
    return "";
  };
  return { found: look().finally(stop), stop };
}

/**
 * The text of a code on a photo; "" when none is seen. Large photos are looked at small first.
 * @param {Blob} file
 * @param {(picture: ImageData) => Promise<string>} codeIn
 */
export async function codeOnPhoto(file, codeIn) {
  const photo = await createImageBitmap(file);
  try {
    for (const longest of LONGEST_SIDES) {
      const scale = Math.min(1, longest / Math.max(photo.width, photo.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(photo.width * scale));
      canvas.height = Math.max(1, Math.round(photo.height * scale));
      const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      brush.drawImage(photo, 0, 0, canvas.width, canvas.height);
      const text = await codeIn(brush.getImageData(0, 0, canvas.width, canvas.height));
      if (text || scale === 1) return text;
    }
    return "";
  } finally {
    photo.close();
  }
}
