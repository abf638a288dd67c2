import type { HttpBindings } from '@hono/node-server';
import type { OwnerSide } from '@twin/core/principal';

/** What every handler finds in its context. `principal` only behind `admit`. */
export interface HttpEnv {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    ip: string;
    principal: OwnerSide;
  };
}
