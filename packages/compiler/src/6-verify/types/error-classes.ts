import type { ErrorClass } from "./code-document.ts";

/** What an error is about by its number, before it is known whether a package is concerned. */
export function classOfCode(code: number): ErrorClass {
  if (CONTEXT.has(code)) return "context";
  return DRIFT.has(code) ? "drift" : "style";
}

/** Names and modules that a document takes from its reader's project. Source: https://github.com/microsoft/TypeScript/blob/main/src/compiler/diagnosticMessages.json */
const CONTEXT: ReadonlySet<number> = new Set([
  2304, // Cannot find name
  2552, // Cannot find name, did you mean
  2503, // Cannot find namespace
  2580, // Cannot find name: install types for node
  2581, // … for jQuery
  2582, // … for a test runner
  2583, // … change the target library
  2584, // … include dom
  2591, // … add node to the types field
  2592,
  2593,
  2867,
  2868,
  18004, // No value exists in scope for the shorthand property
  7016, // Could not find a declaration file for module
  2686, // refers to a UMD global
]);

/** Errors that a call of something that is not there, or is there in another form, gives. */
const DRIFT: ReadonlySet<number> = new Set([
  1192, // Module has no default export
  2305, // Module has no exported member
  2307, // Cannot find module
  2314, // Generic type requires type arguments
  2315, // Type is not generic
  2322, // Type is not assignable
  2339, // Property does not exist
  2341, // Property is private
  2344, // Type does not satisfy the constraint
  2345, // Argument is not assignable
  2349, // This expression is not callable
  2351, // This expression is not constructable
  2353, // Object literal may only specify known properties
  2416, // Property is not assignable to the same property in base type
  2420, // Class incorrectly implements interface
  2445, // Property is protected
  2488, // Type must have a [Symbol.iterator]() method
  2497, // Module can only be referenced with a default import
  2504, // Type must have a [Symbol.asyncIterator]() method
  2511, // Cannot create an instance of an abstract class
  2515, // Non-abstract class does not implement inherited abstract member
  2540, // Cannot assign to a read-only property
  2551, // Property does not exist, did you mean
  2554, // Expected other number of arguments
  2555, // Expected at least so many arguments
  2558, // Expected other number of type arguments
  2559, // Type has no properties in common
  2561, // Object literal may only specify known properties, did you mean
  2575, // No overload expects so many arguments
  2576, // Property is a static member
  2613, // Module has no default export, did you mean the named one
  2614, // Module has no exported member, did you mean the default one
  2673, // Constructor is private
  2674, // Constructor is protected
  2694, // Namespace has no exported member
  2724, // Module has no exported member, did you mean
  2739, // Type is missing properties
  2740,
  2741, // Property is missing
  2743, // No overload expects so many type arguments
  2769, // No overload matches this call
  2882, // Cannot find module of a side-effect import
  2820, // Type is not assignable, did you mean
  6234, // This expression is not callable because it is a get accessor
]);
