// @ts-check
/**
 * On a portal's page, after the member's press: looks whether this is exactly the form the map describes, and only
 * then fills it. Any doubt: it fills nothing and says which. It never touches a password, a one-time code, a hidden
 * field or a button, and never submits.
 */
globalThis.donghanhPortal ??= (() => {
  const TEXT_TYPES = new Set(["text", "tel", "email", "search", "number", "url"]);
  const BUTTONS = new Set(["submit", "button", "reset", "image"]);
  // In names and labels, accents taken off: mật khẩu, mã xác thực, mã OTP, password, passcode, PIN.
  const SECRET = /(^|[^a-z])(otp|pin)([^a-z]|$)|pass ?(word|code|wd)|mat ?khau|(^| )mk( |$)|ma ?(xac ?(thuc|nhan|minh)|bao ?mat)|one ?time|mot de passe/;
  const SECRET_FILL = /one-time-code|current-password|new-password/;
  // A page may name a field “elements” or “action”; the browser's own getters are not fooled by that.
  const elementsOf = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, "elements")?.get;

  /** @typedef {HTMLInputElement & HTMLSelectElement & HTMLTextAreaElement} Control */
  /** @typedef {{code: string, field?: string}} Fault */

  function where() {
    document.getElementById("donghanh-note")?.remove(); // our own note must not pass for something that covers a field
    return {origin: window.top === window ? location.origin : "", path: location.pathname};
  }

  /** @param {HTMLFormElement} form @returns {Control[]} */
  function controlsOf(form) {
    return /** @type {any} */ ([...elementsOf?.call(form)]).filter(
      (/** @type {Element} */ one) => !["FIELDSET", "OUTPUT", "OBJECT", "BUTTON"].includes(one.tagName));
  }

  /** @param {string} text */
  function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/[_\-\s]+/g, " ");
  }

  /** @param {Control} one */
  function isSecret(one) {
    const named = [one.name, one.id, one.placeholder, one.getAttribute("aria-label"), ...[...(one.labels ?? [])].map((label) => label.textContent)];
    return one.type === "password" || SECRET_FILL.test(one.autocomplete ?? "")
      || (TEXT_TYPES.has(one.type) && named.some((text) => SECRET.test(plain(text ?? ""))));
  }

  /** Really before somebody's eyes: shown, of some size, on the page, and nothing lies over it. @param {Control} one */
  function isSeen(one) {
    if (!one.checkVisibility({checkOpacity: true, checkVisibilityCSS: true, opacityProperty: true, visibilityProperty: true})) return false;
    one.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
    const box = one.getBoundingClientRect();
    if (box.width < 4 || box.height < 4) return false;
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return hit !== null && (one === hit || one.contains(hit) || [...(one.labels ?? [])].includes(/** @type {any} */ (hit)));
  }

  /** @param {Control} one @param {string} kind */
  function isOfKind(one, kind) {
    if (kind === "text") return one.tagName === "INPUT" && TEXT_TYPES.has(one.type);
    if (kind === "textarea") return one.tagName === "TEXTAREA";
    if (kind === "select") return one.tagName === "SELECT" && one.type === "select-one";
    return one.tagName === "INPUT" && one.type === kind;
  }

  /** @param {HTMLFormElement} form @returns {Fault[]} */
  function faultsOfForm(form) {
    const addresses = [form.getAttribute("action") ?? "", ...[...form.querySelectorAll("[formaction]"), ...document.querySelectorAll(`[form][formaction]`)].map((one) => one.getAttribute("formaction") ?? "")];
    if (!addresses.every((address) => URL.canParse(address, location.href) && new URL(address, location.href).origin === location.origin)) return [{code: "sent_elsewhere"}];
    // By GET, values would stand in the address.
    return (form.getAttribute("method") ?? "get").toLowerCase() === "post" ? [] : [{code: "in_address"}];
  }

  /** @param {Control[]} found @param {any} field @param {string} value @returns {Fault[]} */
  function faultsOfField(found, field, value) {
    const field_ = field.label;
    if (!found.length) return [{code: "missing", field: field_}];
    if (!found.every((one) => isOfKind(one, field.kind))) return [{code: "wrong_kind", field: field_}];
    if (field.kind !== "radio" && found.length > 1) return [{code: "twice", field: field_}];
    if (found.some((one) => one.matches(":disabled") || one.readOnly)) return [{code: "locked", field: field_}];
    if (!found.every(isSeen)) return [{code: "unseen", field: field_}];
    const longest = Math.min(...[field.longest, found[0].maxLength].filter((one) => Number.isInteger(one) && one >= 0));
    if (["text", "textarea"].includes(field.kind) && [...value].length > longest) return [{code: "too_long", field: field_}];
    const options = field.kind === "select" ? [...found[0].options].map((one) => one.value) : found.map((one) => one.value);
    if (value && ["select", "radio"].includes(field.kind) && options.filter((one) => one === value).length !== 1) return [{code: "no_option", field: field_}];
    return [];
  }

  /**
   * Everything that is not as the map says; the form when nothing is.
   * @param {any} map @param {Record<string, string>} values
   * @returns {{faults: Fault[], form?: HTMLFormElement, controls: Control[]}}
   */
  function looked(map, values) {
    const none = {controls: []};
    if (window.top !== window || location.origin !== map.origin || location.pathname !== map.path) return {...none, faults: [{code: "other_place"}]};
    const forms = [...document.querySelectorAll(map.form)];
    if (!forms.length) return {...none, faults: [{code: "no_form"}]};
    if (forms.length > 1) return {...none, faults: [{code: "several_forms"}]};
    const form = forms[0];
    if (!(form instanceof HTMLFormElement)) return {...none, faults: [{code: "no_form"}]};
    const controls = controlsOf(form);
    const faults = faultsOfForm(form);
    const mapped = new Map(map.fields.map((/** @type {any} */ field) => [field.name, field]));
    if (controls.some(isSecret)) faults.push({code: "secret_field"});
    for (const one of controls) {
      if (one.type === "hidden" || BUTTONS.has(one.type)) {
        if (mapped.has(one.name)) faults.push({code: "unseen", field: mapped.get(one.name).label});
      } else if (!mapped.has(one.name)) faults.push({code: "unknown_field", field: one.name || one.id || one.type});
    }
    for (const field of map.fields) faults.push(...faultsOfField(controls.filter((one) => one.name === field.name && one.type !== "hidden"), field, values[field.name] ?? ""));
    return {faults, form, controls};
  }

  /** @param {Control[]} found @param {string} kind */
  function isEmpty(found, kind) {
    return kind === "radio" || kind === "checkbox" ? !found.some((one) => one.checked) : !found[0].value;
  }

  /** @param {Control[]} found @param {any} field @param {string} value */
  function holds(found, field, value) {
    if (field.kind === "checkbox") return found[0].checked;
    return field.kind === "radio" ? found.some((one) => one.checked && one.value === value) : found[0].value === value;
  }

  /** @param {Control[]} found @param {any} field @param {string} value */
  function set(found, field, value) {
    if (field.kind === "radio" || field.kind === "checkbox") {
      // A click, for some pages hear nothing else; it ticks and never sends.
      const one = field.kind === "radio" ? found.find((each) => each.value === value) : found[0];
      if (one && !one.checked) one.click();
    } else {
      found[0].value = value;
      for (const name of ["input", "change"]) found[0].dispatchEvent(new Event(name, {bubbles: true}));
    }
    for (const one of found) {
      one.style.outline = "3px solid #17703B";
      one.style.outlineOffset = "2px";
      one.dataset.donghanh = "filled";
    }
  }

  /**
   * Fill, or stop with faults and fill nothing. Labels of filled fields, and of those left alone for not being empty.
   * @param {any} map @param {Record<string, string>} values @param {boolean} overwrite
   */
  function fill(map, values, overwrite) {
    const {faults, form, controls} = looked(map, values);
    if (faults.length || !form) return {outcome: "stopped", faults, filled: [], kept: []};
    /** @type {string[]} */
    const filled = [];
    /** @type {string[]} */
    const kept = [];
    for (const field of map.fields) {
      const value = values[field.name];
      const found = controls.filter((one) => one.name === field.name && one.type !== "hidden");
      if (!value || holds(found, field, value)) continue;
      // The page's own scripts heard of the last field; one that changed the form meanwhile gets no more.
      const now = controlsOf(form);
      if (!form.isConnected || now.length !== controls.length || now.some((one, place) => one !== controls[place]) || !found.every((one) => one.name === field.name && isOfKind(one, field.kind))) {
        return {outcome: "stopped", faults: [{code: "changed", field: field.label}], filled, kept};
      }
      if (isEmpty(found, field.kind) || overwrite) {
        set(found, field, value);
        filled.push(field.label);
      } else kept.push(field.label);
    }
    return {outcome: "filled", faults: [], filled, kept};
  }

  /**
   * Dossier code and day, each from exactly one place whose whole text fits the pattern.
   * @param {{what: string, selector: string, pattern: string}[]} reads
   */
  function read(reads) {
    /** @type {Record<string, string>} */
    const found = {};
    if (window.top !== window) return found;
    for (const {what, selector, pattern} of reads) {
      const places = document.querySelectorAll(selector);
      const text = places.length === 1 && places[0].checkVisibility() ? (places[0].textContent ?? "").normalize("NFC").trim() : "";
      if (text.length > 60 || !new RegExp(`^(?:${pattern})$`, "u").test(text)) continue;
      found[what] = what === "due_on" ? isoDay(text) : text;
    }
    return found;
  }

  /** @param {string} text */
  function isoDay(text) {
    const parts = /^([0-9]{2})\/([0-9]{2})\/([0-9]{4})$/.exec(text);
    return parts ? `${parts[3]}-${parts[2]}-${parts[1]}` : text;
  }

  /** A note over the page: what was done or why not. @param {string[]} lines @param {string} language @param {boolean} isGood */
  function tell(lines, language, isGood) {
    document.getElementById("donghanh-note")?.remove();
    const note = document.createElement("div");
    note.id = "donghanh-note";
    note.setAttribute("role", "status");
    note.lang = language;
    Object.assign(note.style, {
      position: "fixed", insetInline: "0", top: "0", zIndex: "2147483647", padding: "16px", font: "20px/1.5 system-ui",
      background: isGood ? "#17703B" : "#8E1A11", color: "#FFFFFF", boxShadow: "0 2px 12px rgb(0 0 0 / 40%)", cursor: "pointer",
    });
    for (const line of lines) note.append(Object.assign(document.createElement("p"), {textContent: line}));
    for (const line of note.children) /** @type {HTMLElement} */ (line).style.margin = "0";
    note.addEventListener("click", () => note.remove());
    document.documentElement.append(note);
  }

  return {where, fill, read, tell};
})();
