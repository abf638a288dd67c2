/**
 * For processes that live as long as a test: V8 compiles the embedded database's WebAssembly as it comes to be used and then
 * leaves it as it is. To optimise it too costs a server that starts, stores a few documents and ends as much processor time
 * as all the rest (10.1 s, with this 5.3 s).
 */
export const shortProcessFlags: readonly string[] = ['--liftoff-only'];
