// What Gradio says by itself, in the words of the page: it says most of it in English alone.
(() => {
  const KNOWN = [
    [/currently busy|queue is full/i, "busy"],
    [/connection|reconnect|server stopped|queue is stopped/i, "lost"],
  ];

  const said = () => JSON.parse(document.querySelector("[data-said]")?.dataset.said || "{}");

  // A text is changed within its node, which Gradio goes on to use.
  function put(element, words) {
    const node = element?.firstChild;
    if (words && node?.nodeType === Node.TEXT_NODE && node.data !== words) node.data = words;
  }

  function toast(body) {
    const words = said();
    put(body.querySelector(".toast-title"), words.title);
    for (const text of body.querySelectorAll('[data-testid="toast-text"]')) {
      const [, name] = KNOWN.find(([pattern]) => pattern.test(text.textContent)) || [];
      if (name || !Object.values(words).includes(text.textContent)) {
        put(text, words[name || "failed"]);
      }
    }
  }

  // What is read aloud when an answer has come; Gradio's own Chinese lacks the word.
  function live(region) {
    if (region.textContent.startsWith("common.")) put(region, said().complete);
  }

  function look(node) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const body = element?.closest(".toast-body") || element?.querySelector?.(".toast-body");
    if (body) toast(body);
    const region = element?.closest('.sr-only[role="status"]');
    if (region) live(region);
  }

  const changes = new MutationObserver((records) => {
    for (const { target, addedNodes } of records) [target, ...addedNodes].forEach(look);
  });
  changes.observe(document, { childList: true, subtree: true, characterData: true });
})();
