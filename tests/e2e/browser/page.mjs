// A person with a keyboard in front of the page: node page.mjs ADDRESS KEY PICTURES
//
// Everything is done by keys alone. The page makes one brand and is looked at on the way: by axe in light and in dark,
// at the width of a phone, for errors in the console, and for requests that leave the address.

import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const [address, key, pictures] = process.argv.slice(2);
const modules = createRequire(`${process.env.IMPRINT_BROWSER_MODULES}/`);
const { chromium } = modules("playwright-core");
const AXE = await readFile(modules.resolve("axe-core/axe.min.js"), "utf8");

// What a new browser asks of the world by itself is switched off, so that every request is the page's.
const FLAGS = [
  "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const DESKTOP = { width: 1280, height: 860 };
const PHONE = { width: 360, height: 740 };
// A kit takes seconds; a machine that also builds, longer.
const KIT_MS_MAX = 150000;
const ANSWER_MS_MAX = 40000;

const faults = [];
const check = (is, what) => { if (!is) faults.push(what); };

// A browser writes a line for every answer that refuses. Those that a step provokes are expected there and only there.
let expected = [];
const isExpected = (text) => expected.some((status) => text.includes(`status of ${status}`));

function watch(page) {
  page.on("pageerror", (why) => faults.push(`an error in the page: ${why}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !isExpected(message.text())) faults.push(`the console says: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    const isOurs = url.origin === address || ["blob:", "data:"].includes(url.protocol);
    if (!isOurs) faults.push(`a request leaves the address: ${url}`);
  });
  page.on("dialog", (dialog) => {
    faults.push(`the page interrupts: ${dialog.message()}`);
    dialog.dismiss();
  });
}

// Pictures are taken when everything that moves has come to rest.
async function picture(page, name) {
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))));
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

async function looks(page, name) {
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `${name}-${colorScheme}`);
    // The page lets nothing in; the judge comes past that as an extension would.
    const judged = await page.evaluate(`${AXE}; axe.run(document, { resultTypes: ["violations"] })`);
    for (const found of judged.violations.filter((one) => ["serious", "critical"].includes(one.impact))) {
      const where = found.nodes.map((node) => `${node.target} (${node.failureSummary.replaceAll("\n", " ")})`).join("; ");
      faults.push(`${name}, ${colorScheme}: ${found.help}: ${where}`);
    }
  }
  await page.setViewportSize(PHONE);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(wide <= 0, `${name}: ${wide} px too wide for a phone`);
  await picture(page, `${name}-phone`);
  await page.setViewportSize(DESKTOP);
}

// Goes on with Tab until the element has the focus; one that cannot be reached by keyboard is a fault.
async function reach(page, selector) {
  for (let press = 0; press < 40; press += 1) {
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`\`${selector}\` cannot be reached by keyboard`);
}

async function write(page, selector, text) {
  await reach(page, selector);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(text);
}

async function enter(page) {
  await page.goto(`${address}/`);
  await page.waitForSelector("#door:not([hidden])");
  await looks(page, "1-door");
  expected = [401];
  await write(page, "#key", "not a key");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#fault-key:not([hidden])");
  await write(page, "#key", key);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#brief:not([hidden])");
  expected = [];
}

