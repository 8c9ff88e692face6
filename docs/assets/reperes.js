// Extras only: every page reads, links and opens its cards without this file.
(() => {
  "use strict";
  const root = document.documentElement;
  const KEY = "reperes.theme";

  // Storage may be refused (private windows, embedded pages): the choice then lasts one page.
  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  const store = (theme) => {
    root.dataset.theme = theme;
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      /* nothing to keep it in */
    }
  };
  const forget = () => {
    delete root.dataset.theme;
    try {
      localStorage.removeItem(KEY);
    } catch {
      /* nothing was kept */
    }
  };

  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const current = () => root.dataset.theme ?? (prefersDark.matches ? "dark" : "light");

  // Both before the first paint: room is kept for buttons, and a chosen theme does not flash.
  root.dataset.scripted = "";
  const chosen = stored();
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

  // Until deferred scripts have run, for a page asked for in part not to show whole first.
  if (location.search) root.dataset.asked = "";

  const readyThemeButton = () => {
    const button = document.querySelector("[data-theme-toggle]");
    if (!button) return;
    const name = () => {
      const words = current() === "dark" ? button.dataset.light : button.dataset.dark;
      button.setAttribute("aria-label", words);
      button.title = words;
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      const wanted = current() === "dark" ? "light" : "dark";
      // What the system shows anyway is no choice to keep: the page follows the system again.
      if ((wanted === "dark") === prefersDark.matches) forget();
      else store(wanted);
      name();
    });
    prefersDark.addEventListener("change", name);
    name();
  };

  // The same place of the page in another language, where ids are the same.
  const leadToSamePlace = () => {
    for (const link of document.querySelectorAll(".languages a")) link.hash = location.hash;
  };

  // The root page: on to the reader's language where the site has it; else both stay on offer.
  const chooseLanguage = () => {
    const links = [...document.querySelectorAll("[data-choose] a[hreflang]")];
    for (const wanted of links.length ? navigator.languages : []) {
      const link = links.find(({ hreflang }) => hreflang === wanted.split("-")[0]);
      if (link) {
        location.replace(link.href);
        return;
      }
    }
  };

  // The root's 404 says it in every language; the address tells which the reader was in.
  const keepOneLanguage = () => {
    const texts = [...document.querySelectorAll("[data-lost]")];
    const spoken = texts.find((text) => location.pathname.startsWith(text.dataset.lost));
    if (!spoken) return;
    root.lang = spoken.lang;
    for (const text of texts) text.hidden = text !== spoken;
  };

  document.addEventListener("DOMContentLoaded", () => {
    delete root.dataset.asked;
    readyThemeButton();
    leadToSamePlace();
    chooseLanguage();
    keepOneLanguage();
  });
  addEventListener("hashchange", leadToSamePlace);
})();
