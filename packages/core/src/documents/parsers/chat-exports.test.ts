import { describe, expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

describe('chats', () => {
  const telegram = {
    name: 'Lamp watch',
    type: 'private_group',
    id: 123,
    messages: [
      { id: 1, type: 'service', date: '2024-05-04T08:00:00', actor: 'Ada', action: 'create_group', text: '' },
      { id: 2, type: 'message', date: '2024-05-04T09:15:00', from: 'Ada', text: 'Good morning' },
      {
        id: 3,
        type: 'message',
        date: '2024-05-04T09:16:00',
        from: 'Bob',
        text: ['See ', { type: 'text_link', text: 'the guide', href: 'https://oil.example' }, '.\nNow.'],
      },
      {
        id: 4,
        type: 'message',
        date: '2024-05-05T09:16:00',
        from: null,
        file: '(File not included.)',
        file_name: 'oil.pdf',
        text: '',
      },
      {
        id: 5,
        type: 'message',
        date: '2024-05-05T09:17:00',
        from: 'Bob',
        poll: { question: 'Oil?', answers: [{ text: 'Rape' }] },
        text: '',
      },
    ],
  };
  const told = [
    'heading1: Lamp watch',
    'paragraph: [2024-05-04 09:15] Ada: Good morning',
    'paragraph: [2024-05-04 09:16] Bob: See the guide (https://oil.example).\nNow.',
    'paragraph: [2024-05-05 09:16] Deleted account: oil.pdf',
    'paragraph: [2024-05-05 09:17] Bob: Oil?\nRape',
  ];

  test('of Telegram are read message by message, one or all of them', async () => {
    const one = await readBytes('result.json', JSON.stringify(telegram, null, 1));
    expect(outlineOf(one)).toEqual(told);
    expect(one.title).toBe('Lamp watch');
    expect(one.warnings).toEqual(['Messages without words, such as who joined or a sticker, left out: 1.']);
    const all = { about: 'Your data', chats: { about: 'x', list: [telegram, { ...telegram, name: 'Quay' }] } };
    expect(outlineOf(await readBytes('result.json', JSON.stringify(all)))).toEqual([
      ...told,
      'heading1: Quay',
      ...told.slice(1),
    ]);
  });

  test('of Telegram say what was forwarded, whose contact and which place was sent, and what was left out', async () => {
    const message = { type: 'message', date: '2024-05-04T09:15:00', from: 'Ada', from_id: 'user1', text: '' };
    const messages = [
      { ...message, id: 1, text: 'Lit.', forwarded_from: 'Bob' },
      { ...message, id: 2, text: 'Out.', forwarded_from: null },
      {
        ...message,
        id: 3,
        contact_information: { first_name: 'Cy', last_name: 'Quay', phone_number: '+44 1' },
      },
      { ...message, id: 4, location_information: { latitude: 60.1, longitude: 24.9 } },
      { ...message, id: 5, place_name: 'Pier', address: '1 Quay', location_information: { latitude: 1, longitude: 2 } },
      { ...message, id: 6, media_type: 'sticker' },
      { id: 7, type: 'unsupported' },
    ];
    const contacts = { about: 'x', list: [{ first_name: 'Cy' }] };
    const watch = { name: 'Watch', type: 'private_group', id: 1, messages };
    const left = { name: 'Quay', type: 'public_channel', id: 2, messages: [{ ...message, text: 'Bye' }] };
    const all = { contacts, personal_information: {}, chats: { list: [watch] }, left_chats: { list: [left] } };
    const parsed = await readBytes('result.json', JSON.stringify(all));
    expect(outlineOf(parsed)).toEqual([
      'heading1: Watch',
      'paragraph: [2024-05-04 09:15] Ada, forwarded from Bob: Lit.',
      'paragraph: [2024-05-04 09:15] Ada, forwarded from a deleted account: Out.',
      'paragraph: [2024-05-04 09:15] Ada: Contact: Cy Quay, +44 1',
      'paragraph: [2024-05-04 09:15] Ada: Location: 60.1, 24.9',
      'paragraph: [2024-05-04 09:15] Ada: Location: Pier, 1 Quay, 1, 2',
      'heading1: Quay',
      'paragraph: [2024-05-04 09:15] Ada: Bye',
    ]);
    expect(parsed.warnings).toEqual([
      'Messages without words, such as who joined or a sticker, left out: 2.',
      'Of the export only the chats were read. Left out: contacts, personal information.',
    ]);
  });

  test('of Telegram are read where messages have only the seconds of their time', async () => {
    const message = { type: 'message', from: 'Bob', from_id: 'user7' };
    const messages = [
      { ...message, id: 1, date: '2022-03-08T13:07:42', text: 'hello' },
      { ...message, id: 2, date_unixtime: '1652135033', text: 'world?' },
      { id: 3, type: 'service', date_unixtime: '1652135034', actor: 'Bob', action: 'phone_call', text: '' },
    ];
    const chat = { name: 'Bob', type: 'personal_chat', id: 7, messages };
    expect(outlineOf(await readBytes('result.json', JSON.stringify(chat)))).toEqual([
      'heading1: Bob',
      'paragraph: [2022-03-08 13:07] Bob: hello',
      'paragraph: [2022-05-09 22:23 UTC] Bob: world?',
    ]);
  });

  test('of Slack are read with what stands in blocks alone', async () => {
    const section = (...elements: object[]) => ({ type: 'rich_text_section', elements });
    const word = (said: string) => ({ type: 'text', text: said });
    const list = { type: 'rich_text_list', elements: [section(word('Oil')), section(word('Wick'))] };
    const about = [
      word('Bring <'),
      { type: 'link', url: 'https://oil.example', text: 'oil & wick' },
      word('> to '),
      { type: 'user', user_id: 'U2' },
      word(' in '),
      { type: 'channel', channel_id: 'C1' },
      { type: 'emoji', name: 'fire' },
    ];
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'Watch' } },
      { type: 'rich_text', elements: [section(...about), list] },
      { type: 'section', text: { type: 'mrkdwn', text: 'See <https://a.example|it>' }, fields: [word('At 9')] },
      {
        type: 'context',
        elements: [
          { type: 'image', alt_text: 'Lamp' },
          { type: 'mrkdwn', text: 'by <@U2>' },
        ],
      },
    ];
    const message = { type: 'message', user: 'U1', ts: '1714809600.000100', user_profile: { real_name: 'Ada' } };
    const day = [
      { ...message, text: '', blocks },
      { ...message, text: 'Said once', blocks: [{ type: 'rich_text', elements: [section(word('Said once'))] }] },
      { ...message, text: '', attachments: [{ fallback: '[no preview]', blocks: [blocks[0]] }] },
      { ...message, user: 'U2', user_profile: { real_name: 'Bob' }, text: '' },
    ];
    const parsed = await readBytes('2024-05-04.json', JSON.stringify(day));
    expect(outlineOf(parsed)).toEqual([
      'paragraph: [2024-05-04 08:00 UTC] Ada: Watch\nBring <oil & wick (https://oil.example)> to @Bob in #C1:fire:\n• Oil\n• Wick\nSee it (https://a.example)\nAt 9\nLamp by @Bob',
      'paragraph: [2024-05-04 08:00 UTC] Ada: Said once',
      'paragraph: [2024-05-04 08:00 UTC] Ada: Watch',
    ]);
    expect(parsed.warnings).toEqual(['Messages without words, such as who joined or a sticker, left out: 1.']);
  });

  test('of Slack are read with their tables, and who joined is counted', async () => {
    const message = { type: 'message', user: 'U1', ts: '1714809600.000100', text: '' };
    const cell = (said: string) => ({ type: 'raw_text', text: said });
    const rich = {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '< 5' }] }],
    };
    const rows = [
      [cell('Lamp'), cell('Oil')],
      [cell('Pier'), rich],
      [cell('Mole'), null, cell('shut')],
    ];
    const day = [
      { ...message, subtype: 'channel_join', text: '<@U1> has joined the channel' },
      { ...message, blocks: [{ type: 'table', rows }] },
    ];
    const parsed = await readBytes('2024-05-04.json', JSON.stringify(day));
    expect(outlineOf(parsed)).toEqual(['paragraph: [2024-05-04 08:00 UTC] U1: Lamp | Oil\nPier | < 5\nMole | | shut']);
    expect(parsed.warnings).toEqual(['Messages without words, such as who joined or a sticker, left out: 1.']);
  });

  test('of Slack whose blocks are nested without end do not stop the reader', async () => {
    const nested = `${'{"elements":['.repeat(500)}{"type":"text","text":"deep"}${']}'.repeat(500)}`;
    const day = `[{"type":"message","user":"U1","ts":"1714809600.000100","text":"Lit","attachments":[{"blocks":[${nested}]}]}]`;
    expect(outlineOf(await readBytes('2024-05-04.json', day))).toEqual(['paragraph: [2024-05-04 08:00 UTC] U1: Lit']);
  });

  test('of Slack are read with the names of who wrote and who was named', async () => {
    const message = { type: 'message', user: 'U1', ts: '1714809600.000100', user_profile: { real_name: 'Ada Quill' } };
    const day = [
      {
        ...message,
        text: 'Hi <@U2> &amp; <@U9>, see <https://oil.example/a?b=1&amp;c=2|the guide>, <#C1|general>, <!here>',
      },
      {
        ...message,
        user: 'U2',
        user_profile: { real_name: 'Bob' },
        text: 'a &lt; b',
        files: [{ name: 'oil.pdf', title: 'Prices' }],
      },
      { ...message, subtype: 'channel_join', text: '<@U1> has joined the channel' },
      {
        type: 'message',
        subtype: 'bot_message',
        username: 'Tide',
        ts: '1714813200.1',
        text: '',
        attachments: [{ fallback: 'High at 9' }],
      },
    ];
    expect(outlineOf(await readBytes('2024-05-04.json', JSON.stringify(day)))).toEqual([
      'paragraph: [2024-05-04 08:00 UTC] Ada Quill: Hi @Bob & @U9, see the guide (https://oil.example/a?b=1&c=2), #general, @here',
      'paragraph: [2024-05-04 08:00 UTC] Bob: a < b\nPrices',
      'paragraph: [2024-05-04 09:00 UTC] Tide: High at 9',
    ]);
  });

  test('of WhatsApp keep messages of several paragraphs whole', async () => {
    const chat =
      '\uFEFF[04/05/2024, 9:15:03\u202FAM] Watch: \u200EMessages are encrypted.\r\n[04/05/2024, 9:15:10\u202FAM] Ada: Good morning\r\n\r\nBring oil\r\n\u200E[04/05/2024, 9:16:00\u202FAM] Bob: \u200Eimage omitted\r\n';
    expect(outlineOf(await readBytes('_chat.txt', chat))).toEqual([
      'paragraph: [04/05/2024, 9:15:03 AM] Watch: Messages are encrypted.',
      'paragraph: [04/05/2024, 9:15:10 AM] Ada: Good morning\nBring oil',
      'paragraph: [04/05/2024, 9:16:00 AM] Bob: image omitted',
    ]);
  });

  test('are not seen in a log whose writers are its levels', async () => {
    const log =
      '[2024-05-04 12:00:01] ERROR: no oil\n[2024-05-04 12:00:02] Warning: low\n[2024-05-04 12:00:05] INFO: lit';
    expect(outlineOf(await readBytes('lamp.txt', log))).toEqual([`paragraph: ${log}`]);
    for (const start of ['production.LEVEL:', 'LEVEL lamp:', '[LEVEL] lamp:', 'LEVEL - lamp:', 'lamp - LEVEL - oil:']) {
      const lines = ['ERROR', 'INFO', 'WARN'].map(
        (word) => `[2024-05-04 12:00:01] ${start.replace('LEVEL', word)} low`,
      );
      expect(outlineOf(await readBytes('lamp.txt', lines.join('\n')))).toHaveLength(1);
    }
    const chat = log.replace('INFO', 'Ada').replace('Warning', 'Bob');
    expect(outlineOf(await readBytes('lamp.txt', chat))).toHaveLength(3);
  });

  test('say what stands in blocks alone, and whose words are passed on', async () => {
    const elements = [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'Fill ' },
          { type: 'text', text: 'the lamp.' },
        ],
      },
    ];
    const slack = [
      { type: 'message', bot_id: 'B1', ts: '1714809600.000100', text: '', blocks: [{ type: 'rich_text', elements }] },
    ];
    expect((await readBytes('day.json', JSON.stringify(slack))).canonicalText).toContain('Fill the lamp.');
    const message = { id: 9, type: 'message', date: '2024-05-04T09:15:00', from: 'Ada', text: 'I resign' };
    const passedOn = { ...telegram, messages: [{ ...message, forwarded_from: 'Bob' }] };
    expect((await readBytes('result.json', JSON.stringify(passedOn))).canonicalText).toContain(
      'Ada, forwarded from Bob: I resign',
    );
  });

  test.each([
    {
      type: 'dump',
      owner: 'Ada',
      messages: [{ type: 'message', date: '2024-05-01T10:00', subject: 'Order 7', body: '40 boxes', text: 'see body' }],
    },
    { ...telegram, id: undefined },
    { ...telegram, type: 'dump' },
    { ...telegram, messages: [{ type: 'message', date: '2024-05-01T10:00', text: 'Hi' }] },
    [{ type: 'message', ts: '1700000000.5', level: 'warn', host: 'lamp', code: '7', text: 'Oil low' }],
  ])('are not seen in records that only look alike (%#)', async (other) => {
    const parsed = await readBytes('a.json', JSON.stringify(other));
    expect(parsed.blocks.map(({ kind }) => kind)).not.toContain('paragraph');
    expect(parsed.canonicalText).toContain(Array.isArray(other) ? 'level' : '"messages"');
  });

  test('are not seen in other JSON', async () => {
    for (const other of [
      { type: 'x', messages: ['a'] },
      { messages: telegram.messages },
      [{ type: 'message', ts: 5 }],
      { type: 'x', messages: [] },
      { type: 'dump', owner: 'Ada', messages: [{ type: 'message', date: '2024-05-01T10:00', text: 'see body' }] },
      [{ type: 'message', ts: '1714809600.5', level: 'info', text: 'started' }],
    ]) {
      expect((await readBytes('a.json', JSON.stringify([other, 1]))).blocks[0]?.kind).toBe('code');
      expect(outlineOf(await readBytes('a.json', JSON.stringify(other))).join()).not.toContain('] ');
    }
  });
});
