// The filters of a screen: what is chosen is told beside the word for them while they are folded,
// and sent with what is asked.
(() => {
  const formIn = (name) => document.querySelector(`#yj-${name} .yj-filters`);

  function tell(form) {
    const label = (field) =>
      field.type === "checkbox" ? field.closest("label").textContent : field.value;
    const isChosen = (field) => (field.type === "checkbox" ? field.checked : field.value);
    const chosen = [...form.querySelectorAll("[name]")].filter(isChosen);
    form.querySelector(".yj-chosen").textContent = chosen.map(label).join(" · ");
  }

  function clear(form) {
    form.querySelectorAll("select").forEach((field) => (field.value = ""));
    form.querySelectorAll("input").forEach((field) => (field.checked = false));
    tell(form);
  }

  // A form that is drawn anew keeps what somebody chose in it, and is to have what was drawn.
  function renew(form) {
    for (const option of form.querySelectorAll("option")) option.selected = option.defaultSelected;
    for (const box of form.querySelectorAll("input")) box.checked = box.defaultChecked;
  }

  // What is chosen in the form of a panel; nothing until the form is there.
  function chosen(name) {
    const form = formIn(name);
    return JSON.stringify(form ? youju.fieldsOf(form) : {});
  }

  // What an event sends, with what is chosen in the place of the form, which comes second.
  const sent = (name, count, [first, , ...others]) =>
    [first, chosen(name), ...others].slice(0, count);

  document.addEventListener("change", (event) => {
    const form = event.target.closest(".yj-filters");
    if (form) tell(form);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-clear]")) clear(event.target.closest(".yj-filters"));
  });

  window.youju.filters = { chosen, sent, renew };
})();
