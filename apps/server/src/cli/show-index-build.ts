import type { IndexBuild } from '@twin/db/queries/index-builds';
import { type ProgressLine, startProgress } from './terminal.ts';

/**
 * One progress line for each phase of a build, which counts rows or blocks as Postgres does there.
 *
 * @param endLineBefore ends what is being shown until the build begins, or at the end where there is none.
 */
export function showIndexBuild(endLineBefore: () => void = () => undefined): {
  show: (build: IndexBuild) => void;
  end: () => void;
} {
  let line: ProgressLine | undefined;
  let endBefore: (() => void) | undefined = endLineBefore;
  let shown: IndexBuild | undefined;
  return {
    show(build) {
      if (build.phase !== shown?.phase || build.total !== shown.total) {
        endBefore?.();
        endBefore = undefined;
        line?.end();
        line = startProgress(`Index, ${build.phase}`, build.total);
        shown = { ...build, done: 0 };
      }
      line?.advance(build.done - shown.done);
      shown = build;
    },
    end() {
      endBefore?.();
      line?.end();
    },
  };
}
