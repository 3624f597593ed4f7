import type { Identifier } from "@chub/registry";

/** How names of one kind look in code. Every group of the pattern is a name. */
export interface IdentifierPattern {
  readonly kind: Identifier["kind"];
  readonly pattern: RegExp;
  /** Canonical languages the pattern is for; null for all. */
  readonly languages: ReadonlySet<string> | null;
  /** Whether it also reads inline code in prose. */
  readonly inline: boolean;
  /** Text without which there is no match: finding it is much faster than trying the pattern. */
  readonly needs: string;
}

const of = (...languages: string[]) => new Set(languages);
const ECMASCRIPT = of("javascript", "typescript", "jsx", "tsx", "vue", "svelte");
const SHELL = of("bash", "powershell", "dockerfile", "dotenv");

/** All patterns; each is linear in the length of the code. */
export const PATTERNS: readonly IdentifierPattern[] = [
  {
    kind: "import",
    languages: ECMASCRIPT,
    inline: false,
    needs: "from",
    pattern: /\bfrom\s*["']([^"'\n]+)["']/g,
  },
  {
    kind: "import",
    languages: ECMASCRIPT,
    inline: false,
    needs: "",
    pattern: /\b(?:require|import)\s*\(?\s*["']([^"'\n]+)["']/g,
  },
  {
    kind: "import",
    languages: of("python"),
    inline: false,
    needs: "import",
    pattern: /^[ \t]*(?:from|import)[ \t]+([A-Za-z_][\w.]*)/gm,
  },
  {
    kind: "import",
    languages: of("go"),
    inline: false,
    needs: '"',
    pattern: /^[ \t]*(?:import[ \t]+)?(?:[\w.]+[ \t]+)?"([\w.-]+(?:\/[\w.-]+)+)"[ \t]*$/gm,
  },
  {
    kind: "import",
    languages: of("ruby"),
    inline: false,
    needs: "require",
    pattern: /\brequire(?:_relative)?[ \t(]+["']([^"'\n]+)["']/g,
  },
  {
    kind: "import",
    languages: of("rust"),
    inline: false,
    needs: "use",
    pattern: /^[ \t]*(?:pub[ \t]+)?use[ \t]+([a-z_]\w*)/gm,
  },
  {
    kind: "import",
    languages: of("java", "kotlin", "scala"),
    inline: false,
    needs: "import",
    pattern: /^[ \t]*import[ \t]+(?:static[ \t]+)?([a-z]\w*(?:\.\w+)+)/gm,
  },
  {
    kind: "import",
    languages: of("csharp"),
    inline: false,
    needs: "using",
    pattern: /^[ \t]*using[ \t]+([A-Z]\w*(?:\.\w+)*);/gm,
  },
  {
    kind: "import",
    languages: of("php"),
    inline: false,
    needs: "use",
    pattern: /^[ \t]*use[ \t]+([A-Z]\w*(?:\\\w+)*)/gm,
  },
  {
    kind: "import",
    languages: of("swift", "dart", "elixir"),
    inline: false,
    needs: "",
    pattern: /^[ \t]*(?:import|alias|use)[ \t]+["']?([\w.:/]+)/gm,
  },
  {
    kind: "member",
    languages: null,
    inline: true,
    needs: "(",
    pattern: /(?:\.|->|::)([A-Za-z_]\w*)[!?]?(?:<[\w, ]{1,40}>)?\(/g,
  },
  {
    kind: "call",
    languages: null,
    inline: true,
    needs: "(",
    pattern: /(?<![.\w>:$@-])([A-Za-z_$][\w$]*)(?:<[\w, ]{1,40}>)?\(/g,
  },
  {
    kind: "flag",
    languages: SHELL,
    inline: true,
    needs: "--",
    pattern: /(?<![\w-])(--[a-z][a-z0-9-]*)/g,
  },
  {
    kind: "environment",
    languages: null,
    inline: true,
    needs: "env",
    pattern:
      /\bprocess\.env\.([A-Z_][A-Z0-9_]*)|\b(?:environ|getenv|env)(?:\.get)?[[(]["']([A-Z_][A-Z0-9_]*)["']/g,
  },
  {
    kind: "environment",
    languages: of("ruby"),
    inline: false,
    needs: "ENV",
    pattern: /\bENV(?:\.fetch\(|\[)["']([A-Z_][A-Z0-9_]*)["']/g,
  },
  {
    kind: "environment",
    languages: SHELL,
    inline: false,
    needs: "=",
    pattern: /^[ \t]*(?:export[ \t]+|ENV[ \t]+|\$env:)?([A-Z][A-Z0-9_]{2,})[ \t]?=/gm,
  },
  {
    kind: "environment",
    languages: SHELL,
    inline: true,
    needs: "$",
    pattern: /\$\{?([A-Z][A-Z0-9_]{2,})\b/g,
  },
  // In prose a name in capitals with an underscore is nearly always an environment variable or a constant.
  {
    kind: "environment",
    languages: of("dotenv"),
    inline: true,
    needs: "_",
    pattern: /^([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)$/gm,
  },
];
