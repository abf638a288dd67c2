/** Languages by the extensions of their files. */
const extensions: Record<string, string> = {
  c: 'c h',
  clojure: 'clj cljs',
  cpp: 'cc cpp cxx hh hpp',
  csharp: 'cs',
  css: 'css scss less',
  dart: 'dart',
  elixir: 'ex exs',
  erlang: 'erl',
  fsharp: 'fs',
  go: 'go',
  graphql: 'graphql gql',
  groovy: 'gradle groovy',
  haskell: 'hs',
  ini: 'cfg conf ini properties',
  java: 'java',
  javascript: 'cjs js jsx mjs',
  julia: 'jl',
  kotlin: 'kt kts',
  lua: 'lua',
  ocaml: 'ml mli',
  perl: 'pl pm',
  php: 'php',
  powershell: 'ps1',
  protobuf: 'proto',
  python: 'py pyi',
  r: 'r',
  ruby: 'rb',
  rust: 'rs',
  scala: 'scala',
  shell: 'bash fish sh zsh',
  sql: 'sql',
  svelte: 'svelte',
  swift: 'swift',
  terraform: 'tf',
  toml: 'toml',
  typescript: 'cts mts ts tsx',
  vue: 'vue',
  xml: 'xml xsd xsl',
  yaml: 'yaml yml',
  zig: 'zig',
};
const languages = new Map(
  Object.entries(extensions).flatMap(([language, names]) => names.split(' ').map((name) => [name, language] as const)),
);
const fullNames = new Map([
  ['dockerfile', 'dockerfile'],
  ['makefile', 'makefile'],
]);
const interpreters: readonly [program: RegExp, language: string][] = [
  [/\b(?:ba|z|fi|da|k)?sh\b/, 'shell'],
  [/\bpython/, 'python'],
  [/\bnode\b/, 'javascript'],
  [/\bruby\b/, 'ruby'],
  [/\bperl\b/, 'perl'],
  [/\bphp\b/, 'php'],
];

/** The language of source code by its file name or its first line; undefined for what is no source code. */
export function languageOf(fileName: string, text: string): string | undefined {
  const name = fileName.toLowerCase().split('/').at(-1) ?? '';
  const known = languages.get(name.split('.').at(-1) ?? '') ?? fullNames.get(name);
  if (known !== undefined) return known;
  const firstLine = /^#!.{0,200}/.exec(text)?.[0];
  return firstLine === undefined ? undefined : interpreters.find(([program]) => program.test(firstLine))?.[1];
}
