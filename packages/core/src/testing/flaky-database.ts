import type { Db } from '@twin/db/db';
import type { KyselyPlugin, RootOperationNode } from 'kysely';

export interface FlakyDatabase {
  db: Db;
  /** The next `count` statements of these fail as they do when the connection is lost. */
  breakNext(count: number, matching?: (node: RootOperationNode) => boolean): void;
}

/** A database whose connection breaks when a test says so. */
export function openFlakyDatabase(db: Db): FlakyDatabase {
  let left = 0;
  let matches: (node: RootOperationNode) => boolean = () => true;
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      if (left > 0 && matches(node)) {
        left -= 1;
        throw new Error('Connection terminated unexpectedly');
      }
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  return {
    db: db.withPlugin(plugin),
    breakNext(count, matching = () => true) {
      left = count;
      matches = matching;
    },
  };
}
