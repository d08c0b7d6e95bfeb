// @ts-check
/**
 * `<dh-record to key labelledby>`: a member lends a voice to one text. It is played back before it is kept; until then it
 * is nowhere but here. Words stand in the template `record-words`; language and its name in the form
 * `data-record-who`. A button `data-retire` takes a kept one back.
 */

const LONGEST = 90000;
const BITS = 24000;
const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];

/** @param {string} key */
function word(key) {
  const block = /** @type {HTMLTemplateElement | null} */ (document.getElementById("record-words"));
  return block?.content.querySelector(`[data-word="${key}"]`)?.textContent ?? key;
}

/** The token against forged posts. */
function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

/**
 * @param {string} to
 * @param {FormData} [body]
 */
function send(to, body) {
  return fetch(to, { method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json", "X-CSRFToken": token() } });
}

class Recorder extends HTMLElement {
  /** @type {MediaRecorder | undefined} */
  recorder;
  /** @type {Blob | undefined} */
  sound;
  address = "";

  connectedCallback() {
    this.draw();
  }

  disconnectedCallback() {
    this.recorder?.stream.getTracks().forEach((track) => track.stop());
    this.forget();
  }

  forget() {
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = "";
    this.sound = undefined;
  }

  /** @param {string} [said] */
  draw(said = "") {
    const isOn = this.recorder?.state === "recording";
    const buttons = document.createElement("div");
    buttons.className = "buttons";
    if (isOn) buttons.append(this.button("stop", () => this.recorder?.stop()));
    else buttons.append(this.button(this.sound ? "again" : "record", () => this.begin()));
    if (this.sound && !isOn) buttons.append(this.player(), this.button("keep", () => this.keep()));
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    status.textContent = said;
    this.replaceChildren(buttons, status);
  }

  player() {
    const player = document.createElement("audio");
    player.controls = true;
    player.src = this.address;
    player.setAttribute("aria-label", word("listen"));
    return player;
  }

  /**
   * @param {string} key of its word
   * @param {() => void} act
   */
  button(key, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = key === "keep" ? "button" : "button button-quiet";
    button.dataset.record = key;
    button.textContent = word(key);
    button.setAttribute("aria-describedby", this.getAttribute("labelledby") ?? "");
    button.addEventListener("click", act);
    return button;
  }

  async begin() {
    this.forget();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
      const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
      const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS });
      /** @type {Blob[]} */
      const parts = [];
      const timer = setTimeout(() => recorder.state === "recording" && recorder.stop(), LONGEST);
      recorder.ondataavailable = (event) => parts.push(event.data);
      recorder.onstop = () => {
        clearTimeout(timer);
        for (const track of stream.getTracks()) track.stop();
        this.sound = new Blob(parts, { type: (mimeType ?? "audio/webm").split(";")[0] });
        this.address = URL.createObjectURL(this.sound);
        this.draw(word("listen"));
      };
      this.recorder = recorder;
      recorder.start();
      this.draw();
    } catch {
      this.draw(word("no_microphone"));
    }
  }

  async keep() {
    const who = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-record-who]"));
    if (!this.sound || !who?.reportValidity()) return;
    const body = new FormData(who);
    body.set("key", this.getAttribute("key") ?? "");
    body.set("sound", this.sound, "sound");
    const answer = await send(this.getAttribute("to") ?? "", body).catch(() => undefined);
    if (!answer?.ok) {
      const no = await answer?.json().catch(() => undefined);
      this.draw(no?.message ?? word("no_server"));
      return;
    }
    this.forget();
    this.draw(word("kept"));
  }
}

customElements.define("dh-record", Recorder);

document.addEventListener("click", async (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-retire]"));
  if (!button) return;
  const answer = await send(button.dataset.retire ?? "").catch(() => undefined);
  if (!answer?.ok) return;
  button.closest("[data-kept]")?.remove();
  document.dispatchEvent(new CustomEvent("toast", { detail: { message: word("retired"), tone: "done" } }));
});
