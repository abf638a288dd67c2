/** What had the focus when a citation was opened, so that closing it gives the focus back. */
let opener: Element | null = null;

export function rememberOpener(): void {
  opener = document.activeElement;
}

/** @returns what opened the citation; for one that was opened by its address, the first chip that has it. */
export function findOpener(address: string | undefined): HTMLElement | null {
  if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) {
    return opener;
  }
  return document.querySelector<HTMLElement>(`[data-cite="${CSS.escape(address ?? '')}"]`);
}
