// Search. Neither this file, which reperes.js brings, nor the index is fetched before the reader opens
// it, and every page can be reached without it.
(() => {
  "use strict";
  const AT_ONCE = 10;
  const QUIET_MILLISECONDS = 150;

  // A number as people group it: "350 000", "350,000", "350.000".
  const GROUPED = /\b\d{1,3}(?:[\s.,'’]\d{3})+(?!\d)/g;
  const NO_LETTER_OR_DIGIT = /[^\p{L}\p{N}]+/u;

  // Without accents and capitals, as Pagefind compares words.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // As the build cut the text: numbers whole, words at apostrophes; of "l’offensive", the letter
  // says nothing.
  const cut = (query) => {
    const words = query
      .replace(GROUPED, (number) => number.replace(/\D/g, ""))
      .replace(/['’]/g, " ");
    const long = words.replace(/(?<!\S)\p{L}(?!\S)/gu, " ").trim();
    return long || words;
  };

  // How many letters must be changed, added, left out or swapped with the next one.
  const distance = (one, other) => {
    let before = [];
    let last = Array.from({ length: other.length + 1 }, (_, index) => index);
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        const change = last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1);
        row[j] = Math.min(change, last[j] + 1, row[j - 1] + 1);
        const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      before = last;
      last = row;
    }
    return last[other.length];
  };

  // The first of the names that is nearest to a mistyped word, if one is near enough.
  const nearest = (word, names) => {
    let found = null;
    let least = word.length < 4 ? 0 : word.length < 6 ? 1 : 2;
    for (const [name, written] of names) {
      if (Math.abs(name.length - word.length) > least) continue;
      const far = distance(word, name);
      if (far > least) continue;
      found = written;
      least = far - 1;
    }
    return found;
  };

  // Whether a word of the text is the one typed, as it is or by its stem. Of a word that no page
  // has, Pagefind seeks ever shorter beginnings: for "lavrof" it finds "la".
  const isMeant = (typed, word) => {
    let same = 0;
    while (same < typed.length && typed[same] === word[same]) same++;
    const rest = typed.length - same;
    return rest === 0 || (same > 2 && rest === 1) || (same > 3 && rest < same);
  };

  const wordsFound = ({ content, locations }) => {
    const words = content.split(/\s+/);
    return locations.flatMap((place) => plain(words[place] ?? "").split(NO_LETTER_OR_DIGIT));
  };

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  const ready = (dialog, opener) => {
    const { hint, one, other, none, instead, failed } = dialog.dataset;
    const { lang } = dialog.closest("[lang]");
    const index = new URL(dialog.dataset.index, document.baseURI);
    const input = dialog.querySelector("input");
    const count = dialog.querySelector(".search__count");
    const list = dialog.querySelector(".search__results");
    const more = dialog.querySelector(".search__more");

    let engine;
    const loaded = () => {
      engine ??= Promise.all([
        import(index).then(async (pagefind) => {
          // What a figure says is as good as a title; a page that only links to what is sought comes
          // after those that say it.
          const metaWeights = { title: 5, value: 5, also: 0.1 };
          await pagefind.options({ ranking: { metaWeights } });
          await pagefind.init();
          return pagefind;
        }),
        fetch(new URL("names.json", index))
          .then((answer) => answer.json())
          .then((names) => {
            const written = new Map();
            // Of two that differ in accents alone, the first: the page's own language has it.
            for (const name of names)
              if (!written.has(plain(name))) written.set(plain(name), name);
            return written;
          }),
      ]).catch((error) => {
        engine = undefined;
        throw error;
      });
      return engine;
    };

    // What the build added is marked: spaces in words, and other names, shown if they were sought;
    // what it took away, the spaces in numbers, is written again.
    const joined = (text) =>
      text
        .replace(/\u2060(<\/mark>)?\s?|\u203f/g, "$1")
        .replace(/\u2064(\d+)/g, (_, digits) => Number(digits).toLocaleString(lang));
    const pruned = (html) =>
      joined(html)
        .replace(/(?<!<mark>)\u2063\S+\s*/g, "")
        .replaceAll("\u2063", "");

    // Of Pagefind's HTML, the text and the marks alone.
    const excerpt = (html) => {
      const { body } = new DOMParser().parseFromString(pruned(html), "text/html");
      const nodes = [...body.childNodes].map((node) =>
        node.nodeName === "MARK" ? element("mark", "", node.textContent) : node.textContent,
      );
      return /[.?!]\s*$/.test(body.textContent) ? nodes : [...nodes, " …"];
    };

    const best = ({ sub_results: parts }) =>
      parts.reduce((first, part) =>
        part.locations.length > first.locations.length ? part : first,
      );

    const entry = (page) => {
      const part = page.sub_results.length ? best(page) : page;
      const title = joined(page.meta.title);
      const link = element("a", "", title);
      link.href = part.url;
      const within = joined(page.meta.value ?? part.title ?? title);
      if (within !== title) link.append(" ", element("span", "search__section", within));
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

    const show = (pages) => {
      list.append(...pages.map(entry));
      more.hidden = !waiting.length;
    };

    const pagesOf = (results) => Promise.all(results.map((result) => result.data()));

    const showMore = async () => {
      const mine = turn;
      const first = list.children.length;
      const pages = await pagesOf(waiting.splice(0, AT_ONCE));
      if (mine !== turn || !pages.length) return;
      show(pages);
      list.children[first].querySelector("a").focus();
    };

    const counted = (number, query) => {
      if (!number) return none.replace("{query}", () => query);
      const form = new Intl.PluralRules(lang).select(number) === "one" ? one : other;
      return form.replace("{count}", number.toLocaleString(lang));
    };

    // What a query finds: all results, the first pages, and which of its words they do not have.
    const found = async (query) => {
      const [pagefind, names] = await loaded();
      const { results } = await pagefind.search(query);
      const pages = await pagesOf(results.slice(0, AT_ONCE));
      const words = pages.flatMap(wordsFound);
      const unknown = plain(query)
        .split(NO_LETTER_OR_DIGIT)
        .filter((typed) => typed && !names.has(typed))
        .filter((typed) => !words.some((word) => isMeant(typed, word)));
      return { results, pages, unknown, names };
    };

    const nothing = { results: [], pages: [] };

    // A query with names in place of words that no page has, or "" if there are none near enough.
    const corrected = (query, unknown, names) => {
      const near = new Map(unknown.map((word) => [word, nearest(word, names)]));
      if (![...near.values()].every(Boolean)) return "";
      const words = query.split(/\s+/).map((word) => near.get(plain(word)) ?? word);
      return words.join(" ");
    };

    const search = async () => {
      const mine = ++turn;
      const query = input.value.trim();
      // One letter begins something on every page.
      if (!query || /^\p{Script=Latin}$/u.test(query)) return clear(hint);
      try {
        let said = (number) => counted(number, query);
        let answer = await found(cut(query));
        if (answer.unknown.length) {
          const other = corrected(cut(query), answer.unknown, answer.names);
          answer = other ? await found(other) : nothing;
          if (answer.results.length) {
            const names = { "{query}": query, "{instead}": other };
            said = () => instead.replace(/\{\w+\}/g, (name) => names[name]);
          }
        }
        // Meanwhile more may have been typed.
        if (mine !== turn) return;
        clear(said(answer.results.length));
        waiting = answer.results.slice(AT_ONCE);
        show(answer.pages);
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
      else if (!list.children.length) search();
      loaded().catch(() => clear(failed));
    };

    // The arrows go from the field to the results, through them and back.
    const step = (event) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by || event.isComposing) return;
      const stops = [input, ...list.querySelectorAll("a")];
      const here = stops.indexOf(document.activeElement);
      const next = stops[here + by];
      if (here < 0 || !next) return;
      event.preventDefault();
      next.focus();
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
    list.addEventListener("click", (event) => {
      if (!event.target.closest("a")) return;
      // For who comes back to this page: the query stands in the field again.
      history.replaceState({ ...history.state, sought: input.value }, "");
      dialog.close();
    });
    dialog.querySelector(".search__close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("keydown", (event) => {
      step(event);
      // At the first press: a search field of its own would take it to empty itself.
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      dialog.close();
    });
    dialog.addEventListener("close", () => opener.focus());
    opener.addEventListener("click", open);
    input.value = history.state?.sought ?? "";
  };

  for (const dialog of document.querySelectorAll("[data-search]")) {
    const { id } = dialog.querySelector("input");
    ready(dialog, document.querySelector(`[data-search-open="${id}"]`));
  }
})();
