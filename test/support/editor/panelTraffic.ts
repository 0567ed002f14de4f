import type { FrameLocator, Page } from "playwright-core";

/** What the panel asked of its host, and what it was told. */
export interface Traffic {
  readonly asked: readonly { readonly id: number; readonly method: string; readonly params: unknown }[];
  readonly answered: readonly number[];
  /** Errors that nothing in the page caught. */
  readonly errors: readonly string[];
}

interface Watched extends Window {
  keptTraffic?: {
    asked: { id: number; method: string; params: unknown }[];
    answered: number[];
    errors: string[];
  };
}

/** Notes in every frame what passes between a webview and the editor. To be called before the page is opened. */
export async function watchTraffic(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const traffic = { asked: [] as never[], answered: [] as number[], errors: [] as string[] };
    (window as unknown as Watched).keptTraffic = traffic;
    const listen = () => {
      window.addEventListener("message", ({ data }: MessageEvent<{ type?: string; id?: number } | null>) => {
        if (data?.type === "answer") traffic.answered.push(data.id!);
      });
      window.addEventListener("error", ({ message }) => {
        // The browser's word for a layout that takes another frame.
        if (!message.startsWith("ResizeObserver loop")) traffic.errors.push(message);
      });
      window.addEventListener("unhandledrejection", ({ reason }) => traffic.errors.push(String(reason)));
    };
    type Acquire = () => { postMessage(message: { type?: string }): void };
    let given: Acquire | undefined;
    Object.defineProperty(window, "acquireVsCodeApi", {
      configurable: true,
      get: () => given,
      set: (acquire: Acquire) => {
        given = () => {
          const editor = acquire();
          // Only now: the page is written into a document that loses its listeners with that.
          listen();
          return {
            ...editor,
            postMessage: (message) => {
              if (message.type === "ask") traffic.asked.push(message as never);
              editor.postMessage(message);
            },
          };
        };
      },
    });
  });
}

export async function trafficOf(panel: FrameLocator): Promise<Traffic> {
  return panel.locator("body").evaluate(() => {
    const found = (window as unknown as Watched).keptTraffic;
    if (!found) throw new Error("nobody watches this page");
    return found;
  });
}
