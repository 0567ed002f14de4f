import { proxySettingsSchema } from "./proxySettings.ts";
import * as z from "zod";
import {
  coachSchema,
  momentSchema,
  shownProblemsSchema,
  tipAnswerSchema,
  tipRecordSchema,
  tipSchema,
} from "./coaching.ts";
import {
  connectionChangeSchema,
  connectionQuestionSchema,
  connectionSchema,
  toolHealthSchema,
} from "./connections.ts";
import { digestSchema } from "./digest.ts";
import { editsBehindSchema, editsQuestionSchema } from "./editsBehind.ts";
import { problemSchema } from "./errors.ts";
import { exportPartSchema, exportQuestionSchema } from "./export.ts";
import { forgetResultSchema, forgetScopeSchema } from "./forget.ts";
import { teamStateSchema } from "./heeding.ts";
import { observationSchema } from "./observation.ts";
import {
  conversationSchema,
  detectorQualitySchema,
  documentLinesSchema,
  documentQuestionSchema,
  explanationSchema,
  labelOutcomeSchema,
  labelQuestionSchema,
  lineQuestionSchema,
} from "./provenance.ts";
import { shownSchema, unreadSchema } from "./seen.ts";
import { questionSchema, summarySchema } from "./summary.ts";
import { serverSettingsSchema } from "./settings.ts";
import { sinkHeadersSchema } from "./sink.ts";
import {
  sharingNewsSchema,
  syncActSchema,
  syncBatchSchema,
  syncPreviewSchema,
  syncStateSchema,
} from "./sync.ts";

/**
 * Extension ⇄ server: what goes beside the Language Server Protocol. Document text comes by LSP itself.
 * Methods are plain strings, so that the contract needs no LSP library.
 */

/** Sent with `initialize`. */
export const initializationSchema = z.strictObject({
  /** Random id of this window, made anew at each start of the editor. */
  window: z.uuid(),
  settings: serverSettingsSchema,
});
export type Initialization = z.infer<typeof initializationSchema>;

/** How the server's store is. */
export const serverStatusSchema = z.strictObject({
  /** `readOnly`: the database belongs to a newer Kept. `memory`: it could not be opened at all. */
  store: z.enum(["disk", "memory", "readOnly"]),
  /** Of the server, so that it can be looked at from outside. Local only. */
  processId: z.int().positive(),
  /** Folder of the database. Local only. */
  folder: z.string(),
  /** What is wrong now, or was put right at the start. */
  problems: z.array(problemSchema),
});
export type ServerStatus = z.infer<typeof serverStatusSchema>;

const nothing = z.strictObject({});

/** From the extension: no answer is expected. */
export const notificationsToServer = {
  /** The window opens a document; sent right before its didOpen. */
  "kept/opened": z.strictObject({ uri: z.string(), session: z.int().nonnegative() }),
  /** What the editor knows of changes, in the order of their sequence. */
  "kept/observations": z.strictObject({ observations: z.array(observationSchema).min(1).max(1000) }),
  /** Something was dropped in the extension and is to be counted. */
  "kept/dropped": z.strictObject({ name: z.string().min(1).max(100), count: z.int().positive() }),
  "kept/settings": serverSettingsSchema,
  /** Which of the documents of `kept/askRecordable` are recorded, in the same order. */
  "kept/recordable": z.strictObject({
    id: z.int().positive(),
    recordable: z.array(z.boolean()).max(10_000),
  }),
  /** What is on screen; sent only while `kept.seen.enabled` is on. */
  "kept/shown": shownSchema,
  /** What the window does, so that nobody is disturbed in it. */
  "kept/moment": momentSchema,
  /** Errors in documents that are recorded; sent only while `kept.coaching` is on. */
  "kept/problems": shownProblemsSchema,
  /**
   * Whether the editor lets anything be sent at all, and its proxy; until it says so nothing is. The header fields are
   * those that the person typed for an OTLP collector, and are in no file of Kept's.
   */
  "kept/maySend": z.strictObject({
    telemetry: z.boolean(),
    proxy: proxySettingsSchema,
    sink: sinkHeadersSchema.optional(),
  }),
} as const;

/** Work that takes so long that it is spoken of, and that the person can end. */
const workSchema = z.strictObject({
  /** The first reading of tools' records, in files; the first pass over a history, in commits. */
  work: z.enum(["records", "history"]),
  done: z.int().nonnegative(),
  all: z.int().nonnegative(),
});
export type Work = z.infer<typeof workSchema>;

/** From the server: no answer is expected. */
export const notificationsToExtension = {
  /** Everything up to this sequence is committed and need not be sent again. */
  "kept/acknowledged": z.strictObject({ sequence: z.int().nonnegative() }),
  /** The sums changed; who shows them may ask again. Also sent when another window wrote. */
  "kept/changed": nothing,
  "kept/status": serverStatusSchema,
  /** All the long work there is now; none of it when it is over. */
  "kept/working": z.strictObject({ works: z.array(workSchema) }),
  /** Sharing needs the person; said once for each reason. */
  "kept/sharingNews": z.strictObject({ news: sharingNewsSchema }),
  /** A tip that may be said unasked, now. It counts as said. */
  "kept/nudge": z.strictObject({ tip: tipSchema }),
  /** Tools tell of documents that are not open: are they recorded at all? */
  "kept/askRecordable": z.strictObject({
    id: z.int().positive(),
    uris: z.array(z.string().min(1).max(4096)).min(1).max(10_000),
  }),
} as const;

