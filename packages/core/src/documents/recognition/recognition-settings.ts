/** What pictures of text are expected to be in. */
export interface RecognitionSettings {
  /** Tesseract's names of languages, the likeliest first: `eng`, `deu`, `chi_sim` … English comes with this program. */
  languages: readonly string[];
  /** Where `<language>.traineddata` (or `.traineddata.gz`) of other languages lie. Nothing is ever downloaded. */
  languageFolder?: string;
}
