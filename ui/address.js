// The address of the page names the open screen, what was asked there and what is read. It is kept
// up with what is done, so that it can be shared; where somebody goes back, the server is asked to
// show what it names.
(() => {
  const READING = ["doc", "clause", "marks", "find"];
  const shown = {}; // by screen: what it shows, as the address says it
  let read = null; // what the reader shows
  let opened = null; // the screen that is seen
  let go = null; // asks the server
  let isThere = false; // whether what the address named at first is shown
  let awaited = null; // the screen whose answer belongs to the address as it stands

  const written = (query) => new URLSearchParams(query).toString();
  const tabOf = (query) => new URLSearchParams(query).get("tab") || "ask";
  const bare = (tab) => (tab === "ask" ? "" : `tab=${tab}`);

  // The address without some of its names, or with those alone.
  function part(isWanted) {
    const pairs = [...new URLSearchParams(location.search)];
    return written(pairs.filter(([name]) => isWanted(name)));
  }
  const asked = () => part((name) => name !== "lang" && !READING.includes(name));
  const reading = () => part((name) => READING.includes(name));

  // What is new is an entry of its own in the history, unless it is what the entry asks for.
  function write(query, besides, isNew) {
    const whole = [query, besides, part((name) => name === "lang")].filter(Boolean).join("&");
    const address = whole ? `${location.pathname}?${whole}` : location.pathname;
    if (!isNew) return history.replaceState(history.state, "", address);
    document.querySelector("#yj-address [data-arrived]")?.replaceChildren(); // of another address
    history.pushState(null, "", address);
  }

  function show(query, isNew) {
    if (query !== asked() && !reading()) write(query, "", isNew);
  }

  // A screen shows what `query` asks for; what is drawn with the page is not yet what its address
  // asks for.
  function remember(query) {
    const now = written(query);
    const tab = tabOf(now);
    if (!isThere && awaited === tab) return;
    const isNew = awaited !== tab;
    if (!isNew) awaited = null;
    shown[tab] = now;
    if (tab === tabOf(asked())) show(now, isNew);
  }

  // Something is chosen, and nothing asked yet.
  function choose(tab, values) {
    const query = new URLSearchParams({ tab });
    for (const [name, value] of Object.entries(values)) if (value) query.set(name, value);
    shown[tab] = query.toString();
    if (tab === tabOf(asked())) show(shown[tab], false);
  }

  // What a screen showed was cleared away.
  function forget(tab) {
    shown[tab] = bare(tab);
    if (tab === tabOf(asked())) show(shown[tab], true);
  }

  // A screen was opened, by whatever way.
  function open(tab) {
    opened = tab;
    if ((isThere || !asked()) && tab !== tabOf(asked())) show(shown[tab] ?? bare(tab), true);
  }

  // A part of a screen was opened; the first one has no name.
  function openPart(tab, way) {
    const named = new URLSearchParams(asked()).get("way") ?? "";
    if (!isThere || tab !== tabOf(asked()) || way === named) return;
    shown[`${tab}/${named}`] = asked();
    shown[tab] = shown[`${tab}/${way}`] ?? (way ? `tab=${tab}&way=${way}` : bare(tab));
    show(shown[tab], true);
  }

  // The reader shows what `query` asks for: the entry that was made for it says so.
  function readsNow(query) {
    read = written(query);
    write(asked(), read, false);
  }

  // The reader is left where no entry of the history lies below it.
  function leaveReader() {
    write(asked(), "", false);
  }

  function arrive() {
    const tab = tabOf(asked());
    opened ??= "ask";
    shown[tab] = asked();
    if (asked() !== bare(tab)) awaited = tab;
  }

  window.addEventListener("popstate", () => {
    const tab = tabOf(asked());
    const isShown = asked() === (shown[tab] ?? bare(tab));
    const isRead = !reading() || (youju.reader.isOpen() && reading() === read);
    youju.reader.follow(Boolean(reading()));
    if (isShown && isRead && tab === opened) return;
    awaited = null;
    if (!isShown) arrive();
    go?.({ is_shown: isShown, is_read: isRead });
  });

  const bind = (ask) => (go = ask);
  const arrived = () => (isThere = true);
  arrive();
  window.youju.address = {
    bind, arrived, remember, choose, forget, open, openPart, readsNow, leaveReader, asked, reading,
  };
})();
