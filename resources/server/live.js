/* Shows news in place, as soon as the server tells of them. Without it each page is whole, and as new as its last load. */
(function () {
  "use strict";
  const CALM = 1000;
  let due = null;

  /* Whoever writes, or is somewhere by the keyboard, keeps their place: it would be lost with what is replaced. */
  function busy() {
    return document.querySelector("details.offer[open], #content :focus-visible");
  }

  function refresh() {
    due = null;
    if (busy() || document.hidden) {
      due = setTimeout(refresh, CALM);
      return;
    }
    fetch(location.href, { headers: { Accept: "text/html" } })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error("status " + answer.status))))
      .then((text) => {
        const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("content");
        const shown = document.getElementById("content");
        if (fresh && fresh.innerHTML !== shown.innerHTML) {
          shown.replaceWith(fresh);
        }
      })
      .catch(() => {});
  }

  /* A page that is left for another one is kept by the browser, and would keep its connection: a few of them are all that
     a browser has for a server. */
  let news = null;

  function listen() {
    news = new EventSource("/api/v1/news");
    news.addEventListener("changed", () => {
      due = due || setTimeout(refresh, CALM);
    });
  }

  addEventListener("pagehide", () => news.close());
  addEventListener("pageshow", (shown) => {
    if (shown.persisted) {
      listen();
      refresh();
    }
  });
  listen();
})();
