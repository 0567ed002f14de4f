import type { AcceptCommandId } from "./commandIds.ts";

interface AcceptKey {
  readonly key: string;
  readonly mac?: string;
  /** The editor's own condition for this key, word for word: key expression and precondition of VS Code 1.139. */
  readonly when: string;
  /** Tells Kept afterwards that the editor's own command ran. */
  readonly note: AcceptCommandId;
  /** What the key does, in a few words for the documents. */
  readonly does: string;
}

/** The editor's own command that each of Kept's accept commands stands for. */
export const acceptCommands = {
  "kept.acceptCompletion": "editor.action.inlineSuggest.commit",
  "kept.acceptNextWord": "editor.action.inlineSuggest.acceptNextWord",
  "kept.acceptNextLine": "editor.action.inlineSuggest.acceptNextLine",
  "kept.acceptNextEdit": "editor.action.inlineSuggest.commit",
} as const satisfies Record<AcceptCommandId, string>;

/**
 * The keys on which the editor accepts a suggestion. Accepting the next line has none in the editor either. A context
 * key that another version of the editor does not know counts as false there, which leaves the key alone.
 */
export const acceptKeys: readonly AcceptKey[] = [
  {
    key: "tab",
    when: "inlineSuggestionVisible && inlineSuggestionHasIndentationLessThanTabSize && !editor.hasSelection && !editorHoverFocused && !editorTabMovesFocus && !suggestWidgetVisible",
    note: "kept.acceptCompletion",
    does: "accepts the shown completion",
  },
  {
    key: "ctrl+right",
    mac: "cmd+right",
    when: "cursorBeforeGhostText && inlineSuggestionVisible && !accessibilityModeEnabled && !editorReadonly",
    note: "kept.acceptNextWord",
    does: "accepts the next word of the shown completion",
  },
  {
    key: "tab",
    when: "inlineEditIsVisible && tabShouldAcceptInlineEdit && !editorHoverFocused && !editorTabMovesFocus && !suggestWidgetVisible",
    note: "kept.acceptNextEdit",
    does: "accepts the suggested next edit",
  },
  {
    key: "tab",
    when: "inInlineEditsPreviewEditor",
    note: "kept.acceptNextEdit",
    does: "accepts the suggested next edit from its preview",
  },
];

/** The argument that tells an accept command that the editor's own command has already run. */
export const alreadyAccepted = "accepted";

/** Kept's condition on top of the editor's. */
const whileWrapping = "config.kept.enabled && config.kept.wrapAcceptKeys";

export interface Keybinding {
  readonly key: string;
  readonly mac?: string;
  readonly when: string;
  readonly command: string;
  readonly args: unknown;
}

/**
 * The editor itself runs its own command first and tells Kept after it, so that the key waits for no other process
 * and works as ever when Kept does not answer.
 */
export function keybindings(): Keybinding[] {
  return acceptKeys.map(({ key, mac, when, note }) => ({
    key,
    ...(mac === undefined ? {} : { mac }),
    when: `${when} && ${whileWrapping}`,
    command: "runCommands",
    args: { commands: [acceptCommands[note], { command: note, args: alreadyAccepted }] },
  }));
}
