import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { madeAgent, type Teller } from "./madeAgent.ts";
import { World, type WorldOptions } from "./world.ts";

/** Letters of which something holds, of so many. */
export interface Share {
  readonly of: number;
  readonly are: number;
}

/** What the corpus says of one tool and one kind of its records. */
export interface Precision {
  readonly title: string;
  /** Of what Kept says this tool wrote, how much it wrote. */
  readonly precision: Share;
  /** Of what it wrote, how much Kept says it wrote. */
  readonly recall: Share;
  /** Of what it wrote, how much Kept says anybody wrote. */
  readonly coverage: Share;
  /** What was said by each source of evidence, and how much of that is right. */
  readonly bySource: Readonly<Record<string, Share>>;
}

interface Count {
  of: number;
  are: number;
}

const steps = 150;

/**
 * Days at work with two tools that tell in one way each, the one that is measured and another. Signs and spaces are left out:
 * where a line takes the place of another, those that both have may as well have stayed.
 */
export function measurePrecision(
  teller: Teller,
  others: readonly Teller[],
  spoil?: WorldOptions["spoil"],
): Precision {
  const [precision, recall, coverage] = [countNone(), countNone(), countNone()];
  const bySource: Record<string, Count> = {};
  others.forEach((other, index) => {
    const folder = mkdtempSync(path.join(tmpdir(), "kept-day-"));
    const agents = [teller, other].map((each) => madeAgent(each, folder));
    try {
      const world = new World({ seed: 1 + index, agents, ...(spoil && { spoil }) });
      world.live(steps);
      for (const { text, truth, said } of lettersOf(world)) {
        if (!/[a-z]/.test(text)) continue;
        const isSaid = said.kind === "ai" && said.tool === teller.tool;
        const isRight = truth === teller.tool;
        if (isSaid) {
          add(precision, isRight);
          add((bySource[said.source] ??= countNone()), isRight);
        }
        if (!isRight) continue;
        add(recall, isSaid);
        add(coverage, said.kind !== "unknown" && said.kind !== "external");
      }
    } finally {
      for (const { voices } of agents) for (const voice of voices) voice.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
  return { title: teller.title, precision, recall, coverage, bySource };
}

/** Where nothing is claimed, nothing is wrong. */
export function shareOf({ of, are }: Share): number {
  return of === 0 ? 1 : are / of;
}

function countNone(): Count {
  return { of: 0, are: 0 };
}

function add(count: Count, is: boolean): void {
  count.of++;
  if (is) count.are++;
}

function lettersOf({ place }: World) {
  return place.files.flatMap((file) => {
    const attributed = place.attributed(file);
    if (attributed.length !== file.text.length)
      throw new Error(`${file.path} is attributed in other letters`);
    return attributed.map((said, index) => ({ text: file.text[index]!, truth: file.truth[index]!, said }));
  });
}
