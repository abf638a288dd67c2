import { problemOfBody, RestError, unreachable } from '../../problem.ts';
import type { DocumentView } from '../../views.ts';
import { folderOf } from './file-folder.ts';

export interface UploadResult {
  document: DocumentView;
  outcome: 'created' | 'replaced' | 'duplicate';
}

/**
 * Sends one file as it is, as a document of its own or as the newer version of one. XMLHttpRequest, because fetch does not tell how much has been sent.
 * @throws RestError with the server's reason, or `unreachable`; an AbortError when `signal` aborts.
 */
export function uploadFile(
  file: File,
  options: { documentId: string | undefined; signal: AbortSignal; onProgress: (sentBytes: number) => void },
): Promise<UploadResult> {
  const { documentId, signal, onProgress } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ fileName: file.name });
    const folder = folderOf(file);
    if (folder !== '') query.set('folder', folder);
    if (documentId !== undefined) query.set('id', documentId);
    request.open('PUT', `/api/uploads?${query.toString()}`);
    request.setRequestHeader('content-type', file.type === '' ? 'application/octet-stream' : file.type);
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(JSON.parse(request.responseText) as UploadResult);
      } else {
        reject(new RestError(problemOfBody(request.status, request.responseText)));
      }
    });
    request.addEventListener('error', () => reject(new RestError(unreachable)));
    request.addEventListener('abort', () => reject(new DOMException('The upload was canceled.', 'AbortError')));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
