import type { FrameLocator } from "playwright-core";

/** A thing in the panel that can be pressed or chosen. */
export interface Control {
  /** Its kind and its name, and which of those that are called the same. */
  readonly key: string;
  readonly name: string;
  /** How many of the same kind and name come before it in the same place: rows of a table have the same. */
  readonly nth: number;
  readonly kind: "button" | "link" | "select" | "summary";
}

const attribute = "data-control-under-test";

/** Every control that can be seen, through all shadow roots; each is marked so that it can be found again. */
export async function controlsIn(panel: FrameLocator): Promise<Control[]> {
  return panel.locator("body").evaluate((body, mark) => {
    const found: { key: string; name: string; nth: number; kind: Control["kind"] }[] = [];
    const counts = new Map<string, number>();
    const kindOf = (element: Element): Control["kind"] | undefined => {
      const name = element.localName;
      if (name === "button" || name === "vscode-button" || element.getAttribute("role") === "button")
        return "button";
      if (name === "a" && element.hasAttribute("href")) return "link";
      return name === "select" || name === "summary" ? name : undefined;
    };
    const walk = (root: ParentNode, within: string) => {
      for (const element of root.querySelectorAll("*")) {
        element.removeAttribute(mark);
        const kind = kindOf(element);
        const label = element.closest("[aria-labelledby], section, tr, li")?.localName ?? "";
        if (kind && (element as HTMLElement).checkVisibility({ visibilityProperty: true })) {
          const text = element.getAttribute("aria-label") ?? element.textContent;
          const name = (kind === "select" ? element.getAttribute("aria-label")! : text)
            .trim()
            .replace(/\s+/g, " ");
          const known = `${within} ${label} ${kind} ${name}`;
          const count = counts.get(known) ?? 0;
          counts.set(known, count + 1);
          const key = `${known} ${count}`;
          element.setAttribute(mark, key);
          found.push({ key, name, nth: count, kind });
        }
        // What a ready-made button is made of is no control of its own.
        if (element.shadowRoot && kind === undefined)
          walk(element.shadowRoot, `${within}/${element.localName}`);
      }
    };
    walk(body, "");
    return found;
  }, attribute);
}

export function locate(panel: FrameLocator, { key }: Control) {
  return panel.locator(`[${attribute}=${JSON.stringify(key)}]`).first();
}

/** What can be seen of the panel, in one text: it is another when anything changed. */
export async function looksOf(panel: FrameLocator): Promise<string> {
  return panel.locator("body").evaluate((body, mark) => {
    const parts: string[] = [];
    const walk = (root: ParentNode) => {
      for (const element of root.querySelectorAll("*")) {
        parts.push(element.localName);
        for (const { name, value } of element.attributes) if (name !== mark) parts.push(name, value);
        if (element instanceof HTMLSelectElement || element instanceof HTMLInputElement)
          parts.push(element.value);
        for (const node of element.childNodes)
          if (node.nodeType === Node.TEXT_NODE) parts.push(node.textContent!);
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(body);
    return parts.join("\u0000");
  }, attribute);
}
