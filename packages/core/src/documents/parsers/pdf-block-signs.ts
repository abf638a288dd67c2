/** Lines of a paragraph sit 1.0 to 1.4 font sizes apart; a wider step starts the next one. */
export const PARAGRAPH_STEP_RATIO = 1.65;

/**
 * What list items begin with; of fonts of symbols, a character of nobody's. A dash without a space behind it belongs to what follows:
 * “–5 °C”.
 */
export const bullet = /^(?:[•‣◦▪▫●○■□·➢➤►▶◆❖✓✔✗⁃∙\uf000-\uf0ff]|[-*–—](?=\s))\s*/u;
export const itemNumber = /^(?:\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S/;
