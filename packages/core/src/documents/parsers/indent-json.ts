const INDENT = '  ';

/** Puts each member of well-formed JSON on a line of its own. Works on the text, so numbers and strings stay as written. */
export function indentJson(json: string): string {
  const parts: string[] = [];
  let depth = 0;
  const newLine = () => `\n${INDENT.repeat(Math.min(depth, 40))}`;
  for (const [token] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{[]\s*[}\]]|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    if (token === '{' || token === '[') {
      depth += 1;
      parts.push(token, newLine());
    } else if (token === '}' || token === ']') {
      depth -= 1;
      parts.push(newLine(), token);
    } else if (token === ',') parts.push(token, newLine());
    else parts.push(token === ':' ? ': ' : token);
  }
  return parts.join('');
}
