import { useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import type { ChangeEvent, Ref } from 'react';
import { notify } from '../../components/toaster.tsx';
import { trpc } from '../../trpc.ts';
import { addUploads } from './upload-queue.ts';

interface NewVersionInputProps {
  /** Clicked, it asks for the file. */
  ref: Ref<HTMLInputElement>;
  /** Of the document that the file is a newer version of. */
  id: string;
}

/** Takes the file that replaces a document; until it is read, the one before answers. How it goes is told among the uploads. */
export function NewVersionInput({ ref, id }: NewVersionInputProps) {
  const queryClient = useQueryClient();
  const { pathname } = useLocation();
  const navigate = useNavigate();

  function take({ target }: ChangeEvent<HTMLInputElement>) {
    const files = [...(target.files ?? [])];
    target.value = '';
    if (files.length === 0) return;
    // Not followed: there is one of these in every row of a long list.
    const limits = queryClient.getQueryData(trpc.twin.status.queryKey())?.limits;
    addUploads(files, limits?.uploadBytesMax ?? Number.POSITIVE_INFINITY, id);
    notify('The new version is on its way');
    if (pathname !== '/documents') void navigate({ to: '/documents' });
  }

  return <input ref={ref} type="file" hidden aria-label="New version" onChange={take} />;
}
