// Search. Nothing is fetched before the reader opens it, and every page can be reached without it.
(() => {
  "use strict";
  const source = new URL("search_dialog.js", document.currentScript.src);

  const prepared = (dialog, opener) => {
    let ready;
    const open = async () => {
      ready ??= import(source).then((module) => module.ready(dialog, opener));
      try {
        (await ready)();
      } catch {
        ready = undefined;
        dialog.querySelector(".search__count").textContent = dialog.dataset.failed;
        if (!dialog.open) dialog.showModal();
      }
    };
    opener.addEventListener("click", open);
    opener.hidden = false;
    return { opener, open };
  };

  const searches = [];
  for (const dialog of document.querySelectorAll("[data-search]")) {
    const { id } = dialog.querySelector("input");
    const opener = document.querySelector(`[data-search-open="${id}"]`);
    if (dialog.showModal && opener) searches.push(prepared(dialog, opener));
  }

  document.addEventListener("keydown", (event) => {
    const controlK = event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
    // Where a page speaks several languages, the first that it shows.
    const shown = searches.find(({ opener }) => opener.checkVisibility());
    if (!controlK || !shown) return;
    event.preventDefault();
    shown.open();
  });
})();
