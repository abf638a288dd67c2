/**
 * For processes that live as long as a test: V8 compiles the embedded database's WebAssembly as it comes to be used and then
 * leaves it as it is. To optimise it too is a third of the processor time of a server that starts and stores three documents
 * (5.4 s, with this 3.7 s; on a machine with a load of 12, 10.1 s and 5.3 s).
 */
export const shortProcessFlags: readonly string[] = ['--liftoff-only'];
