import { describe, expect, it } from 'vitest';
import { markCitations, type TreeNode, withoutOpenMarker } from './citation-markers.ts';

function paragraph(...children: TreeNode[]): TreeNode {
  return { type: 'root', children: [{ type: 'element', tagName: 'p', properties: {}, children }] };
}

/** The tree in one line: text as it is, chips as <n>. */
function lineOf(node: TreeNode): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'element' && node.tagName === 'citation-marker') return `<${String(node.properties['number'])}>`;
  if (node.type === 'element' && node.tagName === 'unsupported-marker')
    return `<?${String(node.properties['number'])}>`;
  return ('children' in node ? (node.children ?? []) : []).map(lineOf).join('');
}

function marked(text: string, known: number[]): string {
  const tree = paragraph({ type: 'text', value: text });
  markCitations({ known: { cited: known, unsupported: [1] } })(tree);
  return lineOf(tree);
}

describe('citation markers', () => {
  it.each([
    ['Rent is due. [1]', [1], 'Rent is due.<1>'],
    ['Rent [1][2] is due', [1, 2], 'Rent<1><2> is due'],
    ['[1] first', [1], '<1> first'],
    ['nothing here', [1], 'nothing here'],
    ['It flies [?1]. It swims [?2].', [1], 'It flies<?1>. It swims.'],
  ])('become chips: %s', (text, known, expected) => {
    expect(marked(text, known)).toBe(expected);
  });

  it('keep the punctuation after them on their line', () => {
    const tree = paragraph({ type: 'text', value: 'by the harbour [1]. Then' });
    markCitations({ known: { cited: [1], unsupported: [] } })(tree);
    expect(JSON.stringify(tree)).toContain('"value":"."');
    expect(lineOf(tree)).toBe('by the harbour<1>. Then');
  });

  it('stay on the line of their word, all of them', () => {
    const tree = paragraph({ type: 'text', value: 'Rent is due. [1][2] Then' });
    markCitations({ known: { cited: [1, 2], unsupported: [] } })(tree);
    const spans = JSON.stringify(tree).match(/"whitespace-nowrap"/g);
    expect(spans).toHaveLength(1);
    expect(lineOf(tree)).toBe('Rent is due.<1><2> Then');
  });

  it('never dangle: a number without a citation is left out', () => {
    expect(marked('Rent is due [7].', [1])).toBe('Rent is due.');
  });

  it('are left alone in code', () => {
    const tree = paragraph({
      type: 'element',
      tagName: 'code',
      properties: {},
      children: [{ type: 'text', value: 'a[1]' }],
    });
    markCitations({ known: { cited: [1], unsupported: [] } })(tree);
    expect(lineOf(tree)).toBe('a[1]');
  });

  it('are held back while they are being written', () => {
    expect(withoutOpenMarker('Rent is due [1')).toBe('Rent is due');
    expect(withoutOpenMarker('Rent is due [')).toBe('Rent is due');
    expect(withoutOpenMarker('Rent is due [1]')).toBe('Rent is due [1]');
  });
});
