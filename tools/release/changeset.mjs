// Runs changesets on any supported Node: version 3 uses two functions that Node 20 lacks.
// `pnpm changeset` adds one; arguments are those of the changeset command.
import module from "node:module";

module.enableCompileCache ??= () => undefined;
module.syncBuiltinESMExports();
Promise.withResolvers ??= function withResolvers() {
  let resolve;
  let reject;
  const promise = new this((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
};

await import("@changesets/cli");
