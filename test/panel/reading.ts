import type { Page } from "playwright-core";

/** What a person would notice of the page: every text, attribute and opened thing, through all shadow roots. */
export function readPage(page: Page): Promise<string> {
  return page.evaluate(() => {
    const read = (node: Node): string => {
      if (node instanceof Text) return node.data.trim();
      if (!(node instanceof Element || node instanceof ShadowRoot)) return "";
      const inner = [...node.childNodes].map(read).join("");
      if (node instanceof ShadowRoot) return inner;
      const attributes = [...node.attributes].map(({ name, value }) => `${name}=${value}`).join(" ");
      const open = node.matches(":popover-open") ? "open" : "";
      return `<${node.localName} ${attributes} ${open}>${node.shadowRoot ? read(node.shadowRoot) : ""}${inner}`;
    };
    return read(document.body);
  });
}

/** Numbers everything that can be seen and used, in `data-control`, and says what each is. */
export function markControls(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const controls: string[] = [];
    const search = (root: ParentNode) => {
      for (const element of root.querySelectorAll<HTMLElement>("*")) {
        if (element.matches("button, select, a, [tabindex='0']") && isUsable(element)) {
          element.dataset["control"] = String(controls.length);
          controls.push(`${element.localName} "${element.ariaLabel ?? element.textContent.trim()}"`);
        }
        if (element.shadowRoot) search(element.shadowRoot);
      }
    };
    const isUsable = (element: HTMLElement) =>
      element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true });
    search(document);
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
