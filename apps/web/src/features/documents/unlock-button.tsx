import { LockKeyholeOpen } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import type { DocumentView } from '../../views.ts';
import { PasswordDialog } from './password-dialog.tsx';

/** Opens the dialog that asks for the password of a locked document. */
export function UnlockButton({ document, small = false }: { document: DocumentView; small?: boolean }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        {...(small && { size: 'small' as const })}
        aria-label={`Enter password for ${document.title}`}
        onClick={() => setAsking(true)}
      >
        <LockKeyholeOpen aria-hidden className="size-4" />
        {small ? 'Password' : 'Enter password'}
      </Button>
      <PasswordDialog document={document} open={asking} onClose={() => setAsking(false)} />
    </>
  );
}
