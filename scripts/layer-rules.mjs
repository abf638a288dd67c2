/**
 * The architecture as rules. Each looks at one file and returns what it finds there; a message names the trouble and
 * says where the code belongs.
 *
 * @typedef {import('./source-files.mjs').SourceFile} SourceFile
 * @typedef {{ line: number, message: string }} Finding
 * @typedef {(file: SourceFile) => Finding[]} LayerRule
 */

import { unscopedQueries } from './unscoped-queries.mjs';

/** Who may import whom. Arrows point down. Tests may look anywhere. @type {Record<string, string[]>} */
export const mayImport = {
  'apps/web': ['api'],
  'apps/server': ['api', 'core', 'db', 'eval'],
  'packages/api': ['core'],
  'packages/core': ['db'],
  'packages/eval': ['core', 'db'],
  'packages/db': [],
  'packages/testing': [],
  // Makes each journey a database on a server, where one is given.
  e2e: ['db'],
};

/** Where outside packages are at home. The first match counts. @type {{ package: RegExp, homes: string[], tell: string }[]} */
const packageHomes = [
  {
    package: /^pg-boss(\/|$)/,
    homes: ['apps/server/src/adapters/', 'apps/server/src/jobs/'],
    tell: 'The queue lives in apps/server/src/jobs and apps/server/src/adapters; core asks for it through JobQueue in packages/core/src/ports.ts.',
  },
  {
    package: /^(openai|pino|pino-pretty|prom-client|better-auth|@better-auth\/[^/]+|@upstash\/[^/]+)(\/|$)/,
    homes: ['apps/server/src/adapters/'],
    tell: 'SDKs live in apps/server/src/adapters: put an adapter there behind a port in packages/core/src/ports.ts.',
  },
  {
    package: /^(pg|pgvector|@electric-sql\/[^/]+)(\/|$)/,
    homes: ['packages/db/src/'],
    tell: 'Database drivers live in packages/db: use the DatabaseHandle from packages/db/src/client.ts.',
  },
  {
    package: /^(hono|@hono\/[^/]+)(\/|$)/,
    homes: ['apps/server/src/'],
    tell: 'HTTP lives in apps/server: core and api know nothing of it.',
  },
  {
    package: /^@trpc\/server(\/|$)/,
    homes: ['packages/api/src/', 'apps/server/src/', 'apps/web/src/'],
    tell: 'tRPC lives in packages/api: a use case in packages/core returns plain values and throws AppError.',
  },
];

/** @type {LayerRule} */
function importDirection(file) {
  const owner = ownerOf(file.path);
  const allowed = owner && mayImport[owner];
  if (!allowed) return [];
  return file.imports.flatMap(({ specifier, isType, line }) => {
    const target = /^@twin\/([^/]+)/.exec(specifier)?.[1];
    if (!target || target === owner.split('/')[1]) return [];
    if (file.isTest && owner !== 'apps/web') return [];
    if (owner === 'apps/web' && target === 'api' && !isType) {
      return [
        {
          line,
          message: `imports ${specifier} as a value. The web app takes types alone from the api: use \`import type\`.`,
        },
      ];
    }
    if (allowed.includes(target)) return [];
    const list =
      allowed.length > 0 ? `only ${allowed.map((name) => `@twin/${name}`).join(', ')}` : 'none of our packages';
    return [{ line, message: `imports ${specifier}. ${owner} imports ${list}: ${directionAdvice(owner, target)}` }];
  });
}

/** @param {string} owner @param {string} target */
function directionAdvice(owner, target) {
  if (target === 'testing') return 'what the product needs at run time belongs in the package that uses it.';
  if (owner === 'apps/web') return 'ask through a procedure in packages/api.';
  if (owner === 'packages/api' && target === 'db') return 'call a use case in packages/core; rows stop there.';
  if (owner === 'packages/core')
    return 'a use case gets what it needs through Deps; declare a port in packages/core/src/ports.ts.';
  return 'arrows point down, so move the code to the package that owns it.';
}

/** @type {LayerRule} */
function relativeImportsStayInside(file) {
  const owner = ownerOf(file.path);
  if (!owner) return [];
  return file.imports.flatMap(({ specifier, line }) => {
    if (!specifier.startsWith('.')) return [];
    const target = new URL(specifier, `file:///${file.path}`).pathname.slice(1);
    if (target.startsWith(`${owner}/`)) return [];
    return [{ line, message: `imports ${specifier}, which leaves ${owner}. Import it by package name, as @twin/….` }];
  });
}

/** @type {LayerRule} */
function outsidePackagesAtHome(file) {
  if (file.isTest) return [];
  return file.imports.flatMap(({ specifier, line }) => {
    const rule = packageHomes.find((home) => home.package.test(specifier));
    if (!rule || rule.homes.some((home) => file.path.startsWith(home))) return [];
    return [{ line, message: `imports ${specifier}. ${rule.tell}` }];
  });
}

