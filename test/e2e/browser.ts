import { accessSync, constants, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The Chromium of this machine, by `CHROMIUM` or the path; undefined where there is none. */
export const findChromium = (): string | undefined => {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const named = process.env["CHROMIUM"];
  const all = [
    ...(named === undefined ? [] : [named]),
    ...NAMES.flatMap((name) => folders.map((at) => join(at, name))),
  ];
  return all.find(isProgram);
};

/** Opens it with nothing that it does of its own accord. */
export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    headless: true,
    args: [
      ...["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
      ...["--disable-component-update", "--disable-sync", "--disable-quic"],
    ],
  });

/** An opened file with what it told and asked for. */
export interface OpenedPage {
  readonly page: Page;
  /** Messages of the console, errors and dialogs. */
  readonly told: readonly string[];
  /** Addresses that were asked for besides the file itself. */
  readonly requests: readonly string[];
}

/** Opens a page from a file, as someone does who got it by mail. */
export const openPage = async (
  browser: Browser,
  text: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> => {
  const file = join(mkdtempSync(join(tmpdir(), "ecs-cost page ")), "review.html");
  writeFileSync(file, text);
  const address = pathToFileURL(file).href;
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const told: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => told.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => told.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    told.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== address) requests.push(request.url());
  });
  await page.goto(address);
  return { page, told, requests };
};

/** Breaches of the rules of WCAG A and AA and of good practice, each with the elements it is about. */
export const accessibilityBreaches = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: rules } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> };
    };
    const { violations } = await rules.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ""}`),
    );
  });
};