/** From the extension: each gets a reply, which can be a failure. */
export const requestsToServer = {
  "kept/summary": {
    /** Comparing reads as long a time before, and half a year of samples: only who shows it asks for it. */
    params: questionSchema.extend({ isCompared: z.boolean().optional() }),
    result: summarySchema,
  },
  /** The single edits behind a number. */
  "kept/edits": { params: editsQuestionSchema, result: editsBehindSchema },
  "kept/report": {
    params: z.strictObject({ days: z.int().min(1).max(800) }),
    result: z.strictObject({ markdown: z.string() }),
  },
  /** What the last seven days came to. */
  "kept/digest": { params: nothing, result: digestSchema },
  /** Whose the text of an open document is. */
  "kept/lines": { params: documentQuestionSchema, result: documentLinesSchema },
  /** All that is known of one line of an open document. */
  "kept/explain": { params: lineQuestionSchema, result: explanationSchema },
  /** Where the tool's own record of a line of an open document is. */
  "kept/conversation": { params: lineQuestionSchema, result: conversationSchema },
  /** The person says who wrote text of an open document. */
  "kept/label": { params: labelQuestionSchema, result: labelOutcomeSchema },
  /** AI text of this window's folders that is in no commit and was never on screen. */
  "kept/unread": { params: nothing, result: unreadSchema },
  /** How often the evidence says what the person says. */
  "kept/detector": { params: nothing, result: detectorQualitySchema },
  /** Deletes what is in a scope, or says how much that would be. */
  "kept/forget": {
    params: z.strictObject({ scope: forgetScopeSchema, dryRun: z.boolean() }),
    result: forgetResultSchema,
  },
  /** A part of everything that is recorded, as text. */
  "kept/export": { params: exportQuestionSchema, result: exportPartSchema },
  /** The tools that can tell Kept of their edits, and which of them do. */
  "kept/connections": { params: nothing, result: z.strictObject({ connections: z.array(connectionSchema) }) },
  /** The tools that are here or were heard of, and whether they are still understood. */
  "kept/tools": { params: nothing, result: z.strictObject({ tools: z.array(toolHealthSchema) }) },
  /** Puts Kept into a tool's own configuration or takes it out again, or says what that would write. */
  "kept/connect": { params: connectionQuestionSchema, result: connectionChangeSchema },
  /** The tips there are, those that were tried, and the rules. */
  "kept/coach": { params: nothing, result: coachSchema },
  /** What somebody does with a tip, a rule or all of them; the answer is how it stands then. */
  "kept/answerTip": { params: tipAnswerSchema, result: coachSchema },
  /** Addresses of the files that a tip is about. */
  "kept/tipFiles": {
    params: z.strictObject({ tip: tipRecordSchema.shape.id }),
    result: z.strictObject({
      files: z.array(z.string()),
      /** Where a tool's default model is set, for a tip that is about that; null where that is among the editor's settings. */
      model: z
        .strictObject({
          tool: z.string(),
          file: z.string().nullable(),
          /** Models of lower tiers that were used with the tool, to put into the file. */
          lighter: z.array(z.string()),
        })
        .nullable(),
    }),
  },
  /** A tool's settings with another default model in them; null where they have no place for one that is sure. */
  "kept/withModel": {
    params: z.strictObject({ tool: z.string(), text: z.string(), model: z.string() }),
    result: z.strictObject({ text: z.string().nullable() }),
  },
  /** Ends the reading of what was before Kept watched: tools' records, and histories until their next commit. */
  "kept/stopHistory": { params: nothing, result: nothing },
  /** How sharing with an organisation stands. */
  "kept/sync": { params: nothing, result: syncStateSchema },
  /** What an invitation leads to. Nothing is sent by asking. */
  "kept/syncPreview": {
    params: z.strictObject({ invitation: z.string().max(4096) }),
    result: syncPreviewSchema,
  },
  /** What the person decides about it. */
  /** A code with which another machine of the same person joins. */
  "kept/syncCompanion": { params: nothing, result: z.strictObject({ code: z.string() }) },
  "kept/syncAct": { params: syncActSchema, result: syncStateSchema },
  /** What left, waits or was refused, newest first. */
  "kept/syncBatches": { params: nothing, result: z.strictObject({ batches: z.array(syncBatchSchema) }) },
  /** What waits for its day to end, as it would leave now. Ids are made anew each time. */
  "kept/syncNext": { params: nothing, result: z.strictObject({ batches: z.array(z.string()) }) },
  /** The numbers of the person's team beside their own, as they are held; newer ones are asked for, and announced. */
  "kept/team": { params: nothing, result: teamStateSchema },
  /** Commits what waits, so that what follows sees it. */
  "kept/flush": { params: nothing, result: nothing },
} as const;

export type NotificationToServer = keyof typeof notificationsToServer;
export type NotificationToExtension = keyof typeof notificationsToExtension;
export type RequestToServer = keyof typeof requestsToServer;

export type ParamsOf<Method> = Method extends NotificationToServer
  ? z.infer<(typeof notificationsToServer)[Method]>
  : Method extends NotificationToExtension
    ? z.infer<(typeof notificationsToExtension)[Method]>
    : Method extends RequestToServer
      ? z.infer<(typeof requestsToServer)[Method]["params"]>
      : never;
export type ResultOf<Method extends RequestToServer> = z.infer<(typeof requestsToServer)[Method]["result"]>;
