import type { Mutations } from "./mutation.ts";

const messages = "test/unit/protocol/randomMessages.test.ts";

const panelTexts = { tests: "test/panel/hostileTexts.test.ts", test: "S5: are texts" };
const consoleTexts = { tests: "test/org/hostileTexts.test.ts", test: "S5: are texts" };

/** For each promise of what is shown and of what pages say to each other, what the code is without what keeps it, and the short test that must then fail. */
export const pageMutations: Mutations = {
  "S5: what the panel shows is text": {
    file: "webview/views/tip.ts",
    from: '<p class="message" dir="auto">${unbroken(tip.message)}</p>',
    to: '<p class="message" dir="auto" .innerHTML=${unbroken(tip.message)}></p>',
    ...panelTexts,
  },
  "S5: what the console shows is text": {
    file: "org/console/html.ts",
    from: ".replace(/[&<>\"']/g",
    to: ".replace(/[&\"']/g",
    ...consoleTexts,
  },
  "S7: a request is one that was agreed": {
    file: "protocol/messages.ts",
    from: "if (!Object.hasOwn(contract, method))",
    to: "if (!(method in contract))",
    tests: messages,
    test: "S7: reach the extension",
  },
  "S7: its parameters have the agreed form": {
    file: "protocol/messages.ts",
    from: "if (!parsed.success) return invalid(whyInvalid(parsed.error));",
    to: "",
    tests: messages,
    test: "S7: reach the extension",
  },
  "S7: no text is without end": {
    file: "protocol/panel.ts",
    from: "takeTip: { params: z.strictObject({ tip: tipRecordSchema.shape.id }), result: nothing },",
    to: "takeTip: { params: z.strictObject({ tip: z.string() }), result: nothing },",
    tests: messages,
    test: "S7: reach the extension",
  },
  "S7: what the panel is told has the agreed form": {
    file: "webview/bridge.ts",
    from: "if (!params.success) return false;",
    to: "",
    tests: messages,
    test: "S7: reach the panel",
  },
  "S7: what the panel is answered has the agreed form": {
    file: "webview/bridge.ts",
    from: "if (value.success) return",
    to: "if (value.success || true) return",
    tests: messages,
    test: "S7: reach the panel",
  },
};
