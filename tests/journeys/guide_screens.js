/**
 * One walk through screens of the guide on this page, by its own moves; gives what is wrong, screen by screen.
 * Each screen: what axe finds, whether the order one hears is the order one sees, where the focus went,
 * and whether a live line says that the answers are kept.
 */
async ({ answers, ticks, names, seen, tags, withErrors }) => {
  const guide = document.querySelector("dh-guide");
  const frame = () => new Promise((done) => setTimeout(done));
  const faults = [];
  const visited = [];
  const options = { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"], preload: false, iframes: false };

  /** Boxes that one sees; what is only spoken or clipped away has no place on the screen. */
  const boxed = (parent) => [...parent.children].flatMap((one) => {
    const style = getComputedStyle(one);
    if (style.display === "contents") return boxed(one);
    if (["absolute", "fixed"].includes(style.position) || !one.checkVisibility({ checkVisibilityCSS: true })) return [];
    const box = one.getBoundingClientRect();
    return box.width > 1 && box.height > 1 ? [{ one, box }] : [];
  });

  /** Whether what comes later also stands later: below, or to the right in the same row. */
  const disorder = (parent) => {
    const boxes = boxed(parent);
    const wrong = boxes.slice(1).flatMap(({ one, box }, place) => {
      const before = boxes[place].box;
      const above = box.bottom <= before.top + 1;
      const left = !above && box.top < before.bottom - 1 && box.right <= before.left + 1;
      return above || left ? [`${one.tagName.toLowerCase()}.${one.className} is heard after what stands after it`] : [];
    });
    return [...wrong, ...boxes.filter(({ one }) => one instanceof HTMLElement).flatMap(({ one }) => disorder(one))];
  };

  const look = async (where, root = guide) => {
    const found = await axe.run(root, options);
    for (const violation of found.violations) for (const node of violation.nodes)
      faults.push(`${where}: ${violation.id} at ${node.target.join(" ")}: ${node.html.slice(0, 160)} (${node.failureSummary.slice(0, 240)})`);
    for (const one of root.querySelectorAll("[tabindex]")) if (one.tabIndex > 0) faults.push(`${where}: a tab order of its own at ${one.className}`);
    for (const said of disorder(root)) faults.push(`${where}: ${said}`);
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) faults.push(`${where}: scrolls sideways, ${scrollWidth} of ${clientWidth} px`);
  };

  const come = async (at) => {
    guide.go(at);
    await frame();
    if (guide.at !== at) return faults.push(`${at}: came to ${guide.at} instead`);
    visited.push(at);
    const focused = document.activeElement;
    if (!focused?.matches("[data-heading]") || !guide.contains(focused)) faults.push(`${at}: the focus is on ${focused?.tagName}.${focused?.className}, not on the heading`);
    const line = guide.querySelector(".guide-saved[role=status]");
    if (!line?.textContent.trim()) faults.push(`${at}: nothing says that the answers are kept`);
    return look(at);
  };

  /** Nothing answered, and on: each wrong is said, and the focus leads to it. */
  const comeWrong = async (at, questions) => {
    for (const id of questions) guide.walk.put(id, undefined);
    guide.settle(questions);
    guide.forward(at);
    await frame();
    if (guide.at !== at) return;
    const says = ".guide-wrong p, [data-summary], .guide-doubt, [data-stop]";
    if (guide.querySelector(says) && !document.activeElement.closest(".field:has(.field-error), [data-summary], .guide-doubt, [data-stop]"))
      faults.push(`${at}, wrong: the focus is on ${document.activeElement.className}, not where it is wrong`);
    const unsaid = [...guide.querySelectorAll("[aria-invalid=true]")].filter((one) => !(one.getAttribute("aria-describedby") ?? "").split(" ").some((id) => document.getElementById(id)?.textContent.trim()));
    if (unsaid.length) faults.push(`${at}, wrong: ${unsaid[0].id} does not say what is wrong with it`);
    visited.push(`${at} wrong`);
    await look(`${at}, wrong`);
  };

  const turned = async (at) => {
    guide.turn(true);
    await frame();
    const dialog = guide.querySelector("dialog[open]");
    if (!dialog) faults.push(`${at}: does not turn round`);
    else {
      if (!dialog.contains(document.activeElement)) faults.push(`${at}, turned: the focus stayed behind`);
      visited.push(`${at} turned`);
      await look(`${at}, turned`, dialog);
    }
    guide.turn(false);
    await frame();
  };

  const bring = () => {
    guide.touched.clear();
    guide.drafts.clear();
    guide.adopt({ answers: structuredClone(answers), ticks, names }, new Set());
    guide.hasAnswered = true;
    guide.toldFailed = guide.walk.failed.map((one) => one.id).join();
    guide.changed();
  };

  bring();
  const { screens } = guide.walk.flow;
  const places = guide.view === "member" ? ["done"] : ["start", "tasks", "done"];
  const stops = guide.walk.failed.length && guide.view === "citizen" ? ["stop"] : [];
  if (!seen.length) guide.go("nowhere");
  for (const at of [...places, ...stops, ...screens.map((one) => one.id)]) {
    if (seen.includes(at)) continue;
    bring();
    if (guide.at === at) guide.go(at === "done" ? screens[0].id : "done");
    await come(at);
    const screen = guide.walk.screen(at);
    if (guide.view === "member" && screen) await turned(at);
    if (withErrors && screen?.questions.length) await comeWrong(at, screen.questions);
  }
  return { faults, visited };
}
