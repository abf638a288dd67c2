import { z } from 'zod';
import { chatBody } from '../chat.ts';
import { pageQuery } from '../document-page.ts';
import { documentsQuery } from '../documents.ts';
import { ingestBody } from '../ingest.ts';
import { unlockBody } from '../unlock.ts';
import { uploadQuery } from '../upload.ts';
import { webPageBody } from '../web-page.ts';
import { accountOperations } from './account-operations.ts';
import {
  chatAnswer,
  deleteAnswer,
  documentAnswer,
  documentsAnswer,
  errorAnswer,
  healthAnswer,
  ingestAnswer,
  readinessAnswer,
  sitePagesAnswer,
  uploadAnswer,
} from './answers.ts';
import type { Operation } from './operation.ts';

/** Every endpoint but the tRPC procedures, whose description is their types. A test holds the list against the routes. */
export const operations: Operation[] = [
  {
    method: 'post',
    path: '/api/ingest',
    summary: 'Take texts in under ids of your own: all of them, or none',
    access: 'owner',
    body: ingestBody,
    answers: [
      { status: 200, description: 'All of them have been read, or have failed and say why.', content: ingestAnswer },
      { status: 202, description: 'All are stored; some are still being read after 30 s.', content: ingestAnswer },
    ],
  },
  {
    method: 'post',
    path: '/api/chat',
    summary: 'Ask, and have the answer whole or as it is written',
    access: 'owner',
    body: chatBody,
    answers: [
      { status: 200, description: 'The answer.', content: chatAnswer },
      {
        status: 200,
        description:
          'With `"stream": true` or `Accept: text/event-stream`: an event for each step, `data` being JSON whose `type` ' +
          'is the event’s name (`search-start`, `search-end`, `model-retry`, `citation-add`, `text-delta`, `answer-end`), ' +
          'and at last `data: [DONE]`.',
        content: 'events',
      },
    ],
  },
  {
    method: 'put',
    path: '/api/uploads',
    summary: 'Upload one file: its bytes are the body',
    access: 'owner',
    parameters: uploadQuery,
    body: 'bytes',
    answers: [
      { status: 201, description: 'Stored and queued.', content: uploadAnswer },
      { status: 200, description: 'The same content is here already.', content: uploadAnswer },
    ],
  },
  {
    method: 'post',
    path: '/api/web-pages',
    summary: 'Take in what is at one public web address; of a page, its readable part',
    access: 'owner',
    body: webPageBody,
    answers: [
      { status: 201, description: 'Stored and queued.', content: uploadAnswer },
      { status: 200, description: 'The same content is here already.', content: uploadAnswer },
      { status: 400, description: 'The address is refused or does not answer, and why.', content: errorAnswer },
    ],
  },
  {
    method: 'post',
    path: '/api/site-pages',
    summary: 'List the pages that the site map of a public web address names, to take in one by one',
    access: 'owner',
    body: webPageBody,
    answers: [
      {
        status: 200,
        description: 'Those of the same site, as many as are taken in at once.',
        content: sitePagesAnswer,
      },
      { status: 400, description: 'There is no site map, or the address is refused, and why.', content: errorAnswer },
    ],
  },
  {
    method: 'get',
    path: '/api/documents',
    summary: 'List the documents, newest first, a page at a time',
    access: 'owner',
    parameters: documentsQuery,
    answers: [{ status: 200, description: 'A page of them.', content: documentsAnswer }],
  },
  {
    method: 'get',
    path: '/api/documents/{id}',
    summary: 'Where one document stands: its stage, and why it failed',
    access: 'owner',
    answers: [
      { status: 200, description: 'The document; `searchable` says whether it answers.', content: documentAnswer },
      { status: 404, description: 'There is none of this id.', content: errorAnswer },
    ],
  },
  {
    method: 'delete',
    path: '/api/documents/{id}',
    summary: 'Delete a document with all that was made of it; nothing finds it from then on',
    access: 'owner',
    answers: [
      { status: 200, description: 'It is deleted; its bytes are erased some 30 s later.', content: deleteAnswer },
      { status: 404, description: 'There is none of this id.', content: errorAnswer },
    ],
  },
  {
    method: 'get',
    path: '/api/documents/{id}/file',
    summary: 'Download the original file of a document',
    access: 'owner',
    answers: [{ status: 200, description: 'Its bytes, always as a download.', content: 'bytes' }],
  },
  {
    method: 'get',
    path: '/api/documents/{id}/pages/{page}',
    summary: 'One page of a PDF, or a picture, as it looks',
    access: 'owner',
    parameters: pageQuery,
    answers: [
      { status: 200, description: 'The page, counted from 1, drawn for a screen.', content: 'picture' },
      { status: 304, description: 'It is the one of the `ETag` that was sent.', content: 'nothing' },
      {
        status: 404,
        description: 'There is no such document or page, or none that can be shown.',
        content: errorAnswer,
      },
      { status: 409, description: 'It has not been read yet, or another version answers now.', content: errorAnswer },
      { status: 422, description: 'It cannot be drawn: the file is locked, for one.', content: errorAnswer },
    ],
  },
  {
    method: 'post',
    path: '/api/documents/{id}/unlock',
    summary: 'Read a locked file with its password, which is used once and kept nowhere',
    access: 'owner',
    body: unlockBody,
    answers: [
      { status: 202, description: 'It is being read.', content: documentAnswer },
      { status: 409, description: 'The document does not wait for a password.', content: errorAnswer },
    ],
  },
  {
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This description',
    access: 'owner',
    answers: [{ status: 200, description: 'OpenAPI 3.1.', content: z.looseObject({ openapi: z.string() }) }],
  },
  ...accountOperations,
  {
    method: 'get',
    path: '/healthz',
    summary: 'Whether the process answers',
    access: 'open',
    answers: [{ status: 200, description: 'It does.', content: healthAnswer }],
  },
  {
    method: 'get',
    path: '/readyz',
    summary: 'Whether it can do its work',
    access: 'open',
    answers: [
      { status: 200, description: 'It can.', content: readinessAnswer },
      { status: 503, description: 'It cannot; the checks say why.', content: readinessAnswer },
    ],
  },
  {
    method: 'get',
    path: '/metrics',
    summary: 'Measurements for Prometheus',
    access: 'owner',
    answers: [{ status: 200, description: 'The text exposition format.', content: 'text' }],
  },
];
