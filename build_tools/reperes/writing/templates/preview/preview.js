// Loads a previewed page again when it was built anew, and shows problems over the last good one.
// Served by `reperes serve` alone.
(() => {
  "use strict";
  const DISMISSED = "reperes-dismissed-problems";
  const loaded = document.currentScript.dataset.count;
  let seen = "";
  let shown = "[]";

  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  const title = element("h2", { id: "preview-problems-title" });
  const kept = element("p", {});
  // What is wrong is said in English, whatever the page's language.
  const list = element("ul", { lang: "en", tabIndex: 0 });
  const close = element("button", { type: "button" });
  const drafts = element("a", {});
  const toDrafts = element("p", { hidden: true }, drafts);
  const box = element("section", { className: "preview-problems", hidden: true }, title, close, kept, toDrafts, list);
  box.setAttribute("aria-labelledby", title.id);
  list.setAttribute("aria-labelledby", title.id);
  document.body.append(box);

  const item = ({ place, severity, message, entry }, words) => {
    const kind = element("strong", { className: `is-${severity}`, lang: document.documentElement.lang });
    kind.textContent = words[`preview.${severity}`];
    const item = element("li", {}, element("code", {}, place), " ", kind, " ", message);
    if (entry) item.append(element("pre", { tabIndex: 0 }, entry));
    return item;
  };

  const show = ({ problems, labels }) => {
    const all = JSON.stringify(problems);
    if (all === shown) return;
    shown = all;
    const words = labels[document.documentElement.lang] ?? Object.values(labels)[0];
    const refused = problems.some(({ severity }) => severity === "error");
    title.textContent = words["preview.title"];
    close.textContent = words["nav.close"];
    kept.textContent = words["preview.kept"];
    kept.hidden = !refused;
    box.setAttribute("role", refused ? "alert" : "region");
    box.hidden = problems.length === 0 || sessionStorage.getItem(DISMISSED) === all;
    list.replaceChildren(...problems.map((problem) => item(problem, words)));
  };

  // Where drafts wait, the way to the page on which they are decided.
  const lead = ({ drafts: links, labels }) => {
    const language = document.documentElement.lang in links ? document.documentElement.lang : Object.keys(links)[0];
    const words = labels[document.documentElement.lang] ?? Object.values(labels)[0];
    toDrafts.hidden = !language || document.querySelector(".draft") !== null;
    if (toDrafts.hidden) return;
    drafts.href = links[language];
    drafts.textContent = words["preview.drafts"];
  };

  // On the translators' desk, a button beside what can be stamped, once.
  const offer = ({ labels }) => {
    const words = labels[document.documentElement.lang] ?? Object.values(labels)[0];
    for (const place of document.querySelectorAll("[data-stamp]:not(:has(button))")) {
      const button = element("button", { type: "button" }, words["preview.stamp"]);
      const answer = element("output", { lang: "en" });
      place.id ||= `stamp-${place.dataset.stamp}`;
      button.setAttribute("aria-describedby", place.id);
      button.addEventListener("click", async () => {
        const { stamp: target, seen: code } = place.dataset;
        const body = JSON.stringify({ target, seen: code });
        const response = await fetch("/.reperes/stamp", { method: "POST", body });
        answer.textContent = response.ok ? "" : ` ${await response.text()}`;
      });
      place.append(" ", button, answer);
    }
  };

  const dismiss = () => {
    sessionStorage.setItem(DISMISSED, shown);
    box.hidden = true;
  };
  close.addEventListener("click", dismiss);
  box.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") dismiss();
  });

  const follow = async () => {
    for (;;) {
      try {
        const asked = new URLSearchParams({ seen, loaded, page: location.pathname });
        const response = await fetch(`/.reperes/changes?${asked}`);
        const told = await response.json();
        if (told.reload) {
          location.reload();
          return;
        }
        seen = told.count;
        show(told);
        lead(told);
        offer(told);
      } catch {
        // The server is gone, or not there yet.
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
  };
  follow();
})();
