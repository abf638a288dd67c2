import { useNavigate } from '@tanstack/react-router';
import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../../components/button.tsx';
import type { TwinStatus } from '../../views.ts';
import { addUploads } from './upload-queue.ts';

interface ChooseFilesButtonProps {
  status: Pick<TwinStatus, 'formats' | 'limits'>;
  look?: 'solid' | 'outline';
}

export function ChooseFilesButton({ status, look = 'solid' }: ChooseFilesButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={status.formats.join(',')}
        onChange={(event) => {
          addUploads([...(event.target.files ?? [])], status.limits.uploadBytesMax);
          // Choosing the same file again must count as a choice.
          event.target.value = '';
          void navigate({ to: '/documents' });
        }}
      />
      <Button look={look} onClick={() => input.current?.click()}>
        <Upload aria-hidden className="size-4" />
        Choose files
      </Button>
    </>
  );
}
