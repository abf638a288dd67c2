import type { DrawnPage } from '@twin/core/documents/pages/drawn-page';
import { unreadable } from '@twin/core/documents/unreadable';
import { limits } from '@twin/core/limits';
import type { PageDrawer } from '@twin/core/ports';
import { createSlots } from '@twin/core/slots';
import { z } from 'zod';
import { sandboxPrograms } from './find-sandbox-program.ts';
import { runInSandbox } from './reading-sandbox.ts';
import type { DrawRequest, SentPage } from './reading-sandbox-protocol.ts';
import { createSharedWork } from './shared-work.ts';

/** Each takes a core and holds its file in memory. */
const DRAWINGS_AT_ONCE = 2;
/** The picture of a page and where its words stand are asked for together, and a page one leafs back to soon. */
const KEPT_MS = 60_000;
const KEPT_PAGES_MAX = 12;

/**
 * Draws each page in a sandbox that may load the drawing library. Who asks for a page that is being drawn waits for that
 * drawing; it goes on as long as anybody waits.
 *
 * @param options `entry`: the sandbox's program, `durationMsMax`: how long it may take; others for tests.
 */
export function createPageDrawer({
  entry,
  durationMsMax = limits.drawDurationMsMax,
}: {
  entry?: string;
  durationMsMax?: number;
} = {}): PageDrawer {
  const slots = createSlots(DRAWINGS_AT_ONCE);
  const shared = createSharedWork<DrawnPage>({ keptMs: KEPT_MS, keptMax: KEPT_PAGES_MAX });
  return {
    async draw({ key, content, ...file }, { page, signal }) {
      const request: DrawRequest = { ...file, page, limits: { durationMsMax, memoryMbMax: limits.readMemoryMbMax } };
      const draw = async (stopped: AbortSignal) => {
        const program = entry ?? sandboxPrograms()['page-drawing-worker'];
        const work = { entry: program, request, content: content(), signal: stopped };
        return believed(await runInSandbox<SentPage, DrawRequest>(work, { mayDraw: true }), file.fileName);
      };
      return await shared.get(`${key}/${page}`, (stopped) => slots.run(() => draw(stopped), stopped), signal);
    },
  };
}

const length = z.number().min(0).max(1_000_000);
const place = z.number().min(-1_000_000).max(1_000_000);
const sentPage = z.object({
  width: length.positive(),
  height: length.positive(),
  pictureBase64: z.base64(),
  words: z
    .array(
      z.object({
        text: z.string().max(limits.pageWordCharactersMax),
        box: z.object({ x: place, y: place, width: length, height: length }),
        isSideways: z.boolean(),
      }),
    )
    .max(limits.pageWordsMax)
    .refine((words) => words.reduce((sum, { text }) => sum + text.length, 0) <= limits.pageCharactersMax),
});

/** What a sandbox tells may be what a file made it tell: a picture is one, and numbers are numbers. */
function believed(sent: SentPage, fileName: string): DrawnPage {
  const checked = sentPage.safeParse(sent);
  if (!checked.success) throw unreadable(fileName, 'crashed', checked.error);
  const { pictureBase64, ...page } = checked.data;
  const picture = Buffer.from(pictureBase64, 'base64');
  if (!isWebp(picture) || picture.byteLength > limits.pagePictureBytesMax) {
    throw unreadable(fileName, 'crashed', new Error(`The picture has ${picture.byteLength} bytes`));
  }
  return { ...page, picture };
}

function isWebp(picture: Buffer): boolean {
  return picture.toString('latin1', 0, 4) === 'RIFF' && picture.toString('latin1', 8, 12) === 'WEBP';
}
