import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@twin/api/app-router';

type Inputs = inferRouterInputs<AppRouter>;
type Outputs = inferRouterOutputs<AppRouter>;

/** What the server answers, by the names the product uses for it. */
export type TwinStatus = Outputs['twin']['status'];
export type Persona = TwinStatus['persona'];
export type TwinSettings = Outputs['twin']['settings'];
export type DocumentView = Outputs['documents']['get'];
export type DocumentPage = Outputs['documents']['list'];
export type DocumentListInput = Omit<Inputs['documents']['list'], 'cursor'>;
export type LibraryParts = Outputs['collections']['list'];
export type AskedScope = NonNullable<Inputs['chat']['send']['scope']>;
export type AnswerScope = NonNullable<Outputs['conversations']['get']['messages'][number]['scope']>;
export type DocumentText = Outputs['documents']['text'];
export type PassageWindow = Outputs['documents']['passage'];
export type PageShown = Outputs['documents']['page'];
export type IngestionStage = DocumentView['ingestion']['stage'];
export type ConversationView = Outputs['conversations']['list'][number];
export type ConversationWithMessages = Outputs['conversations']['get'];
export type MessageView = ConversationWithMessages['messages'][number];
export type SendInput = Inputs['chat']['send'];
export type StartedTurn = Outputs['chat']['send'];
export type Citation = MessageView['citations'][number];
export type UnsupportedClaim = MessageView['unsupported'][number];
export type StaleSource = ConversationWithMessages['staleSources'][number];
export type AnswerSource = MessageView['sources'][number];
export type EvaluationRun = Outputs['evaluation']['runs'][number];
export type RunQuestion = Outputs['evaluation']['run']['questions'][number];
export type DocumentTitles = Outputs['evaluation']['run']['titles'];
export type RunComparison = Outputs['evaluation']['compare'];
export type QuestionChange = RunComparison['changes'][number];
export type GoldenQuestion = Outputs['evaluation']['questions'][number];
export type AdminOverview = Outputs['admin']['overview'];
export type Ingestion = Outputs['admin']['ingestions']['ingestions'][number];
export type EmbeddingModels = Outputs['embeddingModels']['overview'];
export type RateLimitView = Outputs['rateLimits']['list'][number];

export type ShareLink = Outputs['shareLinks']['list']['links'][number];
export type PublicFace = Outputs['visitor']['twin'];
export type VisitorMessage = Outputs['visitor']['conversation']['messages'][number];
export type VisitorConversation = Outputs['visitor']['conversations'][number];

type VisitorEventStream = Outputs['visitor']['events'];
export type VisitorEvent = VisitorEventStream extends AsyncIterable<{ data: infer Event }> ? Event : never;

type EventStream = Outputs['chat']['events'];
export type ChatEvent = EventStream extends AsyncIterable<{ data: infer Event }> ? Event : never;
