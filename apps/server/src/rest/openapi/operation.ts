import type { z } from 'zod';

/** One endpoint as the description of the API shows it. */
export interface Operation {
  method: 'delete' | 'get' | 'post' | 'put';
  /** With OpenAPI's `{id}` for parameters. */
  path: string;
  summary: string;
  /** `session`: only someone who is signed in. `owner`: a session or an API key; on a loopback address everyone. */
  access: 'open' | 'session' | 'owner';
  parameters?: z.ZodObject;
  body?: z.ZodType | 'bytes';
  answers: Answer[];
}

export interface Answer {
  status: number;
  description: string;
  content: z.ZodType | 'bytes' | 'events' | 'nothing' | 'picture' | 'text';
}
