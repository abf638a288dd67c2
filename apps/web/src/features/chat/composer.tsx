import { ArrowUp, Square } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useSyncExternalStore } from 'react';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { formatNumber } from '../../format.ts';
import type { MessageView } from '../../views.ts';
import { useAudience, useIsVisitor } from './audience.ts';
import { draftsOf, onDraftChange } from './drafts.ts';
import { useSendNext } from './use-send-next.ts';

interface ComposerProps {
  /** Whose draft this is; undefined for a new conversation. */
  conversationId: string | undefined;
  charactersMax: number;
  answering: boolean;
  /** Whether the server has every question that was sent. */
  taken: boolean;
  /** The latest, which is under way while `answering`. */
  answer: MessageView | undefined;
  /** The newest question, which an arrow upwards brings into the empty field. */
  lastQuestion: string | undefined;
  /** True while sending must wait, e.g. for a limit to end. */
  blocked: boolean;
  onSend: (text: string) => void;
  onStop: () => void;
}

/**
 * Where questions are written. Mounted anew for each conversation: draft and focus belong to one. A new one that gets its
 * address stays the same.
 */
export function Composer(props: ComposerProps) {
  const { conversationId, charactersMax, answering, taken, answer, lastQuestion, blocked, onSend, onStop } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const tooLongId = useId();
  const [text, setText] = useDraft(conversationId);
  const over = text.length > charactersMax;
  const isQuestion = !over && text.trim() !== '';
  const next = useSendNext({
    text,
    answering,
    taken,
    answerId: answer?.id,
    answered: answer?.state === 'done' && !blocked,
    send: sendNow,
  });

  const label = useIsVisitor() ? 'Ask a question' : 'Ask your twin';

  useFocusAtStart(field);

  function sendNow() {
    setText('');
    onSend(text.trim());
  }

  function send() {
    if (!isQuestion || blocked) return;
    if (answering) next.wait();
    else sendNow();
  }

  function handleKey(event: KeyboardEvent) {
    // 229: the key belongs to an input method that is still composing (Safari clears isComposing too early).
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key === 'Enter' && !event.shiftKey && !composing) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && answering && !composing) {
      event.preventDefault();
      onStop();
    } else if (event.key === 'ArrowUp' && text === '' && lastQuestion !== undefined) {
      event.preventDefault();
      setText(lastQuestion);
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="flex items-end gap-2 rounded-2xl border border-line-strong bg-surface py-2 pr-2 pl-4 shadow-lift transition-colors focus-within:border-accent focus-within:ring-1 focus-within:ring-accent"
    >
      <div className="min-w-0 flex-1">
        <textarea
          ref={field}
          dir="auto"
          rows={Math.min(8, text.split('\n').length)}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={handleKey}
          aria-label={label}
          aria-describedby={over ? tooLongId : undefined}
          aria-invalid={over || undefined}
          placeholder={label}
          enterKeyHint="send"
          className="block field-sizing-content max-h-[40dvh] min-h-10 touch:min-h-11 touch:py-2.5 w-full resize-none bg-transparent py-2 text-base leading-6 outline-none"
        />
        {over && <TooLong id={tooLongId} characters={text.length} charactersMax={charactersMax} />}
        <output className={classNames('block text-sm text-muted', next.isWaiting && 'pb-1')}>
          {next.isWaiting && 'Asked as soon as this answer is done. To hold it back, change it.'}
        </output>
      </div>
      {answering ? <StopButton onStop={onStop} /> : <SendButton disabled={!isQuestion || blocked} />}
    </form>
  );
}

interface TooLongProps {
  id: string;
  characters: number;
  charactersMax: number;
}

function TooLong({ id, characters, charactersMax }: TooLongProps) {
  const isVisitor = useIsVisitor();
  return (
    <p id={id} role="alert" className="tabular pb-1 text-sm text-danger">
      {formatNumber(characters)} of {formatNumber(charactersMax)} characters. Shorten the question
      {isVisitor ? '.' : ', or add the long text as a document.'}
    </p>
  );
}

function StopButton({ onStop }: { onStop: () => void }) {
  return (
    <Button onClick={onStop} title="Stop (Esc)">
      <Square aria-hidden className="size-3.5 fill-current" />
      Stop
    </Button>
  );
}

function SendButton({ disabled }: { disabled: boolean }) {
  return (
    <Button type="submit" look="solid" disabled={disabled}>
      <ArrowUp aria-hidden className="size-4" />
      Send
    </Button>
  );
}

/** Except on touch screens, where the keyboard would cover the page before anybody asked for it. */
function useFocusAtStart(field: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) {
      field.current?.focus({ preventScroll: true });
    }
  }, [field]);
}

/** Text that survives leaving the conversation and reloading the page. */
function useDraft(conversationId: string | undefined) {
  const drafts = draftsOf[useAudience()];
  const text = useSyncExternalStore(onDraftChange, () => drafts.read(conversationId));
  return [text, (next: string) => drafts.write(conversationId, next)] as const;
}
