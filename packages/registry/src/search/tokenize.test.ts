import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compactName, numeronymOf, stemOf, termsOf, tokenize } from "./tokenize.ts";

describe("tokenize", () => {
  it("splits identifiers at case, underscores and separators, and keeps them joined", () => {
    expect(tokenize("auth.verify_id_token getHTTPResponse")).toEqual([
      {
        surface: "auth.verify_id_token",
        parts: ["auth", "verifi", "id", "token"],
        joined: ["verifyidtoken", "authverifyidtoken"],
        bases: [],
      },
      {
        surface: "gethttpresponse",
        parts: ["get", "http", "respons"],
        joined: ["gethttprespons"],
        bases: [],
      },
    ]);
  });

  it("gives the same term for the spellings of one name", () => {
    const joined = [
      "constructEvent",
      "construct_event",
      "construct-event",
      "construct.event",
      "ConstructEvent",
    ];
    expect(joined.map((name) => tokenize(name)[0]?.joined)).toEqual(
      joined.map(() => ["constructev"]),
    );
  });

  it("leaves out stop words and web addresses", () => {
    expect(
      termsOf("How do I verify a webhook, see https://example.com/verify?x=1 for more"),
    ).toEqual(["verifi", "webhook", "see"]);
  });

  it("gives names that end with a version also without it", () => {
    expect(tokenize("psycopg2")).toEqual([
      { surface: "psycopg2", parts: ["psycopg2"], joined: [], bases: ["psycopg"] },
    ]);
  });

  it("gives pairs of letters for scripts without spaces, between words of others", () => {
    expect(termsOf("使用Stripe验证签名")).toEqual(["使用", "stripe", "验证", "证签", "签名"]);
    expect(termsOf("검색 엔진")).toEqual(["검색", "엔진"]);
    expect(termsOf("図")).toEqual(["図"]);
  });

  it("ignores accents and full-width forms", () => {
    expect(termsOf("Café Ｓｔｒｉｐｅ naïve")).toEqual(termsOf("cafe stripe naive"));
  });

  it("is stable: the terms of a text do not depend on the texts before it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme" })),
        fc.string({ unit: "grapheme" }),
        (before, text) => {
          const memo = new Map<string, readonly string[]>();
          for (const other of before) termsOf(other, memo);
          expect(termsOf(text, memo)).toEqual(termsOf(text));
        },
      ),
    );
  });

  it("gives the same terms as the words it is made of", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(termsOf(text)).toEqual(
          tokenize(text).flatMap(({ parts, joined, bases }) => [...parts, ...joined, ...bases]),
        );
      }),
    );
  });

  it("never gives an empty term, white space, or the sign that marks properties", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const term of termsOf(text)) expect(term).toMatch(/^[^\s=]+$/u);
      }),
    );
  });

  it("finds every word of plain text again, whatever its case", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{4,12}$/), { minLength: 1 }), (words) => {
        const terms = new Set(termsOf(words.join(" ")));
        expect(termsOf(words.join(" ").toUpperCase()).every((term) => terms.has(term))).toBe(true);
      }),
    );
  });
});

describe("names", () => {
  it("compacts to letters and digits", () => {
    expect(compactName("@Slack/Web-API v2")).toBe("slackwebapiv2");
    expect(compactName("Ünïcode 名前")).toBe("unicode名前");
  });

  it("shortens long words to numeronyms", () => {
    expect(["kubernetes", "internationalization", "redis", "http2server"].map(numeronymOf)).toEqual(
      ["k8s", "i18n", null, null],
    );
  });

  it("stems English-looking words only", () => {
    expect(["payments", "ids", "psycopg2", "日本"].map(stemOf)).toEqual([
      "payment",
      "ids",
      "psycopg2",
      "日本",
    ]);
  });
});
