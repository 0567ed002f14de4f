import path from "node:path";
import {
  applyEdits,
  findNodeAtLocation,
  modify,
  parseTree,
  type FormattingOptions,
  type JSONPath,
} from "jsonc-parser";
import { grouped } from "../../core/grouped.ts";
import { tierOf } from "../../core/requests/modelTiers.ts";
import type { SummaryTask } from "../../core/requests/taskGroups.ts";
import { titleOfTool } from "../../core/tools/toolTitle.ts";
import type { Surroundings } from "../agents/agent.ts";
import { styleOf, whyNotPut } from "../hooks/jsonText.ts";

/** Where tools keep the model they begin with, each in a file of the user's. */
const files: Readonly<Record<string, (around: Surroundings) => string>> = {
  "claude-code": ({ userHome, environment }) =>
    path.join(
      environment["CLAUDE_CONFIG_DIR"]?.split(",")[0]?.trim() || path.join(userHome, ".claude"),
      "settings.json",
    ),
  codex: ({ userHome, environment }) =>
    path.join(environment["CODEX_HOME"] || path.join(userHome, ".codex"), "config.toml"),
  "copilot-cli": ({ userHome, environment }) =>
    path.join(environment["COPILOT_HOME"] || path.join(userHome, ".copilot"), "settings.json"),
  droid: ({ userHome }) => path.join(userHome, ".factory", "settings.json"),
  "gemini-cli": ({ userHome }) => path.join(userHome, ".gemini", "settings.json"),
  opencode: ({ userHome, environment }) =>
    path.join(environment["XDG_CONFIG_HOME"] || path.join(userHome, ".config"), "opencode", "opencode.json"),
};

/** What it is called there. OpenCode names a model by its provider, which no record tells. */
const names: Readonly<Record<string, JSONPath | "toml">> = {
  "claude-code": ["model"],
  codex: "toml",
  "copilot-cli": ["model"],
  droid: ["model"],
  "gemini-cli": ["model", "name"],
};

/** It lives in the editor and its models are among the editor's settings. */
const ofTheEditor = "github-copilot";

export interface ModelPlace {
  /** As its maker writes it. */
  readonly tool: string;
  /** Null where it is not known to be in a file. */
  readonly file: string | null;
}

/** Where a tool of that title has its default model; null where the editor's settings are the place. */
export function modelPlaceOf(title: string | undefined, around: Surroundings): ModelPlace | null {
  if (title === undefined || title === titleOfTool(ofTheEditor)) return null;
  return { tool: title, file: byTitle(files, title)?.(around) ?? null };
}

const mostOffered = 5;

/** The lighter models that a person already used with a tool, those of the most tasks first: what can be put into its file. */
export function lighterModels(
  title: string,
  tasks: readonly Pick<SummaryTask & { readonly tool: string }, "tool" | "models">[],
): string[] {
  if (!byTitle(names, title)) return [];
  const own = tasks.filter(({ tool }) => titleOfTool(tool) === title).flatMap(({ models }) => models);
  const isLighter = (model: string) => ["fast", "standard"].includes(tierOf(model)) && plainName.test(model);
  return [...grouped(own.filter(isLighter), (model) => model)]
    .sort(([, one], [, other]) => other.length - one.length)
    .slice(0, mostOffered)
    .map(([model]) => model);
}

/** It goes into a file between quotes. */
const plainName = /^[\w.:/@-]{1,100}$/;

/** A tool's file with another default model in it; undefined where it has no place for one that is sure. */
export function withModel(title: string, text: string, model: string): string | undefined {
  const name = byTitle(names, title);
  if (!name || !plainName.test(model)) return undefined;
  if (name === "toml") return withTomlModel(text, model);
  if (whyNotPut(text) !== undefined) return undefined;
  const before = findNodeAtLocation(parseTree(text)!, [...name])?.type;
  if (before !== undefined && before !== "string") return undefined;
  try {
    return applyEdits(text, modify(text, [...name], model, { formattingOptions: formattingOf(text) }));
  } catch {
    // Something else than a group is on the way.
    return undefined;
  }
}

/** Before the first table, where a value is the tool's own and not a profile's. */
function withTomlModel(text: string, model: string): string | undefined {
  const end = /^[ \t]*\[/m.exec(text)?.index ?? text.length;
  const [head, rest] = [text.slice(0, end), text.slice(end)];
  // A profile has a model of its own, and of text over several lines it is not known what is a setting.
  if (/^[ \t]*profile[ \t]*=/m.test(head) || /"""|'''/.test(head)) return undefined;
  const line = `model = "${model}"`;
  const found = head.match(/^[ \t]*model[ \t]*=.*$/gm) ?? [];
  if (found.length > 1) return undefined;
  if (found.length === 0) return `${line}${styleOf(text).eol}${text}`;
  const plain = /^[ \t]*model[ \t]*=[ \t]*(?:"[^"\\]*"|'[^']*')/m;
  return plain.test(head) ? head.replace(plain, line) + rest : undefined;
}

function byTitle<Value>(table: Readonly<Record<string, Value>>, title: string): Value | undefined {
  return Object.entries(table).find(([tool]) => titleOfTool(tool) === title)?.[1];
}

function formattingOf(text: string): FormattingOptions {
  const { unit, eol } = styleOf(text);
  return { insertSpaces: !unit.includes("\t"), tabSize: unit.length, eol };
}
