import type { DocumentView } from '@twin/core/documents/document-view';
import type { SpawnedServer } from './spawn-server.ts';
import { createBatchingClient } from './trpc-client.ts';

export type LibraryClient = ReturnType<typeof createLibraryClient>;

/** What tests of whole servers ask of one, over HTTP. */
export function createLibraryClient({ origin }: Pick<SpawnedServer, 'origin'>) {
  const api = createBatchingClient(origin);
  return {
    /** Resolves when the server has acknowledged the file, also one that it has already. */
    async upload(id: string, content: string | Uint8Array<ArrayBuffer>, fileName: string): Promise<void> {
      const query = new URLSearchParams({ fileName, id });
      // Of a text, fetch would say how it is encoded.
      const init = { method: 'PUT', body: typeof content === 'string' ? new TextEncoder().encode(content) : content };
      const response = await fetch(`${origin}/api/uploads?${query.toString()}`, init);
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    },
    async listDocuments(): Promise<DocumentView[]> {
      const documents: DocumentView[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await api.documents.list.query({ limit: 100, ...(cursor !== undefined && { cursor }) });
        documents.push(...page.documents);
        cursor = page.nextCursor;
      }
      return documents;
    },
    async findPassages(query: string): Promise<{ documentId: string; content: string }[]> {
      return (await api.search.passages.query({ query, limit: 50 })).passages;
    },
  };
}
