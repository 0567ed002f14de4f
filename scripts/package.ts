/** `npm run package [-- --target NAME | --all] [--proposed]` */
import path from "node:path";
import { parseArgs } from "node:util";
import { buildForPackaging, makePackage } from "./package/make.ts";
import { isTarget, type Target, targetOfThisMachine, targets } from "./package/target.ts";
import { root } from "./paths.ts";
import { orExit } from "./process/orExit.ts";

const { asked, proposed } = orExit(readOptions);

await buildForPackaging();
for (const target of asked) {
  const { file, bytes } = await makePackage({ target, proposed });
  console.log(`${path.relative(root, file)}  ${Math.ceil(bytes / 1024)} KiB`);
}

function readOptions(): { asked: readonly Target[]; proposed: boolean } {
  const { values } = parseArgs({
    options: {
      target: { type: "string" },
      all: { type: "boolean", default: false },
      proposed: { type: "boolean", default: false },
    },
  });
  const { target, all, proposed } = values;
  if (all) return { asked: targets, proposed };
  if (target === undefined) return { asked: [targetOfThisMachine()], proposed };
  if (isTarget(target)) return { asked: [target], proposed };
  throw new Error(`${target} is no target. There are ${targets.join(", ")}.`);
}
