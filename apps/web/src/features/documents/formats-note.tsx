import { formatBytes } from '../../format.ts';
import type { TwinStatus } from '../../views.ts';

/** What people call the formats of documents. Every other extension is that of source code. */
const names: Record<string, string> = {
  '.pdf': 'PDF',
  '.docx': 'Word',
  '.pptx': 'PowerPoint',
  '.xlsx': 'Excel',
  '.odt': 'OpenDocument',
  '.ods': 'OpenDocument',
  '.odp': 'OpenDocument',
  '.rtf': 'RTF',
  '.epub': 'EPUB',
  '.md': 'Markdown',
  '.markdown': 'Markdown',
  '.html': 'HTML',
  '.htm': 'HTML',
  '.txt': 'text',
  '.org': 'text',
  '.log': 'logs',
  '.csv': 'CSV',
  '.tsv': 'CSV',
  '.json': 'JSON',
  '.jsonl': 'JSON',
  '.ipynb': 'notebooks',
  '.eml': 'e-mail',
  '.zip': 'ZIP',
};

/** What can be added, said before anybody chooses. */
export function FormatsNote({ status: { formats, limits } }: { status: Pick<TwinStatus, 'formats' | 'limits'> }) {
  const kinds = new Set(formats.map((format) => names[format] ?? 'source code'));
  return (
    <>
      {[...kinds].join(', ')}, up to {formatBytes(limits.uploadBytesMax)} each
    </>
  );
}
