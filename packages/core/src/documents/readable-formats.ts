/** What people may bring, as the doors tell them. */
export const readableFormats = [
  'PDF',
  'DOCX',
  'DOC',
  'PPTX',
  'PPT',
  'XLSX',
  'XLS',
  'OpenDocument (ODT, ODS, ODP)',
  'RTF',
  'EPUB',
  'Markdown',
  'HTML',
  'TXT',
  'CSV',
  'JSON',
  'Jupyter notebooks',
  'LaTeX',
  'subtitles (SRT, VTT)',
  'contacts and calendars (VCF, ICS)',
  'source code',
  'e-mail (EML, MSG, MBOX, winmail.dat)',
  'pictures of text (PNG, JPEG, WebP, TIFF, BMP, GIF)',
  'ZIP of these',
] as const;

/** Names a file dialog offers. A file is judged by its bytes, so others may turn out readable too. */
export const readableExtensions = `
    .pdf .docx .doc .pptx .ppt .xlsx .xls .odt .ods .odp .fodt .fods .fodp .rtf .epub .md .markdown .html .htm .txt .log .org .adoc .rst .csv .tsv .json .jsonl
    .ipynb .tex .srt .vtt .vcf .ics .svg .rss .atom .enex .fb2 .mht .eml .emlx .p7m .msg .dat .mbox .zip .png .jpg .jpeg .webp .tif .tiff .bmp .gif .c .cpp .cs .css .go .h .java .js .kt .lua .php .pl .py .r .rb .rs .scala .sh .sql .swift .toml .ts
    .tsx .xml .yaml .yml
  `
  .trim()
  .split(/\s+/);
