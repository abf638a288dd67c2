import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

const agenda = `#+TITLE: Council
#+AUTHOR: Ada Quill
#+OPTIONS: toc:nil
* TODO Agenda :public:town:
:PROPERTIES:
:CUSTOM_ID: agenda
:END:
The bridge comes
first, see [[https://example.org/bridge][the plan]] and ~make bridge~.
# Nobody reads this.
- Ask /three/ builders
  for offers
- Paint = 2
1. Vote
** Costs
| Item  | Cost |
|-------+------|
| Steel | 1200 |
After the table.
#+BEGIN_SRC sh
  * no headline

    - no item
#+END_SRC
#+begin_quote
Build it.
#+end_quote
`;

test('headlines, lists, tables, code and settings of Org mode are read as what they are', async () => {
  const parsed = await readBytes('agenda.org', agenda);
  expect(outlineOf(parsed)).toEqual([
    'heading1: TODO Agenda',
    'paragraph: The bridge comes\nfirst, see the plan (https://example.org/bridge) and make bridge.',
    'list-item: Ask /three/ builders\nfor offers',
    'list-item: Paint = 2',
    'list-item: 1. Vote',
    'heading2: Costs',
    'table: | Item | Cost |\n| --- | --- |\n| Steel | 1200 |',
    'paragraph: After the table.',
    'code: * no headline\n\n  - no item',
    'quote: Build it.',
  ]);
  expect(parsed).toMatchObject({ title: 'Council', metadata: { author: 'Ada Quill' }, mediaType: 'text/x-org' });
});

test('a block of code that never ends is code to its end', async () => {
  expect(outlineOf(await readBytes('open.org', '* One\n#+BEGIN_SRC\nx = 1\n'))).toEqual([
    'heading1: One',
    'code: x = 1',
  ]);
});
