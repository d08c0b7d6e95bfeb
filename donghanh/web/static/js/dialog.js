// @ts-check
/** Native dialogs: `data-opens="id"` shows one, `data-closes="id"` closes it. */

document.addEventListener("click", (event) => {
  const target = /** @type {Element | null} */ (event.target);
  const opener = target?.closest("[data-opens]");
  const closer = target?.closest("[data-closes]");
  const id = opener?.getAttribute("data-opens") ?? closer?.getAttribute("data-closes");
  const dialog = id ? document.getElementById(id) : null;
  if (!(dialog instanceof HTMLDialogElement)) return;
  if (opener) dialog.showModal();
  else dialog.close();
});