async function leave_the_name_out(page) {
  expected = [422];
  await write(page, "#industry", "coffee");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#fault-company_name:not([hidden])", { timeout: ANSWER_MS_MAX });
  check(await page.evaluate(() => document.activeElement.id === "company_name"), "the empty name has not the focus");
  check(await page.getAttribute("#company_name", "aria-invalid") === "true", "the empty name is not marked");
  const said = await page.textContent("#fault-company_name");
  check(said.length > 20 && !/undefined|\{|null/.test(said), `the empty name is told as "${said}"`);
  await looks(page, "2-refused");
  expected = [];
}

async function fill_in(page) {
  await write(page, "#company_name", "Northwind Coffee");
  await write(page, "#primary_color", "#1f6f8b");
  await reach(page, "input[name=complexity]");
  await page.keyboard.press("ArrowRight");
  check(await page.evaluate(() => document.activeElement.value === "complex"), "arrow keys do not choose the kit");
  await page.keyboard.press("ArrowLeft");
  await reach(page, "#brief button");
}

// What was seen of the work while it went on: the bars, and how many concepts were there before the kit was.
async function submit(page) {
  await page.evaluate(() => {
    window.seen = { bars: new Set(), concepts: 0, colours: 0 };
    const look = () => {
      if (document.querySelector("#work").hidden) return;
      window.seen.bars.add([...document.querySelectorAll("#steps progress")].map((bar) => `${bar.value}/${bar.max}`).join(" "));
      window.seen.concepts = Math.max(window.seen.concepts, document.querySelectorAll("#concepts img").length);
      window.seen.colours = Math.max(window.seen.colours, document.querySelectorAll("#swatches li").length);
    };
    new MutationObserver(look).observe(document.querySelector("#stage"), { subtree: true, childList: true, attributes: true });
  });
  await page.keyboard.press("Enter");
  await page.waitForSelector("#work:not([hidden])", { timeout: ANSWER_MS_MAX });
  await page.waitForSelector("#concepts img, #kit:not([hidden])", { timeout: KIT_MS_MAX });
  await page.screenshot({ path: join(pictures, "3-work.png"), fullPage: true });
  await page.waitForSelector("#kit:not([hidden])", { timeout: KIT_MS_MAX });
  const seen = await page.evaluate(() => ({ ...window.seen, bars: window.seen.bars.size }));
  check(seen.bars >= 3, `the bars moved ${seen.bars} times`);
  check(seen.colours >= 3, "no colours were shown while the work went on");
  check(seen.concepts >= 1, "no concept was shown while the work went on");
}

async function look_at_the_kit(page) {
  await page.waitForSelector("#overview:not([hidden])", { timeout: ANSWER_MS_MAX });
  await page.waitForFunction(() => document.querySelectorAll("#concepts figcaption b").length >= 3, null, { timeout: ANSWER_MS_MAX });
  const broken = await page.evaluate(async () => {
    const images = [...document.querySelectorAll("#stage img:not([hidden])")];
    await Promise.all(images.map((image) => image.decode().catch(() => {})));
    return images.filter((image) => image.naturalWidth === 0 || !image.alt).length;
  });
  check(broken === 0, `${broken} pictures are broken or have no words`);
  check(await page.textContent("#said") === "Northwind Coffee is ready.", "the end is not told to who cannot see it");
  await looks(page, "4-kit");
}

async function download(page) {
  await reach(page, "#zip");
  const waiting = page.waitForEvent("download", { timeout: ANSWER_MS_MAX });
  await page.keyboard.press("Enter");
  const file = await waiting;
  const bytes = await readFile(await file.path());
  check(file.suggestedFilename() === "northwind-coffee.zip", `the kit is called ${file.suggestedFilename()}`);
  check(bytes.subarray(0, 4).toString("latin1") === "PK\x03\x04", "the kit is no zip");
  check(bytes.includes("manifest.json"), "the kit has no manifest");
  check(bytes.length > 100000, `the kit has ${bytes.length} bytes`);
}

// The address of a brand is enough to come back to it, in the same tab.
async function come_back(page) {
  await page.reload();
  await page.waitForSelector("#overview:not([hidden])", { timeout: ANSWER_MS_MAX });
  await page.goBack();
  await page.waitForSelector("#sample:not([hidden])");
  await reach(page, "#earlier a");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#kit:not([hidden])", { timeout: ANSWER_MS_MAX });
}

async function erase(page) {
  await reach(page, "#erase");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#sure[open]");
  await looks(page, "5-sure");
  await page.keyboard.press("Escape");
  check(await page.isVisible("#kit"), "a brand goes although nobody is sure");
  await reach(page, "#erase");
  await page.keyboard.press("Enter");
  await reach(page, "#sure-yes");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#sample:not([hidden])", { timeout: ANSWER_MS_MAX });
  await page.waitForSelector("#earlier", { state: "hidden", timeout: ANSWER_MS_MAX });
}

const isRoot = process.getuid && process.getuid() === 0;
const browser = await chromium.launch({
  executablePath: process.env.IMPRINT_BROWSER,
  // The sandbox of Chromium refuses to be started by root.
  args: isRoot ? [...FLAGS, "--no-sandbox"] : FLAGS,
});
const page = await (await browser.newContext({ viewport: DESKTOP, acceptDownloads: true })).newPage();
page.setDefaultTimeout(ANSWER_MS_MAX);
watch(page);
for (const act of [enter, leave_the_name_out, fill_in, submit, look_at_the_kit, download, come_back, erase]) {
  try {
    await act(page);
  } catch (why) {
    faults.push(`${act.name}: ${why.message}`);
    await page.screenshot({ path: join(pictures, `fault-${act.name}.png`), fullPage: true });
    break;
  }
}
await browser.close();
await writeFile(join(pictures, "faults.txt"), faults.join("\n"));
for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);
