// @ts-check
/** Light, dark or as the machine says. Only this choice is kept in localStorage. */

const KEY = "theme";
const ROUND = /** @type {const} */ (["auto", "light", "dark"]);

/** @returns {string} */
function chosen() {
  try {
    return localStorage.getItem(KEY) ?? "auto";
  } catch {
    return "auto"; // storage may be forbidden: the machine's wish then stands
  }
}

/** @param {string} theme */
function show(theme) {
  const root = document.documentElement;
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
}

show(chosen());

document.addEventListener("click", (event) => {
  const target = /** @type {Element | null} */ (event.target);
  if (!target?.closest("[data-theme-switch]")) return;
  const next = ROUND[(ROUND.indexOf(/** @type {any} */ (chosen())) + 1) % ROUND.length];
  try {
    if (next === "auto") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // not kept, but shown
  }
  show(next);
});
