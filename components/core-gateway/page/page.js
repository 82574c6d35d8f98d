// The page: a brief, its progress, the kit. It speaks the same API as everybody else.
"use strict";

const API = "/api/v1";
const STEPS = {
  "create-job": "Reading the brief",
  "design": "Choosing colours and type",
  "logo": "Drawing concepts",
  "assets": "Preparing every file",
  "kit": "Setting the brand book",
  "seal": "Checking and sealing",
};
const PARTS = ["work", "kit", "made", "foot", "ended", "overview", "concepts-title", "fault-kit"];
const RETRY_MS = 1000;

const $ = (id) => document.getElementById(id);
const show = (id, is = true) => { $(id).hidden = !is; };
const say = (text) => { $("said").textContent = text; };

let key = "";
// What is looked at; another choice makes everything that is still on its way for this one void.
let current = nothing();

function nothing() {
  return { id: "", stop: new AbortController(), urls: [], step: "", hasColours: false, concepts: new Map() };
}

class Problem extends Error {
  constructor(status, body) {
    super(body.detail || "Imprint does not answer. Try again in a moment.");
    Object.assign(this, { status, code: body.code, field: body.field });
  }
}

async function call(path, options = {}) {
  const headers = { authorization: `Bearer ${key}`, ...options.headers };
  let answer;
  try {
    answer = await fetch(path, { ...options, headers });
  } catch (why) {
    if (why.name === "AbortError") throw why;
    throw new Problem(0, {});
  }
  if (answer.ok) return answer;
  const body = await answer.json().catch(() => ({}));
  if (answer.status === 401) leave(body.detail);
  throw new Problem(answer.status, body);
}

const json = async (path, options) => (await call(path, options)).json();

// The door.

function begin() {
  const given = new URLSearchParams(location.hash.slice(1));
  key = given.get("key") || sessionStorage.getItem("key") || "";
  if (given.has("key")) {
    given.delete("key");
    // A key does not stay in the address, where it would be copied with it.
    history.replaceState(null, "", given.size ? `#${given}` : location.pathname);
  }
  if (key) enter(); else leave();
}

function enter() {
  sessionStorage.setItem("key", key);
  forgive();
  show("door", false);
  show("brief");
  show("leave");
  recall();
  look();
}

function leave(why) {
  key = "";
  sessionStorage.removeItem("key");
  clear();
  for (const id of ["brief", "earlier", "leave"]) show(id, false);
  show("door");
  show("sample");
  if (why) complain("key", why);
  $("key").focus();
}

// The brief.

function wish() {
  const all = Object.fromEntries(new FormData($("brief")));
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value.trim() !== ""));
}

async function send(event) {
  event.preventDefault();
  forgive();
  const button = $("brief").querySelector(".main");
  button.disabled = true;
  try {
    const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID ? crypto.randomUUID() : random() };
    const body = JSON.stringify(wish());
    const brand = await patiently(() => json(`${API}/brands`, { method: "POST", headers, body }));
    recall();
    location.hash = `brand=${brand.id}`;
  } catch (why) {
    complain(why.field, why.message);
  } finally {
    button.disabled = false;
  }
}

// Outside of a secure address there is no `randomUUID`.
function random() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The same key makes repeating safe, so what is only busy is asked again.
async function patiently(act) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act();
    } catch (why) {
      if (attempt === 3 || ![0, 503].includes(why.status)) throw why;
      await pause(RETRY_MS * attempt);
    }
  }
}

const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

function complain(field, text) {
  const input = field && $(field);
  const place = input && $(`fault-${field}`);
  if (place) {
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", place.id);
    input.focus();
  }
  const fault = place || $("fault");
  fault.textContent = text;
  fault.hidden = false;
}

