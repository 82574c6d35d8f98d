// What a browser shows of our style sheet: node show.mjs FOLDER
//
// Prints, for each theme that a page or a reader can ask for, the colours that elements really get.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const modules = createRequire(`${process.env.IMPRINT_BROWSER_MODULES}/`);
const { chromium } = modules("playwright-core");
const css = readFileSync(join(process.argv[2], "tokens/brand.css"), "utf8");
const roles = [...new Set([...css.matchAll(/--color-([\w-]+):/g)].map(([, role]) => role))];
const page = `<!doctype html><style>${css}</style>${roles.map((role) => `<i data-role="${role}" style="color: var(--color-${role})">x</i>`).join("")}
  <b style="font-family: var(--font-display); font-size: var(--text-body-size)">x</b>`;

// By the page's own wish, and by the reader's.
const ASKED = [
  ["light", { theme: "light" }], ["dark", { theme: "dark" }], ["high-contrast", { theme: "high-contrast" }],
  ["light", { colorScheme: "light" }], ["dark", { colorScheme: "dark" }], ["high-contrast", { contrast: "more" }],
];
const browser = await chromium.launch({ executablePath: process.env.IMPRINT_BROWSER, args: ["--no-sandbox", "--disable-gpu"] });
const answers = [];
for (const [theme, { theme: own, ...reader }] of ASKED) {
  const context = await browser.newContext(reader);
  const tab = await context.newPage();
  await tab.setContent(page);
  const found = await tab.evaluate((own) => {
    if (own) document.documentElement.dataset.theme = own;
    const hex = (color) => `#${color.match(/\d+/g).slice(0, 3).map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
    const colors = [...document.querySelectorAll("[data-role]")].map((part) => [part.dataset.role, hex(getComputedStyle(part).color)]);
    const word = getComputedStyle(document.querySelector("b"));
    return { colors, family: word.fontFamily, size: word.fontSize };
  }, own);
  const answer = Object.fromEntries(found.colors.map(([role, color]) => [`theme.${theme}.${role}`, color]));
  answer["font.display.family"] = found.family.split(",")[0].replaceAll('"', "");
  answer["size.body.px"] = String(parseFloat(found.size));
  answers.push(answer);
  await context.close();
}
await browser.close();
console.log(JSON.stringify(answers));
