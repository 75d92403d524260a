// Does in Visual Studio Code what a writer does, and asserts what the writer must see.
//
// Usage: node drive.cjs PLACE SCRATCH VSIX, where PLACE/node_modules has code-server and SCRATCH/handbook the pages.

const assert = require("node:assert/strict");
const { execFileSync, spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");

const [place, scratch, vsix] = process.argv.slice(2).map((word) => path.resolve(word));
const handbook = path.join(scratch, "handbook");
const port = 18_471;
const patience = 60_000;
const codeServer = [
  path.join(place, "node_modules/code-server/out/node/entry.js"),
  "--user-data-dir", path.join(scratch, "data"),
  "--extensions-dir", path.join(scratch, "extensions"),
  "--config", path.join(scratch, "config.yaml"),
];

function settings() {
  fs.mkdirSync(path.join(scratch, "data/User"), { recursive: true });
  const set = {
    "waypost.path": process.env.WAYPOST,
    "security.workspace.trust.enabled": false,
    "workbench.startupEditor": "none",
    "chat.disableAIFeatures": true,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "telemetry.telemetryLevel": "off",
  };
  fs.writeFileSync(path.join(scratch, "data/User/settings.json"), JSON.stringify(set));
}

async function main() {
  settings();
  execFileSync(process.execPath, [...codeServer, "--install-extension", vsix], { stdio: "inherit" });
  const server = spawn(process.execPath, [...codeServer, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`, handbook], {
    stdio: "ignore",
    detached: true,
  });
  let browser;
  try {
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
    const page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
    await open(page);
    await findsTheBrokenCell(page);
    await fixes(page, {
      name: "itil.md",
      words: "what begins with `/` is an address",
      becomes: "security.md#identity-and-access",
      errorsLeft: 2,
    });
    await fixes(page, {
      name: "service-description.md",
      words: "there is no file `tidewater/prepare/support.md`",
      becomes: "../operate/support.md",
      errorsLeft: 1,
    });
    await showsTheCoverage(page);
    console.log("4 passed, 0 failed");
  } finally {
    if (browser) {
      for (const page of browser.contexts().flatMap((context) => context.pages())) await capture(page, "last");
      await browser.close();
    }
    process.kill(-server.pid);
  }
}

async function open(page) {
  const until = Date.now() + patience;
  for (;;) {
    try {
      await page.goto(`http://127.0.0.1:${port}/?folder=${handbook}`);
      break;
    } catch (problem) {
      if (Date.now() > until) throw problem;
      await page.waitForTimeout(500);
    }
  }
  await page.waitForSelector(".monaco-workbench .statusbar", { timeout: patience });
  await openPage(page, "itil.md");
}

async function openPage(page, name) {
  await page.keyboard.press("Control+P");
  await page.waitForSelector(".quick-input-widget input");
  await page.keyboard.type(name);
  await page.waitForSelector(`.quick-input-list .monaco-list-row[aria-label*="${name}"]`, { timeout: patience });
  await page.keyboard.press("Enter");
  await page.waitForSelector(`.tab.active[data-resource-name="${name}"]`, { timeout: patience });
}

async function command(page, title) {
  await page.keyboard.press("F1");
  await page.waitForSelector(".quick-input-widget input");
  await page.keyboard.type(title);
  await page.waitForSelector(`.quick-input-list .monaco-list-row[aria-label*="${title}"]`, { timeout: patience });
  await page.keyboard.press("Enter");
}

const statusItem = '.statusbar [id$="waypost.count"] a';
const problem = (words) => `.markers-panel .monaco-list-row:has-text("${words}")`;

async function findsTheBrokenCell(page) {
  await command(page, "Problems: Focus on Problems View");
  await page.waitForSelector(problem("this cell holds a placeholder"), { timeout: patience });
  // Of a page that nobody has opened.
  await page.waitForSelector(problem("service-description.md"), { timeout: patience });
  await page.waitForSelector(`${statusItem}[aria-label*="3 errors"]`, { timeout: patience });
  await capture(page, "problems");
}

async function fixes(page, { name, words, becomes, errorsLeft }) {
  await openPage(page, name);
  await command(page, "Problems: Focus on Problems View");
  await page.dblclick(problem(words), { timeout: patience });
  await page.waitForTimeout(500);
  await page.keyboard.press("Control+.");
  await page.waitForSelector(".action-widget .monaco-list-row", { timeout: patience });
  await capture(page, `${name}-quick-fix`);
  await page.keyboard.press("Enter");
  await page.waitForSelector(`.view-line:has-text("${becomes}")`, { timeout: patience });
  await page.waitForSelector(problem(words), { state: "detached", timeout: patience });
  await page.waitForSelector(`${statusItem}[aria-label*="${errorsLeft} errors"]`, { timeout: patience });
  await capture(page, `${name}-fixed`);
}

async function showsTheCoverage(page) {
  await command(page, "waypost: Show coverage");
  await page.waitForSelector('.quick-input-list .monaco-list-row[aria-label*="itil-v3"]', { timeout: patience });
  await page.keyboard.type("itil-v3");
  await page.keyboard.press("Enter");
  await page.waitForSelector('.tab.active[aria-label*="Coverage"]', { timeout: patience });
  const shown = async () => {
    for (const frame of page.frames()) {
      const text = await frame.evaluate(() => document.body?.innerText ?? "").catch(() => "");
      if (text.includes("Incident management")) return text;
    }
  };
  const until = Date.now() + patience;
  while (!(await shown())) {
    assert(Date.now() < until, "the page of the coverage names the processes");
    await page.waitForTimeout(200);
  }
  await capture(page, "coverage");
}

async function capture(page, name) {
  await page.screenshot({ path: path.join(place, `${name}.png`) }).catch(() => {});
}

main().catch((problem) => {
  console.error(problem);
  process.exitCode = 1;
});
