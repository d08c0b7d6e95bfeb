// Badge and PIN: a scanner types fast and ends with Enter; six digits send themselves.
const form = document.getElementById("switch");
const { badge, pin } = form.elements;

(badge.value ? pin : badge).focus();

badge.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  if (badge.value.trim()) pin.focus();
});

pin.addEventListener("input", () => {
  if (/^[0-9]{6}$/.test(pin.value) && badge.value.trim()) form.requestSubmit();
});
