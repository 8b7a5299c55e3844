// Forms: Enter never submits by accident, drafts survive a closed window, files can be dropped, long work shows its progress.
(() => {
  const KEY = "anju.draft.";

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || event.isComposing || !field.form?.matches("[data-guard]")) return;
    if (field.matches("textarea, button, [type=submit], [type=button], summary")) return;
    event.preventDefault();
    const fields = [...field.form.elements].filter((one) => one.offsetParent && !one.disabled && one.tagName !== "FIELDSET");
    fields[fields.indexOf(field) + 1]?.focus();
  });

  const store = (() => {
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  })();

  function values(form) {
    const kept = {};
    for (const field of form.elements) {
      if (!field.name || field.dataset.private !== undefined || ["hidden", "file", "submit", "password"].includes(field.type)) continue;
      if (["checkbox", "radio"].includes(field.type)) kept[`${field.name}=${field.value}`] = field.checked;
      else kept[field.name] = field.value;
    }
    return kept;
  }

  function restore(form, kept) {
    for (const field of form.elements) {
      if (!field.name) continue;
      if (["checkbox", "radio"].includes(field.type)) {
        const checked = kept[`${field.name}=${field.value}`];
        if (checked !== undefined) field.checked = checked;
      } else if (kept[field.name] !== undefined && !["hidden", "file"].includes(field.type)) field.value = kept[field.name];
    }
  }

  function beginDraft(form) {
    const key = KEY + form.dataset.draft;
    const original = JSON.stringify(values(form));
    const saved = JSON.parse(store.getItem(key) || "null");
    const note = form.querySelector("[data-draft-note]");
    if (saved && form.dataset.faults === undefined && JSON.stringify(saved.values) !== original) {
      restore(form, saved.values);
      if (note) {
        note.hidden = false;
        note.querySelector("[data-draft-time]").textContent = new Date(saved.at).toLocaleString("zh-CN", { hour12: false });
      }
    }
    form.addEventListener("input", () => store.setItem(key, JSON.stringify({ at: Date.now(), values: values(form) })));
    form.addEventListener("submit", () => sessionStorage.setItem("anju.sent", key));
    form.querySelector("[data-draft-drop]")?.addEventListener("click", () => {
      store.removeItem(key);
      restore(form, JSON.parse(original));
      note.hidden = true;
    });
  }

  function begin() {
    const forms = store ? [...document.querySelectorAll("form[data-draft]")] : [];
    const sent = store && sessionStorage.getItem("anju.sent");
    if (sent) {
      // The form came back with faults: keep its draft. Anything else means it was accepted.
      sessionStorage.removeItem("anju.sent");
      if (!forms.some((form) => KEY + form.dataset.draft === sent && form.dataset.faults !== undefined)) store.removeItem(sent);
    }
    forms.forEach(beginDraft);
    document.querySelector("[data-faults] .is-wrong :is(input, select, textarea)")?.focus();
  }

  // ---- dropping a file --------------------------------------------------------------------------------------------
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const place = event.target.closest?.(".drop");
      if (!place) return;
      event.preventDefault();
      place.classList.toggle("over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) {
        const field = place.querySelector("input[type=file]");
        field.files = event.dataTransfer.files;
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  }
  document.addEventListener("change", (event) => {
    const place = event.target.closest(".drop");
    if (place && event.target.type === "file") {
      place.querySelector(".chosen").textContent = event.target.files[0]?.name ?? "";
    }
  });

  // ---- true progress: the server says how many rows it has done -----------------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const box = form.dataset.progress && document.querySelector(form.dataset.progress);
    if (!box) return;
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    box.hidden = false;
    const bar = box.querySelector("progress");
    const words = box.querySelector("[data-progress-words]");
    const ask = async () => {
      try {
        const answer = await fetch(box.dataset.address, { headers: { Accept: "application/json" } });
        const { done, total, words: text } = await answer.json();
        if (total) {
          bar.max = total;
          bar.value = done;
        }
        if (text) words.textContent = text;
      } catch {
        /* the next question may be answered */
      }
      setTimeout(ask, 400);
    };
    setTimeout(ask, 300);
  });

  begin();
})();
