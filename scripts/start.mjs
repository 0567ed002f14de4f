import process from "node:process";
import { launch } from "./launch.mjs";

await launch("scripts/start/main.ts", process.argv.slice(2));
