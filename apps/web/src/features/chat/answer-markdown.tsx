import { ImageOff } from 'lucide-react';
import { type ComponentProps, memo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { TableFrame } from '../../components/table-frame.tsx';
import { CitationChip } from './citation-chip.tsx';
import { type KnownMarkers, markCitations, withoutOpenMarker } from './citation-markers.ts';
import { CodeBlock } from './code-block.tsx';
import { markdownBlocks } from './markdown-blocks.ts';
import { UnsupportedChip } from './unsupported-chip.tsx';
import { withClosedMarks } from './with-closed-marks.ts';

const remarkPlugins = [remarkGfm];

/** Pictures are never fetched: an address chosen by a document or a model could tell somebody what is being read. */
function ImageNotLoaded({ alt }: ComponentProps<'img'>) {
  return (
    <span className="inline-flex items-center gap-1.5 rounded-md border border-line bg-sunken px-2 py-0.5 font-sans text-sm text-muted">
      <ImageOff aria-hidden className="size-3.5" />
      Image not loaded{alt ? `: ${alt}` : ''}
    </span>
  );
}

/** An address in an answer is text, not a way out: a document may have told the model to put what it read into one. */
function LinkAsText({ href, children }: ComponentProps<'a'>) {
  const isAddressItself = typeof children === 'string' && href?.includes(children) === true;
  return (
    <span>
      {children}
      {href !== undefined && !isAddressItself && <span className="text-muted"> ({href})</span>}
    </span>
  );
}

const components = {
  img: ImageNotLoaded,
  a: LinkAsText,
  pre: ({ children }: ComponentProps<'pre'>) => <CodeBlock>{children}</CodeBlock>,
  table: ({ children }: ComponentProps<'table'>) => (
    <TableFrame className="prose-table">
      <table>{children}</table>
    </TableFrame>
  ),
  'citation-marker': ({ number }: { number?: number }) => <CitationChip number={number ?? 0} />,
  'unsupported-marker': ({ number }: { number?: number }) => <UnsupportedChip number={number ?? 0} />,
} as Components;

/** One settled piece of an answer; parsed again only when its own text or the known markers, as JSON, change. */
const Block = memo(function Block({ text, known }: { text: string; known: string }) {
  return (
    <div className="prose-block" dir="auto">
      <Markdown
        remarkPlugins={remarkPlugins}
        rehypePlugins={[rehypeSanitize, [markCitations, { known: JSON.parse(known) as KnownMarkers }]]}
        components={components}
      >
        {text}
      </Markdown>
    </div>
  );
});

interface AnswerMarkdownProps {
  text: string;
  known: KnownMarkers;
  writing: boolean;
}

export default function AnswerMarkdown({ text, known, writing }: AnswerMarkdownProps) {
  const blocks = markdownBlocks(writing ? withoutOpenMarker(text) : text);
  return blocks.map((written, index) => {
    const block = writing && index === blocks.length - 1 ? withClosedMarks(written) : written;
    const used: KnownMarkers = {
      cited: known.cited.filter((number) => block.includes(`[${number}]`)),
      unsupported: known.unsupported.filter((number) => block.includes(`[?${number}]`)),
    };
    // Blocks are only ever added at the end: the position is the identity.
    return <Block key={index} text={block} known={JSON.stringify(used)} />;
  });
}
