export const trpcPath = '/api/trpc';
