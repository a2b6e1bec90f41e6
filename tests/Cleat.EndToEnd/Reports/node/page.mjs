// Opens a page in Debian's Chromium, twice with scripts and once without, and prints what was seen as JSON: page.mjs MODULES PAGE SEARCH
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
const [modules, page, search] = process.argv.slice(2);
const require = createRequire(modules + "/");
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const seen = [];
for (const [width, colorScheme, javaScriptEnabled] of [[360, "light", true], [1440, "dark", true], [360, "dark", false]]) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled });
  const tab = await context.newPage();
  const messages = [], requests = [];
  tab.on("console", m => messages.push(`${m.type()}: ${m.text()}`));
  tab.on("pageerror", e => messages.push(String(e)));
  tab.on("request", r => requests.push(r.url()));
  const begin = performance.now();
  await tab.goto("file://" + page);
  const milliseconds = Math.round(performance.now() - begin);
  const one = { width, colorScheme, javaScriptEnabled, milliseconds };
  one.findings = await tab.locator(".finding").count();
  one.filter = await tab.locator("form.filter").isVisible();
  one.background = await tab.locator("body").evaluate(b => getComputedStyle(b).backgroundColor);
  one.overflow = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (javaScriptEnabled) {
    await tab.keyboard.press("Tab");
    one.first = await tab.evaluate(() => document.activeElement.textContent);
    await tab.keyboard.press("/");
    one.focused = await tab.evaluate(() => document.activeElement.name ?? "");
    await tab.keyboard.insertText(search);
    await tab.waitForFunction(() => document.getElementById("shown").textContent.includes(" of "));
    one.shown = await tab.locator(".finding:not([hidden])").count();
    one.status = await tab.locator("#shown").textContent();
    if (one.findings > 1000) {
      // its rules look at every element: minutes
      seen.push({ ...one, violations: [], messages, requests });
      await context.close();
      continue;
    }

    await tab.fill("input[name=search]", "");
    await tab.selectOption("select[name=severity]", "note");
    await tab.waitForFunction(() => document.querySelectorAll('.finding:not([hidden]):not([data-severity="note"])').length === 0);
    one.notes = await tab.locator(".finding:not([hidden])").count();
    await tab.selectOption("select[name=severity]", "");
    await tab.waitForFunction(() => document.getElementById("shown").textContent.startsWith("All "));
    await tab.evaluate(axe);
    one.violations = (await tab.evaluate(() => window.axe.run())).violations.map(v => `${v.id}: ${v.nodes[0].html}`);
  }
  seen.push({ ...one, messages, requests });
  await context.close();
}
await browser.close();
console.log(JSON.stringify(seen));
