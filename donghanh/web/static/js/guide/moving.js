// @ts-check
/** From screen to screen: on, back, to a question and home again. The browser's own Back works too. */
import { Answering } from "./answering.js";

const PLACES = ["start", "tasks", "stop", "done"];

export class Moving extends Answering {
  constructor() {
    super();
    this.view = "citizen";
    /** The screen one is on, or start | tasks | stop | done. */
    this.at = "start";
    /** Where a change of one answer leads back to. */
    this.returnTo = "";
    this.depth = 0;
    /** @type {string[]} */
    this.trail = [];
    this.isTurned = false;
    this.turnedAt = "";
    /** @type {(() => HTMLElement | null) | undefined} */
    this.wantsFocus = undefined;
    this.onPop = (/** @type {PopStateEvent} */ event) => this.popped(event);
  }

  /** A page of one's own keeps its screens in the browser's history: names of screens, nothing else. */
  get usesHistory() {
    return this.view === "citizen" && this.storeKind === "phone";
  }

  get storeKind() {
    return this.getAttribute("store") ?? "none";
  }

  get canGoBack() {
    return this.usesHistory ? this.depth > 0 : this.trail.length > 0;
  }

  /**
   * @param {string} at
   * @param {{isBack?: boolean}} [how]
   */
  go(at, how = {}) {
    if (at === this.at) return;
    this.readDrafts();
    if (!how.isBack) {
      this.trail.push(this.at);
      if (this.usesHistory) history.pushState({ guide: at, depth: (this.depth += 1) }, "");
    }
    this.at = at;
    this.draw();
    this.focusOnHeading();
    this.tell("guide:screen", { at });
  }

  back() {
    if (this.usesHistory) history.back();
    else this.go(this.trail.pop() ?? "start", { isBack: true });
  }

  /** @param {PopStateEvent} event */
  popped(event) {
    if (!this.walk) return;
    this.depth = event.state?.depth ?? 0;
    this.trail.pop();
    this.go(event.state?.guide ?? this.getAttribute("at") ?? "start", { isBack: true });
  }

  /**
   * Back to check-your-answers after one change; on the way only what is newly asked.
   * @param {string} question
   */
  change(question) {
    this.returnTo = this.at;
    this.go(this.screenOf(question));
    this.focusPath(question);
  }

  /** @param {string} question */
  screenOf(question) {
    return this.walk.flow.screens.find((one) => one.questions.includes(question))?.id ?? "tasks";
  }

  /** @param {string} step */
  firstScreenOf(step) {
    return this.walk.flow.screens.find((one) => one.step === step)?.id;
  }

  /**
   * On from a screen: stays when something is wrong, stops where the law stops, else the next one.
   * @param {string} from
   */
  forward(from) {
    if (this.isTurned) return this.forwardTurned(from);
    const screen = this.walk.screen(from);
    const asked = screen?.questions ?? [];
    if (this.shownWrongs(asked).length || asked.some((id) => this.doubts(id).length)) {
      this.draw();
      this.focusOnSummary();
      return undefined;
    }
    if (this.failsNow(asked)) {
      if (this.view === "citizen") return this.go("stop");
      // A member reads why beside the fields, and may go on to see the rest.
      this.draw();
      this.focusSoon(() => this.querySelector("[data-stop]"));
      return undefined;
    }
    return this.go(this.following(from));
  }

  /** Whether an answer given just now made it impossible. @param {string[]} asked */
  failsNow(asked) {
    const failed = this.walk.failed.map((/** @type {{id: string}} */ one) => one.id).join();
    const isNew = failed !== "" && failed !== this.toldFailed;
    if (asked.length) this.toldFailed = failed;
    return isNew && asked.length > 0;
  }

  /** @param {string} from */
  following(from) {
    const { screens, next } = this.walk.flow;
    const place = screens.findIndex((one) => one.id === from);
    if (this.returnTo) {
      const home = screens.findIndex((one) => one.id === this.returnTo);
      const open = screens.findIndex((one) => one.id === next);
      const back = this.returnTo;
      if (open >= 0 && (home < 0 ? PLACES.includes(back) : open < home) && screens[open].questions.length) return screens[open].id;
      this.returnTo = "";
      return back;
    }
    return screens[place + 1]?.id ?? (next && next !== from ? next : "done");
  }

  /**
   * While the screen is turned round: the citizen goes through the questions of this step.
   * @param {string} from
   */
  forwardTurned(from) {
    const screens = this.turnedScreens;
    const place = screens.findIndex((one) => one.id === from);
    const asked = screens[place]?.questions ?? [];
    if (this.shownWrongs(asked).length || asked.some((id) => this.doubts(id).length)) {
      this.draw();
      this.focusOnSummary();
      return;
    }
    const next = screens[place + 1];
    if (!next) return this.turn(false);
    this.turnedAt = next.id;
    this.draw();
    this.focusOnHeading();
  }

  /** The citizen's screens of the step one is at. @returns {import("./walk.js").Screen[]} */
  get turnedScreens() {
    const step = this.walk.screen(this.at)?.step;
    return this.walk.flowFor("citizen").screens.filter((one) => one.step === step);
  }

  /** @param {boolean} isTurned */
  turn(isTurned) {
    this.isTurned = isTurned;
    const open = this.turnedScreens.find((one) => one.questions.some((id) => !this.walk.answers[id]));
    this.turnedAt = isTurned ? (open ?? this.turnedScreens[0])?.id ?? "" : "";
    this.draw();
    if (isTurned) this.focusOnHeading();
    else this.focusOnFirst();
  }

  /**
   * @param {string} type
   * @param {object} detail
   */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }

  /** @param {string} id */
  focusOn(id) {
    this.focusSoon(() => document.getElementById(id));
  }

  /** @param {string} path */
  focusPath(path) {
    this.focusSoon(() => this.querySelector(`[data-path="${CSS.escape(path)}"]`) ?? this.querySelector(`[data-path^="${CSS.escape(path)}."]`));
  }

  focusOnHeading() {
    this.focusSoon(() => this.querySelector("dialog[open] [data-heading]") ?? this.querySelector("[data-heading]"));
  }

  focusOnSummary() {
    const first = ["[data-summary]", ".guide-doubt button", ".field:has(.field-error) :is(input, select, button)"];
    this.focusSoon(() => first.map((one) => /** @type {HTMLElement | null} */ (this.querySelector(one))).find(Boolean) ?? null);
  }

  focusOnFirst() {
    this.focusSoon(() => this.querySelector("[data-path]") ?? this.querySelector("[data-heading]"));
  }

  /** What nobody has answered yet on this screen; when nothing is left, the way on. */
  focusOnOpen() {
    const open = this.walk.screen(this.at)?.questions.find((id) => !this.walk.answers[id]);
    if (open) this.focusPath(open);
    else this.focusSoon(() => this.querySelector("[data-next]") ?? this.querySelector("[data-path]") ?? this.querySelector("[data-heading]"));
  }

  /** After the next drawing, which may be this one's. @param {() => HTMLElement | null} which */
  focusSoon(which) {
    this.wantsFocus = which;
    queueMicrotask(() => {
      const node = this.wantsFocus?.();
      this.wantsFocus = undefined;
      node?.focus();
      if (node?.hasAttribute("data-heading") && !this.isTurned && this.view === "citizen") window.scrollTo(0, 0);
    });
  }
}
