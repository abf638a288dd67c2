import { PageTitle } from '../components/page-title.tsx';
import { PersonaScreen } from '../features/persona/persona-screen.tsx';
import { ScrollingMain } from './scrolling-main.tsx';

export function PersonaRoute() {
  return (
    <ScrollingMain>
      <PageTitle title="Persona" />
      <PersonaScreen />
    </ScrollingMain>
  );
}
