// Lists: a row opens in place; ticked rows are counted and named before anything is done to them.
(() => {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("button.row-open");
    if (!opener) return;
    const row = opener.closest("tr");
    if (opener.getAttribute("aria-expanded") === "true") {
      row.nextElementSibling?.matches(".peek") && row.nextElementSibling.remove();
      mark(row, opener, false);
      return;
    }
    htmx.ajax("GET", opener.dataset.address, { source: opener, target: row, swap: "afterend" }).then(() => mark(row, opener, true));
  });

  function mark(row, opener, open) {
    opener.setAttribute("aria-expanded", String(open));
    row.classList.toggle("is-open", open);
  }

  function ticked(list) {
    return [...list.querySelectorAll("input[name=chosen]:checked")];
  }

  function count(list) {
    const number = ticked(list).length;
    const bar = list.querySelector("[data-bulk]");
    if (!bar) return;
    bar.hidden = number === 0;
    for (const place of bar.querySelectorAll("[data-chosen-count]")) place.textContent = number;
  }

  document.addEventListener("change", (event) => {
    const list = event.target.closest("[data-list]");
    if (!list) return;
    if (event.target.matches("[data-choose-all]")) {
      for (const box of list.querySelectorAll("input[name=chosen]")) box.checked = event.target.checked;
    }
    if (event.target.matches("[data-choose-all], input[name=chosen]")) count(list);
  });

  // Selects that change the page do so only where a person asked for it with data-go.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-go]")) event.target.form.requestSubmit();
  });
})();
