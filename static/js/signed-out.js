// Whoever was signed out while writing is told so, instead of "a server error", and
// what they save is held back until they have signed in again in another tab: Wagtail
// would send them to sign in, and show the page without what they wrote.
(() => {
  const FORM = "form[data-edit-form]";
  const TOKEN = "csrfmiddlewaretoken";
  const WORDS =
    "You have been signed out. Leave this page open, sign in again in another tab, " +
    "then save here: nothing that you wrote is lost.";
  let isSignedOut = false;

  const tell = () => {
    document.dispatchEvent(
      new CustomEvent("w-messages:add", { detail: { clear: true, text: WORDS, type: "error" } }),
    );
    // The button that was pressed says "Saving…" and would not be pressed again.
    document.querySelectorAll("[data-w-progress-loading-value=true]").forEach((button) => {
      button.dataset.wProgressLoadingValue = "false";
    });
  };

  const pageNow = async () => {
    const answer = await fetch(window.location.href, { redirect: "manual" });
    isSignedOut = answer.type === "opaqueredirect";
    return isSignedOut ? null : answer.text();
  };

  document.addEventListener("w-autosave:error", async (event) => {
    if (!event.target.matches(FORM) || event.detail.type !== "server_error") return;
    if ((await pageNow()) === null) tell();
  });

  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      if (!isSignedOut || !form.matches(FORM)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const html = await pageNow();
      if (html === null) {
        tell();
        return;
      }
      // Signing in made the token of this form worthless.
      const fresh = new DOMParser().parseFromString(html, "text/html");
      const [mine, theirs] = [form, fresh].map((place) => place.querySelector(`[name=${TOKEN}]`));
      if (theirs) mine.value = theirs.value;
      form.requestSubmit(event.submitter);
    },
    true,
  );
})();
