// Words that are selected in a passage are what its buttons mark, instead of all of it.
(() => {
  const marking = (event) => event.target.closest?.('[data-act="mark_gold"]');

  // Characters as the server counts them, not halves of those beyond the 16-bit ones.
  const length = (range) => [...range.toString()].length;

  function selected(passage) {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!passage.contains(range.commonAncestorContainer)) return null;
    const before = document.createRange();
    before.setStart(passage, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const start = Number(passage.dataset.from) + length(before);
    return { start, end: start + length(range) };
  }

  // A press would end the selection before the click.
  document.addEventListener("mousedown", (event) => {
    if (marking(event)) event.preventDefault();
  });

  // Before the panel is told of the click.
  document.addEventListener(
    "click",
    (event) => {
      const button = marking(event);
      if (!button) return;
      const stretch = selected(button.closest("li").querySelector("[data-from]"));
      if (stretch) Object.assign(button.dataset, stretch);
    },
    true,
  );
})();
