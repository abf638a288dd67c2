/** Tells the other tabs of this browser that a conversation changed, so that they follow the same answer. */
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('twin.conversations') : null;

export function tellOtherTabs(conversationId: string): void {
  channel?.postMessage(conversationId);
}

export function onOtherTabChange(listener: (conversationId: string) => void): () => void {
  const receive = (event: MessageEvent<string>) => listener(event.data);
  channel?.addEventListener('message', receive);
  return () => channel?.removeEventListener('message', receive);
}
