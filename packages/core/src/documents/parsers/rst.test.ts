import { isSlow } from '@twin/testing/slow-work';
import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

const read = async (text: string) => outlineOf(await readBytes('page.rst', text));

test('headings are levelled by the order in which a document uses their looks', async () => {
  const page =
    '=====\nGuide\n=====\n\nOil\n===\n\nFilling\n-------\nAt dusk.\n\n----------\n\nWick\n====\nTrim it.\n\nA --\nno\n';
  expect(await read(page)).toEqual([
    'heading1: Guide',
    'heading2: Oil',
    'heading3: Filling',
    'paragraph: At dusk.',
    'heading2: Wick',
    'paragraph: Trim it.',
    'paragraph: A --\nno',
  ]);
  expect((await readBytes('index.rst.txt', page)).title).toBe('Guide');
});

test('words are read as they are shown, links with where they lead', async () => {
  const page = `Take **rape** *oil*, \`\`--oil *x*\`\`, :mod:\`csv\`, :meth:\`~lamp.Wick.trim\`, :pep:\`8\`, \`the guide <https://oil.example/a>\`_, Python_,
\`Two words\`_, :ref:\`filling <fill>\`, |name| and a note [1]_. So f(*args, **kwargs), 2 * 3, snake_case_ and esc\\*aped.

.. _Python: https://python.example/
.. _Two words: https://two.example/
.. |name| replace:: Selwyn
.. [1] In 1874.
.. A remark
   of two lines.
.. _fill:
`;
  expect(await read(page)).toEqual([
    'paragraph: Take rape oil, --oil *x*, csv, trim, PEP 8, the guide (https://oil.example/a), Python (https://python.example/),\nTwo words (https://two.example/), filling, Selwyn and a note [1]. So f(*args, **kwargs), 2 * 3, snake_case_ and esc*aped.',
    'paragraph: [1] In 1874.',
  ]);
});

test('lists, fields, terms, quotes and verse keep their form', async () => {
  const page = `:Author: Ada
:orphan:
:mod:\`csv\`: no field

- Trim
  the wick

  twice.

  1. slowly
  #. fully
- Fill

(a) Open
b. Close

A. Einstein was
no item.

Lamp
    It burns.

    It smokes.

Said:

  Quoted.

| One
| Two
`;
  expect(await read(page)).toEqual([
    'paragraph: Author: Ada',
    'paragraph: csv: no field',
    'list-item: Trim\nthe wick',
    'list-item: twice.',
    'list-item: 1. slowly',
    'list-item: 2. fully',
    'list-item: Fill',
    'list-item: (a) Open',
    'list-item: b. Close',
    'paragraph: A. Einstein was\nno item.',
    'paragraph: Lamp',
    'paragraph: It burns.',
    'paragraph: It smokes.',
    'paragraph: Said:',
    'quote: Quoted.',
    'paragraph: One\nTwo',
  ]);
});

test('tables of every kind are tables', async () => {
  const page = `=====  ======
Month  Litres
=====  ======
May    41, or
       more
June   forty-two
=====  ======

+-------+--------+
| Month | Litres |
+=======+========+
| May   | 41, or |
|       | more   |
+-------+--------+
| June  | 42     |
+-------+--------+

.. csv-table:: Oil
   :header: Month, Litres

   May, "41, or more"

.. list-table::
   :header-rows: 1

   * - Month
     - Litres
   * - May
     - 41, or
       more

+-----+-----+
| wide      |
+-----+-----+
| a   | b   |
+-----+-----+
`;
  const row = '| Month | Litres |\n| --- | --- |\n| May | 41, or more |';
  expect(await read(page)).toEqual([
    `table: ${row}\n| June | forty-two |`,
    `table: ${row}\n| June | 42 |`,
    'paragraph: Oil',
    `table: ${row}`,
    `table: ${row}`,
    'code: +-----+-----+\n| wide      |\n+-----+-----+\n| a   | b   |\n+-----+-----+',
  ]);
});

test('code is as written; directives are read by what they show', async () => {
  const page = `Run this::

    fill --oil
      light

>>> 1 + 1
2

.. code-block:: python
   :linenos:

   print(1)

.. note:: Mind the
   lens.

.. versionadded:: 3.2

.. versionchanged:: 3.3
   Hotter.

.. function:: fill(oil, *, slowly=True)
              fill(lamp)

   Fills it. See::

      fill(1)

   :param oil: which

.. image:: lamp.png
   :alt: A lamp

.. index:: lamp
.. toctree::
   :maxdepth: 2

   other
`;
  expect(await read(page)).toEqual([
    'paragraph: Run this:',
    'code: fill --oil\n  light',
    'code: >>> 1 + 1\n2',
    'code: print(1)',
    'paragraph: Note: Mind the\nlens.',
    'paragraph: New in version 3.2',
    'paragraph: Changed in version 3.3: Hotter.',
    'paragraph: fill(oil, *, slowly=True)\nfill(lamp)',
    'paragraph: Fills it. See:',
    'code: fill(1)',
    'paragraph: param oil: which',
    'paragraph: A lamp',
  ]);
});

test('what is written like an option, and is none, is shown; so are captions', async () => {
  const page = `.. code-block:: python
   :caption: How to
     fill it
   :linenos:

   fill(1)

.. function:: trim(wick)
   :returns: its length

.. note::
   :Author: Ada

.. toctree::
   :caption: More
   :maxdepth: 2

   other
`;
  expect(await read(page)).toEqual([
    'paragraph: How to fill it',
    'code: fill(1)',
    'paragraph: trim(wick)',
    'paragraph: returns: its length',
    'paragraph: Note:',
    'paragraph: Author: Ada',
    'paragraph: More',
  ]);
});

test('requests that editors keep in .rest files are plain text', async () => {
  const request = 'GET https://oil.example/a\nAccept: *text*\n\n.. note:: Oil';
  expect((await readBytes('oil.rest', request)).mediaType).not.toBe('text/x-rst');
});

test.each([
  ['indented ever deeper', Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}x`).join('\n\n')],
  [
    'of marks without an end',
    `${'`a <'.repeat(20_000)}\n\n${'*a '.repeat(20_000)}\n\n${'|a'.repeat(20_000)}\n\n${'``'.repeat(20_001)}`,
  ],
  ['of code that never ends', '``a``b'.repeat(50_000)],
  ['of beginnings of tables', '+---+\n\n=== ===\n\n'.repeat(30_000)],
  ['of rules without a table', '=== ===\n'.repeat(20_000)],
  ['of tables that never end', '=== ===\ntext\n\n'.repeat(60_000)],
  ['of paragraphs', 'Text.\n\n'.repeat(100_000)],
  ['of items in items', '- '.repeat(20_000)],
])('a file %s does not hold up the reader', async (_, page) => {
  expect(await isSlow(() => read(`Text.\n\n${page}`), 3000)).toBe(false);
});
