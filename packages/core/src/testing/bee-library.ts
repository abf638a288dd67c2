import { activateEmbeddingModel, registerEmbeddingModel } from '@twin/db/queries/embedding-models';
import type { TestDatabase } from '@twin/db/testing/create-test-database';
import { type InsertedTestDocument, insertTestDocument } from '@twin/db/testing/insert-test-document';
import { testEmbedder } from './create-test-deps.ts';

const beeParagraphs = [
  'Honey bees dance to tell their hive where flowers are. The waggle dance points towards the food, and its length tells the distance.',
  'A strong hive holds about 40,000 bees in summer. In winter the colony shrinks to 10,000 bees, which form a cluster and shiver to keep warm.',
  'Drones have no sting. They live for about eight weeks and are driven out of the hive in autumn.',
];

const refundParagraphs = [
  'Refunds are paid within 14 days after we receive the returned goods. The buyer pays for the return.',
  'Opened software cannot be returned. As noted in [2], gift cards are not refunded either.',
];

export interface BeeLibrary {
  bees: InsertedTestDocument;
  refunds: InsertedTestDocument;
}

/** Two small documents, searchable by words and by the test embedder's vectors. */
export async function insertBeeLibrary({ db, scope, home }: TestDatabase): Promise<BeeLibrary> {
  const modelId = await db.transaction().execute(async (tx) => {
    const model = await registerEmbeddingModel(tx, home, { provider: 'builtin', name: 'bag-of-words', dimensions: 64 });
    await activateEmbeddingModel(tx, model.id);
    return model.id;
  });
  const insert = async (id: string, title: string, paragraphs: string[]): Promise<InsertedTestDocument> => {
    const vectors = await testEmbedder.embed(paragraphs, 'passage');
    return await insertTestDocument(db, scope, { id, title, paragraphs, embeddings: { modelId, vectors } });
  };
  return {
    bees: await insert('bees', 'The honey bee', beeParagraphs),
    refunds: await insert('refunds', 'Refund policy', refundParagraphs),
  };
}
