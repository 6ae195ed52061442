// What the page does without asking the server: pills, the reader's coming and going, copying.
(() => {
  const page = document.documentElement;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const wide = matchMedia("(min-width: 900px)");
  let returnTo = 0;

  const scrollTo = (element, block) =>
    element.scrollIntoView({ block, behavior: still.matches ? "auto" : "smooth" });

  const light = (element) => {
    document.querySelectorAll(".yj-lit").forEach((lit) => lit.classList.remove("yj-lit"));
    element.classList.add("yj-lit");
  };

  const isReading = () => page.dataset.view === "reading";

  function startReading() {
    page.dataset.loading = "true";
    if (isReading()) return;
    returnTo = window.scrollY;
    page.dataset.view = "reading";
    history.pushState({ youju: "reading" }, "");
    window.scrollTo(0, 0);
  }

  function stopReading() {
    delete page.dataset.view;
    delete page.dataset.loading;
    window.scrollTo(0, returnTo);
  }

  function aim(reader) {
    const target = reader.querySelector(".yj-text mark") || reader.querySelector(".yj-aimed");
    if (target) target.scrollIntoView({ block: "center" });
    else window.scrollTo(0, 0);
    const entry = reader.querySelector(".yj-contents [aria-current]");
    if (entry) {
      const list = entry.closest("ol");
      list.scrollTop = entry.offsetTop - list.offsetTop - list.clientHeight / 2;
    }
  }

  function onPress(event, trigger, events) {
    const button = event.target.closest("[data-act]");
    if (!button || !events.includes(button.dataset.act)) return;
    if (button.dataset.act === "open_document") startReading();
    if (button.dataset.act === "turn_page") scrollTo(button.closest(".yj-shelf"), "start");
    trigger(button.dataset.act, { ...button.dataset, text: button.textContent });
  }

  // The page is in the language that its header has come in; the style sheet shows the words for
  // the time until an answer comes.
  function speak(header) {
    page.lang = header.dataset.shown === "en" ? "en" : "zh-CN";
    page.style.setProperty("--yj-searching", JSON.stringify(header.dataset.searching));
  }

  function showDocument(reader) {
    delete page.dataset.loading;
    if (!isReading()) return;
    const contents = reader.querySelector(".yj-contents details");
    if (contents) contents.open = wide.matches;
    reader.querySelector("h2")?.focus({ preventScroll: true });
    requestAnimationFrame(() => aim(reader));
  }

  // Called once for each panel: its buttons tell the server what was asked for, and new HTML in
  // it may concern the page as a whole.
  function panel(element, trigger, watch, events) {
    element.addEventListener("click", (event) => onPress(event, trigger, events));
    watch("value", () => {
      const header = element.querySelector("[data-shown]");
      const reader = element.querySelector(".yj-reader");
      if (header) speak(header);
      if (reader) showDocument(reader);
    });
  }

  function goToSource(pill) {
    const card = document.getElementById(`source-${Number(pill.dataset.source)}`);
    const quote = document.getElementById(`quote-${Number(pill.dataset.cite)}`);
    if (!card) return;
    light(card);
    card.focus({ preventScroll: true });
    scrollTo(quote || card, "center");
  }

  function goToSentence(number) {
    const pill = document.querySelector(`[data-cite="${Number(number.dataset.backTo)}"]`);
    if (!pill) return;
    pill.focus({ preventScroll: true });
    scrollTo(pill, "center");
  }

  function goToClause(link) {
    const clause = document.getElementById(link.getAttribute("href").slice(1));
    if (!clause) return;
    if (!wide.matches) link.closest("details").open = false;
    scrollTo(clause, "start");
    light(clause);
  }

  async function copy(button) {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
  }

  function changeLanguage(button) {
    const address = new URL(location.href);
    address.searchParams.set("lang", button.dataset.language);
    location.assign(address);
  }

  const onClick = {
    "[data-cite]": goToSource,
    "[data-back-to]": goToSentence,
    "[data-copy]": copy,
    "[data-back]": () => history.back(),
    "[data-aim]": (button) => aim(button.closest(".yj-reader")),
    "[data-language]": changeLanguage,
    ".yj-contents a": goToClause,
  };

  document.addEventListener("click", (event) => {
    for (const [selector, act] of Object.entries(onClick)) {
      const element = event.target.closest(selector);
      if (!element) continue;
      event.preventDefault();
      act(element);
      return;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isReading()) history.back();
  });

  window.addEventListener("popstate", () => {
    if (isReading()) stopReading();
  });

  // Files dropped on the box are handed to the button inside it.
  const boxOf = (event) => event.target.closest && event.target.closest("#yj-add");
  document.addEventListener("dragover", (event) => {
    const box = boxOf(event);
    if (box) event.preventDefault();
    document.querySelector("#yj-add")?.classList.toggle("yj-over", Boolean(box));
  });
  document.addEventListener("drop", (event) => {
    const box = boxOf(event);
    if (!box) return;
    event.preventDefault();
    box.classList.remove("yj-over");
    const input = box.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  if (!navigator.clipboard) page.dataset.noClipboard = "true";
  window.youju = { panel };
})();
