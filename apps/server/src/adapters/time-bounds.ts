export interface TimeBounds {
  /** Aborts with the caller's signal or when a bound is exceeded. */
  signal: AbortSignal;
  /** Call when something arrived: the idle time starts anew. */
  touch(): void;
  /** Call before handing control to a consumer: its time is not the endpoint's. */
  pause(): void;
  /** The bound that was exceeded, if one was. */
  exceeded(): 'first' | 'idle' | 'total' | undefined;
  /** Stops the clocks and releases the caller's signal. */
  end(): void;
}

export interface TimeBoundsConfig {
  /** Until the first arrival: a local model may have to be loaded first. */
  firstMs: number;
  idleMs: number;
  totalMs: number;
}

/** Guards one streamed response: every stream ends, whatever the other side does. */
export function startTimeBounds(config: TimeBoundsConfig, callerSignal: AbortSignal | undefined): TimeBounds {
  const controller = new AbortController();
  let exceeded: 'first' | 'idle' | 'total' | undefined;
  const exceed = (bound: 'first' | 'idle' | 'total') => () => {
    exceeded ??= bound;
    controller.abort();
  };
  const onCallerAbort = (): void => controller.abort(callerSignal?.reason);
  if (callerSignal?.aborted) onCallerAbort();
  else callerSignal?.addEventListener('abort', onCallerAbort, { once: true });

  const total = setTimeout(exceed('total'), config.totalMs);
  let idle = setTimeout(exceed('first'), config.firstMs);
  return {
    signal: controller.signal,
    touch() {
      clearTimeout(idle);
      idle = setTimeout(exceed('idle'), config.idleMs);
    },
    pause: () => clearTimeout(idle),
    exceeded: () => exceeded,
    end() {
      clearTimeout(total);
      clearTimeout(idle);
      callerSignal?.removeEventListener('abort', onCallerAbort);
    },
  };
}
