// What real tools make of our token files: node read.mjs FOLDER
//
// Prints one object: for each tool, what it found, under the names that our model has. A tool that complains ends the
// run; what it should have found is known to the test, not to this script.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2]);
const modules = createRequire(`${process.env.IMPRINT_CONSUMERS}/`);
const at = (name) => join(folder, "tokens", name);
const text = (name) => readFileSync(at(name), "utf8");
// Packages that are modules only have no entry that `require` finds.
const loadModule = (name, file) => import(pathToFileURL(join(process.env.IMPRINT_CONSUMERS, "node_modules", name, file)).href);

const THEMES = ["light", "dark", "high-contrast"];
const hexOf = (color) => color.hex ?? `#${color.components.map((part) => Math.round(part * 255).toString(16).padStart(2, "0")).join("")}`;

// Terrazzo refuses what the format's specification forbids.
async function terrazzo() {
  const { parse, defineConfig } = await loadModule("@terrazzo/parser", "dist/index.js");
  const config = defineConfig({}, { cwd: pathToFileURL(`${folder}/`) });
  const found = {};
  const whole = await parse([{ filename: pathToFileURL(at("brand.tokens.json")), src: text("brand.tokens.json") }], { config });
  for (const [id, token] of Object.entries(whole.tokens)) {
    const [group, kind, ...rest] = id.split(".");
    const name = kind === "brand" || kind === "logo" || kind === "scale" ? [kind, ...rest] : ["theme", kind, ...rest];
    if (group === "color" && kind !== "brand-p3") found[name.join(".")] = hexOf(token.$value);
  }
  return found;
}

// The same through the document that says how a theme comes about.
async function terrazzoResolver() {
  const { parse, defineConfig } = await loadModule("@terrazzo/parser", "dist/index.js");
  const config = defineConfig({}, { cwd: pathToFileURL(`${folder}/`) });
  const source = [{ filename: pathToFileURL(at("brand.resolver.json")), src: text("brand.resolver.json") }];
  const { resolver } = await parse(source, { config, req: async (file) => readFileSync(file, "utf8") });
  const found = {};
  for (const theme of THEMES) {
    for (const [id, token] of Object.entries(resolver.apply({ theme }))) {
      const role = id.match(/^color\.role\.(.+)$/);
      if (role) found[`theme.${theme}.${role[1]}`] = hexOf(token.$value);
    }
  }
  return found;
}

// Style Dictionary builds custom properties from hex values, and reads the objects of the whole file.
async function styleDictionary() {
  const { default: StyleDictionary } = await loadModule("style-dictionary", "lib/StyleDictionary.js");
  const log = { warnings: "error", verbosity: "verbose" };
  const flat = new StyleDictionary({ source: [at("brand.flat.json")], log, platforms: { css: { transformGroup: "css" } } });
  const found = {};
  for (const token of (await flat.getPlatformTokens("css")).allTokens) found[token.path.join(".")] = token.$value;
  const whole = new StyleDictionary({ source: [at("brand.tokens.json")], log, platforms: { js: { transforms: ["name/camel"] } } });
  for (const token of (await whole.getPlatformTokens("js")).allTokens) {
    if (token.path[0] === "font" && token.path[1] === "family") found[`font.${token.path[2]}.family`] = token.$value[0];
  }
  return found;
}

