import type { Origin } from "../../protocol/origin.ts";
import { shownText } from "../report/shownText.ts";
import { toolInNotes } from "../tools/toolName.ts";
import { toolTitled } from "../tools/toolTitle.ts";
import { toolOfIdentity } from "./agentIdentities.ts";

/** What a commit says of itself. */
export interface CommitIdentity {
  /** `Name <address>`. */
  readonly author: string;
  readonly trailers: readonly string[];
}

/** That a tool had a part in a commit. Only `author` and `coauthor` speak for its lines. */
export interface Declaration {
  readonly source: "author" | "Co-authored-by" | "Assisted-by" | "AI-Attribution" | "Entire-Attribution";
  readonly part: "author" | "coauthor" | "assisted";
  readonly origin: Origin;
  /** Of the commit's lines, where it is told. */
  readonly share?: number;
}

export function declarationsOf({ author, trailers }: CommitIdentity): Declaration[] {
  const tool = toolOfIdentity(author);
  const own: Declaration[] =
    tool === undefined ? [] : [{ source: "author", part: "author", origin: { kind: "ai", tool } }];
  return own.concat(trailers.flatMap((trailer) => declarationOf(trailer) ?? []));
}

function declarationOf(trailer: string): Declaration | undefined {
  const [, name, value] = /^([A-Za-z-]{1,40})\s*:\s*(.{1,1000})$/.exec(shownText(trailer)) ?? [];
  if (name === undefined || value === undefined) return undefined;
  switch (name.toLowerCase()) {
    case "co-authored-by": {
      const tool = toolOfIdentity(value);
      return tool === undefined
        ? undefined
        : { source: "Co-authored-by", part: "coauthor", origin: { kind: "ai", tool } };
    }
    case "assisted-by":
      return assistedBy(value);
    case "ai-attribution":
      return aiAttribution(value);
    case "entire-attribution": {
      const share = /^(\d{1,3}(?:\.\d+)?)% agent\b/.exec(value)?.[1];
      if (share === undefined || Number(share) > 100 || Number(share) === 0) return undefined;
      const part = { source: "Entire-Attribution", part: "assisted", origin: { kind: "ai" } } as const;
      return { ...part, share: Number(share) / 100 };
    }
    default:
      return undefined;
  }
}

/** `Agent:model [checker] …`, or an identity. People assist, too: whose address or bare name is no agent's is one of them. */
function assistedBy(value: string): Declaration | undefined {
  const known = toolOfIdentity(value);
  const [, agent = "", model] =
    /^([^:<>[\]]{1,100}?)\s*(?::\s*([^\s<>[\]]{1,200}))?\s*(?:\[|<|$)/.exec(value) ?? [];
  const name = toolInNotes(agent);
  const tool = known ?? (value.includes("<") ? undefined : (toolTitled(name) ?? (model && name)));
  if (!tool) return undefined;
  const origin: Origin = { kind: "ai", tool, ...(model === undefined ? {} : { model }) };
  return { source: "Assisted-by", part: "assisted", origin };
}

/** `v=2; status=assisted; agent=…; ratio=0.62; model=…`. What was only declared undetermined says nothing. */
function aiAttribution(value: string): Declaration | undefined {
  const fields = new Map(
    value.split(";").map((field): [string, string] => {
      const [name = "", ...rest] = field.split("=");
      return [name.trim(), rest.join("=").trim()];
    }),
  );
  const [tool, model, ratio] = ["agent", "model", "ratio"].map((name) => fields.get(name));
  const status = fields.get("status");
  if (!tool || !status || !/assisted|generated|ai/.test(status) || fields.get("method") === "undetermined") {
    return undefined;
  }
  const origin: Origin = { kind: "ai", tool: toolInNotes(tool), ...(model ? { model } : {}) };
  const share = ratio === undefined || ratio === "" ? Number.NaN : Number(ratio);
  const part = { source: "AI-Attribution", part: "assisted", origin } as const;
  return share >= 0 && share <= 1 ? { ...part, share } : part;
}
