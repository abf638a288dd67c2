/** A command that a document says works as it stands, and what it says comes out. */
export interface RunnableBlock {
  /** `docs/quickstart.md:31` */
  place: string;
  script: string;
  /** The JSON block that follows it before the next heading or command: a part of what the command prints. */
  output: object | undefined;
}

const fence = /^```(\S*)([^\n]*)\n([\s\S]*?)^```$/gm;

/** The blocks fenced as `sh runnable`, in order. */
export function runnableBlocksOf(path: string, markdown: string): RunnableBlock[] {
  const blocks: RunnableBlock[] = [];
  for (const { 1: language, 2: info, 3: text = '', index } of markdown.matchAll(fence)) {
    const last = blocks.at(-1);
    if (language === 'sh' && info?.trim() === 'runnable') {
      const line = markdown.slice(0, index).split('\n').length;
      blocks.push({ place: `${path}:${line}`, script: text, output: undefined });
    } else if (language === 'json' && last !== undefined) {
      last.output ??= JSON.parse(text) as object;
    }
  }
  return blocks;
}