async function less() {
  const scales = [...text("brand.less").matchAll(/^@(scale|brand)-([\w-]+): #/gm)].map(([, group, name]) => [group, name]);
  const roles = [...text("brand.less").match(/@theme-dark: \{([^}]*)\}/)[1].matchAll(/^\s+([\w-]+):/gm)].map(([, role]) => role);
  const rules = scales.map(([group, name]) => `${group}-${name}: @${group}-${name};`);
  for (const theme of THEMES) rules.push(...roles.map((role) => `theme_${theme}_${role}: @theme-${theme}[${role}];`));
  const { css } = await modules("less").render(`${text("brand.less")}\n.all { ${rules.join("\n")} }`);
  return fromRules(css);
}

async function sass() {
  const list = `@use "sass:map";\n@use "brand";\n.all {
    @each $theme, $roles in (light: brand.$theme-light, dark: brand.$theme-dark, high-contrast: brand.$theme-high-contrast) {
      @each $role, $color in $roles { theme_#{$theme}_#{$role}: $color; }
    }
    brand-primary: brand.$brand-primary;
    @each $role, $set in brand.$text { size_#{$role}_rem: map.get($set, size); }
  }`;
  const { css } = modules("sass").compileString(list, { loadPaths: [join(folder, "tokens")] });
  return fromRules(css);
}

// `theme_dark_text: #fff` and `scale-neutral-50: #fff`, as both of the above write them.
function fromRules(css) {
  const found = {};
  for (const [, name, value] of css.matchAll(/^\s+([\w-]+): ([^;]+);/gm)) {
    const parts = name.includes("_") ? name.split("_") : name.match(/^(scale)-(.+)-(\d+)$|^(brand)-(.+)$/)?.slice(1).filter(Boolean);
    if (parts) found[parts.join(".")] = value.replace(/rem$/, "");
  }
  return found;
}

// A page is built with the theme; what its classes show is followed through the properties.
async function tailwind4() {
  const { compile } = await loadModule("tailwindcss", "dist/lib.mjs");
  const source = `@layer theme, utilities;\n${text("tailwind.css")}\n@tailwind utilities;`;
  const names = [...text("tailwind.css").matchAll(/--color-([\w-]+):/g)].map(([, name]) => name);
  const css = (await compile(source)).build([...names.map((name) => `bg-${name}`), "text-body", "font-display"]);
  const found = {};
  for (const theme of THEMES) {
    const properties = propertiesOf(css, theme);
    for (const name of names) {
      const shown = css.match(new RegExp(`\\.bg-${name} \\{\\s*background-color: var\\(--([\\w-]+)\\)`));
      if (!shown) throw new Error(`tailwind made no class for ${name}`);
      const value = properties[shown[1]];
      if (shown[1].startsWith("role-")) found[`theme.${theme}.${name}`] = value;
      else found[colorKey(name)] = value;
    }
  }
  return found;
}

function colorKey(name) {
  const [, group, rest] = name.match(/^(brand|logo)-(.+)$/) ?? [];
  return group ? `${group}.${rest}` : `scale.${name.replace(/-(\d+)$/, ".$1")}`;
}

function propertiesOf(css, theme) {
  const found = {};
  for (const [, selector, body] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const isTheme = selector.includes(`[data-theme="${theme}"]`);
    if (selector.includes("data-theme") && !isTheme) continue;
    for (const [, name, value] of body.matchAll(/--([\w-]+):\s*([^;]+);/g)) found[name] = value.trim();
  }
  return found;
}

async function tailwind3() {
  const preset = modules(at("tailwind.preset.cjs"));
  const names = Object.entries(preset.theme.extend.colors)
    .filter(([, value]) => typeof value === "object")
    .flatMap(([group, values]) => Object.keys(values).filter((key) => key !== "DEFAULT").map((key) => `${group}-${key}`));
  const content = [{ raw: names.map((name) => `bg-${name}`).join(" ") }];
  const plugin = modules("tailwindcss-3")({ presets: [preset], content, corePlugins: { preflight: false } });
  const { css } = await modules("postcss")([plugin]).process("@tailwind utilities;", { from: undefined });
  const found = {};
  for (const [, name, channels] of css.matchAll(/\.bg-([\w-]+) \{[^}]*rgb\(([\d ]+) \//g)) {
    found[colorKey(name)] = `#${channels.trim().split(" ").map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
  }
  return found;
}

async function yaml() {
  const brand = modules("yaml").parse(text("_brand.yml"));
  const found = { "font.text.family": brand.typography.base.family, "font.display.family": brand.typography.headings.family };
  for (const [id, color] of Object.entries(brand.color.palette)) found[id.replace("brand-", "brand.")] = color;
  for (const theme of ["light", "dark"]) {
    found[`theme.${theme}.text`] = brand.color.foreground[theme];
    found[`theme.${theme}.background`] = brand.color.background[theme];
    found[`theme.${theme}.primary`] = brand.color.primary[theme];
  }
  return found;
}

// The module is loaded, and its types must fit a program that uses them.
async function typescript() {
  const tokens = (await import(pathToFileURL(at("brand.mjs")).href)).default;
  const ts = modules("typescript");
  const use = join(folder, "use.mts");
  const source = 'import tokens from "./tokens/brand.mjs";\nexport const a: string = tokens.theme.dark["on-primary"];\nexport const b: number = tokens.size.body.rem;\n';
  const options = { strict: true, noEmit: true, types: [], module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, lib: ["lib.es2022.d.ts"] };
  const host = ts.createCompilerHost(options);
  const [read, exists] = [host.readFile, host.fileExists];
  host.readFile = (file) => (file === use ? source : read(file));
  host.fileExists = (file) => file === use || exists(file);
  const getSourceFile = host.getSourceFile;
  host.getSourceFile = (file, ...rest) => (file === use ? ts.createSourceFile(file, source, rest[0]) : getSourceFile(file, ...rest));
  const program = ts.createProgram([use], options, host);
  const said = ts.getPreEmitDiagnostics(program).map((one) => ts.flattenDiagnosticMessageText(one.messageText, "\n"));
  if (said.length) throw new Error(said.join("\n"));
  const found = {};
  for (const theme of THEMES) for (const [role, color] of Object.entries(tokens.theme[theme])) found[`theme.${theme}.${role}`] = color;
  for (const [id, color] of Object.entries(tokens.brand)) found[`brand.${id}`] = color;
  return found;
}

const tools = { terrazzo, terrazzoResolver, styleDictionary, less, sass, tailwind4, tailwind3, yaml, typescript };
const answers = {};
for (const [name, tool] of Object.entries(tools)) {
  try {
    answers[name] = await tool();
  } catch (why) {
    console.error(`${name}: ${why.stack ?? why}`);
    process.exit(1);
  }
}
console.log(JSON.stringify(answers));
