// Every SVG of a folder as the browser draws it: node draw.mjs FOLDER SIDE
//
// Beside each file lies what was drawn afterwards: the pixels of a grey square with the picture in its middle, four bytes
// each.

import { readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, side] = [process.argv[2], Number(process.argv[3])];
const modules = createRequire(`${process.env.IMPRINT_BROWSER_MODULES}/`);
const { chromium } = modules("playwright-core");

const FLAGS = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"];
const isRoot = process.getuid && process.getuid() === 0;

// In the page: the file is an image there, as on any website.
async function drawn({ text, side }) {
  const [, , width, height] = /viewBox="([^"]*)"/.exec(text)[1].split(" ").map(Number);
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = new OffscreenCanvas(side, side);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.fillStyle = "#808080";
  pen.fillRect(0, 0, side, side);
  const scale = side / Math.max(width, height);
  const [w, h] = [width * scale, height * scale];
  pen.drawImage(image, (side - w) / 2, (side - h) / 2, w, h);
  return Array.from(pen.getImageData(0, 0, side, side).data);
}

const browser = await chromium.launch({
  executablePath: process.env.IMPRINT_BROWSER,
  // The sandbox of Chromium refuses to be started by root.
  args: isRoot ? [...FLAGS, "--no-sandbox"] : FLAGS,
});
const page = await browser.newPage();
for (const name of (await readdir(folder)).filter((name) => name.endsWith(".svg")).sort()) {
  const text = await readFile(join(folder, name), "utf8");
  await writeFile(join(folder, name.replace(/svg$/, "rgba")), Uint8Array.from(await page.evaluate(drawn, { text, side })));
}
await browser.close();
