import { PageTitle } from '../components/page-title.tsx';
import { DocumentsScreen } from '../features/documents/documents-screen.tsx';
import { ScrollingMain } from './scrolling-main.tsx';

export function DocumentsRoute() {
  return (
    <ScrollingMain>
      <PageTitle title="Documents" />
      <DocumentsScreen />
    </ScrollingMain>
  );
}
