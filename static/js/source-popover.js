// Shows a source beside its marker. Without this module the marker is a link to the
// list of sources, and so it stays where the browser knows no popovers.
const MARKER = '.source-marker a[href^="#source-"]';
const GAP = 8;

const popover = document.createElement("div");
let marker = null;
let wasOpenFor = null;

const isOpen = () => popover.matches(":popover-open");
const listItem = (link) => document.getElementById(link.hash.slice(1));

function linkTo(href, text) {
  const link = document.createElement("a");
  link.href = href;
  link.textContent = text;
  return link;
}

function fill(item) {
  const texts = item.querySelectorAll(".sources__text, .sources__status");
  const links = document.createElement("p");
  links.className = "source-popover__links";
  const outward = item.querySelector(".sources__link");
  if (outward) {
    const open = linkTo(outward.href, "Open the source");
    open.rel = outward.rel;
    links.append(open);
  }
  links.append(linkTo(`#${item.id}`, "Go to the list"));
  popover.replaceChildren(...[...texts].map((text) => text.cloneNode(true)), links);
}

// Under the marker, or above it where there is no room. It scrolls with the text.
function place() {
  const at = marker.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const furthest = document.documentElement.clientWidth - width - GAP;
  const left = Math.max(GAP, Math.min(at.left, furthest));
  const hasRoom = at.bottom + GAP + height <= window.innerHeight;
  const top = hasRoom ? at.bottom + GAP : Math.max(GAP, at.top - height - GAP);
  popover.style.setProperty("--left", `${left + window.scrollX}px`);
  popover.style.setProperty("--top", `${top + window.scrollY}px`);
}

// On a phone it lies over the end of the screen, perhaps over its own marker.
function keepMarkerInSight() {
  const isAtTheEnd = getComputedStyle(popover).position === "fixed";
  const covered = marker.getBoundingClientRect().bottom + GAP - popover.getBoundingClientRect().top;
  if (isAtTheEnd && covered > 0) scrollBy(0, covered);
}

function open(link) {
  marker?.setAttribute("aria-expanded", "false");
  marker = link;
  fill(listItem(link));
  popover.setAttribute("aria-label", link.getAttribute("aria-label"));
  // Behind its marker, so that Tab goes through it and on in the text.
  link.parentElement.after(popover);
  popover.showPopover();
  place();
  keepMarkerInSight();
  link.setAttribute("aria-expanded", "true");
  popover.focus({ preventScroll: true });
}

function onClose() {
  marker?.setAttribute("aria-expanded", "false");
  // What was clicked meanwhile keeps the focus.
  if (document.activeElement === document.body) {
    marker?.focus({ preventScroll: true });
  }
}

function onClick(event) {
  const link = event.target.closest(MARKER);
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || !listItem(link)) return;
  event.preventDefault();
  const isAgain = wasOpenFor === link || (isOpen() && marker === link);
  wasOpenFor = null;
  if (isOpen()) popover.hidePopover();
  if (!isAgain) open(link);
}

// The browser closes it when something else is pressed, before that is a click.
function onPress(event) {
  wasOpenFor = isOpen() && event.target.closest(MARKER) ? marker : null;
}

function onFocus(event) {
  // It would lie over what Tab goes on to, or over the list it led to.
  const isBeside = popover.contains(event.target) || event.target === marker;
  if (isOpen() && !isBeside) popover.hidePopover();
}

if ("popover" in HTMLElement.prototype) {
  popover.className = "source-popover";
  popover.popover = "auto";
  popover.tabIndex = -1;
  popover.setAttribute("role", "dialog");
  popover.addEventListener("toggle", (event) => {
    if (event.newState === "closed") onClose();
  });
  for (const link of document.querySelectorAll(MARKER)) {
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
  }
  document.addEventListener("pointerdown", onPress, { capture: true });
  document.addEventListener("click", onClick);
  document.addEventListener("focusin", onFocus);
  addEventListener("resize", () => isOpen() && place());
}
