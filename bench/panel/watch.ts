/** Milliseconds after what began it. */
export interface Settled {
  /** Until the first frame after new numbers had come; undefined where none were asked for. */
  readonly numbers: number | undefined;
  /** Until the last frame that changed anything, when everything that was asked for it had its answer. */
  readonly painted: number;
}

/** What came of opening the panel, on the page's own clock. */
export interface Opened {
  /** When the webview's script had arrived, before its first line. */
  readonly arrived: number;
  /** The first frame with anything of the panel; the first after the numbers; the last that changed anything. */
  readonly first: number;
  readonly numbers: number;
  readonly painted: number;
  /** Between the page's clock and that of the other frames. */
  readonly origin: number;
}

export interface Asked {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}

/** What stands in the page for whoever measures. */
export interface Watch {
  readonly asked: Asked[];
  readonly answered: number[];
  readonly opened: Promise<Opened>;
  /** Does something and says when its answer was on screen. */
  follow(act: () => void): Promise<Settled>;
}

export interface WatchedWindow extends Window {
  keptWatch?: Watch;
}

/** Runs in every frame before its page: finds the panel's by what the editor gives it, and notes what is asked and painted. */
export function watchPanel(): void {
  const asked: Asked[] = [];
  const answered: number[] = [];
  const summaries = new Set<number>();
  let hasNumbers = false;

  /** After the next frame was handed over to be painted, with what had been answered when it was drawn. */
  const frame = () =>
    new Promise<{ at: number; answers: number; open: number; hasNumbers: boolean }>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        const answers = answered.length;
        const drawn = { answers, open: asked.length - answers, hasNumbers };
        port1.onmessage = () => resolve({ at: performance.now(), ...drawn });
        port2.postMessage(undefined);
      });
    });

  /** Everything that is drawn, through all shadow roots. */
  const looks = (root: ParentNode): string =>
    [...root.querySelectorAll("*")]
      .map((element) => {
        const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
        const drawn = element.getAttribute("d") ?? "";
        const text = own.map(({ textContent }) => textContent).join("");
        return element.localName + drawn + text + (element.shadowRoot ? looks(element.shadowRoot) : "");
      })
      .join("|");

  /** Goes on until everything that was asked is answered, and what followed was drawn. */
  const settle = async (needsNumbers: boolean) => {
    let now = await frame();
    let painted = now.at;
    let numbers = now.hasNumbers ? now.at : undefined;
    let [before, seen] = [looks(document), now.answers];
    // What follows from its own width is drawn a frame later.
    for (let calm = 0; calm < 2 || (needsNumbers && numbers === undefined);) {
      now = await frame();
      if (now.hasNumbers) numbers ??= now.at;
      const isNew = now.answers !== seen;
      calm = now.open === 0 && !isNew ? calm + 1 : 0;
      if (!isNew && now.open > 0) continue;
      const after = looks(document);
      if (after !== before) painted = now.at;
      [before, seen] = [after, now.answers];
    }
    return { painted, numbers };
  };

  const follow = async (act: () => void): Promise<Settled> => {
    const began = performance.now();
    hasNumbers = false;
    act();
    const { painted, numbers } = await settle(false);
    return { painted: painted - began, numbers: numbers === undefined ? undefined : numbers - began };
  };

  const open = async (): Promise<Opened> => {
    const script = performance
      .getEntriesByType("resource")
      .find((entry) => entry.name.endsWith("/panel.js")) as PerformanceResourceTiming | undefined;
    if (!script) throw new Error("the panel's script is not known to have come");
    let first = (await frame()).at;
    while (!document.querySelector("kept-panel")?.shadowRoot?.childElementCount) first = (await frame()).at;
    const { painted, numbers } = await settle(true);
    return { arrived: script.responseEnd, first, numbers: numbers!, painted, origin: performance.timeOrigin };
  };

  type Acquire = () => { postMessage(message: { type?: string } & Asked): void };
  let given: Acquire | undefined;
  Object.defineProperty(window, "acquireVsCodeApi", {
    configurable: true,
    get: () => given,
    set: (acquire: Acquire) => {
      given = () => {
        const editor = acquire();
        // Only now: the page is written into a document that loses its listeners with that.
        window.addEventListener(
          "message",
          ({ data }: MessageEvent<{ type?: string; id?: number } | null>) => {
            if (data?.type !== "answer") return;
            answered.push(data.id!);
            if (summaries.has(data.id!)) hasNumbers = true;
          },
        );
        const watch: Watch = {
          asked,
          answered,
          opened: open(),
          follow,
        };
        (window as WatchedWindow).keptWatch = watch;
        return {
          ...editor,
          postMessage: (message) => {
            if (message.type === "ask") {
              asked.push({ id: message.id, method: message.method, params: message.params });
              if (message.method === "summary") summaries.add(message.id);
            }
            editor.postMessage(message);
          },
        };
      };
    },
  });
}
