// The reader: its coming and going, its contents, and the way from place to place.
(() => {
  const page = document.documentElement;
  const wide = matchMedia("(min-width: 900px)");
  let opener = null; // what had the focus before reading
  let returnTo = 0;
  let at = 0; // the marked place that is shown

  const isReading = () => page.dataset.view === "reading";
  const reader = () => document.querySelector(".yj-reader");

  // Each document that is opened is an entry of the history, which counts how many lie below it.
  function open() {
    come();
    history.pushState({ reading: (history.state?.reading ?? 0) + 1 }, "");
  }

  function come() {
    page.dataset.loading = "true";
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

  // What is marked, in order. A clause that is marked as a whole has no mark in it.
  function places() {
    const marked = [...reader().querySelectorAll(".yj-text mark[id], .yj-text .yj-aimed")];
    return marked.filter((one) => !one.querySelector("mark[id]"));
  }

  // One place may be several marks, where it goes on in the next clause.
  function goTo(number) {
    const all = places();
    if (!all.length) return;
    at = (number + all.length) % all.length;
    all.forEach((one, n) => one.classList.toggle("yj-here", n === at && all.length > 1));
    all[at].scrollIntoView({ block: "center" });
    const told = reader().querySelector("[data-places]");
    if (!told) return;
    told.textContent = `${at + 1} / ${all.length}`;
    const said = told.dataset.places.replace("{n}", at + 1).replace("{count}", all.length);
    told.setAttribute("aria-label", said);
  }

  function show(opened) {
    delete page.dataset.loading;
    if (!isReading()) return;
    if (opened.dataset.reading) youju.address.readsNow(opened.dataset.reading);
    const contents = opened.querySelector(".yj-contents details");
    if (contents) contents.open = wide.matches;
    if (!opened.dataset.sought) opened.querySelector("h2")?.focus({ preventScroll: true });
    requestAnimationFrame(() => aim(opened));
  }

  function aim(opened) {
    window.scrollTo(0, 0);
    goTo(0);
    const entry = opened.querySelector(".yj-contents [aria-current]");
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
    if (step) goTo(at + Number(step.dataset.step));
    if (!link) return;
    event.preventDefault();
    goToClause(link);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isReading()) close();
  });

  youju.reader = { open, show, close, follow, isOpen: isReading };
  follow(Boolean(youju.address.reading()));
})();
