import { memorySource } from "../src/sources/memory-source.ts";
import { sourceContract } from "./source-contract.ts";

sourceContract("memory", async (files) => ({
  source: memorySource({ name: "main", kind: "path", location: "memory" }, async () => files),
  close: async () => undefined,
}));
