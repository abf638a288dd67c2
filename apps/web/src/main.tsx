import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { onServerReturn, watchConnection } from './features/connection/connection.ts';
import { router } from './router.ts';
import './styles/index.css';
import { queryClient } from './trpc.ts';

onServerReturn(() => void queryClient.invalidateQueries());
watchConnection();

const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has no #root');
}
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
