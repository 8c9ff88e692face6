// Extras only: every page reads and links without this file.
(() => {
  "use strict";
  const root = document.documentElement;
  const KEY = "reperes.theme";
  const ownAddress = document.currentScript.src;

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
    for (const link of document.querySelectorAll(".languages a")) {
      // Of a list that each language orders in its own way, the index knows where an entry stands.
      if (location.hash && link.dataset.index) link.href = link.dataset.index;
      link.hash = location.hash;
    }
  };

  // A menu that is higher than the window scrolls by itself: it begins where the reader is.
  const showCurrent = () => {
    const menu = document.querySelector(".menu");
    const here = menu?.querySelector("[aria-current]");
    if (!here || menu.scrollHeight <= menu.clientHeight) return;
    menu.scrollTop = here.offsetTop - menu.clientHeight / 2;
  };

  // Search comes with its first use; from then on its own script listens to the buttons.
  const readySearch = () => {
    const openers = [...document.querySelectorAll("[data-search-open]")];
    let asked = null;

    const bring = (event) => {
      const coming = asked !== null;
      asked = event.currentTarget;
      if (coming) return;
      const script = document.createElement("script");
      script.src = new URL("search.js", ownAddress);
      script.onload = () => {
        for (const opener of openers) opener.removeEventListener("click", bring);
        asked.click();
      };
      script.onerror = () => {
        const dialog = document.getElementById(asked.dataset.searchOpen).closest("dialog");
        dialog.querySelector("[role=status]").textContent = dialog.dataset.failed;
        if (!dialog.open) dialog.showModal();
        asked = null;
      };
      document.head.append(script);
    };

    if (!window.HTMLDialogElement) return;
    for (const opener of openers) {
      opener.addEventListener("click", bring);
      opener.hidden = false;
    }
    document.addEventListener("keydown", (event) => {
      const controlK = event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
      // Where a page speaks several languages, the first that it shows.
      const shown = openers.find((opener) => opener.checkVisibility());
      if (!controlK || !shown) return;
      event.preventDefault();
      shown.click();
    });
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
    for (const text of texts) text.hidden = text.lang !== spoken.lang;
  };

  // Words that cite a fact or name a term lead to its entry; here they open its card instead.
  const readyCards = () => {
    const CLEAR = 8; // Pixels that stay free around an open card.
    const masthead = document.querySelector(".masthead");
    let opener = null; // The link of which the card is open.
    let pressed = null; // The same while a pointer is down, which closes the card before the click.

    const cardOf = (link) => link && document.getElementById(link.dataset.card);

    // The style sheet says where cards go. How far the page has to scroll for the words to be seen.
    const place = () => {
      const card = cardOf(opener);
      const lines = opener.getClientRects();
      const [first, last] = [lines[0], lines[lines.length - 1]];
      const { width, height, top } = card.getBoundingClientRect();
      const ceiling = Math.max(0, masthead.getBoundingClientRect().bottom) + CLEAR;
      const floor = innerHeight - CLEAR;
      const text = opener.closest(".text");
      const where = getComputedStyle(card).getPropertyValue("--card").trim();
      const putAt = (x, y) => {
        card.style.setProperty("--card-x", `${x + scrollX}px`);
        card.style.setProperty("--card-y", `${y + scrollY}px`);
      };
      const above = first.top - ceiling;
      let hidden = last.bottom - floor;
      if (where === "sheet") hidden = last.bottom + CLEAR - top;
      else if (where === "beside" && text) {
        const x = text.getBoundingClientRect().right + 2 * CLEAR;
        putAt(x, Math.max(ceiling, Math.min(first.top - CLEAR, floor - height)));
      } else {
        const x = Math.min(last.left, document.documentElement.clientWidth - width - CLEAR);
        const fits = last.bottom + CLEAR + height <= floor;
        const over = !fits && height + CLEAR <= above;
        putAt(Math.max(CLEAR, x), over ? first.top - CLEAR - height : last.bottom + CLEAR);
        if (!fits && !over) hidden = last.bottom + CLEAR + height - floor;
      }
      return Math.min(Math.max(hidden, 0), above);
    };

    const open = (link) => {
      link.focus({ preventScroll: true }); // Safari gives none to a link that is clicked.
      cardOf(link).showPopover({ source: link });
      opener = link;
      link.setAttribute("aria-expanded", "true");
      scrollBy({ top: place(), behavior: "instant" });
    };

    for (const link of document.querySelectorAll("a[data-card]")) {
      if (!cardOf(link)?.showPopover) continue;
      link.setAttribute("aria-haspopup", "dialog");
      link.setAttribute("aria-expanded", "false");
    }

    document.addEventListener("pointerdown", () => {
      pressed = opener;
    });

    document.addEventListener("click", (event) => {
      if (event.target.matches(".card__close")) event.target.closest(".card").hidePopover();
      const link = event.target.closest("a[data-card]");
      if (!cardOf(link)?.showPopover) return;
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (link === opener) cardOf(link).hidePopover();
      else if (link !== pressed || !event.detail) open(link);
    });

    document.addEventListener("focusin", ({ target }) => {
      const card = cardOf(opener);
      if (card && target !== opener && !card.contains(target)) card.hidePopover();
    });

    const closed = ({ target, newState }) => {
      if (newState !== "closed" || target !== cardOf(opener)) return;
      opener.setAttribute("aria-expanded", "false");
      opener = null;
    };
    document.addEventListener("beforetoggle", closed, true);
    addEventListener("resize", () => opener && place());
  };

  document.addEventListener("DOMContentLoaded", () => {
    delete root.dataset.asked;
    readyThemeButton();
    leadToSamePlace();
    showCurrent();
    chooseLanguage();
    keepOneLanguage();
    readySearch();
    readyCards();
  });
  addEventListener("hashchange", leadToSamePlace);
})();
