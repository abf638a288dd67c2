import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

test('AsciiDoc is read with its sections, lists, tables and code, without what steers a program', async () => {
  const manual = `= The lamp
:uri: https://lights.example
// unseen remark
ifdef::env[]

== Oil[[oil]]

Fill *the lamp* with _oil_, see {uri}/oil[the list^] and <<oil,above>>.
snake_case stays, [.path]_lamp.conf_ too.

 $ lamp --off

. Open it.
.. Left.
.. Right.
. Fill it.
* Wear gloves.
Wick:: A string.

.Rates
[%header,cols="1,2"]
|===
|Month |Litres

|May
|41 \\| 42
2+|Closed
|===

[source,sh]
----
lamp --on  # not a heading
== not a section
----

[quote, Mara]
____
It *rained*.
____

////
unseen block
////
NOTE: Keep dry.
endif::[]
`;
  const parsed = await readBytes('lamp.adoc', manual);
  expect(parsed).toMatchObject({ title: 'The lamp', mediaType: 'text/asciidoc' });
  expect(outlineOf(parsed)).toEqual([
    'heading1: The lamp',
    'heading2: Oil',
    'paragraph: Fill the lamp with oil, see the list (https://lights.example/oil) and above.\nsnake_case stays, lamp.conf too.',
    'code: $ lamp --off',
    'list-item: 1. Open it.',
    'list-item: 1. Left.',
    'list-item: 2. Right.',
    'list-item: 2. Fill it.',
    'list-item: Wear gloves.',
    'list-item: Wick: A string.',
    'paragraph: Rates',
    'table: | Month | Litres |\n| --- | --- |\n| May | 41 \\| 42 |\n| Closed | |',
    'code: lamp --on  # not a heading\n== not a section',
    'quote: It rained.',
    'paragraph: NOTE: Keep dry.',
  ]);
});
