// A button that opens the browser's own print dialogue; without scripts there is
// none, and the browser's menu does the same. On paper nothing can be unfolded,
// so what is folded is opened for the time of printing.

let unfolded = [];

addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("main details:not([open])")];
  for (const details of unfolded) details.open = true;
});

addEventListener("afterprint", () => {
  for (const details of unfolded) details.open = false;
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
