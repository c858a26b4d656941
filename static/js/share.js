// Two buttons beside "Print": the device's own way of sharing, and a copy of the
// address. Each appears only where the browser can do it; nobody else is asked.

const row = document.querySelector("[data-share-row]");
const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;

function offer(name, act) {
  const button = row.querySelector(`[data-${name}]`);
  button.hidden = false;
  button.addEventListener("click", act);
}

function say(words) {
  row.querySelector("[data-said]").textContent = words;
}

async function share() {
  const title = document.querySelector("h1").textContent.trim();
  try {
    await navigator.share({ title, url: address });
  } catch (error) {
    // Closing the sheet without choosing is an answer, not a fault.
    if (error.name !== "AbortError") say("Sharing did not work. Copy the link.");
  }
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(address);
    say("Link copied");
  } catch {
    say(`Copying did not work. The address is ${address}`);
  }
}

if (row && navigator.share) offer("share", share);
if (row && navigator.clipboard) offer("copy-link", copyLink);
