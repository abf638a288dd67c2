import {
  type Chat,
  type Fields,
  isRecord,
  recordsIn,
  textIn,
  textsIn,
  timeInUtc,
  toChat,
} from './chat-exports-fields.ts';
import { withAddress } from './link-address.ts';

type TelegramChat = Fields & { messages: readonly Fields[] };

const chatTypes = new Set<unknown>([
  'personal_chat',
  'bot_chat',
  'private_group',
  'private_supergroup',
  'private_channel',
  'public_supergroup',
  'public_channel',
  'saved_messages',
  'replies',
  'verification_codes',
]);

export function isTelegramChat(value: unknown): value is TelegramChat {
  if (!isRecord(value) || !('id' in value) || !chatTypes.has(value['type'])) return false;
  return Array.isArray(value['messages']) && value['messages'].every(isTelegramMessage);
}

function isTelegramMessage(value: unknown): boolean {
  if (!isRecord(value)) return false;
  // Of what was too new for the program that exported it, there is nothing but the number.
  if (value['type'] === 'unsupported') return 'id' in value;
  if (value['type'] !== 'message' && value['type'] !== 'service') return false;
  const isWritten = ['from', 'from_id', 'actor', 'actor_id'].some((field) => field in value);
  return isWritten && timeOf(value) !== undefined;
}

export function readTelegram(chat: TelegramChat): Chat {
  const name = textIn(chat, 'name') ?? (chat['type'] === 'saved_messages' ? 'Saved messages' : undefined);
  const messages = chat.messages.map((message) => ({
    writer: writerOf(message),
    time: timeOf(message) ?? '',
    text: message['type'] === 'message' ? textsOf(message).join('\n') : '',
  }));
  return toChat(name, messages);
}

/** The date is in the zone of whoever exported it; some messages have only the seconds, which are of no zone. */
function timeOf(message: Fields): string | undefined {
  const date = textIn(message, 'date') ?? '';
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(date)) return date.slice(0, 16).replace('T', ' ');
  const seconds = textIn(message, 'date_unixtime') ?? '';
  return /^\d{1,11}$/.test(seconds) ? timeInUtc(Number(seconds)) : undefined;
}

function writerOf(message: Fields): string {
  const writer = textIn(message, 'from') ?? 'Deleted account';
  if (!('forwarded_from' in message)) return writer;
  return `${writer}, forwarded from ${textIn(message, 'forwarded_from') ?? 'a deleted account'}`;
}

function textsOf(message: Fields): string[] {
  const { text, poll } = message;
  const pieces: readonly unknown[] = Array.isArray(text) ? text : [text];
  const said = pieces.map((piece) => {
    if (typeof piece === 'string') return piece;
    return withAddress(textIn(piece, 'text') ?? '', textIn(piece, 'href'));
  });
  const answers = isRecord(poll) ? recordsIn(poll, 'answers').map((answer) => textIn(answer, 'text')) : [];
  const rest = [
    textIn(poll, 'question'),
    ...answers,
    contactIn(message),
    placeIn(message),
    textIn(message, 'file_name'),
  ];
  return [said.join(''), ...rest].filter((part) => part !== undefined).filter((part) => part !== '');
}

function contactIn(message: Fields): string | undefined {
  const contact = message['contact_information'];
  const name = textsIn(contact, ['first_name', 'last_name']).join(' ');
  const parts = [name, ...textsIn(contact, ['phone_number'])].filter((part) => part !== '');
  return parts.length === 0 ? undefined : `Contact: ${parts.join(', ')}`;
}

function placeIn(message: Fields): string | undefined {
  const place = textsIn(message, ['place_name', 'address']);
  const parts = [...place, ...textsIn(message['location_information'], ['latitude', 'longitude'])];
  return parts.length === 0 ? undefined : `Location: ${parts.join(', ')}`;
}
