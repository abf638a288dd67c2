/** What people may bring, as the doors tell them. */
export const readableFormats = ['PDF', 'DOCX', 'Markdown', 'HTML', 'TXT'] as const;
