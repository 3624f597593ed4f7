/** One error of a JSON Schema check, as ajv reports it. */
export interface SchemaError {
  /** JSON Schema keyword that failed, e.g. `required`. */
  readonly keyword: string;
  /** JSON pointer to the value, e.g. `/metadata/versions`; "" is the root. */
  readonly instancePath: string;
  /** JSON pointer into the schema. */
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** A compiled JSON Schema: true when the value conforms, otherwise false with the reasons in `errors`. */
export interface SchemaValidator {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}
