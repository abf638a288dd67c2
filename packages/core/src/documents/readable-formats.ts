/** What people may bring, as the doors tell them. */
export const readableFormats = ['PDF', 'DOCX', 'Markdown', 'HTML', 'TXT'] as const;

/** Names a file dialog offers. A file is judged by its bytes, so others may turn out readable too. */
export const readableExtensions = [
  '.pdf',
  '.docx',
  '.md',
  '.markdown',
  '.html',
  '.htm',
  '.txt',
  '.csv',
  '.json',
  '.log',
] as const;
