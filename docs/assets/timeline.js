// Filters of the timeline. Without this file they stay hidden, and every event shows.
(() => {
  "use strict";
  const filters = document.querySelector(".filters");
  if (!filters) return;
  const attributes = { actor: "data-actors", kind: "data-kind" };
  const choices = [...filters.querySelectorAll("select")];
  const status = filters.querySelector("[role=status]");
  const events = [...document.querySelectorAll(".event")];
  const groups = [...document.querySelectorAll(".period, .day")];
  const { one, other, none, chosen } = status.dataset;

  const isKept = (event) =>
    choices.every(
      ({ name, value }) => !value || event.matches(`[${attributes[name]}~="${value}"]`),
    );

  const counted = (number) => {
    const { lang } = document.documentElement;
    const form = new Intl.PluralRules(lang).select(number) === "one" ? one : other;
    return number ? form.replace("{count}", number.toLocaleString(lang)) : none;
  };

  // The choices are named, since paper shows no control.
  const said = (number) => {
    const made = choices.filter(({ value }) => value);
    if (!made.length) return counted(number);
    const names = made.map(({ selectedOptions: [option] }) => option.text).join(", ");
    return chosen.replace("{count}", counted(number)).replace("{choices}", names);
  };

  const show = () => {
    for (const event of events) event.hidden = !isKept(event);
    for (const group of groups) group.hidden = !group.querySelector(".event:not([hidden])");
    const text = said(events.filter((event) => !event.hidden).length);
    // Written anew, the same words would be read out again.
    if (status.textContent !== text) status.textContent = text;
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
