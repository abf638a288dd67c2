import { useState } from 'react';
import { Notice } from '../../components/notice.tsx';
import { ViewTabs } from '../../components/view-tabs.tsx';
import type { PassageWindow } from '../../views.ts';
import { firstPageOf } from '../pages/first-page.ts';
import { PageView } from '../pages/page-view.tsx';
import type { CitedPassage } from './cite-address.ts';
import { PassageText } from './passage-text.tsx';

interface PassageViewsProps {
  shown: PassageWindow;
  passage: CitedPassage;
  onMore: () => void;
}

type View = 'text' | 'page';

/** Whoever looks at pages goes on doing so from citation to citation. */
let lastView: View = 'text';

/** The passage as it was read, and where its original has pages that can be shown, as it looks there. */
export function PassageViews({ shown, passage, onMore }: PassageViewsProps) {
  const [view, setView] = useState(lastView);
  const [refusal, setRefusal] = useState<string>();
  const text = <PassageText shown={shown} passage={passage} onMore={onMore} />;
  const firstPage = firstPageOf(shown, passage);
  if (firstPage === null) return text;
  if (refusal !== undefined) {
    return (
      <>
        <div role="status" className="px-5 pt-4">
          <Notice>{refusal}</Notice>
        </div>
        {text}
      </>
    );
  }
  const { documentId, startOffset, endOffset, quote } = passage;
  const { versionId, title } = shown;
  const place = { startOffset, endOffset };
  const page = (
    <PageView original={{ documentId, versionId, title, place, words: quote, firstPage }} onRefused={setRefusal} />
  );
  return (
    <ViewTabs
      label="Shown as"
      value={view}
      onChange={(next) => {
        lastView = next;
        setView(next);
      }}
      views={[
        { value: 'text', label: 'Text', content: text },
        { value: 'page', label: 'Page', content: page },
      ]}
    />
  );
}
