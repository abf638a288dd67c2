import type { IncomingMessage, Server } from 'node:http';
import { uploadPath } from './require-json.ts';

/** Cuts requests whose body is not there after `msMax`. Uploads are left alone: they are cut when nothing arrives any more. */
export function limitRequestTime(server: Server, msMax: number): void {
  server.on('request', (request: IncomingMessage) => {
    const hasBody = 'content-length' in request.headers || 'transfer-encoding' in request.headers;
    const isUpload = request.method === 'PUT' && request.url?.split('?')[0] === uploadPath;
    if (!hasBody || isUpload) return;
    const cut = setTimeout(() => {
      if (!request.complete) request.destroy();
    }, msMax);
    request.once('close', () => clearTimeout(cut));
  });
}
