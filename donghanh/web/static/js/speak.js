// @ts-check
/**
 * Reading aloud, one voice at a time. A button `data-speak="words"` or `data-speak-target="#id"` reads;
 * the DOM event `speak` with {text, audio?, chime?, times?, lang?} queues an announcement. A voice of
 * the machine speaks if it knows the language; else the recorded pieces (`data-audio`, addresses parted
 * by spaces) are played, and before the machine where `data-recorded` stands; else only the chime is heard and `speak:silent` says so.
 */

/** @typedef {{text: string, audio?: string[], chime?: boolean, times?: number, lang?: string, volume?: number, recorded?: boolean}} Saying */

/** @type {Saying[]} */
const queue = [];
let busy = false;
/** What is being said just now; taken back, it stops. @type {Saying | undefined} */
let current;
/** @type {HTMLAudioElement | undefined} */
let sounding;
/** @type {AudioContext | undefined} */
let context;

/**
 * @param {string} lang
 * @param {boolean} isRecorded then a voice that needs the Internet is not asked
 * @returns {SpeechSynthesisVoice | undefined}
 */
function voiceFor(lang, isRecorded) {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  const able = voices.filter((voice) => voice.lang.toLowerCase().replace("_", "-").startsWith(lang));
  return able.find((voice) => voice.localService) ?? (isRecorded ? undefined : able[0]);
}

/** @returns {AudioContext} */
function sound() {
  context ??= new AudioContext();
  return context;
}

/** Two soft notes, a fourth apart; silent where the browser wants a touch first. */
async function chime(loudness = 1) {
  const audio = sound();
  if (audio.state !== "running") {
    locked(true);
    return;
  }
  const start = audio.currentTime;
  [659.25, 880].forEach((pitch, place) => {
    const note = audio.createOscillator();
    const volume = audio.createGain();
    const at = start + place * 0.35;
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.35 * loudness + 0.0001, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.9);
    note.connect(volume).connect(audio.destination);
    note.start(at);
    note.stop(at + 1);
  });
  await pause(1300);
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

/**
 * @param {string} text
 * @param {string} lang
 * @param {SpeechSynthesisVoice} voice
 * @param {number} loudness
 */
function utter(text, lang, voice, loudness) {
  return new Promise((done) => {
    const saying = new SpeechSynthesisUtterance(text);
    saying.voice = voice;
    saying.lang = lang;
    saying.rate = 0.9; // elders first
    saying.volume = loudness;
    saying.onend = saying.onerror = done;
    window.speechSynthesis.speak(saying);
    // Some engines never report the end: do not let one call silence the hall.
    setTimeout(done, 4000 + text.length * 150);
  });
}

/**
 * @param {string} address
 * @param {number} loudness
 */
function play(address, loudness) {
  return new Promise((done) => {
    const piece = new Audio(address);
    sounding = piece;
    piece.volume = loudness;
    piece.onended = piece.onerror = piece.onpause = done;
    piece.play().catch(() => {
      locked(true);
      done(undefined);
    });
  });
}

/** @param {Saying} saying */
async function say(saying) {
  const lang = (saying.lang ?? document.documentElement.lang).slice(0, 2);
  const loudness = saying.volume ?? 1;
  const voice = voiceFor(lang, Boolean(saying.audio?.length));
  const wanted = () => current === saying;
  if (saying.chime && loudness) await chime(loudness);
  for (let turn = 0; loudness && wanted() && turn < (saying.times ?? 1); turn += 1) {
    if (turn) await pause(700);
    if (voice && !(saying.recorded && saying.audio?.length) && wanted()) await utter(saying.text, lang, voice, loudness);
    else for (const address of saying.audio ?? []) if (wanted()) await play(address, loudness);
  }
  if (!voice && !saying.audio?.length) tell("speak:silent", saying);
}

async function work() {
  if (busy) return;
  busy = true;
  for (let next = queue.shift(); next; next = queue.shift()) {
    current = next;
    tell("speak:start", next);
    await say(next);
    current = undefined;
    tell("speak:end", next);
  }
  busy = false;
}

/**
 * @param {string} type
 * @param {object} detail
 */
function tell(type, detail) {
  document.dispatchEvent(new CustomEvent(type, { detail }));
}

/** @param {boolean} isLocked */
function locked(isLocked) {
  for (const button of document.querySelectorAll("[data-sound-on]")) {
    /** @type {HTMLElement} */ (button).hidden = !isLocked;
  }
}

/** Takes a saying off the queue, for a call that was undone; the one being said falls silent. */
document.addEventListener("unspeak", (event) => {
  const { text } = /** @type {CustomEvent<{text: string}>} */ (event).detail;
  for (let at = queue.length - 1; at >= 0; at -= 1) if (queue[at].text === text) queue.splice(at, 1);
  if (current?.text === text) hush();
});

function hush() {
  current = undefined;
  sounding?.pause();
  window.speechSynthesis?.cancel();
}

document.addEventListener("speak", (event) => {
  queue.push(/** @type {CustomEvent<Saying>} */ (event).detail);
  void work();
});

document.addEventListener("click", (event) => {
  const target = /** @type {Element | null} */ (event.target);
  if (target?.closest("[data-sound-on]")) {
    void sound().resume().then(() => locked(false));
    return;
  }
  const button = /** @type {HTMLElement | null} */ (target?.closest("[data-speak], [data-speak-target]"));
  if (!button) return;
  const place = button.dataset.speakTarget ? document.querySelector(button.dataset.speakTarget) : null;
  const text = button.dataset.speak || place?.textContent?.replace(/\s+/g, " ").trim() || "";
  // A person who presses again wants to hear it from the start, not twice.
  queue.length = 0;
  hush();
  queue.push({ text, audio: button.dataset.audio?.split(" ").filter(Boolean), lang: button.dataset.lang, recorded: "recorded" in button.dataset });
  void work();
});

// Voices load late in some browsers: asking early wakes them.
window.speechSynthesis?.getVoices();
if (document.querySelector("[data-sound-on]")) locked(sound().state !== "running");
