import { drawPage } from '@twin/core/documents/pages/draw-page';
import type { DrawRequest, SentPage } from './reading-sandbox-protocol.ts';
import { answerWith, receiveFile } from './sandbox-pipe.ts';

// A sandbox that draws one page of one file and ends.

await answerWith(async (): Promise<SentPage> => {
  const { request, bytes } = await receiveFile<DrawRequest>();
  const { picture, ...page } = await drawPage({ ...request, bytes });
  return { ...page, pictureBase64: Buffer.from(picture).toString('base64') };
});
