import { crc32 } from "node:zlib";

export interface FoundSecret {
  readonly start: number;
  readonly end: number;
  /** What it opens. */
  readonly name: string;
  /** Whether the format has a checksum and it is right: then it is certainly real. */
  readonly proven: boolean;
}

/** Tokens and keys in well-known formats that are not placeholders, in the order of the text. */
export function secretsIn(text: string): readonly FoundSecret[] {
  if (!HINT.test(text)) return [];
  return [...text.matchAll(SECRET)].flatMap((match) => {
    const found = match[0];
    const format = FORMATS.find(({ id }) => match.groups?.[id] !== undefined);
    if (format === undefined || isPlaceholder(found, format)) return [];
    const start = match.index;
    return [
      {
        start,
        end: start + found.length,
        name: format.name,
        proven: format.checksum?.(found) ?? false,
      },
    ];
  });
}

interface SecretFormat {
  /** Name of its group in the pattern. */
  readonly id: string;
  readonly name: string;
  readonly pattern: string;
  readonly checksum?: (token: string) => boolean;
}

/** The last six characters of GitHub and npm tokens are the CRC-32 of those before, in base 62. Source: https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/ */
function checksum62(token: string): boolean {
  const body = token.slice(token.indexOf("_") + 1);
  let rest = crc32(body.slice(0, -6));
  let digits = "";
  while (rest > 0) {
    digits = BASE_62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits.padStart(6, "0") === body.slice(-6);
}

/** Words and patterns that nobody has in a real secret. */
function isPlaceholder(secret: string, { id }: SecretFormat): boolean {
  if (id === "privateKey")
    return (
      /[A-Za-z0-9+/=]{100,}/.exec(secret.replace(/\\n|\s/g, "").replace(/-----[^-]*-----/g, "")) ===
      null
    );
  const plain = secret.toLowerCase();
  return PLACEHOLDER.test(plain) || new Set(plain.slice(-16)).size < 6;
}

const BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PLACEHOLDER =
  /example|your|placeholder|replace|dummy|sample|fake|secret|insert|change[-_]?me|xxxx|\.\.\.|todo|redacted/;
const FORMATS: readonly SecretFormat[] = [
  { id: "aws", name: "AWS access key", pattern: "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b" },
  {
    id: "github",
    name: "GitHub token",
    pattern: "\\bgh[pousr]_[A-Za-z0-9]{36}\\b",
    checksum: checksum62,
  },
  {
    id: "githubFine",
    name: "GitHub token",
    pattern: "\\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\\b",
  },
  { id: "gitlab", name: "GitLab token", pattern: "\\bglpat-[A-Za-z0-9_-]{20}\\b" },
  { id: "npm", name: "npm token", pattern: "\\bnpm_[A-Za-z0-9]{36}\\b", checksum: checksum62 },
  { id: "pypi", name: "PyPI token", pattern: "\\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}" },
  { id: "slack", name: "Slack token", pattern: "\\bxox[abeprs]-\\d{9,}-[A-Za-z0-9-]{20,}" },
  {
    id: "slackHook",
    name: "Slack webhook",
    pattern: "https://hooks\\.slack\\.com/services/T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{24}",
  },
  { id: "stripe", name: "Stripe live key", pattern: "\\b[sr]k_live_[A-Za-z0-9]{24,}\\b" },
  {
    id: "openai",
    name: "OpenAI key",
    pattern: "\\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}",
  },
  {
    id: "anthropic",
    name: "Anthropic key",
    pattern: "\\bsk-ant-(?:api|admin)\\d{2}-[A-Za-z0-9_-]{80,}",
  },
  { id: "google", name: "Google API key", pattern: "\\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])" },
  {
    id: "sendgrid",
    name: "SendGrid key",
    pattern: "\\bSG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}",
  },
  { id: "huggingface", name: "Hugging Face token", pattern: "\\bhf_[A-Za-z]{34}\\b" },
  { id: "digitalocean", name: "DigitalOcean token", pattern: "\\bdo[por]_v1_[a-f0-9]{64}\\b" },
  { id: "telegram", name: "Telegram bot token", pattern: "\\b\\d{8,10}:AA[A-Za-z0-9_-]{33}\\b" },
  {
    id: "privateKey",
    name: "private key",
    pattern:
      "-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----[\\s\\S]{0,8000}?-----END (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----",
  },
];
const SECRET = new RegExp(FORMATS.map(({ id, pattern }) => `(?<${id}>${pattern})`).join("|"), "g");
/** What each format starts with. */
const HINT =
  /AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|npm_|pypi-|xox[abeprs]-|hooks\.slack|[sr]k_live_|T3BlbkFJ|sk-ant-|AIza|SG\.|hf_|do[por]_v1_|:AA|PRIVATE KEY/;
