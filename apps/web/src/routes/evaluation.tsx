import { PageTitle } from '../components/page-title.tsx';
import { EvaluationScreen } from '../features/evaluation/evaluation-screen.tsx';
import { ScrollingMain } from './scrolling-main.tsx';

export function EvaluationRoute() {
  return (
    <ScrollingMain>
      <PageTitle title="Evaluation" />
      <EvaluationScreen />
    </ScrollingMain>
  );
}
