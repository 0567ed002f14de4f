import type { Page } from "playwright-core";

/** Whether what has the focus looks as it does without: nothing of it is outlined. */
export function isFocusUnseen(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    if (!focused) return true;
    // A chart that is walked may mark a part of itself.
    return ![focused, ...focused.querySelectorAll("*")].some((element) => {
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
      return outlineStyle !== "none" && outlineWidth !== "0px" && !/, 0\)$/.test(outlineColor);
    });
  });
}

/**
 * The numbers and pictures on the page behind which nothing can be listed, by what they are called, and the numbers of
 * tables and legends that open nothing of their own; a chart's table opens what the chart does.
 */
export function findWithoutRows(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const definitionOf = (element: Element) =>
      (element as unknown as { definition?: { name: string; behind?: unknown } }).definition;
    const look = (element: Element, opens: boolean, figure: string) => {
      if (!element.checkVisibility()) return;
      const definition = definitionOf(element);
      const isNumber = element.localName === "kept-explained";
      if (isNumber && definition && !definition.behind) found.add(definition.name);
      const own = element.localName === "kept-figure" ? (definition?.name ?? "") : figure;
      const words = (element.textContent ?? "").trim().replace(/\s+/g, " ");
      const isBare = element.matches("td:not(:has(kept-explained, time)), dd, .number") && !opens;
      if (isBare && !isNumber && /^[^\p{L}]*\p{N}/u.test(words)) found.add(`numbers in ${own}`);
      const hasRows = element.parentElement && definitionOf(element.parentElement)?.behind;
      const inner = opens || isNumber || (element.slot === "table" && hasRows !== undefined);
      for (const child of [...(element.shadowRoot?.children ?? []), ...element.children])
        look(child, inner, own);
    };
    look(document.body, false, "");
    return [...found].sort();
  });
}

/**
 * What on the page does not say what it is: a number without its meaning, window or sample; a number in a table or a
 * list that opens nothing and stands in nothing that does; a picture without title, definition, words or keyboard.
 */
export function findUnexplained(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    type Chain = readonly Element[];
    const chains: Chain[] = [];
    const childrenOf = (element: Element): Iterable<Element> => {
      const assigned = element instanceof HTMLSlotElement ? element.assignedElements() : [];
      return assigned.length > 0 ? assigned : (element.shadowRoot ?? element).children;
    };
    const collect = (element: Element, outside: Chain) => {
      if (!element.checkVisibility()) return;
      const chain = [...outside, element];
      chains.push(chain);
      for (const child of childrenOf(element)) collect(child, chain);
    };
    collect(document.body, []);

    const placeOf = (chain: Chain) =>
      chain.flatMap(({ localName }) => (localName.startsWith("kept-") ? localName : [])).join(" ");
    const inside = (element: Element) =>
      chains.filter((chain) => chain.includes(element)).map((chain) => chain.at(-1)!);
    const textOf = (element: Element) => (element.textContent ?? "").trim().replace(/\s+/g, " ");
    const partsOf = (element: Element) =>
      element as unknown as {
        readonly definition?: Readonly<Record<string, string | undefined>>;
        readonly heading?: string;
      };
    const undefinedParts = (element: Element) =>
      ["name", "meaning", "window", "sample"].filter((part) => !partsOf(element).definition?.[part]?.trim());

    const numbers = chains.flatMap((chain) => {
      const element = chain.at(-1)!;
      if (element.localName === "kept-explained") {
        const missing = undefinedParts(element);
        return missing.length > 0 ? [`${placeOf(chain)} has no ${missing.join(", ")}`] : [];
      }
      // A day is no number.
      if (!element.matches("td:not(:has(time)), dd") || !/^[^\p{L}]*\p{N}/u.test(textOf(element))) return [];
      const opens = [...chain, ...inside(element)].some(({ localName }) =>
        ["kept-explained", "kept-figure"].includes(localName),
      );
      return opens ? [] : [`${placeOf(chain)}: ${textOf(element).slice(0, 60)} opens nothing`];
    });

    const named = "[role='img'][aria-label]";
    const isKept = ({ localName }: Element) => localName.startsWith("kept-");
    const pictures = chains.flatMap((chain) => {
      const svg = chain.at(-1)!;
      // What is hidden beside words, in a legend or a row, is said by these.
      if (!(svg instanceof SVGSVGElement) || svg.getBoundingClientRect().width < 48) return [];
      const figure = chain.findLast(({ localName }) => localName === "kept-figure");
      const isNamed =
        inside(chain.findLast(isKept)!).some(({ localName }) => localName === "kept-explained") ||
        svg.matches(named);
      if (!figure) return isNamed ? [] : [`${placeOf(chain)}: a picture stands in no figure`];
      const within = inside(figure);
      const has = (selector: string) => within.some((element) => element.matches(selector));
      const wrong = [
        ...(partsOf(figure).heading?.trim() ? [] : ["title"]),
        ...undefinedParts(figure),
        ...(has("table, dl, ul, ol, button[aria-controls='table']") || svg.matches(named) ? [] : ["table"]),
        ...(has("[role='slider'][aria-valuetext], [role='img'][aria-label], table, dl, ul, ol")
          ? []
          : ["words"]),
        ...(has("[tabindex='0'], kept-explained") ? [] : ["keyboard"]),
      ];
      return wrong.length > 0 ? [`${placeOf(chain)}: a picture has no ${wrong.join(", ")}`] : [];
    });
    return [...new Set([...numbers, ...pictures])];
  });
}

/** Every number that opens a list of edits, in reading order, by what it is called. */
export function numbersWithEdits(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: HTMLElement[] = [];
    const walk = (root: ParentNode) => {
      for (const element of root.querySelectorAll<HTMLElement>("*")) {
        const { definition } = element as { definition?: { behind?: unknown } };
        if (element.localName === "kept-explained" && definition?.behind && element.checkVisibility())
          found.push(element);
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    Object.assign(window, { findNumbers: () => ((found.length = 0), walk(document), found) });
    return found.map(({ shadowRoot }) => shadowRoot!.querySelector("button")!.ariaLabel!);
  });
}

/** Puts the focus on one of them, and says which it is. */
export function focusNumber(page: Page, index: number): Promise<string | null> {
  return page.evaluate((place) => {
    const number = (window as unknown as { findNumbers(): HTMLElement[] }).findNumbers()[place]!;
    number.focus();
    return number.shadowRoot!.querySelector("button")!.ariaLabel;
  }, index);
}

/** What that has the focus is called. */
export function focusedName(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused === document.body ? null : (focused?.ariaLabel ?? focused?.textContent.trim() ?? null);
  });
}
