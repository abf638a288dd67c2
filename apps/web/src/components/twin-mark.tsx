/** The mark: an opening quotation, which is two identical strokes. One is yours, one is the twin's. */
export function TwinMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <path
        className="fill-ink"
        d="M14 6.6C8 8.6 4 13.4 4 19.4 4 23.4 6.4 26 9.6 26c2.9 0 5.1-2.2 5.1-5 0-2.8-2-4.8-4.7-4.8-.5 0-1 .1-1.3.2.6-3 3.1-5.8 6.3-7.2z"
      />
      <path
        className="fill-accent"
        d="M27.3 6.6c-6 2-10 6.8-10 12.8 0 4 2.4 6.6 5.6 6.6 2.9 0 5.1-2.2 5.1-5 0-2.8-2-4.8-4.7-4.8-.5 0-1 .1-1.3.2.6-3 3.1-5.8 6.3-7.2z"
      />
    </svg>
  );
}
