type Listener = (event: { data: string; lastEventId: string }) => void;

/** As much of the browser's EventSource as tRPC's client uses; Node has it behind a flag only. It does not reconnect. */
export class TestEventSource {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 2;
  readyState: 0 | 1 | 2 = TestEventSource.CONNECTING;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #leaving = new AbortController();

  constructor(url: string, options: { headers?: Record<string, string> } = {}) {
    void this.#read(url, options.headers).catch(() => this.#emit('error', '', ''));
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, (this.#listeners.get(type) ?? new Set()).add(listener));
  }

  removeEventListener(type: string, listener: Listener): void {
    this.#listeners.get(type)?.delete(listener);
  }

  close(): void {
    this.readyState = TestEventSource.CLOSED;
    this.#leaving.abort();
  }

  async #read(url: string, sent: Record<string, string> = {}): Promise<void> {
    const headers = { ...sent, accept: 'text/event-stream' };
    const response = await fetch(url, { headers, signal: this.#leaving.signal });
    this.readyState = TestEventSource.OPEN;
    this.#emit('open', '', '');
    for await (const { event, data, id } of readServerSentEvents(response)) {
      this.#emit(event, data, id);
    }
  }

  #emit(type: string, data: string, lastEventId: string): void {
    const listeners = this.readyState === TestEventSource.CLOSED ? [] : [...(this.#listeners.get(type) ?? [])];
    for (const listener of listeners) {
      listener({ data, lastEventId });
    }
  }
}

/** The events of one response, comments left out. */
export async function* readServerSentEvents(
  response: Response,
): AsyncGenerator<{ event: string; data: string; id: string }> {
  let rest = '';
  for await (const text of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => line.split(/: ?(.*)/s, 2) as [string, string]));
      if (fields.has('data')) {
        yield { event: fields.get('event') ?? 'message', data: fields.get('data') ?? '', id: fields.get('id') ?? '' };
      }
    }
  }
}
