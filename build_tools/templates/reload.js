// Waits for the next build of a previewed site, and shows it. Served by `reperes serve` alone.
(async () => {
  let seen = null;
  for (;;) {
    try {
      const response = await fetch(`/.reperes/changes?${seen ?? ""}`);
      const count = await response.text();
      if (seen !== null && count !== seen) location.reload();
      seen = count;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
})();
