import { Copy } from 'lucide-react';
import { isValidElement, type ReactNode, useRef } from 'react';
import { IconButton } from '../../components/button.tsx';
import { copyText } from '../../components/copy-text.ts';

/** Code in an answer, which can be copied without the words around it. */
export function CodeBlock({ children }: { children: ReactNode }) {
  const block = useRef<HTMLPreElement>(null);

  return (
    <div className="code-block">
      <div className="flex items-center justify-between pt-1 pr-1 pl-4 font-sans text-xs text-muted">
        {languageOf(children)}
        <IconButton
          label="Copy code"
          onClick={() => void copyText(block.current?.textContent ?? '', { said: 'Code copied' })}
          className="ml-auto size-8"
        >
          <Copy aria-hidden className="size-4" />
        </IconButton>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a keyboard scrolls it only when focused */}
      <pre ref={block} tabIndex={0}>
        {children}
      </pre>
    </div>
  );
}

/** As it was named behind the fence. */
function languageOf(code: ReactNode): string | undefined {
  if (!isValidElement<{ className?: string }>(code)) return undefined;
  return /(?:^|\s)language-(\S+)/.exec(code.props.className ?? '')?.[1];
}
