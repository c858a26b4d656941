// Wagtail takes the form as it is when autosave's answer comes for what was saved.
// What was changed while the request ran, and not noticed yet, would stay unsaved
// and without a warning under the word "Saved": it is saved next.
(() => {
  const FORM = "form[data-edit-form]";
  // Not the editor's words, or written into the form by the answer itself.
  const ASIDE = /^(csrfmiddlewaretoken|next|overwrite_revision_id|loaded_revision_.*|comments-.*)$/;
  let sent = null;

  const words = (data) =>
    new URLSearchParams(
      [...data].filter(([name, value]) => typeof value === "string" && !ASIDE.test(name)),
    ).toString();

  document.addEventListener("w-autosave:save", (event) => {
    if (event.target.matches(FORM)) sent = words(event.detail.formData);
  });
  document.addEventListener("w-autosave:success", (event) => {
    const form = event.target;
    if (!form.matches(FORM) || words(new FormData(form)) === sent) return;
    form.dispatchEvent(
      new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }),
    );
  });
})();
