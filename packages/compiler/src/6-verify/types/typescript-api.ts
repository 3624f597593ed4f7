/** The TypeScript compiler as a value: it is loaded from the store, in its own process, so nothing here imports it. */
export type TypeScript = typeof import("typescript");