function forgive() {
  for (const fault of document.querySelectorAll("form .fault")) fault.hidden = true;
  for (const input of document.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

async function recall() {
  const { brands } = await json(`${API}/brands?limit=8`).catch(() => ({ brands: [] }));
  const entry = (brand) => {
    const link = made("a", { href: `#brand=${brand.id}` }, made("b", {}, nameOf(brand)), made("span", {}, brand.status));
    return made("li", {}, link);
  };
  const seen = brands.filter((brand) => brand.status !== "erased");
  $("earlier").querySelector("ul").replaceChildren(...seen.map(entry));
  show("earlier", seen.length > 0 && key !== "");
}

// The brand.

function clear() {
  current.stop.abort();
  current.urls.forEach((url) => URL.revokeObjectURL(url));
  current = nothing();
  for (const id of ["steps", "swatches", "concepts"]) $(id).replaceChildren();
  for (const id of PARTS) show(id, false);
}

async function look() {
  if (!key) return;
  const id = new URLSearchParams(location.hash.slice(1)).get("brand") || "";
  clear();
  current.id = id;
  show("sample", id === "");
  if (id === "") return;
  const mine = current;
  try {
    const brand = await json(`${API}/brands/${encodeURIComponent(id)}`, { signal: mine.stop.signal });
    if (["queued", "running"].includes(brand.status)) await follow(brand, mine); else await finish(brand, mine);
  } catch (why) {
    if (why.name !== "AbortError" && mine === current) end("This brand cannot be shown", why.message);
  }
}

async function follow(brand, mine) {
  show("work");
  $("work-name").textContent = nameOf(brand);
  draw(brand, mine);
  $("stage").focus();
  if ($("stage").getBoundingClientRect().top > innerHeight / 2) $("stage").scrollIntoView();
  say(`Work on ${nameOf(brand)} has begun.`);
  const own = `${API}/brands/${brand.id}`;
  for (let last = ""; mine === current;) {
    try {
      last = await listen(`${own}/events`, last, mine, async () => {
        const now = await json(own, { signal: mine.stop.signal });
        if (mine === current) draw(now, mine);
      });
    } catch (why) {
      if (why.name === "AbortError") return;
      if (why.status && why.status !== 503) throw why;
    }
    if (mine !== current) return;
    const now = await json(own, { signal: mine.stop.signal }).catch(() => brand);
    if (mine !== current) return;
    if (!["queued", "running"].includes(now.status)) {
      recall();
      await finish(now, mine);
      return;
    }
    await pause(RETRY_MS);
  }
}

// Reads a stream of events to its end; gives the id of the last.
async function listen(path, last, mine, heard) {
  const headers = { accept: "text/event-stream", ...(last && { "last-event-id": last }) };
  const answer = await call(path, { headers, signal: mine.stop.signal });
  if (answer.status === 204) return last;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ;) {
    const { value, done } = await reader.read();
    if (done) return last;
    const events = (rest + value).split("\n\n");
    rest = events.pop();
    const ids = events.map((event) => /^id: (.+)$/m.exec(event)).filter(Boolean);
    if (ids.length > 0) {
      last = ids[ids.length - 1][1];
      await heard().catch(() => {});
    }
  }
}

// Every step keeps its place, so that a bar grows instead of jumping.
function draw(brand, mine) {
  const steps = brand.steps || [];
  const isOver = (step) => step.total > 0 && step.done >= step.total;
  steps.forEach((step, index) => {
    const title = STEPS[step.name] || step.name;
    const row = $("steps").children[index] || $("steps").appendChild(made("li", {}, made("b", {}, title), made("span", {}), made("progress", { "aria-label": title })));
    const isNow = !isOver(step) && (step.total > 0 || index === 0 || isOver(steps[index - 1]));
    row.className = isOver(step) ? "done" : isNow ? "now" : "";
    row.children[1].textContent = step.total > 0 ? `${step.done} of ${step.total}` : "";
    Object.assign(row.children[2], { max: Math.max(step.total, 1), value: step.done });
    if (isNow && mine.step !== step.name) {
      mine.step = step.name;
      say(`${title}.`);
    }
  });
  arrive(brand, mine);
}

// What is made already is shown while the rest is still on its way.
function arrive(brand, mine) {
  const hasDesign = (brand.steps || []).some((step) => step.name === "design" && step.total > 0 && step.done >= step.total);
  if (hasDesign && !mine.hasColours) {
    mine.hasColours = true;
    palette(brand, mine);
  }
  for (const file of brand.files || []) {
    const folder = /^(logos\/[^/]+)\/horizontal-color\.svg$/.exec(file.path);
    if (folder) concept(folder[1], file, mine);
  }
}

async function finish(brand, mine) {
  show("work", false);
  if (brand.status !== "completed") {
    const why = brand.fault && brand.fault.detail;
    end(nameOf(brand), brand.status === "cancelled" ? "The work was stopped." : why || "It could not be made.");
    return;
  }
  say(`${nameOf(brand)} is ready.`);
  $("kit-name").textContent = nameOf(brand);
  $("count").textContent = `${brand.files.length} files.`;
  show("book", brand.files.some((file) => file.path === "book/brand-book.pdf"));
  $("zip").onclick = () => download(brand.links.kit, "kit.zip", $("zip"));
  $("book").onclick = () => open_file(brand, "book/brand-book.pdf");
  $("erase").onclick = () => erase(brand);
  for (const part of ["kit", "foot"]) show(part);
  await Promise.all([overview(brand, mine), mine.hasColours || palette(brand, mine), concepts(brand, mine)]);
}

function end(title, text) {
  for (const part of ["work", "made"]) show(part, false);
  $("ended-name").textContent = title;
  $("ended-why").textContent = text;
  show("ended");
  say(`${title}. ${text}`);
}

async function picture(file, mine) {
  const blob = await (await call(file.href, { signal: mine.stop.signal })).blob();
  const url = URL.createObjectURL(blob);
  if (mine === current) mine.urls.push(url); else URL.revokeObjectURL(url);
  return url;
}

async function overview(brand, mine) {
  const file = brand.files.find((one) => one.path === "overview.png");
  if (!file) return;
  const image = $("overview");
  const url = await picture(file, mine).catch(() => "");
  if (mine !== current || !url) return;
  Object.assign(image, { src: url, alt: `The brand of ${nameOf(brand)} at a glance`, width: file.width || 1200, height: file.height || 825 });
  show("overview");
}

async function palette(brand, mine) {
  const path = `${API}/designs/${brand.id}/palette`;
  const told = await json(path, { signal: mine.stop.signal }).catch(() => null);
  if (mine !== current) return;
  mine.hasColours = Boolean(told);
  if (!told) return;
  const swatch = ({ name, rgb, oklch }) => {
    const entry = made("li", {}, made("b", {}, name), made("span", {}, rgb));
    entry.style.background = rgb;
    entry.style.color = oklch[0] > 0.62 ? "#261c0e" : "#fffdfb";
    return entry;
  };
  $("swatches").replaceChildren(...told.palette.swatches.map(swatch));
  show("made");
}

// The concepts in the order of the kit's own judgement, each with its idea.
async function concepts(brand, mine) {
  const about = brand.files.find((file) => file.path === "brand.json");
  const told = about ? await json(about.href, { signal: mine.stop.signal }).catch(() => ({})) : {};
  for (const one of told.concepts || []) {
    const inside = brand.files.filter((file) => file.path.startsWith(`${one.folder}/`) && file.path.endsWith(".svg"));
    const best = inside.find((file) => file.path.includes("horizontal-color")) || inside.find((file) => file.path.includes("color")) || inside[0];
    if (!best) continue;
    const entry = await concept(one.folder, best, mine);
    if (mine !== current) return;
    if (!entry) continue;
    entry.querySelector("img").alt = `${one.title}: ${one.idea}`;
    entry.querySelector("figcaption").replaceChildren(made("b", {}, one.title), one.idea);
    $("concepts").append(entry);
  }
}

// A concept is fetched and shown once, by the folder it lies in.
function concept(folder, file, mine) {
  if (!mine.concepts.has(folder)) mine.concepts.set(folder, draft(folder, file, mine));
  return mine.concepts.get(folder);
}

async function draft(folder, file, mine) {
  const url = await picture(file, mine).catch(() => "");
  if (mine !== current || !url) {
    mine.concepts.delete(folder);
    return null;
  }
  const image = made("img", { src: url, alt: "A concept" });
  const entry = made("li", {}, made("figure", {}, image, made("figcaption", {})));
  $("concepts").append(entry);
  for (const part of ["made", "concepts-title"]) show(part);
  return entry;
}

// A download needs the key, so it cannot be a plain link.
async function download(path, fallback, button) {
  button.disabled = true;
  try {
    const answer = await call(path);
    const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("content-disposition") || "");
    const url = URL.createObjectURL(await answer.blob());
    made("a", { href: url, download: named ? decodeURIComponent(named[1]) : fallback }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    say("The kit was downloaded.");
    show("fault-kit", false);
  } catch (why) {
    regret(why);
  } finally {
    button.disabled = false;
  }
}

async function open_file(brand, path) {
  const file = brand.files.find((one) => one.path === path);
  if (file) await download(file.href, path.split("/").pop(), $("book"));
}

function regret(why) {
  $("fault-kit").textContent = why.message;
  show("fault-kit");
}

function erase(brand) {
  $("sure-title").textContent = `Erase ${nameOf(brand)}?`;
  $("sure-yes").onclick = async () => {
    $("sure").close();
    try {
      await call(brand.links.self, { method: "DELETE" });
      location.hash = "";
      recall();
    } catch (why) {
      regret(why);
    }
  };
  $("sure").showModal();
}

async function cancel() {
  const { id } = current;
  $("cancel").disabled = true;
  await call(`${API}/brands/${id}/cancel`, { method: "POST" }).then(() => say("Stopping."), (why) => say(why.message));
  $("cancel").disabled = false;
}

// Small things.

const nameOf = (brand) => (brand.request && brand.request.company_name) || "A brand";

function made(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

$("door").addEventListener("submit", (event) => {
  event.preventDefault();
  key = $("key").value.trim();
  $("key").value = "";
  if (key) enter();
});
$("brief").addEventListener("submit", send);
$("picker").addEventListener("input", () => { $("primary_color").value = $("picker").value; });
$("primary_color").addEventListener("input", () => {
  const typed = $("primary_color").value.trim();
  if (/^#[0-9a-f]{6}$/i.test(typed)) $("picker").value = typed;
});
$("leave").addEventListener("click", () => leave());
$("sure-no").addEventListener("click", () => $("sure").close());
$("cancel").addEventListener("click", cancel);
window.addEventListener("hashchange", () => { if (location.hash.startsWith("#key=")) begin(); else look(); });
begin();
