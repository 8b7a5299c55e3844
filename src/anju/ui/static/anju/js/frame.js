// The frame: navigation on narrow screens, menus that close, the drawer in which any figure opens.
(() => {
  const body = document.body;

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open-nav]");
    if (opener) {
      const open = body.classList.toggle("nav-open");
      opener.setAttribute("aria-expanded", String(open));
      if (open) document.querySelector(".nav a, .nav input")?.focus();
      return;
    }
    if (event.target.closest(".nav-shade")) closeNav();
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    closeNav();
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });

  // "/" goes to the search field, as long as nobody is typing.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select, dialog")) return;
    const field = document.querySelector("[data-global-search]");
    if (field?.offsetParent) {
      event.preventDefault();
      field.focus();
    }
  });

  function closeNav() {
    if (!body.classList.contains("nav-open")) return;
    body.classList.remove("nav-open");
    const opener = document.querySelector("[data-open-nav]");
    opener?.setAttribute("aria-expanded", "false");
    opener?.focus();
  }

  // ---- drawer -------------------------------------------------------------------------------------------------
  const drawer = document.getElementById("drawer");
  const trail = [];
  let cameFrom = null;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-drawer]");
    if (!link || !drawer || !window.htmx) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    if (!drawer.open) {
      cameFrom = link;
      trail.length = 0;
    }
    show(link.getAttribute("href"));
  });

  function show(address) {
    trail.push(address);
    htmx.ajax("GET", address, { target: "#drawer-body", swap: "innerHTML" }).then(() => {
      if (!drawer.open) drawer.showModal();
      document.getElementById("drawer-page").href = address;
      document.getElementById("drawer-back").hidden = trail.length < 2;
      const inside = document.getElementById("drawer-body");
      inside.scrollTop = 0;
      inside.querySelector("h1, .drawer-title")?.focus();
    });
  }

  drawer?.addEventListener("click", (event) => {
    if (event.target === drawer || event.target.closest("[data-close-drawer]")) drawer.close();
    if (event.target.closest("#drawer-back") && trail.length > 1) {
      trail.pop();
      show(trail.pop());
    }
  });
  drawer?.addEventListener("close", () => cameFrom?.focus());

  // ---- what is shown for a while only ---------------------------------------------------------------------------
  document.addEventListener("htmx:afterSettle", coverInTime);
  document.addEventListener("DOMContentLoaded", coverInTime);
  function coverInTime() {
    for (const place of document.querySelectorAll("[data-vanish]:not([data-counting])")) {
      place.dataset.counting = "1";
      const cover = () => {
        place.textContent = place.dataset.vanishWords;
        place.classList.add("masked");
      };
      setTimeout(cover, 1000 * Number(place.dataset.vanish));
      drawer?.addEventListener("close", cover, { once: true });
    }
  }

  // ---- words for screen readers ---------------------------------------------------------------------------------
  document.addEventListener("htmx:afterSettle", (event) => {
    const words = event.detail.elt.querySelector?.("[data-say]")?.dataset.say;
    const region = document.getElementById("said");
    if (words && region) region.textContent = words;
  });
  document.addEventListener("htmx:sendError", () => {
    const region = document.getElementById("troubles");
    if (region) region.hidden = false;
  });
})();
