import * as z from "zod";
import { coachSchema, tipAnswerSchema, tipRecordSchema } from "./coaching.ts";
import { toolHealthSchema } from "./connections.ts";
import { commandIds } from "./commandIds.ts";
import { digestSchema } from "./digest.ts";
import { editsBehindSchema, editsQuestionSchema } from "./editsBehind.ts";
import { problemSchema } from "./errors.ts";
import { teamStateSchema } from "./heeding.ts";
import { passageSchema, unreadSchema } from "./seen.ts";
import { questionSchema, summarySchema } from "./summary.ts";
import { syncBatchSchema, syncStateSchema } from "./sync.ts";

/** Extension ⇄ panel. */

/** How things stand, for the panel to show when there are no numbers. */
export const panelStateSchema = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("starting") }),
  z.strictObject({
    state: z.literal("running"),
    store: z.enum(["disk", "memory", "readOnly"]),
    problems: z.array(problemSchema),
  }),
  z.strictObject({ state: z.literal("stopped"), problem: problemSchema }),
]);
export type PanelState = z.infer<typeof panelStateSchema>;

const nothing = z.strictObject({});

/** Where an edit lies, and when it was made, in milliseconds since 1970. */
const editPlaceSchema = passageSchema.extend({ madeAt: z.int().nonnegative() });
export type EditPlace = z.infer<typeof editPlaceSchema>;

/** A commit by its id or as much of it as is kept, and the address of its repository. */
const commitPlaceSchema = z.strictObject({
  commit: z.string().regex(/^[0-9a-z]{4,64}$/),
  folder: z.string().min(1).max(4096),
});
export type CommitPlace = z.infer<typeof commitPlaceSchema>;

/** From the panel: each gets a reply, which can be a failure. */
export const requestsFromPanel = {
  /** The panel has started and asks how things stand. */
  state: { params: nothing, result: panelStateSchema },
  summary: { params: questionSchema, result: summarySchema },
  /** The single edits behind a number. */
  edits: { params: editsQuestionSchema, result: editsBehindSchema },
  /** Opens what an edit changed, or its document at it. */
  openEdit: { params: editPlaceSchema, result: nothing },
  /** Opens what a commit changed. */
  openCommit: { params: commitPlaceSchema, result: nothing },
  /** AI text that was never on screen and is in no commit. */
  unread: { params: nothing, result: unreadSchema },
  openUnread: { params: passageSchema, result: nothing },
  /** The tips there are, those that were tried, and the rules. */
  coach: { params: nothing, result: coachSchema },
  answerTip: { params: tipAnswerSchema, result: coachSchema },
  /** Does what a tip offers. */
  takeTip: { params: z.strictObject({ tip: tipRecordSchema.shape.id }), result: nothing },
  /** What the last seven days came to. */
  digest: { params: nothing, result: digestSchema },
  /** The team's numbers beside one's own. */
  team: { params: nothing, result: teamStateSchema },
  /** How sharing stands, and what left, waits or was refused. */
  sharing: {
    params: nothing,
    result: z.strictObject({
      state: syncStateSchema,
      batches: z.array(syncBatchSchema),
      next: z.array(z.string()),
    }),
  },
  /** Whether a folder is work. Joining, agreeing and leaving are asked about outside the panel. */
  markFolder: {
    params: z.strictObject({
      folder: z.string().min(1).max(4096),
      mark: z.enum(["work", "private", "asListed"]),
    }),
    result: nothing,
  },
  /** Whether tools tell of themselves and are understood. */
  tools: { params: nothing, result: z.strictObject({ tools: z.array(toolHealthSchema) }) },
  /** Shows what would be written into a tool's configuration, and asks. */
  connectTool: { params: z.strictObject({ tool: z.string().min(1).max(100) }), result: nothing },
  /** Runs one of Kept's own commands. */
  runCommand: { params: z.strictObject({ command: z.enum(commandIds) }), result: nothing },
  /** Opens the settings editor at Kept's settings. */
  openSettings: { params: nothing, result: nothing },
} as const;

/** To the panel: no answer is expected. */
export const notificationsToPanel = {
  state: panelStateSchema,
  /** The numbers changed. */
  changed: nothing,
} as const;

export type RequestFromPanel = keyof typeof requestsFromPanel;
export type NotificationToPanel = keyof typeof notificationsToPanel;
export type PanelParams<Method extends RequestFromPanel> = z.infer<
  (typeof requestsFromPanel)[Method]["params"]
>;
export type PanelResult<Method extends RequestFromPanel> = z.infer<
  (typeof requestsFromPanel)[Method]["result"]
>;
export type PanelNotice<Method extends NotificationToPanel> = z.infer<(typeof notificationsToPanel)[Method]>;
