import { useLayoutEffect, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import type { PageShown } from '../../views.ts';
import { PageMarks } from './page-marks.tsx';
import { type PageOriginal, pictureAddress } from './page-original.ts';

interface PageFrameProps {
  original: PageOriginal;
  page: number;
  /** Undefined while it is on its way. */
  shown: PageShown | undefined;
  /** In widths of the frame. */
  zoom: number;
}

/** Until its shape is known a page is taken for a sheet of A4. */
const sheet = { width: 595, height: 842 };

/** The picture of a page in a frame that scrolls. Its place is held from the beginning, white as paper in either theme. */
export function PageFrame({ original, page, shown, zoom }: PageFrameProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [picture, setPicture] = useState<'awaited' | 'here' | 'lost'>('awaited');
  const [tries, setTries] = useState(0);
  const { width, height } = shown ?? sheet;

  useLayoutEffect(() => {
    if (scroller.current !== null && shown !== undefined) bringIntoView(scroller.current, shown, zoom);
  }, [shown, zoom]);

  if (picture === 'lost') {
    const retry = () => {
      setPicture('awaited');
      setTries(tries + 1);
    };
    return (
      <div className="flex-1 p-5">
        <Notice
          tone="danger"
          actions={
            <Button size="small" onClick={retry}>
              Retry
            </Button>
          }
        >
          The picture of this page did not arrive.
        </Notice>
      </div>
    );
  }
  return (
    // A scrolling group, not a landmark.
    <div
      ref={scroller}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a keyboard scrolls it only when focused
      tabIndex={0}
      role="group"
      aria-label="Page"
      className="relative min-h-0 flex-1 overflow-auto bg-sunken p-3 -outline-offset-2"
    >
      <div
        data-sheet
        // Without motion every change is still a transition of no time, and its new size would not be there to scroll in.
        className="transition-none relative isolate mx-auto overflow-hidden rounded-sm bg-[#fff] shadow-lift"
        style={{ width: `${zoom * 100}%`, aspectRatio: `${width} / ${height}` }}
      >
        {picture === 'awaited' && <Awaited />}
        <img
          key={tries}
          src={pictureAddress(original, page)}
          alt={altOf(original, page, shown)}
          onLoad={() => setPicture('here')}
          onError={() => setPicture('lost')}
          className="absolute inset-0 size-full"
        />
        {shown !== undefined && <PageMarks shown={shown} isShown={picture === 'here'} />}
      </div>
    </div>
  );
}

/** What is left of the frame beside a mark that is wider than it, in pixels. */
const MARK_MARGIN = 16;

/** The first mark a third down, all of them in the middle where they have room. scrollIntoView would scroll the page around the frame too. */
function bringIntoView(frame: HTMLElement, { boxes, width, height }: PageShown, zoom: number): void {
  const sheet = frame.querySelector<HTMLElement>('[data-sheet]');
  const [first] = boxes;
  if (sheet === null || first === undefined) return;
  const scale = sheet.offsetWidth / width;
  const left = Math.min(...boxes.map(({ x }) => x));
  const right = Math.max(...boxes.map(({ x, width: wide }) => x + wide));
  const beside = Math.max(MARK_MARGIN, (frame.clientWidth - (right - left) * scale) / 2);
  frame.scrollTop = sheet.offsetTop + (first.y / height) * sheet.offsetHeight - frame.clientHeight / 3;
  frame.scrollLeft = zoom === 1 ? 0 : sheet.offsetLeft + left * scale - beside;
}

const WORDS_CHARACTERS_MAX = 300;

function altOf({ title, words }: PageOriginal, page: number, shown: PageShown | undefined): string {
  const name = `Page ${page} of ${title}.`;
  if (shown === undefined || shown.boxes.length === 0) return name;
  const told = words.length > WORDS_CHARACTERS_MAX ? `${words.slice(0, WORDS_CHARACTERS_MAX)}…` : words;
  return `${name} Marked on it: ${told}`;
}

function Awaited() {
  return (
    <output aria-busy className="absolute inset-0 flex animate-breathe flex-col gap-[2.5%] p-[11%]">
      <span className="sr-only">Drawing the page…</span>
      {Array.from({ length: 14 }, (_, at) => (
        // Bars never change places.
        <span key={at} aria-hidden className="block h-[1.6%] rounded bg-[#e4e0d4] last:w-3/5" />
      ))}
    </output>
  );
}
