// Search. Nothing is fetched before the reader opens it, and every page can be reached without it.
(() => {
  "use strict";
  const AT_ONCE = 10;
  const QUIET_MILLISECONDS = 150;

  const dialog = document.querySelector("[data-search]");
  const opener = document.querySelector("[data-search-open]");
  if (!dialog?.showModal || !opener) return;
  const { hint, one, other, none, failed } = dialog.dataset;
  const input = dialog.querySelector("input");
  const count = dialog.querySelector(".search__count");
  const list = dialog.querySelector(".search__results");
  const more = dialog.querySelector(".search__more");

  let engine;
  const loaded = () => {
    engine ??= import(new URL(dialog.dataset.index, document.baseURI))
      .then(async (pagefind) => {
        // A page that only links to what is sought comes after those that say it.
        await pagefind.options({ ranking: { metaWeights: { title: 5, also: 0.1 } } });
        await pagefind.init();
        return pagefind;
      })
      .catch((error) => {
        engine = undefined;
        throw error;
      });
    return engine;
  };

  // Cut at apostrophes, as the build cut the text; of "l’offensive", the letter says nothing.
  const cut = (query) => {
    const words = query.replace(/['’]/g, " ");
    const long = words.replace(/(?<!\S)\p{L}(?!\S)/gu, " ").trim();
    return long || words;
  };

  // What the build added is marked: spaces in words, and other names, shown if they were sought.
  const joined = (text) => text.replace(/\u2060(<\/mark>)?\s?|\u203f/g, "$1");
  const pruned = (html) =>
    joined(html)
      .replace(/(?<!<mark>)\u2063\S+\s*/g, "")
      .replaceAll("\u2063", "");

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  // Of Pagefind's HTML, the text and the marks alone.
  const excerpt = (html) => {
    const { body } = new DOMParser().parseFromString(pruned(html), "text/html");
    const nodes = [...body.childNodes].map((node) =>
      node.nodeName === "MARK" ? element("mark", "", node.textContent) : node.textContent,
    );
    return /[.?!]\s*$/.test(body.textContent) ? nodes : [...nodes, " …"];
  };

  const best = ({ sub_results: parts }) =>
    parts.reduce((first, part) => (part.locations.length > first.locations.length ? part : first));

  const entry = (page) => {
    const part = page.sub_results.length ? best(page) : page;
    const title = joined(page.meta.title);
    const link = element("a", "", title);
    link.href = part.url;
    if (part.title && joined(part.title) !== title) {
      link.append(" ", element("span", "search__section", joined(part.title)));
    }
    return element("li", "", link, element("p", "", ...excerpt(part.excerpt)));
  };

  let turn = 0;
  let waiting = [];

  const clear = (text) => {
    waiting = [];
    list.replaceChildren();
    more.hidden = true;
    count.textContent = text;
  };

  const entriesOf = async (found) => {
    const pages = await Promise.all(found.map((result) => result.data()));
    return pages.map(entry);
  };

  const show = (entries) => {
    list.append(...entries);
    more.hidden = !waiting.length;
  };

  const showMore = async () => {
    const mine = turn;
    const entries = await entriesOf(waiting.splice(0, AT_ONCE));
    if (mine !== turn || !entries.length) return;
    show(entries);
    entries[0].querySelector("a").focus();
  };

  const counted = (number, query) => {
    const { lang } = document.documentElement;
    if (!number) return none.replace("{query}", () => query);
    const form = new Intl.PluralRules(lang).select(number) === "one" ? one : other;
    return form.replace("{count}", number.toLocaleString(lang));
  };

  const search = async () => {
    const mine = ++turn;
    const query = input.value.trim();
    if (!query) return clear(hint);
    try {
      const pagefind = await loaded();
      const { results } = await pagefind.search(cut(query));
      const entries = await entriesOf(results.slice(0, AT_ONCE));
      // Meanwhile more may have been typed.
      if (mine !== turn) return;
      clear(counted(results.length, query));
      waiting = results.slice(AT_ONCE);
      show(entries);
    } catch {
      if (mine === turn) clear(failed);
    }
  };

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.focus();
    input.select();
    if (!input.value) clear(hint);
    loaded().catch(() => clear(failed));
  };

  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, QUIET_MILLISECONDS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") list.querySelector("a")?.focus();
  });
  more.addEventListener("click", showMore);
  list.addEventListener("click", (event) => event.target.closest("a") && dialog.close());
  dialog.querySelector(".search__close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  // At the first press: a search field of its own would take it to empty itself.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("close", () => opener.focus());

  document.addEventListener("keydown", (event) => {
    const controlK = event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
    if (!controlK) return;
    event.preventDefault();
    open();
  });
  opener.addEventListener("click", open);
  opener.hidden = false;
})();
