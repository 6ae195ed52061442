// The reader: its coming and going, its contents, and the way from place to place.
(() => {
  const page = document.documentElement;
  const wide = matchMedia("(min-width: 900px)");
  let opener = null; // what had the focus before reading
  let returnTo = 0;
  let at = 0; // the marked place that is shown
  let soughtFrom = null; // what was seen when words were looked for

  const isReading = () => page.dataset.view === "reading";
  const reader = () => document.querySelector(".yj-reader");
  const isSearched = () => Boolean(reader().dataset.sought);

  // Each document that is opened is an entry of the history, which counts how many lie below it.
  function open() {
    come();
    history.pushState({ reading: (history.state?.reading ?? 0) + 1 }, "");
  }

  function come() {
    page.dataset.loading = "true";
    soughtFrom = null;
    if (isReading()) return;
    opener = document.activeElement;
    returnTo = window.scrollY;
    page.dataset.view = "reading";
    window.scrollTo(0, 0);
  }

  function leave() {
    delete page.dataset.view;
    delete page.dataset.loading;
    opener?.focus({ preventScroll: true });
    window.scrollTo(0, returnTo);
  }

  // Back to what was seen before reading, however many documents were opened since.
  function close() {
    const entries = history.state?.reading;
    if (entries) return history.go(-entries);
    youju.address.leaveReader();
    leave();
  }

  // The reader comes and goes with the address.
  function follow(isNamed) {
    if (!isNamed && isReading()) leave();
    if (isNamed && !isReading()) come();
  }

  // What was quoted. A clause that is quoted as a whole has no mark of its own.
  const QUOTED = '.yj-text :is(mark[id^="found-"], .yj-aimed:not(:has(mark[id^="found-"])))';
  const SOUGHT = '.yj-text mark[id^="sought-"]';

  // One place may be several marks, where it goes on in the next clause.
  function goTo(number) {
    const marks = [...reader().querySelectorAll(isSearched() ? SOUGHT : QUOTED)];
    const all = [...new Set(marks.map((one) => one.id))];
    if (!all.length) return;
    at = (number + all.length) % all.length;
    const here = marks.filter((one) => one.id === all[at]);
    marks.forEach((one) => one.classList.toggle("yj-here", all.length > 1 && here.includes(one)));
    here[0].scrollIntoView({ block: "center" });
    const told = reader().querySelector("[data-places]");
    if (!told) return;
    told.textContent = `${at + 1} / ${all.length}`;
    const said = told.dataset.places.replace("{n}", at + 1).replace("{count}", all.length);
    told.setAttribute("aria-label", said);
  }

  function goToQuoted() {
    const quoted = reader().querySelector(QUOTED);
    quoted?.scrollIntoView({ block: "center" });
    return Boolean(quoted);
  }

  // The words in the search field go, and what was marked for them; whether there was any.
  function clear() {
    const field = reader().querySelector(".yj-find input");
    if (!field?.value && !isSearched()) return false;
    field.value = "";
    if (isSearched()) field.form.querySelector("button").click();
    return true;
  }

  function show(opened) {
    const from = soughtFrom;
    soughtFrom = null;
    delete page.dataset.loading;
    if (!isReading()) return;
    if (opened.dataset.reading) youju.address.readsNow(opened.dataset.reading);
    const contents = opened.querySelector(".yj-contents details");
    if (contents) contents.open = wide.matches;
    const isTyping = opened.querySelector(".yj-find")?.contains(document.activeElement);
    if (!isTyping) opened.querySelector("h2")?.focus({ preventScroll: true });
    requestAnimationFrame(() => aim(opened, from));
  }

  const topOf = (clause) => clause.getBoundingClientRect().top;

  // The first clause below the bar, and how far down the window it begins.
  function seen() {
    const { bottom } = reader().querySelector(".yj-bar").getBoundingClientRect();
    const clauses = [...reader().querySelectorAll(".yj-clause")];
    const clause = clauses.find((one) => one.getBoundingClientRect().bottom > bottom);
    return clause && { id: clause.id, top: topOf(clause) };
  }

  // Words that are nowhere leave the page where it was.
  function aim(opened, from) {
    const was = from && document.getElementById(from.id);
    if (was) window.scrollBy(0, topOf(was) - from.top);
    else window.scrollTo(0, 0);
    if (!isSearched() || opened.querySelector(SOUGHT)) goTo(0);
    else if (!was) goToQuoted();
    const named = (which) => opened.querySelector(`.yj-contents ${which}`);
    const entry = named("[data-found]") ?? named("[aria-current]");
    if (!entry) return;
    const list = entry.closest("ol");
    list.scrollTop = entry.offsetTop - list.offsetTop - list.clientHeight / 2;
  }

  function goToClause(link) {
    const clause = document.getElementById(link.getAttribute("href").slice(1));
    if (!clause) return;
    if (!wide.matches) link.closest("details").open = false;
    youju.scrollTo(clause, "start");
    youju.light(clause);
  }

  document.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    const link = event.target.closest(".yj-contents a");
    if (event.target.closest('[data-act="find_words"]')) soughtFrom = seen();
    // Of a very long document, what is shown around the words may not hold what was quoted.
    if (event.target.closest("[data-to-clause]") && !goToQuoted()) clear();
    if (step) goTo(at + Number(step.dataset.step));
    if (!link) return;
    event.preventDefault();
    goToClause(link);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || !isReading()) return;
    event.preventDefault(); // a browser that empties the field says so by an event of its own
    if (page.dataset.loading || !clear()) close();
  });

  // The cross of a search field empties it at once, and names no way of typing.
  document.addEventListener("input", (event) => {
    const isEmptied = !event.target.value && !event.inputType;
    if (isEmptied && event.target.closest(".yj-find") && isSearched()) clear();
  });

  youju.reader = { open, show, close, follow, isOpen: isReading };
  follow(Boolean(youju.address.reading()));
})();
