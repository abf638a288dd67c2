export interface FakeVector {
  id: string;
  vector: number[];
  metadata?: Record<string, unknown>;
  data?: string;
}

export interface FakeVectorIndex {
  dimension: number;
  similarityFunction?: string;
  /** By name, in the order that `range` gives them; the default namespace is the empty text. */
  namespaces: Map<string, FakeVector[]>;
  /** How many vectors of the page before a page repeats, as an index under change does. */
  repeated?: number;
}

interface Body {
  cursor?: string | number;
  limit?: number;
  ids?: string[];
  vector?: number[];
  topK?: number;
}

/** Upstash Vector's answer; undefined for what would write. */
export function answerVector(index: FakeVectorIndex, path: string[], body: unknown): { result: unknown } | undefined {
  const [operation, namespace = ''] = path;
  const vectors = index.namespaces.get(namespace) ?? [];
  const asked = (body ?? {}) as Body;
  switch (operation) {
    case 'info':
      return { result: describe(index) };
    case 'list-namespaces':
      return { result: [...index.namespaces.keys()] };
    case 'range':
      return { result: range(vectors, asked, index.repeated ?? 0) };
    case 'fetch':
      return { result: (asked.ids ?? []).map((id) => vectors.find((vector) => vector.id === id) ?? null) };
    case 'query':
      return { result: query(vectors, asked) };
    default:
      return undefined;
  }
}

function describe({ dimension, similarityFunction = 'COSINE', namespaces }: FakeVectorIndex) {
  const counts = [...namespaces].map(([name, vectors]) => [
    name,
    { vectorCount: vectors.length, pendingVectorCount: 0 },
  ]);
  const vectorCount = [...namespaces.values()].reduce((total, vectors) => total + vectors.length, 0);
  return {
    vectorCount,
    pendingVectorCount: 0,
    indexSize: 0,
    dimension,
    similarityFunction,
    namespaces: Object.fromEntries(counts),
  };
}

function range(vectors: FakeVector[], { cursor = 0, limit = 10 }: Body, repeated: number) {
  const start = Number(cursor);
  const end = start + limit;
  return {
    vectors: vectors.slice(Math.max(0, start - repeated), end),
    nextCursor: end < vectors.length ? String(end) : '',
  };
}

function query(vectors: FakeVector[], { vector = [], topK = 10 }: Body) {
  const scored = vectors.map(({ id, vector: own }) => ({ id, score: (1 + cosine(vector, own)) / 2 }));
  return scored.toSorted((a, b) => b.score - a.score).slice(0, topK);
}

function cosine(a: number[], b: number[]): number {
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
