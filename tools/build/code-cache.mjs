// What V8 makes of a bundled file, kept beside it: a start then reads bytecode instead of parsing the source. Only the
// V8 that made it takes it; its version is in the name of the file, so that another one does not even read it.
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";

// A command ends after some hundred milliseconds: optimising what runs for so short a time costs more than it saves, a
// fifth of a search. With a budget fifteen times as large, only what runs longer is optimised.
const FLAGS = "--interrupt-budget=1000000";
const HEAD = "(function(exports,require,module,__filename,__dirname,beside){";
const TAIL = "\n})";

/**
 * The source of `beside`, which loads a file of the bundle as `require` would, from its code cache where that fits.
 *
 * For the bin itself, which prepares nothing before the first file is loaded: the files get the function from it. Files loaded so are not in `require.cache`.
 */
export const LOADER = `let beside=name=>{const{readFileSync}=require("node:fs"),{Script,constants}=require("node:vm"),loaded=new Map();require("node:v8").setFlagsFromString(${JSON.stringify(FLAGS)});const cacheOf=path=>{try{return readFileSync(path+"."+process.versions.v8+"-"+process.arch+".cache")}catch{return undefined}};const load=name=>{const known=loaded.get(name);if(known)return known.exports;const filename=require("node:path").join(__dirname,name),module={exports:{}};const script=new Script(${JSON.stringify(HEAD)}+readFileSync(filename,"utf8")+${JSON.stringify(TAIL)},{filename,cachedData:cacheOf(filename),importModuleDynamically:constants.USE_MAIN_CONTEXT_DEFAULT_LOADER});loaded.set(name,module);try{script.runInThisContext()(module.exports,require,module,filename,__dirname,load)}catch(error){loaded.delete(name);throw error}return module.exports};beside=load;return load(name)};`;

/** Bytecode of all functions of a bundled file, for the V8 that runs this. */
export function codeCacheOf(text, filename) {
  // Otherwise functions are compiled at their first call, and none of them would be in it.
  setFlagsFromString("--no-lazy");
  try {
    const script = new Script(HEAD + text + TAIL, { filename });
    // The flags are part of what must fit when it is taken.
    setFlagsFromString("--lazy");
    setFlagsFromString(FLAGS);
    return script.createCachedData();
  } finally {
    setFlagsFromString("--lazy");
  }
}

/** Name of the code cache of a file. */
export function codeCacheName(file) {
  return `${file}.${process.versions.v8}-${process.arch}.cache`;
}
