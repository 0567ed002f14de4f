import * as z from "zod";

/** A tool that can tell Kept of its edits as it works. Local only. */
export const connectionSchema = z.strictObject({
  tool: z.string(),
  title: z.string(),
  /** Where its own configuration is. */
  file: z.string(),
  isInstalled: z.boolean(),
  isConnected: z.boolean(),
  /** By what an older Kept wrote, which tells of less. */
  isOutdated: z.boolean(),
  /** Any tool that is in no list: of it nobody can tell whether it is installed. */
  isAnyTool: z.boolean(),
});
export type Connection = z.infer<typeof connectionSchema>;

export const connectionQuestionSchema = z.strictObject({
  tool: z.string().min(1).max(100),
  action: z.enum(["connect", "disconnect"]),
  /** Only says what would be written. */
  dryRun: z.boolean(),
});

/** What is, or would be, written into a tool's configuration: its text before and after, null where there is no file. */
export const connectionChangeSchema = z.strictObject({
  file: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** What is left for the user to do. */
  note: z.string().nullable(),
});
export type ConnectionChange = z.infer<typeof connectionChangeSchema>;

/** How a tool can be told to tell of itself; `name` is what it is connected by. */
const connectionStateSchema = z.strictObject({
  name: z.string(),
  isConnected: z.boolean(),
  isOutdated: z.boolean(),
});

/** Whether a tool tells of itself, and whether it is still understood. Local only. */
export const toolHealthSchema = z.strictObject({
  tool: z.string(),
  title: z.string(),
  isInstalled: z.boolean(),
  /** Null for a tool without such a thing. */
  hooks: connectionStateSchema.nullable(),
  telemetry: connectionStateSchema.nullable(),
  /** Records of its hooks that wait to be read. */
  waiting: z.int().nonnegative(),
  /** What was heard in each way it ever was. */
  heard: z.array(
    z.strictObject({
      way: z.enum(["hook", "log", "telemetry"]),
      /** The last time: milliseconds since 1970. */
      at: z.int().nonnegative(),
      taken: z.int().nonnegative(),
      notUnderstood: z.int().nonnegative(),
    }),
  ),
});
export type ToolHealth = z.infer<typeof toolHealthSchema>;
