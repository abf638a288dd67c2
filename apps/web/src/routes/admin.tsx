import { PageTitle } from '../components/page-title.tsx';
import { AdminScreen } from '../features/admin/admin-screen.tsx';
import { ScrollingMain } from './scrolling-main.tsx';

export function AdminRoute() {
  return (
    <ScrollingMain>
      <PageTitle title="Admin" />
      <AdminScreen />
    </ScrollingMain>
  );
}
