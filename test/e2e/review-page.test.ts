import type { ReviewReport } from "@ecs-cost/core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderReviewPage } from "../../packages/cli/src/render/report/review/page/page.ts";
import { withNames } from "../support/arbitrary-review.ts";
import { bareReviewReport, reviewReport } from "../support/review-report.ts";
import { accessibilityBreaches, findChromium, openBrowser, openPage } from "./browser.ts";
import { runCli } from "./run-cli.ts";

/** The page that the command makes of the example's bill. */
const ofExample = async (): Promise<string> => {
  const bill = ["--bill", "examples/review/bill", "--workloads", "examples/review/workload.yaml", "--tag", "team"];
  return (await runCli(["review", "--month", "2026-10", ...bill, "--format", "html"])).stdout;
};

const drawn = (report: ReviewReport): string => [...renderReviewPage(report)].join("");
const RICH = drawn(reviewReport());
const BARE = drawn(bareReviewReport());

const MARKUP = `<img src=x onerror=alert(1)>"'--></script><script>alert(2)</script>`;
const HOSTILE = drawn(withNames(reviewReport(), () => MARKUP));
const LONG = drawn(withNames(reviewReport(), () => "x".repeat(300)));

const BACKGROUND = "getComputedStyle(document.body).backgroundColor";
const DESK = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 375, height: 740 }, hasTouch: true };

const program = findChromium();
const mustRun = process.env["CI"] === "true";
if (program === undefined && !mustRun) {
  process.stderr.write(
    "The page of a review was NOT opened in a browser: there is no Chromium (sh scripts/set-up-browser).\n",
  );
}

const firstColumn = (page: Page, table: string): Promise<string[]> =>
  page.locator(`${table} tbody tr:not([hidden]) td:first-child`).allInnerTexts();

const SERVICES = '[aria-label="Services"] table';

it("has a Chromium to be opened in, under CI at least", () => {
  expect(program !== undefined || !mustRun).toBe(true);
});

