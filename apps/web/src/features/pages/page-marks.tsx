import { classNames } from '../../components/class-names.ts';
import type { PageShown } from '../../views.ts';

/** A little more than the letters take, in units of the page. */
const MARGIN = 1;

/** What is marked, in the units of the page, whatever size it is shown at. Told to those who do not see it by the picture's own words. */
export function PageMarks({
  shown: { width, height, boxes, isExact },
  isShown,
}: {
  shown: PageShown;
  isShown: boolean;
}) {
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${width} ${height}`}
      className={classNames('page-marks absolute inset-0 size-full', !isShown && 'invisible')}
    >
      {boxes.map((box, at) => (
        // They never change places.
        <rect
          key={at}
          x={box.x - MARGIN}
          y={box.y - MARGIN}
          width={box.width + 2 * MARGIN}
          height={box.height + 2 * MARGIN}
          rx={MARGIN}
          className={classNames('page-mark', !isExact && 'page-mark-around')}
        />
      ))}
    </svg>
  );
}
