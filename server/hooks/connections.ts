import { isUtf8 } from "node:buffer";
import { randomBytes } from "node:crypto";
import { existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { JSONPath } from "jsonc-parser";
import { reasonOf } from "../../protocol/errors.ts";
import type { Surroundings } from "../agents/agent.ts";
import { readRegularFile } from "../regularFile.ts";
import { commandOf, type Connectable } from "./connectable.ts";
import { connectables } from "./connectables.ts";
import type { MadePlaces } from "./madePlaces.ts";
import { hasTrace, putterFor, type Putter, type Putting } from "./putters.ts";

/** Some tools keep their history beside their settings. */
const longestSettings = 64 * 1024 * 1024;

export const connectableTools: readonly string[] = connectables.map(({ tool }) => tool);

/** By which of the environment's variables the file of a tool is found, besides those that several tools have. */
export function foundBy(tool: string): string | undefined {
  return connectables.find((each) => each.tool === tool)?.foundBy;
}

/** Whether it is a tool's telemetry that is connected, and not its hooks. */
export function isTelemetry(tool: string): boolean {
  return connectables.some((each) => each.tool === tool && each.telemetryOf !== undefined);
}

export interface Connection {
  readonly tool: string;
  readonly title: string;
  readonly file: string;
  readonly isInstalled: boolean;
  readonly isConnected: boolean;
  /** An older Kept connected it, and by what that wrote less is told. */
  readonly isOutdated: boolean;
  /** The tool whose telemetry it is about, where it is. */
  readonly telemetryOf: string | undefined;
  /** Any tool that is in no list: nobody can look whether it is installed. */
  readonly isAnyTool: boolean;
}

/** What a change of a tool's configuration would be, or was. */
export type ConnectionChange =
  SoundChange | { readonly tool: string; readonly file: string; readonly reason: string };

export interface SoundChange {
  readonly tool: string;
  /** What is left for the user to do. */
  readonly note?: string;
  readonly file: string;
  /** Undefined where there is no file. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Puts Kept into tools' own configuration and takes it out again. */
export class Connections {
  readonly #around: Surroundings;
  readonly #shim: string;
  readonly #endpointOf: (tool: string) => string;
  readonly #made: MadePlaces;

  /** `shim` is what tools are to call; and each has an address to which it is to send its telemetry. */
  constructor(
    around: Surroundings,
    { shim, endpointOf, made }: { shim: string; endpointOf: (tool: string) => string; made: MadePlaces },
  ) {
    this.#around = around;
    this.#shim = shim;
    this.#endpointOf = endpointOf;
    this.#made = made;
  }

  list(): Connection[] {
    return connectables.map((each) => {
      const { tool, title, telemetryOf, isAnyTool = false } = each;
      const file = this.#fileOf(each);
      // Of a file that cannot be read nothing is known.
      const [isConnected, isCurrent] = tried(
        () => {
          const text = readIfThere(file)?.toString("utf8");
          const putter = this.#putter(each);
          return text === undefined ? [false, true] : [putter.has(text), putter.isCurrent(text)];
        },
        () => [false, true],
      );
      const isInstalled = [each.folder, each.keepsIn ?? each.folder].some((folder) =>
        existsSync(folder(this.#around, this.#shim)),
      );
      const isOutdated = isConnected && !isCurrent;
      return { tool, title, file, isInstalled, isConnected, isOutdated, telemetryOf, isAnyTool };
    });
  }

  /** Undefined for a tool that cannot be connected. */
  connecting(tool: string): ConnectionChange | undefined {
    const found = connectables.find((each) => each.tool === tool);
    const reason = found?.whyNot?.(this.#around);
    if (found && reason !== undefined) return { tool, file: this.#fileOf(found), reason };
    const change = this.#changing(tool, (text, putter, empty) => putter.add(text, empty));
    if (!change || "reason" in change || !isTelemetry(tool) || !this.#isReadByOthers(change.file))
      return change;
    const closed =
      "Others can read this file. It is to hold a secret, so from then on only you can (mode 600).";
    return { ...change, note: change.note === undefined ? closed : `${closed} ${change.note}` };
  }

  disconnecting(tool: string): ConnectionChange | undefined {
    const change = this.#changing(
      tool,
      (text, putter, empty) => (text === undefined ? undefined : putter.remove(text, empty)),
      // A file that Kept never was in is no matter of its, sound or not.
      (text) => text === undefined || !hasTrace(text),
    );
    const isLeft =
      change && "before" in change && change.before !== change.after && change.after?.trim() === "{}";
    if (!isLeft) return change;
    if (this.#made.has(change.file)) return { ...change, after: undefined };
    return { ...change, after: this.#made.blankOf(change.file) ?? change.after };
  }

  /** Writes what `connecting` or `disconnecting` said, and says why where that cannot be done. */
  write(change: SoundChange): ConnectionChange {
    const { tool, file } = change;
    return tried<ConnectionChange>(
      () => {
        this.#write(change);
        return change;
      },
      (reason) => ({ tool, file, reason }),
    );
  }

  /** A file that is left with nothing but what Kept made goes. */
  #write({ tool, file, before, after }: SoundChange): void {
    if (after === undefined) {
      rmSync(file, { force: true });
      this.#made.takeAway(file);
      return;
    }
    if (before === undefined) this.#made.make(file);
    // A link stays one, and whoever reads the file meanwhile finds all of it.
    const real = existsSync(file) ? realpathSync(file) : file;
    const isProgram = connectables.find((each) => each.tool === tool)?.isProgram ?? false;
    const mode = statSync(real, { throwIfNoEntry: false })?.mode ?? (isProgram ? 0o700 : 0o600);
    const fresh = `${real}.${randomBytes(6).toString("hex")}`;
    // An address for telemetry is a secret: whoever has it can speak for the tool.
    writeFileSync(fresh, after, { mode: mode & (isTelemetry(tool) ? 0o700 : 0o777) });
    renameSync(fresh, real);
    this.#made.filled(file, before ?? "", after);
  }

  #changing(
    tool: string,
    put: (text: string | undefined, putter: Putter, empty: readonly JSONPath[]) => Putting | undefined,
    isDone: (text: string | undefined) => boolean = () => false,
  ): ConnectionChange | undefined {
    const found = connectables.find((each) => each.tool === tool);
    if (!found) return undefined;
    const file = this.#fileOf(found);
    const change = (): ConnectionChange => {
      const bytes = readIfThere(file);
      const before = bytes?.toString("utf8");
      if (isDone(before)) return { tool, file, before, after: before };
      // Written as text, what else is in it would be something else.
      if (bytes && !isUtf8(bytes)) return { tool, file, reason: "it is no UTF-8" };
      if (!this.#isOwn(found, file)) return { tool, file, reason: "a link leads out of the home folder" };
      const changed = put(before, this.#putter(found), this.#made.emptyIn(file));
      if (changed && "reason" in changed) return { tool, file, reason: changed.reason };
      const { note } = found;
      return {
        tool,
        file,
        before,
        after: changed ? changed.text : before,
        ...(note !== undefined && { note }),
      };
    };
    return tried(change, (reason) => ({ tool, file, reason }));
  }

  #putter(connectable: Connectable): Putter {
    const { tool, telemetryOf } = connectable;
    const endpoint = telemetryOf === undefined ? "" : this.#endpointOf(telemetryOf);
    return putterFor(connectable, { shim: this.#shim, command: commandOf(this.#shim, tool), endpoint });
  }

  /** On Windows a file in the home folder has its owner's rights, and modes say nothing. */
  #isReadByOthers(file: string): boolean {
    const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
    return this.#around.platform !== "win32" && (mode & 0o077) !== 0;
  }

  /**
   * What a link leads to outside of the user's home is somebody else's. A folder that the tool's own variable puts there
   * is the user's word.
   */
  #isOwn({ folder }: Connectable, file: string): boolean {
    const nearest = (place: string): string =>
      existsSync(place) ? realpathSync(place) : nearest(path.dirname(place));
    const isIn = (owned: string, place: string) => !path.relative(owned, place).startsWith("..");
    const { userHome } = this.#around;
    const own = folder(this.#around, this.#shim);
    const owned = isIn(userHome, own) ? userHome : own;
    return [userHome, owned].some((each) => isIn(nearest(each), nearest(file)));
  }

  #fileOf({ folder, file }: Connectable): string {
    const name = typeof file === "string" ? file : file(this.#around);
    return path.join(folder(this.#around, this.#shim), ...name.split("/"));
  }
}

function readIfThere(file: string): Buffer | undefined {
  return existsSync(file) ? readRegularFile(file, longestSettings) : undefined;
}

function tried<T>(act: () => T, otherwise: (reason: string) => T): T {
  try {
    return act();
  } catch (thrown) {
    return otherwise(reasonOf(thrown));
  }
}
