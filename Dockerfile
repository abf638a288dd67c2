# syntax=docker/dockerfile:1

FROM node:24-bookworm-slim AS base
WORKDIR /app
RUN npm install --global --no-audit --no-fund pnpm@12.21.0
COPY pnpm-lock.yaml pnpm-workspace.yaml package.json turbo.json tsconfig.base.json ./
COPY apps/server/package.json apps/server/
COPY apps/web/package.json apps/web/
COPY packages/api/package.json packages/api/
COPY packages/core/package.json packages/core/
COPY packages/db/package.json packages/db/
COPY packages/eval/package.json packages/eval/
COPY packages/testing/package.json packages/testing/
COPY bench/package.json bench/
COPY e2e/package.json e2e/

FROM base AS build
RUN pnpm install --frozen-lockfile --filter "@twin/web..." --filter "@twin/server..."
COPY packages packages
COPY apps apps
RUN pnpm --filter @twin/web --filter @twin/server build

# The server runs its sources as they are, but for the sandbox that reads documents.
FROM base AS server
RUN pnpm install --frozen-lockfile --prod --filter "@twin/server..."
COPY packages packages
COPY apps/server apps/server

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
RUN mkdir /data && chown node:node /data
COPY --from=server /app /app
COPY --from=build /app/apps/server/dist apps/server/dist
COPY --from=build /app/apps/web/dist apps/web/dist
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/server/src/main.ts"]
