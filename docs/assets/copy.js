// Copies a figure with its author and its address. Its text stands beside the button for all.
(() => {
  "use strict";
  const select = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    const text = document.getElementById(button.dataset.copy);
    const status = button.parentElement.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      status.textContent = "";
      try {
        await navigator.clipboard.writeText(text.textContent);
        status.textContent = button.dataset.done;
      } catch {
        // No permission, or no clipboard: what is selected can be copied by hand.
        select(text);
        status.textContent = button.dataset.failed;
      }
    });
  }
})();
