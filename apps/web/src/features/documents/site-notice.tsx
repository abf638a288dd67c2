import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { forgetPages, useKeptSite } from './kept-site.ts';
import { SitePages } from './site-pages.tsx';
import { leftPages } from './site-words.ts';

/** Says which pages of a site were left when its adding was cut short, and goes on with them. */
export function SiteNotice() {
  const kept = useKeptSite();
  const [opened, setOpened] = useState<string[]>();
  return (
    <>
      {kept !== null && opened === undefined && (
        <div className="mt-8">
          <Notice
            tone="warn"
            actions={
              <>
                <Button size="small" onClick={() => setOpened(kept.addresses)}>
                  Go on
                </Button>
                <Button size="small" look="quiet" onClick={() => forgetPages(kept.addresses)}>
                  Dismiss
                </Button>
              </>
            }
          >
            {leftPages(kept)}
          </Notice>
        </div>
      )}
      <FormDialog open={opened !== undefined} onOpenChange={() => setOpened(undefined)} title="Add a web page">
        {opened !== undefined && (
          <SitePages
            addresses={opened}
            said={leftPages({ addresses: opened, total: opened.length })}
            onClose={() => setOpened(undefined)}
          />
        )}
      </FormDialog>
    </>
  );
}
