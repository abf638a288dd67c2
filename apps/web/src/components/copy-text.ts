import { notify, notifyProblem } from './toaster.tsx';

/** Copies words, and says so; or that the browser did not allow it, and then what else can be done. */
export async function copyText(
  text: string,
  { said, refused = 'The browser did not allow copying' }: { said: string; refused?: string },
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify(said);
  } catch (error) {
    notifyProblem(refused, error);
  }
}
