import { describe, expect, it } from "vitest";
import { checkInMemory, snippet } from "../../../test/memory-checker.ts";

const WIDGETS = `
export interface Widget { id: string; name: string; size?: number; shape: { kind: "round"; radius: number } | { kind: "flat" } }
export interface ListOptions { limit?: number; order?: "up" | "down" }
export class Client {
  constructor(options: { key: string; retries?: number });
  widgets: {
    list(options?: ListOptions): Promise<Widget[]>;
    create(input: { name: string; size?: number }): Promise<Widget>;
  };
  on(event: "change", listener: (widget: Widget) => void): this;
}
export function connect(key: string): Client;
`;
const PACKAGES = { "widgets@2.0.0": WIDGETS };
const SETUP = snippet(
  0,
  `import { Client } from 'widgets';\n\nconst client = new Client({ key: process.env.KEY });`,
);

/** Outcome and number of the error of each block behind the setup, as documents of one program. */
function judgeAll(codes: readonly string[], settings: Parameters<typeof snippet>[2]): string[] {
  const documents = codes.map((code) => [SETUP, snippet(1, code, settings)]);
  return checkInMemory(documents, PACKAGES).map((verdicts) => {
    const { outcome, error } = verdicts[1]!;
    return error === undefined ? outcome : `${outcome} ${error.code}`;
  });
}

describe("checkDocuments", () => {
  it.each([["ts"], ["js"]] as const)("finds drift in %s", (dialect) => {
    const expected = DRIFT.map(([what, , number]) => `${what}: failed ${number}`);
    const found = judgeAll(
      DRIFT.map(([, code]) => code),
      { dialect },
    );
    expect(found.map((outcome, i) => `${DRIFT[i]![0]}: ${outcome}`)).toEqual(expected);
  });

  it("tolerates what sound documents do", () => {
    const found = judgeAll(
      TOLERATED.map(([, code]) => code),
      {},
    );
    expect(found.map((outcome, i) => `${TOLERATED[i]![0]}: ${outcome}`)).toEqual(
      TOLERATED.map(([what]) => `${what}: passed`),
    );
  });

  it("a name whose other declaration makes the block sound", () => {
    const [verdicts] = checkInMemory(
      [
        [
          SETUP,
          snippet(1, "const result = await client.widgets.list();"),
          snippet(2, "const result = await client.widgets.create({ name: 'a' });"),
          snippet(3, "console.log(result[0].name, client.widgets);"),
          snippet(4, "console.log(result.name, client.widgets);"),
          snippet(5, "console.log(result.title, client.widgets);"),
        ],
      ],
      PACKAGES,
    );
    expect(verdicts!.map(({ outcome }) => outcome)).toEqual([
      "passed",
      "passed",
      "passed",
      "passed",
      "passed",
      "failed",
    ]);
  });
  it("gives place, package and counts", () => {
    const code =
      "console.log(missing);\n\nconst row: { a: number } = { b: 1 };\nawait client.widgets.find('a');";
    expect(checkInMemory([[SETUP, snippet(7, code)]], PACKAGES)).toEqual([
      [
        {
          index: 0,
          outcome: "passed",
          packageName: "widgets",
          codes: [2322],
          counts: { drift: 0, context: 0, style: 1 },
        },
        {
          index: 7,
          outcome: "failed",
          packageName: "widgets",
          error: {
            code: 2339,
            message:
              "Property 'find' does not exist on type '{ list(options?: ListOptions | undefined): Promise<Widget[]>; create(input: { name: string; size?: number | undefined; }): Promise<Widget>; }'.",
            line: 4,
            column: 22,
          },
          codes: [2304, 2353, 2339],
          counts: { drift: 1, context: 1, style: 1 },
        },
      ],
    ]);
  });

  it("claims nothing of code that uses no package", () => {
    expect(
      judgeAll(
        ["const sum = [1, 2].reduce((a, b) => a + b);", "await elsewhere.widgets.find('a');"],
        {},
      ),
    ).toEqual(["unrelated", "unrelated"]);
  });

  it("carries what a block needs, and only that", () => {
    const shop =
      "declare const name: unique symbol;\nexport const shop: { sell(thing: string): void };";
    const [verdicts] = checkInMemory(
      [
        [
          SETUP,
          snippet(1, "const { name, id } = await client.widgets.create({ name: 'a' });"),
          snippet(2, "const id = 3;\nconsole.log(name.trim(), id.toFixed());"),
          snippet(3, "import { shop } from 'shop';\nshop.sell(name);"),
          snippet(4, "shop.sell(id);"),
          snippet(5, "shop.buy(name);"),
        ],
      ],
      { ...PACKAGES, "shop@1.0.0": shop },
    );
    expect(
      verdicts!.map(({ outcome, packageName, error }) => [outcome, packageName, error?.code]),
    ).toEqual([
      ["passed", "widgets", undefined],
      ["passed", "widgets", undefined],
      ["unrelated", undefined, undefined],
      ["passed", "shop", undefined],
      ["passed", "shop", undefined],
      ["failed", "shop", 2339],
    ]);
  });

  it("carries a constant and a type of one name together", () => {
    const [verdicts] = checkInMemory(
      [
        [
          snippet(
            0,
            "import * as w from 'widgets';\nconst Made = { make: () => w.connect('k') };\ntype Made = w.Widget;",
          ),
          snippet(
            1,
            "const made: Made = await Made.make().widgets.create({ name: 'a' });\nmade.title;",
          ),
        ],
      ],
      PACKAGES,
    );
    expect(verdicts![1]!.error?.message).toBe("Property 'title' does not exist on type 'Widget'.");
  });

  it("does what the words of the fence say", () => {
    const outcomes = (second: Parameters<typeof snippet>[2]): string =>
      checkInMemory([[SETUP, snippet(1, "client.widgets.find('a');", second)]], PACKAGES)[0]![1]!
        .outcome;
    expect(outcomes({})).toBe("failed");
    expect(outcomes({ carry: "block-before" })).toBe("failed");
    expect(outcomes({ carry: "nothing" })).toBe("unrelated");
    const [files] = checkInMemory(
      [
        [
          snippet(0, "import { connect } from 'widgets';\nexport const client = connect('k');", {
            file: "src/client.ts",
          }),
          snippet(1, "import { client } from './client.js';\nclient.explode();", {
            file: "src/main.ts",
          }),
        ],
      ],
      PACKAGES,
    );
    expect(files![1]!.error?.code).toBe(2339);
  });

  it("reads a companion after the entry it belongs to", () => {
    const [verdicts] = checkInMemory([[snippet(0, "client.widgets.find('a');")]], PACKAGES, [
      SETUP,
    ]);
    expect(verdicts![0]!.error?.code).toBe(2339);
  });

  it("knows CommonJS, and fragments that need something around them", () => {
    const [verdicts] = checkInMemory(
      [
        [
          snippet(
            0,
            "const { Client } = require('widgets');\nconst client = new Client({ key: 'k' });",
            { dialect: "js" },
          ),
          snippet(1, "{ list: client.widgets.find() }", {
            dialect: "js",
            prefix: "(\n",
            suffix: "\n)",
          }),
        ],
      ],
      PACKAGES,
    );
    expect(verdicts![1]!.error).toMatchObject({ code: 2339, line: 1, column: 24 });
  });

  it("keeps documents apart, and lets packages that declare a run time replace the browser", () => {
    const runtime =
      "declare class Response { static json(value: unknown): Response; }\ninterface Kept { get(key: string): Promise<string | null> }\ndeclare var kept: Kept;";
    const verdicts = checkInMemory(
      [
        [snippet(0, "const client = 1;\nResponse.json(await kept.get('a'));")],
        [snippet(0, "kept.put('a');\nResponse.xml(client);")],
      ],
      { "runtime@1.0.0": runtime },
    );
    expect(verdicts.map(([verdict]) => [verdict!.outcome, verdict!.error?.code])).toEqual([
      ["passed", undefined],
      ["failed", 2339],
    ]);
  });

  it("says nothing of what a project generates", () => {
    const [verdicts] = checkInMemory(
      [[snippet(0, "import { Generated } from 'orm';\nnew Generated();")]],
      { "orm@1.0.0": "export * from '.orm/generated';" },
    );
    expect(verdicts![0]!.outcome).not.toBe("failed");
  });
});

