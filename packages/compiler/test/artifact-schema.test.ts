import { join } from "node:path";
import {
  ARTIFACT_FILES,
  astValidator,
  manifestValidator,
  registryValidator,
  type SchemaValidator,
  searchIndexValidator,
} from "@chub/registry";
import { expect, it } from "vitest";
import {
  type ArtifactPart,
  compile,
  discover,
  loadEngine,
  loadTokenCounter,
} from "../src/index.ts";

const VALIDATORS: Readonly<Record<string, SchemaValidator>> = {
  [ARTIFACT_FILES.manifest]: manifestValidator,
  [ARTIFACT_FILES.registry]: registryValidator,
  [ARTIFACT_FILES.contextHubIndex]: searchIndexValidator,
};

it("emits JSON that conforms to its schemas", async () => {
  const discovered = discover(join(import.meta.dirname, "golden/shapes/content"), {});
  const inputs = {
    engine: await loadEngine(),
    countTokens: await loadTokenCounter(),
    config: null,
    baseUrl: "https://docs.example.com/v1",
  };
  const { artifact } = compile(discovered, inputs);
  const checked = artifact!.parts.flatMap((part) => {
    const validator = part.path.startsWith("ast/") ? astValidator : VALIDATORS[part.path];
    return validator === undefined ? [] : [{ path: part.path, errors: errorsOf(validator, part) }];
  });
  expect(checked.filter(({ errors }) => errors.length > 0)).toEqual([]);
  expect(checked.length).toBeGreaterThan(12);
});

function errorsOf(validator: SchemaValidator, part: ArtifactPart): unknown[] {
  return validator(JSON.parse(Buffer.from(part.bytes()).toString("utf8")))
    ? []
    : [...(validator.errors ?? [])];
}
