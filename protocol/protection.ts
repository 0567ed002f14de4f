import * as z from "zod";
import { weekSchema } from "./week.ts";

/** Why a number about a group is not shown, in words for whoever looks at it. */
export const hiddenSentences = {
  fewPeople: "Hidden to protect small groups: too few people took part.",
  dominated: "Hidden to protect one person: most of this number would be theirs.",
  complement: "Hidden to protect others: a smaller group could be worked out from this number.",
  changed:
    "Hidden to protect whoever joined or left: the group differs by too few people from one shown before.",
  notProven: "Hidden because it could not be proven that nobody can be singled out.",
} as const;

export type HiddenReason = keyof typeof hiddenSentences;
export const hiddenReasonSchema = z.enum(Object.keys(hiddenSentences) as [HiddenReason, ...HiddenReason[]]);

const count = z.int().nonnegative();

export const protectedCellSchema = z.discriminatedUnion("state", [
  z.strictObject({
    state: z.literal("shown"),
    /** Null where the exact number would tell something about each of the group, or about the few who are not in it. */
    people: count.nullable(),
    edits: count,
    insertedChars: count,
    keptChars: count,
  }),
  z.strictObject({
    state: z.literal("hidden"),
    why: hiddenReasonSchema,
  }),
]);
export type ProtectedCell = z.infer<typeof protectedCellSchema>;

export const protectedLineSchema = z.strictObject({
  all: protectedCellSchema,
  /** In the order of the table's columns. */
  cells: z.array(protectedCellSchema),
});
export type ProtectedLine = z.infer<typeof protectedLineSchema>;

/** How many had joined by the end of a week: only where enough did and enough did not. */
export const publishedJoinedSchema = z.strictObject({
  /** Null where it would tell too much. */
  everybody: count.nullable(),
  /** Teams of which nothing is told are not here. */
  teams: z.array(z.strictObject({ team: z.string(), joined: count, of: count })),
});
export type PublishedJoined = z.infer<typeof publishedJoinedSchema>;

/** What is shown of one week: by team and column, published once and never changed. */
export const publishedTableSchema = z.strictObject({
  week: weekSchema,
  /** The fewest people a number can be about. */
  floor: z.int().min(5),
  columns: z.array(z.string()),
  /** Of everybody but the teams that are left out. */
  total: protectedLineSchema,
  /**
   * Teams in which fewer people were there than a number can be about, and who together are too few as well: they are in
   * no number, so that no other team is hidden for them. Nothing published before this was has it.
   */
  leftOut: z.array(z.string()).optional(),
  teams: z.array(z.strictObject({ team: z.string(), line: protectedLineSchema })),
  /** Nothing published before this was has it. */
  joined: publishedJoinedSchema.optional(),
  /** What had arrived of the week when it was published; null where it was of too few people to be told. */
  arrived: z.strictObject({ batches: count, events: count }).nullable().optional(),
});
export type PublishedTable = z.infer<typeof publishedTableSchema>;
