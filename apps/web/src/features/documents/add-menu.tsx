import { useNavigate } from '@tanstack/react-router';
import { ClipboardPaste, FolderOpen, Globe, Plus, Sparkles } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ActionMenu, MenuAction } from '../../components/menu.tsx';
import type { TwinStatus } from '../../views.ts';
import { PasteTextDialog } from './paste-text-dialog.tsx';
import { addUploads } from './upload-queue.ts';
import { useLoadSamples } from './use-load-samples.ts';
import { WebPageDialog } from './web-page-dialog.tsx';

/** Every browser knows this attribute; React's types do not. */
const wholeFolder = { webkitdirectory: '' };

interface AddMenuProps {
  status: Pick<TwinStatus, 'limits' | 'samplesLoaded'>;
}

/** The other ways in: a whole folder, a text from the clipboard, a page of the web, the samples. */
export function AddMenu({ status: { limits, samplesLoaded } }: AddMenuProps) {
  const { uploadBytesMax } = limits;
  const samples = useLoadSamples();
  const folder = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const [open, setOpen] = useState<'text' | 'page' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <input
        ref={folder}
        type="file"
        hidden
        {...wholeFolder}
        aria-label="Folder"
        onChange={(event) => {
          // Hidden files are a program's own, as when a folder is dropped.
          const files = [...(event.target.files ?? [])].filter(
            ({ webkitRelativePath }) => !/\/\./.test(webkitRelativePath),
          );
          addUploads(files, uploadBytesMax);
          event.target.value = '';
          void navigate({ to: '/documents' });
        }}
      />
      <ActionMenu
        trigger={
          <Button look="outline">
            <Plus aria-hidden className="size-4" />
            Add other
          </Button>
        }
      >
        <MenuAction icon={<FolderOpen aria-hidden className="size-4" />} onSelect={() => folder.current?.click()}>
          Choose a folder
        </MenuAction>
        <MenuAction icon={<ClipboardPaste aria-hidden className="size-4" />} onSelect={() => setOpen('text')}>
          Paste text
        </MenuAction>
        <MenuAction icon={<Globe aria-hidden className="size-4" />} onSelect={() => setOpen('page')}>
          Add a web page
        </MenuAction>
        {!samplesLoaded && (
          <MenuAction icon={<Sparkles aria-hidden className="size-4" />} onSelect={() => samples.mutate({})}>
            Sample collection
          </MenuAction>
        )}
      </ActionMenu>
      <PasteTextDialog open={open === 'text'} onClose={close} uploadBytesMax={uploadBytesMax} />
      <WebPageDialog open={open === 'page'} onClose={close} />
    </>
  );
}
