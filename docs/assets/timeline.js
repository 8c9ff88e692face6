// Filters of the timeline. Without this file they stay hidden, and every date shows.
(() => {
  "use strict";
  const filters = document.querySelector(".filters");
  if (!filters) return;
  const attributes = { actor: "data-actors", kind: "data-kind" };
  const choices = [...filters.querySelectorAll("select")];
  const status = filters.querySelector("[role=status]");
  const months = [...document.querySelectorAll(".timeline")];
  const { one, other, none } = status.dataset;

  const isKept = (event) =>
    choices.every(
      ({ name, value }) => !value || event.matches(`[${attributes[name]}~="${value}"]`),
    );

  const counted = (number) => {
    const { lang } = document.documentElement;
    if (!number) return none;
    const form = new Intl.PluralRules(lang).select(number) === "one" ? one : other;
    return form.replace("{count}", number.toLocaleString(lang));
  };

  const show = () => {
    let shown = 0;
    for (const month of months) {
      const events = [...month.children];
      for (const event of events) event.hidden = !isKept(event);
      const kept = events.filter((event) => !event.hidden).length;
      month.hidden = month.previousElementSibling.hidden = !kept;
      shown += kept;
    }
    const said = counted(shown);
    // Written anew, the same words would be read out again.
    if (status.textContent !== said) status.textContent = said;
    filters.classList.toggle("filters--on", choices.some(({ value }) => value));
  };

  // Nothing else keeps the choices: a filtered view is linked, opened again and left by its address.
  const write = (hash) => {
    const address = new URL(location);
    address.hash = hash;
    for (const { name, value } of choices) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(history.state, "", address);
    lead();
  };

  const lead = () => {
    for (const link of document.querySelectorAll(".languages a")) {
      link.search = location.search;
      // No event tells of an address that a script has changed.
      link.hash = location.hash;
    }
  };

  const clear = (hash) => {
    for (const choice of choices) choice.value = "";
    show();
    write(hash);
  };

  const read = () => {
    const asked = new URLSearchParams(location.search);
    for (const choice of choices) {
      choice.value = asked.get(choice.name) ?? "";
      // What is no choice of ours asks for nothing.
      if (choice.selectedIndex < 0) choice.value = "";
    }
    show();
    lead();
    const target = document.getElementById(location.hash.slice(1));
    if (!target?.closest("[hidden]")) return;
    clear(location.hash);
    target.scrollIntoView();
  };

  filters.addEventListener("change", () => {
    show();
    write("");
  });
  filters.querySelector("button").addEventListener("click", () => clear(""));
  addEventListener("popstate", read);
  addEventListener("hashchange", read);
  read();
  filters.hidden = false;
})();
