/** What messages say of a schema: known keys and an example, by JSON pointer; `*` stands for any item or key. */
export type SchemaFields = Readonly<Record<string, SchemaField>>;

export interface SchemaField {
  readonly keys?: readonly string[];
  readonly example?: string;
}

/** The field at a JSON pointer of data; empty when the schema does not describe it. */
export function fieldAt(fields: SchemaFields, path: readonly string[]): SchemaField {
  let pointer = "";
  for (const part of path) {
    const named = `${pointer}/${part}`;
    pointer = Object.hasOwn(fields, named) ? named : `${pointer}/*`;
  }
  return fields[pointer] ?? {};
}

/** Steps of a JSON pointer. */
export function pointerParts(pointer: string): readonly string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
