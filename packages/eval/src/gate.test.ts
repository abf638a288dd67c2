import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deps } from '@twin/core/deps';
import { sampleCollection } from '@twin/core/documents/sample-collection';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { createIngestionDeps } from '@twin/core/testing/ingestion-deps';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildLibrary, type Holders } from './build-library.ts';
import { readDataSet } from './read-data-set.ts';
import { runEvaluation } from './run-evaluation.ts';

