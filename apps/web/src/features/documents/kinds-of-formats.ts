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
  '.msg': 'e-mail',
  '.mbox': 'e-mail',
  '.png': 'pictures of text',
  '.jpg': 'pictures of text',
  '.jpeg': 'pictures of text',
  '.webp': 'pictures of text',
  '.tif': 'pictures of text',
  '.tiff': 'pictures of text',
  '.bmp': 'pictures of text',
  '.gif': 'pictures of text',
  '.zip': 'ZIP',
};

/** The formats behind file name extensions, each once. */
export function kindsOfFormats(extensions: readonly string[]): string[] {
  return [...new Set(extensions.map((extension) => names[extension] ?? 'source code'))];
}
