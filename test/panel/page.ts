import type { Browser, Page } from "playwright-core";
import type { PanelBundle } from "./bundle.ts";
import type { FakeHost } from "./fakeHost.ts";
import { fonts, themes, type ThemeName } from "./themes.ts";

const origin = "http://panel.test";
/** What the extension's page allows: its own files and nothing else. */
const policy = [
  "default-src 'none'",
  `script-src ${origin}`,
  `style-src ${origin}`,
  `font-src ${origin}`,
  `img-src ${origin}`,
].join("; ");

export interface Setting {
  readonly theme: ThemeName;
  readonly width: number;
  readonly height?: number;
  /** What the editor kept of an earlier visit. */
  readonly stored?: unknown;
  readonly reducedMotion?: boolean;
  /** For measuring; else it is always the same afternoon. */
  readonly isClockReal?: boolean;
}

export interface OpenPanel {
  readonly page: Page;
  /** Every rule of the page's policy that something ran against. */
  violations(): Promise<readonly string[]>;
  /** What the panel asked the editor to keep. */
  stored(): Promise<unknown>;
  /** Errors and warnings of the page. */
  readonly complaints: readonly string[];
}

interface PageWithRecords extends Window {
  violations: string[];
  stored: unknown;
  tellHost(message: unknown): Promise<void>;
}

/** Opens the panel in a page like the extension's, without any server: every file is answered from memory. */
export async function openPanel(
  browser: Browser,
  bundle: PanelBundle,
  host: Pick<FakeHost, "attach">,
  { theme, width, height = 900, stored, reducedMotion = true, isClockReal = false }: Setting,
): Promise<OpenPanel> {
  const page = await browser.newPage({
    viewport: { width, height },
    reducedMotion: reducedMotion ? "reduce" : "no-preference",
    locale: "en-US",
  });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  if (!isClockReal) await page.clock.setFixedTime(new Date("2026-11-20T15:20:00"));
  await host.attach(page);
  await page.addInitScript((remembered) => {
    const records = window as unknown as PageWithRecords;
    records.violations = [];
    records.stored = remembered;
    document.addEventListener("securitypolicyviolation", (event) =>
      records.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
    Object.assign(window, {
      acquireVsCodeApi: () => ({
        postMessage: (message: unknown) => void records.tellHost(message),
        getState: () => records.stored,
        setState: (value: unknown) => (records.stored = value),
      }),
    });
  }, stored);
  const files = new Map([
    ["/", { contentType: "text/html", body: markup(theme) }],
    ["/theme.css", { contentType: "text/css", body: themeStyles() }],
    ["/panel.css", { contentType: "text/css", body: bundle.styles }],
    ["/panel.js", { contentType: "text/javascript", body: bundle.script }],
  ]);
  await page.route(`${origin}/**`, async (route) => {
    const file = files.get(new URL(route.request().url()).pathname);
    await route.fulfill(file ?? { status: 404, body: "" });
  });
  await page.goto(`${origin}/`);
  return {
    page,
    complaints,
    violations: () => page.evaluate(() => (window as unknown as PageWithRecords).violations),
    stored: () => page.evaluate(() => (window as unknown as PageWithRecords).stored),
  };
}

/** Changes the theme as the editor does: the variables and the body's class, under a page that stays. */
export async function changeTheme(page: Page, theme: ThemeName): Promise<void> {
  await page.evaluate(
    ([name, bodyClass]) => {
      document.documentElement.dataset["theme"] = name;
      document.body.className = bodyClass;
    },
    [theme, themes[theme].bodyClass] as const,
  );
}

function markup(theme: ThemeName): string {
  return `<!DOCTYPE html>
<html lang="en" data-theme="${theme}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <title>Kept</title>
    <link rel="stylesheet" href="/theme.css">
    <link rel="stylesheet" href="/panel.css">
  </head>
  <body class="${themes[theme].bodyClass}">
    <kept-panel></kept-panel>
    <script type="module" src="/panel.js"></script>
  </body>
</html>`;
}

/** What the editor itself gives a page: its variables, and the ground of a side bar or of an editor. */
function themeStyles(): string {
  const variables = (values: Readonly<Record<string, string>>) =>
    Object.entries(values)
      .map(([name, value]) => `--vscode-${name}: ${value};`)
      .join(" ");
  const perTheme = Object.entries(themes).map(
    ([name, { colours }]) => `html[data-theme="${name}"] { ${variables(colours)} }`,
  );
  return `${perTheme.join("\n")}
html { ${variables(fonts)} }
body { padding: 0 20px; background: var(--vscode-editor-background); }
@media (max-width: 600px) { body { background: var(--vscode-sideBar-background); } }`;
}