/** @type {LayerRule} */
function sqlInDb(file) {
  if (file.path.startsWith('packages/db/') || file.path.startsWith('scripts/') || file.isTest) return [];
  const message = 'holds SQL. Queries live in packages/db/src/queries/<noun>.ts as functions of (db, scope, …).';
  return [
    ...findLines(file, /\.(selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(|\bsql(<[^>`]*>)?`/g, message),
    ...findLines(
      file,
      /\b(select\s[\s\S]{0,200}?\sfrom|insert\s+into|delete\s+from|create\s+(table|index|view))\s+[a-z_]+[\s`'"]/g,
      message,
    ),
  ];
}

/** @type {LayerRule} */
function environmentInEnv(file) {
  if (file.path === 'apps/server/src/env.ts' || !/^(apps|packages)\//.test(file.path) || file.isTest) return [];
  return findLines(
    file,
    /\bprocess\.env\b/g,
    'reads process.env. Settings are parsed once in apps/server/src/env.ts and handed down as arguments.',
  );
}

/** @type {LayerRule} */
function trpcErrorInApi(file) {
  if (file.path.startsWith('packages/api/') || file.path.startsWith('scripts/')) return [];
  return findLines(
    file,
    /\bTRPCError\b/g,
    'uses TRPCError. Throw an AppError; packages/api/src/error-map.ts translates it at the door.',
  );
}

/** @type {LayerRule} */
function scopesFromTheGate(file) {
  const minting =
    /^packages\/db\/src\/scope\.ts$|^apps\/server\/src\/auth\/authenticate\.ts$|^apps\/server\/src\/jobs\//;
  if (minting.test(file.path) || file.path.startsWith('scripts/') || file.isTest) return [];
  return findLines(
    file,
    /\bmintTwinScope\b/g,
    'mints a scope. Only authenticate() and job code do; take the scope from the Principal as an argument.',
  );
}

/** @type {LayerRule} */
function queriesTakeAScope(file) {
  const name = /^packages\/db\/src\/queries\/(.+)\.ts$/.exec(file.path)?.[1];
  if (name === undefined || file.isTest) return [];
  const exceptions = (Object.hasOwn(unscopedQueries, name) && unscopedQueries[name]) || {};
  const scopeless = exportedFunctions(file.code).filter(
    ({ parameters }) => /\b(Db|Tx)\b/.test(parameters) && !/\bscope: TwinScope\b/.test(parameters),
  );
  const findings = scopeless
    .filter((query) => !Object.hasOwn(exceptions, query.name))
    .map((query) => ({
      line: query.line,
      message:
        `exports ${query.name}, which takes no \`scope: TwinScope\`. Every row belongs to a twin: take the scope and ask ` +
        'for its rows alone. What is about the whole installation is named in scripts/unscoped-queries.mjs, with its reason.',
    }));
  const stale = Object.keys(exceptions).filter((exception) => !scopeless.some((query) => query.name === exception));
  return [
    ...findings,
    ...stale.map((exception) => ({
      line: 1,
      message: `has no query ${exception} without a scope any more. Take it from scripts/unscoped-queries.mjs.`,
    })),
  ];
}

/**
 * What a file exports to be called: functions, and constants that hold one.
 *
 * @param {string} code
 * @returns {{ name: string, parameters: string, line: number }[]}
 */
function exportedFunctions(code) {
  const heads =
    /^export (?:default )?(?:async )?function\*? ?(\w*)[^(]*(?=\()|^export const (\w+)[^;(]*?= (?:async )?(?:function\b[^(]*|<[^(]*>)?(?=\()/gm;
  return Array.from(code.matchAll(heads), (match) => ({
    name: match[1] || match[2] || 'default',
    parameters: upToMatchingBracket(code.slice(match.index + match[0].length)),
    line: code.slice(0, match.index).split('\n').length,
  }));
}

/** @param {string} code which begins with `(` */
function upToMatchingBracket(code) {
  let depth = 0;
  for (const { 0: bracket, index } of code.matchAll(/[()]/g)) {
    depth += bracket === '(' ? 1 : -1;
    if (depth === 0) return code.slice(0, index + 1);
  }
  return code;
}

/** @type {LayerRule} */
function names(file) {
  const findings = [];
  const segments = file.path.split('/');
  const vague = segments.find((segment) =>
    /(^|[-.])(utils?|helpers?|common|managers?|services?|misc)([-.]|$)/.test(segment),
  );
  if (vague)
    findings.push({
      line: 1,
      message: `is named "${vague}", which says nothing. Name the file after the one idea it holds.`,
    });
  const name = segments.at(-1) ?? '';
  const isRoute = file.path.startsWith('apps/web/src/routes/');
  if (!isRoute && !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z-]+)*$/.test(name)) {
    findings.push({ line: 1, message: 'is not named in kebab-case after its export.' });
  }
  if (!isRoute && name.startsWith('index.') && /^(apps|packages)\//.test(file.path)) {
    findings.push({ line: 1, message: 'is a barrel. Import each thing from the file that defines it.' });
  }
  return findings;
}

/** @type {LayerRule} */
function length(file) {
  if (file.lineCount <= 300 || file.path.includes('/migrations/')) return [];
  return [
    {
      line: 301,
      message: `has ${file.lineCount} lines; 300 is the most. It holds more than one idea: split it by them.`,
    },
  ];
}

/** @type {LayerRule[]} */
export const layerRules = [
  importDirection,
  relativeImportsStayInside,
  outsidePackagesAtHome,
  sqlInDb,
  environmentInEnv,
  trpcErrorInApi,
  scopesFromTheGate,
  queriesTakeAScope,
  names,
  length,
];

/** The package or app a file belongs to. @param {string} path */
export function ownerOf(path) {
  return Object.keys(mayImport).find((owner) => path.startsWith(`${owner}/`));
}

/** @param {SourceFile} file @param {RegExp} pattern @param {string} message @returns {Finding[]} */
function findLines(file, pattern, message) {
  return Array.from(file.code.matchAll(pattern), (match) => ({
    line: file.code.slice(0, match.index).split('\n').length,
    message,
  }));
}
