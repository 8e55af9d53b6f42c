/* Filters what is there, and brings in what changed. Without it the page is whole, and as new as its last load. */
(function () {
  "use strict";
  const SOON = 1500;
  const NOW_AND_THEN = 10000;
  const AGES = 60000;

  const root = document.getElementById("imaas-platform");
  if (!root) {
    return;
  }
  const tables = document.getElementById("imaas-tables");
  const news = document.getElementById("imaas-news");
  const filter = document.getElementById("imaas-filter");
  const attention = document.getElementById("imaas-attention");
  let shownAt = Date.now();

  function say(text) {
    if (news.textContent !== text) {
      news.textContent = text;
    }
  }

  function applyFilter() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const active = words.length > 0 || attention.checked;
    let shown = 0;
    const sections = tables.querySelectorAll(".imaas-tenant");
    sections.forEach((section) => {
      const rows = section.querySelectorAll(".imaas-row");
      let own = 0;
      rows.forEach((row) => {
        const names = (section.dataset.names + " " + row.dataset.names).toLowerCase();
        const fits = words.every((word) => names.includes(word))
          && (!attention.checked || row.dataset.attention === "true");
        row.hidden = !fits;
        own += fits ? 1 : 0;
      });
      // A tenant that can't be read needs attention, and has no rows.
      const bare = rows.length === 0
        && words.every((word) => section.dataset.names.toLowerCase().includes(word))
        && (!attention.checked || section.querySelector(".imaas-alert") !== null);
      section.hidden = active && own === 0 && !bare;
      shown += own;
    });
    const anything = !active || Array.from(sections).some((section) => !section.hidden);
    document.getElementById("imaas-none").classList.toggle("jenkins-hidden", anything);
    say(active ? shown + (shown === 1 ? " service" : " services") : "");
  }

  function content() {
    return tables.querySelector(".imaas-tables");
  }

  /* Where the reader was, they stay: focus and opened details survive. */
  function replace(html) {
    const opened = new Map();
    tables.querySelectorAll("details[id]").forEach((one) => opened.set(one.id, one.open));
    const focused = tables.contains(document.activeElement) ? document.activeElement : null;
    const href = focused && focused.getAttribute("href");
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".imaas-tables");
    if (!fresh) {
      return;
    }
    const before = content().dataset.revision;
    tables.replaceChildren(document.importNode(fresh, true));
    opened.forEach((open, id) => {
      const one = document.getElementById(id);
      if (one) {
        one.open = open;
      }
    });
    if (href) {
      const again = Array.from(tables.querySelectorAll("a")).find((one) => one.getAttribute("href") === href);
      if (again) {
        again.focus({ preventScroll: true });
      }
    }
    shownAt = Date.now();
    applyFilter();
    if (fresh.dataset.revision !== before && fresh.dataset.incomplete !== "true") {
      say("Updated just now");
    }
  }

  async function refresh() {
    if (!document.hidden) {
      try {
        const answer = await fetch(root.dataset.api, { cache: "no-store" });
        if (!answer.ok) {
          throw new Error(String(answer.status));
        }
        const now = (await answer.json()).revision;
        const shown = content().dataset;
        if (now !== shown.revision || shown.incomplete === "true" || Date.now() - shownAt > AGES) {
          const page = await fetch(root.dataset.tables, { cache: "no-store" });
          if (page.ok) {
            replace(await page.text());
          }
        }
      } catch (e) {
        say("Jenkins can't be reached, or you are no longer logged in: this is how things were.");
      }
    }
    window.setTimeout(refresh, content().dataset.incomplete === "true" ? SOON : NOW_AND_THEN);
  }

  document.getElementById("imaas-tools").classList.remove("jenkins-hidden");
  filter.addEventListener("input", applyFilter);
  attention.addEventListener("change", applyFilter);
  window.setTimeout(refresh, content().dataset.incomplete === "true" ? SOON : NOW_AND_THEN);
})();
