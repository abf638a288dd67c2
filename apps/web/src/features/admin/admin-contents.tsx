import { anchorOf } from './anchor-of.ts';

/** What stands on a long page, and the way there. */
export function AdminContents({ titles }: { titles: readonly string[] }) {
  return (
    <nav aria-label="On this page" className="mt-6 flex flex-wrap gap-x-5 gap-y-1.5 text-sm touch:gap-y-4">
      {titles.map((title) => (
        <a
          key={title}
          href={`#${anchorOf(title)}`}
          className="reach rounded text-soft underline decoration-line-strong underline-offset-4 hover:text-ink hover:decoration-accent"
        >
          {title}
        </a>
      ))}
    </nav>
  );
}
