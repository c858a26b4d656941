// The summary of errors takes the focus as the page opens, and its links go to
// the question without adding "#..." to the history, so that Back still leaves
// the page and the next submit does not jump past the summary.

const summary = document.querySelector("[data-error-summary]");

function goToQuestion(event) {
  const link = event.target.closest("a[href^='#']");
  const control = link && document.getElementById(link.hash.slice(1));
  if (!control) return;
  event.preventDefault();
  (control.closest(".field") ?? control).scrollIntoView();
  control.focus({ preventScroll: true });
}

if (summary) {
  // A "#..." left in the address would scroll the summary out of sight.
  if (location.hash) {
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  summary.focus();
  summary.addEventListener("click", goToQuestion);
}
