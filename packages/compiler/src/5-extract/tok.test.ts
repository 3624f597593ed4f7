import { loadTokenCounter } from "/work/main/packages/compiler/src/5-extract/tokens/token-counter.ts";
import { it, expect } from "vitest";
import { readdirSync, readFileSync } from "node:fs";
import { countTokens } from "/work/main/packages/compiler/node_modules/gpt-tokenizer/esm/encoding/o200k_base.js";
it("x", async () => {
  const root="/work/shared/corpus/content";
  const files = readdirSync(root,{recursive:true}).filter(f=>String(f).endsWith(".md")).map(f=>readFileSync(root+"/"+f,"utf8"));
  let t=performance.now(); const count = await loadTokenCounter(); console.log("load", performance.now()-t);
  for (let r=0;r<3;r++){ t=performance.now(); let n=0, len=0; for (const f of files){ n+=count(f); len+=Buffer.byteLength(f);} const ms=performance.now()-t; console.log(n, len, ms, len/1e3/ms, "MB/s"); }
  let bad=0; for (const f of files) { if (count(f)!==countTokens(f,{disallowedSpecial:new Set()})) bad++; } console.log("bad",bad);
}, 600000);
