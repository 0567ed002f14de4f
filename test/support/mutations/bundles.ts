import type { Mutations } from "./mutation.ts";

const tests = "test/unit/server/bundles/verifyBundle.test.ts";
const keyTests = "test/unit/server/bundles/pinnedKeys.test.ts";
const verifier = "server/bundles/verifyBundle.ts";
const judge = "core/organisation/bundleTrust.ts";

/** For each guard, what the code is without it, and the short test that must then fail. */
export const bundleMutations: Mutations = {
  "S5: nothing in a prompt is hidden from people": {
    file: "protocol/bundle.ts",
    from: "suggestion: visibleTextSchema.max(1000)",
    to: "suggestion: visibleTextSchema.or(z.string()).pipe(z.string())",
    tests: "test/unit/protocol/visibleText.test.ts",
    test: "is what a prompt, what it suggests and whom to ask are made of",
  },
  "S2: what one organisation publishes raises nothing of another's": {
    file: "server/bundles/highestSequence.ts",
    from: "namesSigned({ ...signing, keys: [...signers] })",
    to: "namesSigned({ ...signing, keys: [...signing.keys, ...signers] })",
    tests: "test/unit/server/bundles/orgPull.test.ts",
    test: "is nobody's but who signs",
  },
  "S1: signatures are checked": {
    file: verifier,
    from: 'if (verify(null, message, publicKey, Buffer.from(signature, "base64"))) signers.add(key);',
    to: "void verify; void message; void signature; signers.add(key);",
    tests,
    test: "S1: is refused without an exception",
  },
  "S1: different keys sign": {
    file: verifier,
    from: "signers.size < Math.max(1, threshold)",
    to: "signers.size < 1 || envelope.data.signatures.length < threshold",
    tests,
    test: "needs as many different keys",
  },
  "S1: no threshold is nobody": {
    file: verifier,
    from: "Math.max(1, threshold)",
    to: "threshold",
    tests,
    test: "needs as many different keys",
  },
  "S1: a signature is for bundles": {
    file: verifier,
    from: "Buffer.concat([Buffer.from(bundleContext), payload])",
    to: "Buffer.concat([Buffer.from(bundleContext).subarray(0, 0), payload])",
    tests,
    test: "was signed as something else",
  },
  "S2: an older one does not come back": {
    file: judge,
    from: "bundle.sequence < trust.lastSequence",
    to: "bundle.sequence < 0 * trust.lastSequence",
    tests,
    test: "is refused when it is another's",
  },
  "S2: nor after the database was lost": {
    file: "server/bundles/orgPull.ts",
    from: "return Math.max(held.sequence, beside);",
    to: "return Math.max(held.sequence, 0 * beside);",
    tests: "test/unit/server/bundles/orgPull.test.ts",
    test: "S2: is refused by whoever leaves and joins again",
  },
  "S3: it ends": {
    file: judge,
    from: "return now >= expiresAt;",
    to: "return now > 2 * expiresAt;",
    tests,
    test: "is refused when it is another's",
  },
  "S2: only the newest keys hand on": {
    file: judge,
    from: "since === newest && signers.has(id)",
    to: "signers.has(id) && newest >= since",
    tests: keyTests,
    test: "an old key that was stolen",
  },
  "S1: how many sign is pinned": {
    file: "server/bundles/pinnedKeys.ts",
    from: "needed ?? membership?.signatures ?? 1",
    to: "needed === undefined ? 1 : (membership?.signatures ?? needed)",
    tests: keyTests,
    test: "where two had to sign when it joined",
  },
  "S1: how many sign is pinned as soon as somebody joined": {
    file: "server/bundles/orgPull.ts",
    from: "    this.#pin();\n",
    to: "",
    tests: keyTests,
    test: "where two had to sign when it joined",
  },
  "S1: how many sign never falls": {
    file: judge,
    from: "Math.max(needed, asked)",
    to: "asked",
    tests: keyTests,
    test: "where two had to sign when it joined",
  },
  "S1: how many sign rises": {
    file: judge,
    from: "signers.size >= asked ? Math.max(needed, asked) : needed",
    to: "signers.size >= asked ? needed : needed",
    tests: keyTests,
    test: "more have to sign from the first bundle on",
  },
  "S1: how many sign rises only where as many did": {
    file: judge,
    from: "signers.size >= asked ? Math.max(needed, asked) : needed",
    to: "signers.size >= 0 ? Math.max(needed, asked) : needed",
    tests: keyTests,
    test: "whoever asks for more keys than sign",
  },
  "S1: what one handed on before stays": {
    file: "server/bundles/pinnedKeys.ts",
    from: "needed?.[at] ?? neededNow(consent, held)",
    to: "Math.max(needed?.[at] ?? 1, neededNow(consent, held))",
    tests: keyTests,
    test: "what one handed on before stays",
  },
  "S1: keys are pinned for one organisation": {
    file: "server/sync/renewal.ts",
    from: "if (isOther || answer.status === 401)",
    to: "if (answer.status === 401)",
    tests: "test/unit/server/sync/renewal.test.ts",
    test: "follows no other organisation",
  },
  "S1: a key that is handed on bears its own name": {
    file: "server/bundles/pinnedKeys.ts",
    from: "keys: keys?.filter(hasTrueName)",
    to: "keys",
    tests: keyTests,
    test: "nobody hands on a key who",
  },
  "S1: what was stored of keys is verified again": {
    file: "server/bundles/pinnedKeys.ts",
    from: "return keys.flatMap((id) => {",
    to: "return [...new Set([...all.keys(), ...keys])].flatMap((id) => {",
    tests: keyTests,
    test: "what was stored of it is believed no more",
  },
};
