import assert from "node:assert/strict";
import { passesOnCopy, type Mutation } from "../support/store/mutation.ts";

const tests = "test/unit/server/bundles/verifyBundle.test.ts";
const verifier = "server/bundles/verifyBundle.ts";
const judge = "core/organisation/bundleTrust.ts";

/** For each guard, what the code is without it, and the short test that must then fail. */
const mutations: Record<string, Mutation> = {
  "S1: signatures are checked": {
    file: verifier,
    from: 'if (verify(null, message, publicKey, Buffer.from(signature, "base64"))) signers.add(key);',
    to: "void verify; void message; void signature; signers.add(key);",
    tests,
    test: "S1: is refused without an exception",
  },
  "different keys sign": {
    file: verifier,
    from: "signers.size < Math.max(1, trust.threshold)",
    to: "signers.size < 1 || envelope.data.signatures.length < trust.threshold",
    tests,
    test: "needs as many different keys",
  },
  "no threshold is nobody": {
    file: verifier,
    from: "Math.max(1, trust.threshold)",
    to: "trust.threshold",
    tests,
    test: "needs as many different keys",
  },
  "a signature is for bundles": {
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
  "S3: it ends": {
    file: judge,
    from: "return now >= expiresAt;",
    to: "return now > 2 * expiresAt;",
    tests,
    test: "is refused when it is another's",
  },
};

suite("A guard of bundles is missed by its test without", function () {
  this.timeout(600_000);
  for (const [what, mutation] of Object.entries(mutations)) {
    test(what, () => {
      assert.equal(passesOnCopy(mutation, false), true, "the test fails without the mutation too");
      assert.equal(passesOnCopy(mutation, true), false);
    });
  }
});
