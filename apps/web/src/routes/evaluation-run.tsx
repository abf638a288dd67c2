import { useParams } from '@tanstack/react-router';
import { PageTitle } from '../components/page-title.tsx';
import { RunScreen } from '../features/evaluation/run-screen.tsx';
import { ScrollingMain } from './scrolling-main.tsx';

export function EvaluationRunRoute() {
  const { runId } = useParams({ from: '/admin/evaluation/$runId' });
  return (
    <ScrollingMain>
      <PageTitle title="Evaluation run" />
      <RunScreen key={runId} runId={runId} />
    </ScrollingMain>
  );
}