describe.skipIf(program === undefined && !mustRun)("the page of a review in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(program ?? "chromium");
  });
  afterAll(() => browser?.close());

  it.each([
    ["light", { ...DESK, colorScheme: "light" }, RICH],
    ["dark", { ...DESK, colorScheme: "dark" }, RICH],
    ["on a phone", { ...PHONE, colorScheme: "light" }, RICH],
    ["on a phone, dark", { ...PHONE, colorScheme: "dark" }, RICH],
    ["with next to nothing to tell", DESK, BARE],
  ] as const)("asks for nothing, tells no error and is accessible: %s", async (_, options, text) => {
    const { page, told, requests } = await openPage(browser, text, options);
    for (const fold of await page.locator("details").all())
      await fold.evaluate((each) => each.setAttribute("open", ""));
    expect(await accessibilityBreaches(page)).toEqual([]);
    expect([told, requests]).toEqual([[], []]);
    await page.context().close();
  });

  it("is accessible on paper, light whatever the screen is, with everything unfolded", async () => {
    const { page, told } = await openPage(browser, RICH, { ...DESK, colorScheme: "dark" });
    await page.emulateMedia({ media: "print" });
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator("details:not([open])").count()).toBe(0);
    expect(await page.evaluate(BACKGROUND)).toBe("rgb(255, 255, 255)");
    expect(await accessibilityBreaches(page)).toEqual([]);
    expect((await page.pdf()).length).toBeGreaterThan(20_000);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.locator("details[open]").count()).toBe(0);
    expect(told).toEqual([]);
    await page.context().close();
  });

  it("draws every chart, each with a title, a description and its table", async () => {
    const { page } = await openPage(browser, RICH, DESK);
    const charts = page.locator("svg.wide");
    expect(await charts.count()).toBe(5);
    for (const chart of await charts.all()) {
      expect((await chart.boundingBox())?.width).toBeGreaterThan(600);
      expect(await chart.locator("title").first().textContent()).not.toBe("");
      expect(await chart.locator("desc").textContent()).not.toBe("");
    }
    expect(await page.locator("figure details table").count()).toBe(5);
    expect(await page.locator("svg.wide circle.best").count()).toBe(2);
    await page.context().close();
  });

  it.each([
    ["on a desk", DESK],
    ["on a phone", PHONE],
  ])("is all of that for the example's bill too: %s", async (_, options) => {
    const { page, told, requests } = await openPage(browser, await ofExample(), options);
    expect(await page.locator("h1").textContent()).toBe("ECS costs of October 2026");
    expect(await page.locator(`svg.${options === DESK ? "wide" : "narrow"}:visible`).count()).toBe(4);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
    expect(await accessibilityBreaches(page)).toEqual([]);
    expect([told, requests]).toEqual([[], []]);
    await page.context().close();
  });

  it("has dark colours where they are wanted", async () => {
    const background = async (colorScheme: "light" | "dark"): Promise<unknown> => {
      const { page } = await openPage(browser, RICH, { ...DESK, colorScheme });
      const colour = await page.evaluate(BACKGROUND);
      await page.context().close();
      return colour;
    };
    expect(await background("dark")).not.toBe(await background("light"));
  });

  it("sorts by mouse and by keyboard, unknown ones last, and says how", async () => {
    const { page, told } = await openPage(browser, RICH, DESK);
    const names = await firstColumn(page, SERVICES);
    const header = (name: string) => page.locator(`${SERVICES} th`, { hasText: name }).first();
    await header("Cost").getByRole("button").click();
    expect(await header("Cost").getAttribute("aria-sort")).toBe("descending");
    expect((await firstColumn(page, SERVICES))[0]).toBe("production/checkout");
    await header("Cost").getByRole("button").click();
    expect(await header("Cost").getAttribute("aria-sort")).toBe("ascending");
    expect((await firstColumn(page, SERVICES))[0]).toBe("batch/reports");
    await header("Name").getByRole("button").focus();
    await page.keyboard.press("Enter");
    expect(await header("Name").getAttribute("aria-sort")).toBe("ascending");
    expect(await header("Cost").getAttribute("aria-sort")).toBeNull();
    expect(await firstColumn(page, SERVICES)).toEqual([...names].sort());
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    expect(await header("Change").getAttribute("aria-sort")).toBe("descending");
    expect((await firstColumn(page, SERVICES)).at(-1)).toBe("batch/reports");
    expect(told).toEqual([]);
    await page.context().close();
  });

  it("filters by what is typed and counts what is left", async () => {
    const { page } = await openPage(browser, RICH, DESK);
    const box = page.getByLabel("Filter Services");
    await box.focus();
    await page.keyboard.type("PRODUCTION s");
    expect((await firstColumn(page, SERVICES)).sort()).toEqual(["production/search", "production/storefront"]);
    expect(await page.locator(".filter", { has: box }).getByRole("status").textContent()).toBe("2 of 6 rows");
    await box.fill("");
    expect(await firstColumn(page, SERVICES)).toHaveLength(6);
    await page.context().close();
  });

  it("works without its script: every row is there and no promise is made", async () => {
    const { page } = await openPage(browser, RICH, { ...DESK, javaScriptEnabled: false });
    expect(await firstColumn(page, SERVICES)).toHaveLength(6);
    expect(await page.locator("button").count()).toBe(0);
    expect(await page.locator(".filter:visible").count()).toBe(0);
    await page.context().close();
  });

  it.each([
    ["ordinary names", RICH],
    ["names without a break", LONG],
    ["markup for names", HOSTILE],
  ])("fits a phone with %s", async (_, text) => {
    const { page } = await openPage(browser, text, PHONE);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
    expect(await page.locator("svg.narrow:visible").count()).toBe(5);
    expect(await page.locator("svg.wide:visible").count()).toBe(0);
    await page.context().close();
  });

  it("shows names that are markup as text", async () => {
    const { page, told, requests } = await openPage(browser, HOSTILE, DESK);
    await page.locator(`${SERVICES} th button`).first().click();
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("script").count()).toBe(1);
    expect((await firstColumn(page, SERVICES))[0]).toBe(MARKUP);
    expect([told, requests]).toEqual([[], []]);
    await page.context().close();
  });
});
