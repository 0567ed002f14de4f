import type { Account, Step } from "./steps.ts";

const completion: Account = {
  source: "inlineCompletionAccept",
  $extensionId: "github.copilot",
  $providerId: "completions",
};
const nextEdit: Account = { source: "inlineCompletionAccept", $extensionId: "github.copilot", $nes: true };
const chat: Account = { source: "Chat.applyEdits", $extensionId: "github.copilot-chat", $modelId: "gpt-5" };
const typing: Account = { source: "cursor", kind: "type" };
const formatter: Account = { source: "unknown", name: "formatEditsCommand" };

export const startOfCart = "export interface Item {\n  name: string;\n  price: number;\n}\n";
/** What an agent leaves of the cart: one line changed, one added. */
const byAgent = (text: string) =>
  text.replace("  name: string;\n", "  readonly name: string;\n  readonly id: string;\n");

const withTotal = `${startOfCart}
export function total(items: Item[]) {
  return items.reduce((sum, item) => sum + item.price * item.count, 0);
}
`;
const discount = `
export function discount(amount: number, share: number): number {
  return amount * (1 - share);
}
`;

const beforeClosing = byAgent(
  `${withTotal}${discount.replace("  return", "    return").replace("share);", "share / 100);")}`,
);
/** One line before everything, and another in place of the function's first. */
const asAgentLeftIt = `// Money\n${beforeClosing.replace("export function discount(amount: number, share: number): number {", "export const discount = (amount: number, share: number): number => {")}`;

/** Half an hour in an editor, in the order in which it happened. */
export const halfHour: readonly Step[] = [
  { at: 0, does: "open", file: "cart.ts", text: startOfCart },
  { at: 5, does: "open", file: "notes.md", text: "# Notes\n" },
  // A signature is typed, 39 keys; the bracket closes itself.
  {
    at: 10,
    does: "type",
    file: "cart.ts",
    text: "\nexport function total(items: Item[]) {\n",
    at_: { after: "number;\n}\n" },
  },
  // The body is completed: 60 characters and a line break.
  {
    at: 20,
    does: "edit",
    file: "cart.ts",
    text: "  return items.reduce((sum, item) => sum + item.price, 0);\n}\n",
    at_: { after: "Item[]) {\n" },
    pending: ["acceptCompletion"],
    account: completion,
  },
  // It forgot the count: 13 keys inside it.
  { at: 30, does: "type", file: "cart.ts", text: " * item.count", at_: { after: "item.price" } },
  // The conversation writes a function in three parts, less than a second apart.
  {
    at: 120,
    does: "edit",
    file: "cart.ts",
    text: discount.slice(0, 40),
    at_: { after: "count, 0);\n}\n" },
    account: chat,
    focused: true,
  },
  {
    at: 120.4,
    does: "edit",
    file: "cart.ts",
    text: discount.slice(40, 80),
    at_: { after: discount.slice(0, 40) },
    account: chat,
  },
  {
    at: 121,
    does: "edit",
    file: "cart.ts",
    text: discount.slice(80),
    at_: { after: discount.slice(0, 80) },
    account: chat,
  },
  // The formatter indents one line further when the file is saved.
  {
    at: 150,
    does: "edit",
    file: "cart.ts",
    text: "  ",
    at_: { after: "number): number {\n" },
    pending: ["save"],
    account: formatter,
  },
  // Somebody tries a name, takes it back, makes it again and takes it back.
  { at: 200, does: "type", file: "cart.ts", text: "rate", at_: { after: "amount * (1 - share" } },
  { at: 205, does: "undo", file: "cart.ts", times: 4 },
  { at: 207, does: "redo", file: "cart.ts", times: 4 },
  { at: 209, does: "undo", file: "cart.ts", times: 4 },
  // An agent rewrites the interface on disk, and the editor reads the file again.
  {
    at: 260,
    does: "reload",
    file: "cart.ts",
    text: byAgent(`${withTotal}${discount.replace("  return", "    return")}`),
  },
  // Prose, and a paste into it from elsewhere.
  { at: 300, does: "type", file: "notes.md", text: "Totals include the count.", at_: { after: "# Notes\n" } },
  {
    at: 320,
    does: "edit",
    file: "notes.md",
    text: "\nSee the tax rules of the country of the buyer.\n",
    at_: { after: "the count." },
    pending: ["paste"],
    account: { source: "cursor", kind: "paste" },
  },
  // Another branch, which has nothing of all this, and back.
  { at: 400, does: "git", branch: "other", movement: "switched" },
  { at: 400, does: "reload", file: "cart.ts", text: startOfCart },
  { at: 500, does: "git", branch: "main", movement: "switched" },
  {
    at: 500,
    does: "reload",
    file: "cart.ts",
    text: byAgent(`${withTotal}${discount.replace("  return", "    return")}`),
  },
  { at: 501, does: "git", branch: "main", movement: undefined },
  // A suggested next edit takes the share as per cent.
  {
    at: 600,
    does: "edit",
    file: "cart.ts",
    text: "(1 - share / 100)",
    at_: { instead: "(1 - share)" },
    pending: ["acceptNextEdit"],
    account: nextEdit,
  },
  // The file is closed, and an agent goes on with it: a line before everything, a line in another's place.
  { at: 700, does: "close", file: "cart.ts" },
  { at: 800, does: "write", file: "cart.ts", text: asAgentLeftIt },
  { at: 900, does: "open", file: "cart.ts", text: asAgentLeftIt },
  // A symbol is renamed at its two places.
  {
    at: 1000,
    does: "edit",
    file: "cart.ts",
    text: "s",
    at_: { afterEach: "amount" },
    account: { source: "rename" },
  },
  // Two carets type one key.
  {
    at: 1100,
    does: "edit",
    file: "cart.ts",
    text: "_",
    at_: { afterEach: "readonly " },
    carets: 2,
    account: typing,
  },
  // The first word of a completion is taken, and then another person's text is thrown away.
  {
    at: 1200,
    does: "edit",
    file: "notes.md",
    text: "Shares ",
    at_: { after: "of the buyer.\n" },
    pending: ["acceptWord"],
    account: { ...completion, source: "inlineCompletionPartialAccept" },
  },
  { at: 1300, does: "erase", file: "notes.md", text: " the count." },
  { at: 1700, does: "close", file: "cart.ts" },
  { at: 1700, does: "close", file: "notes.md" },
];
