import type { BuildOptions, Plugin } from "esbuild";

export const onPage: Pick<BuildOptions, "platform" | "format" | "target" | "alias"> & {
  readonly plugins: Plugin[];
};
