import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { DocumentView } from './document-view.ts';
import { receiveUpload } from './receive-upload.ts';
import { openSample, sampleCollection } from './sample-collection.ts';

/** Adds the sample collection; what is there already stays as it is. Resolves when all is stored and queued. */
export async function loadSamples(deps: Deps, scope: TwinScope): Promise<DocumentView[]> {
  const documents: DocumentView[] = [];
  for (const sample of sampleCollection) {
    const upload = { ...sample, content: openSample(sample), origin: 'sample' as const };
    documents.push((await receiveUpload(deps, scope, upload)).document);
  }
  return documents;
}
