import type { AllowanceWindow } from "../../protocol/allowance.ts";
import type { ToolEdit, ToolRequest } from "../../core/tools/toolRecords.ts";
import type { ToolStep } from "../../core/tools/toolSteps.ts";
import type { Connectable } from "../hooks/connectable.ts";
import type { ToolTelemetry } from "../otel/toolTelemetry.ts";
import type { Fields } from "./fields.ts";

/** Where a reader looks. With another home than the user's, the environment is empty. */
export interface Surroundings {
  readonly platform: string;
  readonly userHome: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Further home directories; nothing of this one's environment holds there. */
  readonly otherHomes?: readonly string[];
  /** Absent where the runtime can open no database. */
  readonly databases?: DatabaseAccess;
}

export interface DatabaseAccess {
  /** Path of the binary; without it the package finds its own. */
  readonly nativeBinding: string | undefined;
}

/** Takes what a reader finds. */
export interface Sink {
  request(request: ToolRequest): void;
  edit(edit: ToolEdit): void;
  /** What the tool says of a plan; left out by whoever has no use for it. */
  allowance?(window: AllowanceWindow): void;
  /** What an agent does besides writing; the same. */
  step?(step: ToolStep): void;
  /** What is not understood: counted and shown, never passed over in silence. */
  problem(reason: string): void;
}

/** Reads one file of records, in order. It may be gone on with in a later process: then it knows less, and says so. */
export interface RecordReader {
  /** One record, as it was parsed. */
  read(record: unknown, sink: Sink): void;
  /**
   * Whether a line may tell anything, by its bytes: most of a log is what tools were shown. Where it is undefined, the
   * agent's marks say so.
   */
  matters?(line: Buffer): boolean | undefined;
  /** The text of a line without what the reader has no use for, which then need not be parsed; undefined for all of it. */
  shortened?(line: Buffer): string | undefined;
}

/** What a hook of a tool says of its edits; `undefined` for what is of no form that is known. */
export type ReadHook = (payload: Fields, said: HookMoment) => readonly ToolEdit[] | undefined;

export interface HookMoment {
  readonly at: number;
  /** Whether the tool did what it says, or is about to. */
  readonly outcome: ToolEdit["outcome"];
}

/** A tool that keeps records of its own, as data and small functions. */
export interface Agent {
  /** As `core/tools/toolName.ts` calls it. */
  readonly tool: string;
  readonly title: string;
  /** The folders in which its records lie, by what the tool itself goes by. */
  readonly homes: (around: Surroundings) => readonly string[];
  /** The folders below them that are looked into, with `*` at its end for a name that may go on in any way; all where it is not said. */
  readonly within?: readonly string[];
  /** Whether a file below such a folder holds records; its path is written with slashes. */
  readonly isRecord: (path: string) => boolean;
  /** Lines of JSON, one JSON document that is written anew each time, or a database. */
  readonly form: (path: string) => "lines" | "document" | "database";
  /**
   * For a database: gives the rows that changed at a time in ms or later, which is its one parameter, each with that
   * time as `changedAt`, and nothing that is talk.
   */
  readonly query?: string;
  /**
   * For a database whose rows do not say when they changed, and have a number that rises with each change: `query`'s
   * parameter and `row` are that number, it gives some of the rows beyond, in their order, and this gives the last few hundred rows before one, the latest first, with a time
   * as `changedAt`. A page of them in which nothing is young enough is the end of what is of interest.
   */
  readonly latest?: string;
  /** For such a database: gives a row where it is of an older version of the tool, which kept nothing of what is read. */
  readonly older?: string;
  /**
   * For such a database: gives the last few hundred rows beyond a number that are called otherwise than those that are read,
   * with `isStray` being 1 for one that holds what those do: these are told to the reader.
   */
  readonly strays?: string;
  /** Lines without any of these are passed over unparsed: most of a log is talk. Empty reads every line. */
  readonly marks: readonly string[];
  /**
   * What every longer file of its records tells something of, where they are understood: requests, or anything at all. One
   * that does not is of a form that is not known.
   */
  readonly tells?: "requests" | "anything";
  readonly makeReader: (path: string, writtenAt: () => number, around?: Surroundings) => RecordReader;
  /**
   * Its records have no times: each is of when the file was written to, and of a file that was there before one began to
   * look, only what comes is read. Of a document, which is read whole each time, its reader tells only what is new.
   */
  readonly isUndated?: true;
  /** Reads what its hooks say, where they are installed. */
  readonly readHook?: ReadHook;
  /** What its hooks are called for, and what that says of an edit, where that is its own way. */
  readonly hookEvents?: Readonly<Record<string, ToolEdit["outcome"]>>;
  /** Whether what a hook of another tool says is of this one, which runs those, too. */
  readonly ranHook?: (payload: Fields) => boolean;
  /** The tool whose connection its hooks come with, where it runs those. */
  readonly hookedAs?: string;
  /** How it is told to call Kept, or to send it what it measures. */
  readonly connections?: readonly Connectable[];
  /** How that is read. */
  readonly telemetry?: ToolTelemetry;
}
