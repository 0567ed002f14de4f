import type { Page } from "playwright-core";

/** What a person would notice of the page: texts, attributes, what is open and how far it is scrolled. */
export function readPage(page: Page): Promise<string> {
  return page.evaluate(() => {
    const read = (node: Node): string => {
      if (node instanceof Text) return node.data.trim();
      if (!(node instanceof Element || node instanceof ShadowRoot)) return "";
      const inner = [...node.childNodes].map(read).join("");
      if (node instanceof ShadowRoot) return inner;
      const attributes = [...node.attributes].map(({ name, value }) => `${name}=${value}`).join(" ");
      const open = node.matches(":popover-open") ? "open" : "";
      const scrolled = node.scrollTop + node.scrollLeft;
      return `<${node.localName} ${attributes} ${open} ${scrolled}>${node.shadowRoot ? read(node.shadowRoot) : ""}${inner}`;
    };
    return read(document.body);
  });
}

/** Numbers everything that can be seen and used, in `data-control`, in reading order, and says what each is. */
export function markControls(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const controls: string[] = [];
    const walk = (element: Element) => {
      if (element instanceof HTMLElement) mark(element);
      const inside = element instanceof HTMLSlotElement ? element.assignedElements() : [...element.children];
      for (const child of element.shadowRoot?.children ?? inside) walk(child);
    };
    const mark = (element: HTMLElement) => {
      delete element.dataset["control"];
      const usable =
        element.matches("button, select, a, summary, input, textarea, [tabindex='0']") &&
        element.tabIndex >= 0;
      if (!usable || !element.checkVisibility({ visibilityProperty: true })) return;
      element.dataset["control"] = String(controls.length);
      controls.push(`${element.localName} "${element.ariaLabel ?? element.textContent.trim()}"`);
    };
    walk(document.body);
    return controls;
  });
}

/** The number of the control that has the focus. */
export function focusedControl(page: Page): Promise<number | undefined> {
  return page.evaluate(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    const control = focused instanceof HTMLElement ? focused.dataset["control"] : undefined;
    return control === undefined ? undefined : Number(control);
  });
}
