/** `npm run package [-- --target NAME | --all] [--proposed]` */
import path from "node:path";
import { parseArgs } from "node:util";
import { buildForPackaging, makePackage } from "./package/make.ts";
import { isTarget, type Target, targetOfThisMachine, targets } from "./package/target.ts";
import { root } from "./paths.ts";

const { values } = parseArgs({
  options: {
    target: { type: "string" },
    all: { type: "boolean", default: false },
    proposed: { type: "boolean", default: false },
  },
});

await buildForPackaging();
for (const target of asked()) {
  const { file, bytes } = await makePackage({ target, proposed: values.proposed });
  console.log(`${path.relative(root, file)}  ${Math.ceil(bytes / 1024)} KiB`);
}

function asked(): readonly Target[] {
  if (values.all) return targets;
  if (values.target === undefined) return [targetOfThisMachine()];
  if (isTarget(values.target)) return [values.target];
  throw new Error(`${values.target} is no target. There are ${targets.join(", ")}.`);
}
