// Runs in an editor's preview only: articles/editorial/checks.py says what each
// check is for. A check returns true where there is nothing to say.

const VAGUE =
  /^(click |tap |see |read |find out |learn )?(here|this|this (page|link|article|website)|link|more|more (here|information|info|details)|read more|details|website|page)[.:…]?$/i;
const ADDRESS = /^(https?:\/\/|www\.)\S+$|^[\w.-]+\.(co\.uk|org|com|net|gov\.uk|uk)(\/\S*)?$/i;
const FILE_NAME =
  /\.(avif|gif|heic|jpe?g|png|svg|tiff?|webp)$|_|^(img|dsc|dscf|image|photo|scan)\W*\d+$/i;
const NEEDLESS = /^(an? )?(image|picture|photo|photograph|graphic|illustration) (of|showing)\b/i;

const NUMBER_WORDS = "\\d+|one|two|three|four|five|six|seven|eight|nine|ten";
const SHARE = new RegExp(
  "\\d\\s?(%|per ?cent\\b|percent\\b)|\\b(" +
    NUMBER_WORDS +
    ") (in|out of) (every )?(" +
    NUMBER_WORDS +
    "|a hundred)\\b",
  "i",
);
const NUMBER = /\d/;
const STUDY =
  /\b(study|studies|trials?|reviews?|meta-analys[ie]s|participants?|patients?|people|men|women|children|volunteers?|randomi[sz]ed|placebo|survey(ed)?|research(ers)?|significant(ly)?)\b/i;
const CITED_BY_ITS_BLOCK = ".study, .quote, .video, .product, .product-mention";
const MARKER = "\u2020";

const squeeze = (text) => text.replace(/\s+/g, " ").trim();

function sentences(element) {
  const copy = element.cloneNode(true);
  for (const child of copy.querySelectorAll("ul, ol, wagtail-inline-userbar")) child.remove();
  for (const marker of copy.querySelectorAll('a[href^="#source-"]')) marker.replaceWith(MARKER);
  return squeeze(copy.textContent)
    .replace(/\s+\u2020/g, MARKER)
    .split(/(?<=[.!?][\u2019\u201d)]?\u2020*)\s+/);
}

const needsSource = (sentence) =>
  !sentence.includes(MARKER) &&
  (SHARE.test(sentence) || (NUMBER.test(sentence) && STUDY.test(sentence)));

const CHECKS = {
  "clinic-link-text-check": (link) => {
    if (link.getAttribute("href").startsWith("#")) return true;
    const text = squeeze(link.textContent);
    return !VAGUE.test(text) && !ADDRESS.test(text);
  },
  "clinic-alt-text-check": (image, { longest }) => {
    const text = image.alt.trim();
    return !FILE_NAME.test(text) && !NEEDLESS.test(text) && text.length <= longest;
  },
  "clinic-unsourced-number-check": (element) =>
    Boolean(element.closest(CITED_BY_ITS_BLOCK)) ||
    Boolean(element.querySelector(":scope > p")) ||
    !sentences(element).some(needsSource),
  "clinic-short-answer-check": (heading, { shortest }) => {
    const answer = document.querySelector("article.answer");
    const text = answer?.querySelector(".short-answer p")?.textContent ?? "";
    return !answer || squeeze(text).length >= shortest;
  },
  "clinic-description-length-check": (heading, { longest }) => {
    const meta = document.querySelector('meta[name="description"]');
    return !meta || meta.content.trim().length <= longest;
  },
};

for (const [name, check] of Object.entries(CHECKS)) {
  window.wagtail.userbar?.registerCheck(name, check);
}
