/* Shows news in place, as soon as the server tells of them. Without it each page is whole, and as new as its last load. */
(function () {
  "use strict";
  const CALM = 1000;
  let due = null;

  /* Whoever writes, or is somewhere by the keyboard, keeps their place: it would be lost with what is replaced. */
  function busy() {
    return document.querySelector("details.offer[open], #content :focus-visible");
  }

  /* What is being read is there in a moment, or takes long. */
  let pace = 150;

  function soon() {
    pace = isOpen() ? Math.min(pace * 1.5, 5000) : CALM;
    due = due || setTimeout(refresh, pace);
  }

  /* What is being read is asked for until it is there, or can't be. */
  function isOpen() {
    return document.querySelector("#content [data-reading]");
  }

  function refresh() {
    due = null;
    if (busy() || document.hidden) {
      soon();
      return;
    }
    fetch(location.href, { headers: { Accept: "text/html" } })
      .then((answer) => {
        if (isOpen() && !(answer.headers.get("Content-Type") || "").startsWith("text/html")) {
          isOpen().removeAttribute("data-reading");
          location.reload();
        }
        return answer.ok || isOpen() ? answer.text() : Promise.reject(new Error("status " + answer.status));
      })
      .then((text) => {
        const fresh = new DOMParser().parseFromString(text, "text/html");
        const shown = document.getElementById("content");
        const content = fresh.getElementById("content");
        if (content && content.innerHTML !== shown.innerHTML) {
          document.title = fresh.title;
          shown.replaceWith(content);
        }
      })
      .catch(() => {})
      .finally(() => isOpen() && soon());
  }

  /* A page that is left for another one is kept by the browser, and would keep its connection: a few of them are all that
     a browser has for a server. */
  let news = null;

  function listen() {
    news = new EventSource("/api/v1/news");
    news.addEventListener("changed", soon);
    /* What happened before it listened, or while the connection was broken, nobody told it. */
    news.addEventListener("open", soon);
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
