// Whoever has not chosen a time zone yet finds their own in the list. The links to
// days lead on with what the list shows, also before its button is pressed.

const list = document.querySelector("[data-time-zone]");

function carry() {
  for (const link of document.querySelectorAll("a[data-with-zone]")) {
    const address = new URL(link.href);
    address.searchParams.set("zone", list.value);
    link.href = address;
  }
}

function presetOwnZone() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!own || own === list.value) return;
  if (![...list.options].some((option) => option.value === own)) {
    list.add(new Option(own.split("/").pop().replaceAll("_", " "), own));
  }
  list.value = own;
}

if (list) {
  if (!new URLSearchParams(location.search).has("zone")) presetOwnZone();
  carry();
  list.addEventListener("change", carry);
}
