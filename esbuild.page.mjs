/** How what runs on a page is bundled: the panel, the console's script, and both in tests. */
import path from "node:path";

const charts = path.join(import.meta.dirname, "webview/charts");

/**
 * A page writes no schema in another language. zod's methods for it hang on every schema, so that no bundler sees that
 * nobody calls them.
 */
const withoutJsonSchema = {
  name: "without-json-schema",
  setup(build) {
    build.onLoad({ filter: /zod[\\/]v4[\\/]core[\\/](json-schema-processors|to-json-schema)\.js$/ }, () => ({
      contents: "module.exports = {};",
    }));
  },
};

export const onPage = {
  platform: "browser",
  format: "iife",
  target: "chrome134",
  // What no scale here uses of them is a twentieth of the panel.
  alias: {
    "d3-interpolate": path.join(charts, "numbersOnly.ts"),
    "d3-format": path.join(charts, "unwritten.ts"),
  },
  plugins: [withoutJsonSchema],
};
