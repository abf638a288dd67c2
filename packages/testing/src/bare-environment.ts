import process from 'node:process';

const kept = ['PATH', 'HOME', 'TMPDIR', 'NODE_COMPILE_CACHE'];

/**
 * The environment of a program under test: these variables, and of this process's own only what a program needs to start
 * (fast). What a developer has set for their own server must not reach a test's, nor what stands in an `.env` file.
 */
export function bareEnvironment(variables: Record<string, string>): NodeJS.ProcessEnv {
  const own = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(own), ENV_FILE: '', ...variables };
}
