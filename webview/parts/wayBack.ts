/** So long whatever is drawn after coming back may still be what one came from. */
const patienceMs = 1000;

let left: string | undefined;
let leftElement: HTMLElement | undefined;
let way: "there" | "back" | undefined;
let found: Element | undefined;

/** Somebody leaves for what is behind a control: the focus goes along. */
export function leaveFrom(control: string, element: HTMLElement): void {
  left = control;
  leftElement = element;
  way = "there";
}

/** Whether whoever is drawn now is what somebody left for, and gets the focus. */
export function isArriving(): boolean {
  const arrives = way === "there";
  if (arrives) way = undefined;
  return arrives;
}

/** Somebody goes back: the focus belongs to the control that was left. */
export function goBack(): void {
  way = "back";
  found = undefined;
  // What stands above all views was there all the time, and is not drawn anew.
  const stayed = leftElement?.isConnected ? leftElement : undefined;
  if (stayed) setTimeout(() => stayed.focus());
  setTimeout(() => (way = undefined), patienceMs);
}

/** Of several that are called the same it is the first; and again whoever takes its place when widths become known. */
export function isComeBackTo(control: string, element: Element): boolean {
  if (way !== "back" || control !== left || found?.isConnected) return false;
  found = element;
  return true;
}
