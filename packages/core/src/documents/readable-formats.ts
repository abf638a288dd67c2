/** What people may bring, by what they call it, with the names that a file dialog offers. A file is judged by its bytes, so others may turn out readable too. */
const formats = {
  PDF: '.pdf',
  Word: '.docx .doc',
  PowerPoint: '.pptx .ppt',
  Excel: '.xlsx .xls',
  OpenDocument: '.odt .ods .odp .fodt .fods .fodp',
  RTF: '.rtf',
  EPUB: '.epub',
  Markdown: '.md .markdown',
  HTML: '.html .htm',
  text: '.txt .org',
  logs: '.log',
  AsciiDoc: '.adoc',
  reStructuredText: '.rst',
  CSV: '.csv .tsv',
  JSON: '.json .jsonl',
  notebooks: '.ipynb',
  LaTeX: '.tex',
  subtitles: '.srt .vtt',
  'contacts and calendars': '.vcf .ics',
  drawings: '.svg',
  feeds: '.rss .atom',
  'notes of Evernote': '.enex',
  FictionBook: '.fb2',
  'saved pages': '.mht',
  'e-mail': '.eml .emlx .msg .dat .mbox',
  'signed files': '.p7m',
  ZIP: '.zip',
  'pictures of text': '.png .jpg .jpeg .webp .tif .tiff .bmp .gif',
  'source code':
    '.c .cpp .cs .css .go .h .java .js .kt .lua .php .pl .py .r .rb .rs .scala .sh .sql .swift .toml .ts .tsx .xml .yaml .yml',
};

/** As the app and its messages name them. */
export const readableKinds: readonly string[] = Object.keys(formats);

export const readableExtensions: readonly string[] = Object.values(formats).flatMap((names) => names.split(' '));
