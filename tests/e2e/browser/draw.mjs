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
// So many bytes are arguments of one call.
const PART = 8192;
const isRoot = process.getuid && process.getuid() === 0;

// In the page: the file is an image there, as on any website.
async function drawn({ text, side, PART }) {
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
  // As one text: a list of numbers takes a second on its way out of the page.
  const pixels = pen.getImageData(0, 0, side, side).data;
  let letters = "";
  for (let at = 0; at < pixels.length; at += PART) {
    letters += String.fromCharCode(...pixels.subarray(at, at + PART));
  }
  return btoa(letters);
}

const browser = await chromium.launch({
  executablePath: process.env.IMPRINT_BROWSER,
  // The sandbox of Chromium refuses to be started by root.
  args: isRoot ? [...FLAGS, "--no-sandbox"] : FLAGS,
});
const page = await browser.newPage();
for (const name of (await readdir(folder)).filter((name) => name.endsWith(".svg")).sort()) {
  const text = await readFile(join(folder, name), "utf8");
  const pixels = Buffer.from(await page.evaluate(drawn, { text, side, PART }), "base64");
  await writeFile(join(folder, name.replace(/svg$/, "rgba")), pixels);
}
await browser.close();
