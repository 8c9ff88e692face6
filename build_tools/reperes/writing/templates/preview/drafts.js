// Decides about drafts by button or key: a accepts, c changes, d drops the one where the focus is.
// Served by `reperes serve` alone.
(() => {
  "use strict";
  const TOLD = "reperes-draft-told";
  const LETTERS = { a: "accept", c: "change", d: "drop" };
  const FRESH = 60_000; // milliseconds; what was told before another visit is of no use

  const told = document.querySelector(".drafts-told");
  const formOf = (draft) => draft.querySelector("form");
  const answerOf = (draft) => draft.querySelector(".draft-answer");
  const typedIn = (draft) => `reperes-draft-typed ${draft.dataset.draft} ${draft.dataset.seen}`;

  // What was typed, by field, or by field and language.
  const changesOf = (form) => {
    const changes = {};
    for (const { name, value, defaultValue } of form.elements) {
      if (!name || value === defaultValue) continue;
      const [field, language] = name.split(".");
      if (language) changes[field] = { ...changes[field], [language]: value };
      else changes[field] = value;
    }
    return changes;
  };

  const show = (draft, open) => {
    formOf(draft).hidden = !open;
    draft.querySelector("[data-do=change]").setAttribute("aria-expanded", String(open));
  };

  const change = (draft) => {
    show(draft, true);
    const inputs = [...formOf(draft).elements].filter(({ name }) => name);
    (inputs.find((input) => !input.validity.valid) ?? inputs[0]).focus();
  };

  const cancel = (draft) => {
    formOf(draft).reset();
    sessionStorage.removeItem(typedIn(draft));
    show(draft, false);
    draft.querySelector("[data-do=change]").focus();
  };

  const leave = (draft, decision) => {
    const all = [...document.querySelectorAll(".draft")];
    const at = all.indexOf(draft);
    const next = all[at + 1] ?? all[at - 1];
    const text = told.dataset[decision === "drop" ? "dropped" : "accepted"];
    told.textContent = text.replace("{id}", draft.dataset.draft);
    // The page is loaded again in a moment, and goes on from here.
    const after = { text: told.textContent, next: next?.id, at: Date.now() };
    sessionStorage.setItem(TOLD, JSON.stringify(after));
    sessionStorage.removeItem(typedIn(draft));
    draft.remove();
    next?.focus();
  };

  const decide = async (draft, decision) => {
    if (draft.getAttribute("aria-busy") === "true") return;
    if (decision === "accept" && !formOf(draft).checkValidity()) {
      change(draft);
      return;
    }
    draft.setAttribute("aria-busy", "true");
    answerOf(draft).textContent = "";
    const { draft: id, seen } = draft.dataset;
    const changes = decision === "accept" ? changesOf(formOf(draft)) : {};
    try {
      const body = JSON.stringify({ draft: id, seen, decision, changes });
      const response = await fetch("/.reperes/drafts", { method: "POST", body });
      if (response.ok) {
        leave(draft, decision);
        return;
      }
      answerOf(draft).textContent = await response.text();
      if (decision === "accept") show(draft, true);
    } catch {
      answerOf(draft).textContent = told.dataset.gone;
    } finally {
      draft.removeAttribute("aria-busy");
    }
  };

  const act = (draft, action) => {
    if (action === "change") {
      if (formOf(draft).hidden) change(draft);
      else show(draft, false);
    } else if (action === "cancel") cancel(draft);
    else decide(draft, action);
  };

  const main = document.querySelector("main");
  main.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do]");
    if (button) act(button.closest(".draft"), button.dataset.do);
  });
  main.addEventListener("submit", (event) => {
    event.preventDefault();
    decide(event.target.closest(".draft"), "accept");
  });
  main.addEventListener("input", ({ target }) => {
    const draft = target.closest(".draft");
    sessionStorage.setItem(typedIn(draft), JSON.stringify(changesOf(formOf(draft))));
  });
  main.addEventListener("keydown", (event) => {
    const draft = event.target.closest(".draft");
    if (!draft || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "Escape" && !formOf(draft).hidden) cancel(draft);
    if (event.target.matches("input, textarea")) return;
    const action = LETTERS[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    act(draft, action);
  });

  // A save elsewhere loads the page again: what was being typed comes back.
  for (const draft of document.querySelectorAll(".draft")) {
    const typed = JSON.parse(sessionStorage.getItem(typedIn(draft)) ?? "{}");
    for (const input of formOf(draft).elements) {
      const [field, language] = input.name.split(".");
      const value = language ? typed[field]?.[language] : typed[field];
      if (value === undefined) continue;
      input.value = value;
      show(draft, true);
    }
  }
  const before = JSON.parse(sessionStorage.getItem(TOLD) ?? "{}");
  sessionStorage.removeItem(TOLD);
  if (Date.now() - before.at < FRESH) {
    told.textContent = before.text;
    document.getElementById(before.next)?.focus();
  }
})();
