import type { CommandId } from "./commandIds.ts";

interface Command {
  readonly title: string;
  /** A codicon, where the command also stands as a button. */
  readonly icon?: string;
  /** When it can be run, as a `when` clause. */
  readonly enablement?: string;
  /** Keys run it; the command palette does not show it. */
  readonly hidden?: true;
  /** What it does, in one sentence for the documents. */
  readonly does: string;
}

/** Every command, declared once. package.json and docs/settings.md are generated from it. */
export const commands = {
  "kept.openPanel": {
    title: "Open Panel",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Shows Kept's panel in the side bar.",
  },
  "kept.openPanelAsEditor": {
    title: "Open Panel as Editor",
    icon: "$(link-external)",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Shows the same panel in an editor tab, where there is room.",
  },
  "kept.refreshPanel": {
    title: "Refresh Panel",
    icon: "$(refresh)",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Asks for the numbers again.",
  },
  "kept.copyReport": {
    title: "Copy Report",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Copies the last 30 days' numbers as Markdown.",
  },
  "kept.openDigest": {
    title: "Open Weekly Digest",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Shows the last seven days in a page, as Markdown that can be copied.",
  },
  "kept.showCatalogue": {
    title: "Show What Is Recorded",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Opens the data catalogue: every recorded field with its meaning and how long it is kept.",
  },
  "kept.exportData": {
    title: "Export My Data…",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Writes what was recorded into a file, as JSON or CSV. docs/data.md says what is left out.",
  },
  "kept.deleteData": {
    title: "Delete My Data…",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Deletes what was recorded: all of it, or by repository, tool or period. It says how much that is and asks first.",
  },
  "kept.connectTool": {
    title: "Connect a Tool…",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Has an AI tool tell Kept of its edits as it works, by its own hooks. It shows first what it would write where.",
  },
  "kept.stopHistory": {
    title: "Stop Reading What Was Before",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Ends the first reading of what tools recorded before Kept watched, and the look at repositories' histories until their next commit. What was read until then stays.",
  },
  "kept.disconnectTools": {
    title: "Disconnect All Tools…",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Takes out of every tool's configuration exactly what was written there.",
  },
  "kept.showTip": {
    title: "Show Tip",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Shows the tip there is now, with the numbers that caused it and what can be done.",
  },
  "kept.takeTip": {
    title: "Do What the Tip Offers",
    enablement: "config.kept.enabled && !kept.paused",
    hidden: true,
    does: "Does what a tip of the panel offers.",
  },
  "kept.togglePresenting": {
    title: "Presenting: No Tips, or Tips Again",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Says that you present in this window, so that no tip comes by itself, or that you stopped.",
  },
  "kept.joinOrganisation": {
    title: "Join an Organisation…",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Takes a pasted invitation and shows exactly what would be shared. Nothing is sent before you agree.",
  },
  "kept.addMachine": {
    title: "Add Another Machine of Mine…",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Makes a code with which another machine of yours joins your organisation as the same person.",
  },
  "kept.chooseWork": {
    title: "Choose Work Folders…",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Says which folders are work. Of others nothing is shared with the organisation you joined.",
  },
  "kept.showSent": {
    title: "Show What Was Sent",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Lists every batch that left for your organisation, waits or was refused, byte for byte.",
  },
  "kept.pauseSharing": {
    title: "Pause Sharing",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Sends nothing to your organisation until you resume. What you do meanwhile is never shared.",
  },
  "kept.resumeSharing": {
    title: "Resume Sharing",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Shares sums with your organisation again, from now on.",
  },
  "kept.leaveOrganisation": {
    title: "Stop Sharing and Delete…",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Ends sharing at once and has your organisation delete what was sent.",
  },
  "kept.showStatus": {
    title: "Show Status",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Says whether Kept records, where its database is and what went wrong, with the buttons that help.",
  },
  "kept.showLog": {
    title: "Show Log",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Opens Kept's output channel.",
  },
  "kept.restart": {
    title: "Restart",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Starts the language server again. Edits made meanwhile are not lost.",
  },
  "kept.explainLine": {
    title: "Explain This Line",
    enablement: "config.kept.enabled && !kept.paused && editorIsOpen",
    does: "Shows who wrote the line at the cursor, with every piece of evidence for it, also where the origin is unknown.",
  },
  "kept.openConversation": {
    title: "Open the Conversation",
    enablement: "config.kept.enabled && !kept.paused && editorIsOpen",
    does: "Opens the record that the AI tool itself keeps of the edit at the cursor, as long as the tool keeps it.",
  },
  "kept.labelMine": {
    title: "I Wrote This",
    enablement: "config.kept.enabled && !kept.paused && editorIsOpen",
    does: "Notes that you wrote the selected text, or the line. It beats all other evidence and measures how good that is.",
  },
  "kept.labelAi": {
    title: "AI Wrote This",
    enablement: "config.kept.enabled && !kept.paused && editorIsOpen",
    does: "Notes that AI wrote the selected text, or the line. It beats all other evidence and measures how good that is.",
  },
  "kept.withdrawLabel": {
    title: "Withdraw What I Said",
    enablement: "config.kept.enabled && !kept.paused && editorIsOpen",
    does: "Takes back what you said of the selected text, or the line. Who wrote it is decided by the other evidence again.",
  },
  "kept.openUnread": {
    title: "Open Unread AI Text",
    enablement: "config.kept.enabled && !kept.paused && config.kept.seen.enabled",
    hidden: true,
    does: "Opens AI text that was never on screen, from the list in the Source Control view.",
  },
  "kept.acceptCompletion": {
    title: "Accept Completion",
    enablement: "config.kept.enabled && !kept.paused",
    hidden: true,
    does: "Accepts the shown completion by the editor's own command, and notes that the text came from one.",
  },
  "kept.acceptNextWord": {
    title: "Accept Next Word of Completion",
    enablement: "config.kept.enabled && !kept.paused",
    hidden: true,
    does: "The same for the next word alone.",
  },
  "kept.acceptNextLine": {
    title: "Accept Next Line of Completion",
    enablement: "config.kept.enabled && !kept.paused",
    hidden: true,
    does: "The same for the next line alone. It has no key, as in the editor; give it one that you like.",
  },
  "kept.acceptNextEdit": {
    title: "Accept Next Edit",
    enablement: "config.kept.enabled && !kept.paused",
    hidden: true,
    does: "The same for a suggested next edit.",
  },
  "kept.pause": {
    title: "Pause Recording…",
    enablement: "config.kept.enabled && !kept.paused",
    does: "Stops recording in this window for an hour, or until it is reloaded.",
  },
  "kept.resume": {
    title: "Resume Recording",
    enablement: "config.kept.enabled && kept.paused",
    does: "Records in this window again.",
  },
  "kept.turnOff": {
    title: "Turn Off",
    enablement: "config.kept.enabled",
    does: "Sets `kept.enabled` to false for this user.",
  },
  "kept.turnOn": {
    title: "Turn On",
    enablement: "!config.kept.enabled && !kept.paused",
    does: "Sets `kept.enabled` to true.",
  },
} as const satisfies Record<CommandId, Command>;
