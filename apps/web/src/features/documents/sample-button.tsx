import { Sparkles } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { useLoadSamples } from './use-load-samples.ts';

export function SampleButton() {
  const load = useLoadSamples();
  return (
    <Button onClick={() => load.mutate({})} disabled={load.isPending}>
      <Sparkles aria-hidden className="size-4" />
      {load.isPending ? 'Adding the samples…' : 'Try a sample collection'}
    </Button>
  );
}