const DRIFT: readonly (readonly [string, string, number])[] = [
  ["an unknown member", "await client.widgets.find('a');", 2339],
  ["a member with a typing error", "await client.widgets.lst();", 2551],
  ["an unknown export", "import { Server } from 'widgets';\nnew Server();", 2305],
  ["an export that is nearly right", "import { Clent } from 'widgets';\nnew Clent();", 2724],
  ["a default export that is not there", "import widgets from 'widgets';\nwidgets();", 2349],
  ["an unknown module of the package", "import { a } from 'widgets/extra';\na();", 2307],
  ["an unknown option", "await client.widgets.list({ pageSize: 3 });", 2353],
  ["a wrong value", "await client.widgets.list({ order: 'random' });", 2322],
  ["a missing argument", "await client.widgets.create();", 2554],
  ["a missing property", "await client.widgets.create({ size: 3 });", 2345],
  ["a wrong argument", "client.on('explode', () => {});", 2345],
  ["an unknown property of a result", "const [w] = await client.widgets.list();\nw.title;", 2339],
  [
    "an unknown name in a pattern",
    "const { title } = await client.widgets.create({ name: 'a' });",
    2339,
  ],
  [
    "a forgotten await",
    "const w = client.widgets.create({ name: 'a' });\nconsole.log(w.id);",
    2339,
  ],
];
const TOLERATED: readonly (readonly [string, string])[] = [
  [
    "sound code",
    "const widgets = await client.widgets.list({ limit: 3, order: 'up' });\nwidgets.map((w) => w.name);",
  ],
  [
    "names from elsewhere",
    "app.get('/', async (req, res) => res.json(await client.widgets.create({ name: req.body.name })));",
  ],
  [
    "imports from elsewhere",
    "import { db } from './db.js';\nimport express from 'express';\nawait db.save(await client.widgets.list(), express());",
  ],
  [
    "a constant in a variable",
    "const options = { order: 'up' };\nawait client.widgets.list(options);",
  ],
  [
    "a member of some kinds of a thing",
    "const [w] = await client.widgets.list();\nconsole.log(w.shape.radius);",
  ],
  [
    "what may be undefined",
    "const [w] = await client.widgets.list();\nconsole.log(w.size.toFixed(1));",
  ],
  ["what is left out", "await client.widgets.create({ /* ... */ });"],
  [
    "the author's own types",
    "interface Row { a: number }\nconst row: Row = { b: 1 };\nawait client.widgets.list();",
  ],
  ["mistakes about the language", "await client.widgets.list();\n'a'.toUpper();"],
  [
    "parameters without types",
    "async function save(input) {\n  return client.widgets.create(input);\n}",
  ],
];
