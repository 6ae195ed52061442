// What the page does without asking the server: pills, copying, where the focus is.
(() => {
  const page = document.documentElement;
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const scrollTo = (element, block) =>
    element.scrollIntoView({ block, behavior: still.matches ? "auto" : "smooth" });

  const light = (element) => {
    document.querySelectorAll(".yj-lit").forEach((lit) => lit.classList.remove("yj-lit"));
    element.classList.add("yj-lit");
  };

  function onPress(event, trigger, events) {
    const button = event.target.closest("[data-act]");
    if (!button || !events.includes(button.dataset.act)) return;
    if (button.dataset.act === "open_document") youju.reader.open();
    if (button.dataset.act === "turn_page") {
      scrollTo(button.closest(".yj-shelf, .yj-paged"), "start");
    }
    if (button.hasAttribute("aria-pressed")) press(button);
    const pressed = button.getAttribute("aria-pressed");
    if (button.closest("summary")?.parentElement.open) return; // it closes, and asks for nothing
    const written = fieldsOf(button.closest("[data-slot]"));
    trigger(button.dataset.act, { ...button.dataset, ...written, pressed, text: button.textContent });
  }

  // What is written or chosen in the fields of a part of the page, by name.
  function fieldsOf(part) {
    const fields = [...(part?.querySelectorAll("[name]") || [])];
    const given = fields.filter((field) => field.type !== "checkbox" || field.checked);
    return Object.fromEntries(given.map((field) => [field.name, field.value]));
  }

  // One of a group is pressed, or none; the server is told which, and draws nothing.
  function press(button) {
    const pressed = button.getAttribute("aria-pressed") !== "true";
    for (const other of button.parentElement.querySelectorAll("[aria-pressed]")) {
      other.setAttribute("aria-pressed", String(pressed && other === button));
    }
  }

  // What a button or a field is found by when its panel was drawn anew.
  function selectorOf({ name, dataset: { act, view, document: id } }) {
    if (!act) return name ? `[name="${name}"]` : null;
    const of = id ? `[data-document="${CSS.escape(id)}"]` : view ? `[data-view="${view}"]` : "";
    return `[data-act="${act}"]${of}`;
  }

  // A panel that is drawn anew gives the focus back to the button or the field that had it.
  function keepFocus(element) {
    let held = null;
    element.addEventListener("focusin", (event) => (held = selectorOf(event.target)));
    element.addEventListener("focusout", (event) => {
      if (event.relatedTarget) held = null;
    });
    return () => {
      if (!held || document.activeElement !== document.body) return;
      element.querySelector(held)?.focus({ preventScroll: true });
    };
  }

  // What a dialog was opened by has the focus again when an answer takes the dialog away, or else
  // the heading of the list that it stood in.
  let opener = null;
  function takeTurns(element, before) {
    const dialog = element.querySelector("dialog");
    if (dialog && !dialog.open) {
      if (!before) opener = selectorOf(document.activeElement);
      dialog.showModal();
      dialog.querySelector('[aria-invalid="true"]')?.focus();
    } else if (before && !dialog) {
      // What opened it is drawn anew with the same answer.
      requestAnimationFrame(() =>
        (document.querySelector(opener) ?? document.querySelector(".yj-shelf h2"))?.focus(),
      );
    }
    return dialog;
  }

  // The page is in the language that its header has come in; the style sheet shows the words for
  // the time until an answer comes.
  function speak(header) {
    page.lang = header.dataset.shown === "en" ? "en" : "zh-CN";
    page.dataset.role = header.dataset.role;
    const { searching, again } = JSON.parse(header.dataset.said);
    page.style.setProperty("--yj-searching", JSON.stringify(searching));
    page.style.setProperty("--yj-not-done", JSON.stringify(again));
  }

  // A reply from the server takes its place within the answer.
  function putInSlot(reply) {
    const slot = document.querySelector(`[data-slot="${reply.dataset.into}"]`);
    if (!slot) return;
    const held = slot.contains(document.activeElement) || document.activeElement === document.body;
    slot.replaceChildren(...[...reply.childNodes].map((node) => node.cloneNode(true)));
    if (held) slot.querySelector('[aria-pressed="true"]')?.focus({ preventScroll: true });
  }

  // Called once for each panel: its buttons tell the server what was asked for, and new HTML in
  // it may concern the page as a whole.
  function panel(element, trigger, watch, events) {
    element.addEventListener("click", (event) => onPress(event, trigger, events));
    if (events.includes("go")) youju.address.bind((asked) => trigger("go", asked));
    const refocus = keepFocus(element);
    let dialog = null;
    let raised = null; // the last event that was raised for the server
    const look = () => {
      refocus();
      dialog = takeTurns(element, dialog);
      const header = element.querySelector("[data-shown]");
      const reader = element.querySelector(".yj-reader");
      const said = element.querySelector("[data-address]");
      const reply = element.querySelector("[data-into]");
      const raise = element.querySelector("[data-raise]");
      const form = element.querySelector(".yj-filters");
      if (form) youju.filters.renew(form);
      if (said) youju.address.remember(said.dataset.address);
      if (element.querySelector("[data-arrived]")) youju.address.arrived();
      if (raise && raise.dataset.serial !== raised) {
        raised = raise.dataset.serial;
        requestAnimationFrame(() => trigger(raise.dataset.raise, {}));
      }
      if (reply) putInSlot(reply);
      if (header) speak(header);
      if (reader) youju.reader.show(reader);
    };
    watch("value", look);
    look(); // a screen that is opened for the first time may hold something already
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

  // Browsers give the clipboard to pages of this computer only; the older way works over a network.
  function copyByHand(text) {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  async function copy(button) {
    if (navigator.clipboard) await navigator.clipboard.writeText(button.dataset.copy);
    else copyByHand(button.dataset.copy);
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
    "[data-back]": () => youju.reader.close(),
    "[data-language]": changeLanguage,
    "[data-close]": (button) => button.closest("dialog").close(),
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

  document.addEventListener("change", (event) => {
    if (event.target.closest(".yj-sieve select")) event.target.form.querySelector("button").click();
  });

  // Enter in a form presses its button, which tells the server; the browser is to send nothing.
  document.addEventListener("submit", (event) => {
    if (event.target.closest("[data-slot]")) event.preventDefault();
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

  function save(file) {
    if (!file) return;
    const link = document.createElement("a");
    link.href = file.url;
    link.download = file.orig_name;
    link.click();
  }

  // A session that has ended refuses all that the page asks for: the page then asks to sign in.
  const { fetch } = window;
  window.fetch = async (...asked) => {
    const answer = await fetch(...asked);
    if (answer.status === 401) location.reload();
    return answer;
  };

  window.youju = { panel, save, fieldsOf, light, scrollTo };
})();
