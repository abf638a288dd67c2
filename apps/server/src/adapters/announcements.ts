import { EventEmitter } from 'node:events';
import type { Announcements } from '@twin/core/ports';

/** Announcements within this process. Another process's are missed, which costs its listeners one poll. */
export function createAnnouncements(): Announcements {
  const emitter = new EventEmitter();
  // One listener per open stream: hundreds are normal, not a leak.
  emitter.setMaxListeners(0);
  return {
    publish(topic: string) {
      emitter.emit(topic);
    },
    subscribe(topic, listener) {
      emitter.on(topic, listener);
      return () => emitter.off(topic, listener);
    },
  };
}
